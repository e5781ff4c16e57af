"""One file a format for comparisons, found by walking this folder; each has ``written(report, colour)``."""

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pydantic would slow every help page down
    from checker.model.changes import ChangeReport


def format_names() -> tuple[str, ...]:
    """Names of the formats; nothing is imported for it."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__)))


def written(name: str, report: "ChangeReport", colour: bool = False) -> str | bytes:
    """The whole report: text, or bytes where the format is no text."""
    module = importlib.import_module(f"{__name__}.{name}")
    found: str | bytes = module.written(report, colour)
    return found
