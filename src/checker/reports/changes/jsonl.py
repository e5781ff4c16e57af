"""For programs: one JSON object a line, ``record`` says of what; the same bytes for the same comparison."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from checker.model.changes import ChangeReport, NormChange, Pair, Shows
from checker.model.finding import Finding


def written(report: ChangeReport, colour: bool) -> str:
    """The report; colour does not concern it."""
    del colour
    return "".join(f"{json.dumps(one, ensure_ascii=False, separators=(',', ':'))}\n" for one in _records(report))


def _records(report: ChangeReport) -> Iterator[Mapping[str, Any]]:
    rules, flips = report.rules, report.flips
    old, new, same = rules.norms
    yield {"record": "rules", "old": rules.old, "new": rules.new, "norms": {"old": old, "new": new, "same": same}}
    yield from (_norm(change) for change in rules.changes)
    for place in rules.places:
        yield {"record": "place", **place.model_dump(mode="json")}
    if flips is not None:
        yield {"record": "cases", **flips.model_dump(mode="json", exclude={"flips", "samples"})}
        yield from ({"record": "flip", **flip.model_dump(mode="json")} for flip in flips.flips)
        for one in flips.samples:
            yield {"record": "sample", "case": one.case, "norm": one.norm, **_pair(one.pair)}
    yield from ({"record": "invariant", **one.model_dump(mode="json")} for one in report.breakages)
    yield from ({"record": "unexplained", "text": text} for text in report.unexplained)


def _norm(change: NormChange) -> dict[str, Any]:
    found = {"record": "norm", **change.model_dump(mode="json", exclude={"effect"}), "matters": change.matters}
    effect = change.effect
    if isinstance(effect, Shows):
        pairs = [_pair(pair) for pair in effect.pairs]
        told = {"tag": effect.tag, "as_of": effect.as_of.isoformat(), "pairs": pairs, "fixture": effect.fixture}
        return {**found, "effect": told}
    return {**found, "effect": None if effect is None else effect.model_dump(mode="json")}


def _pair(pair: Pair) -> dict[str, Any]:
    return {"anchor": pair.anchor, "old": _finding(pair.old), "new": _finding(pair.new)}


def _finding(finding: Finding | None) -> dict[str, Any] | None:
    return None if finding is None else finding.model_dump(mode="json")
