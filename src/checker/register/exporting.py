"""A register as JSON Lines: the same bytes whichever database holds it."""

import json
from collections.abc import Iterator

from checker.register.entries import Change, Entry, Everything, Observation


def lines(all_of_it: Everything) -> Iterator[str]:
    """The runs by number, then the findings by case, norm and id, each with what was seen and decided of it."""
    for run in all_of_it.runs:
        yield _line({"kind": "run", **run.model_dump(mode="json")})
    seen: dict[str, list[Observation]] = {}
    decided: dict[str, list[Change]] = {}
    for one in all_of_it.observations:
        seen.setdefault(one.id, []).append(one)
    for change in all_of_it.history:
        decided.setdefault(change.id, []).append(change)
    for entry in all_of_it.entries:
        yield _line(_finding(entry, seen.get(entry.id, []), decided.get(entry.id, [])))


def _finding(entry: Entry, seen: list[Observation], decided: list[Change]) -> dict[str, object]:
    return {
        "kind": "finding",
        **entry.model_dump(mode="json", exclude={"identity"}),
        "observations": [one.model_dump(mode="json", exclude={"id"}) for one in seen],
        "history": [one.model_dump(mode="json", exclude={"id", "number"}) for one in decided],
    }


def _line(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
