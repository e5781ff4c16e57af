"""Files and places as services that show a repository know them."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:  # what shows diagnostics must not wait for pydantic
    from checker.model.case import Case
    from checker.model.finding import Finding
    from checker.model.place import Place

ROOTS: Final = ("GITHUB_WORKSPACE", "CI_PROJECT_DIR")


def path_from_root(file: str, environment: Mapping[str, str] = os.environ) -> str:
    """The file as seen from the top of the checked-out repository; as it was given where there is none round it."""
    found = Path(os.path.abspath(file))
    for variable in ROOTS:
        root = environment.get(variable)
        if root and found.is_relative_to(os.path.abspath(root)):
            return found.relative_to(os.path.abspath(root)).as_posix()
    return Path(file).as_posix()


def place_of(case: "Case", finding: "Finding") -> "Place | None":
    """Where the record tells of what opened a finding: its event, or the case as a whole."""
    anchor = finding.anchor.rpartition("@")[2]
    events = (event for event in case.events if event.id == anchor)
    return next((event.place for event in events if event.place is not None), case.place)


def spot_text(place: "Place | None") -> str:
    """``表「台账」单元格 C5``; empty where a line says it all. CSV has no sheets."""
    if place is None or place.cell is None:
        return ""
    sheet = f"表「{place.sheet}」" if place.sheet else ""
    return f"{sheet}单元格 {place.cell}"
