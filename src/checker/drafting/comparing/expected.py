"""What of a comparison is expected, what is not, and which expectations fit nothing."""

from __future__ import annotations

from collections import Counter
from typing import Final, NamedTuple

import yaml

from checker.model.changes import ChangeKind, Flips, NormChange, RulesChange
from checker.model.diagnostic import Diagnostic
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.place import Place

ANY: Final = "任意"
NONE: Final = "没有结论"
_HEAD: Final = "# 预期的改动：逐条核对，填上理由；没有理由的不算数。\n"

Way = tuple[Verdict | None, Verdict | None]


class ExpectedFlip(NamedTuple):
    """``old`` and ``new`` are sets of verdicts that fit; ``number`` None is any number."""

    old: frozenset[Verdict | None]
    new: frozenset[Verdict | None]
    number: int | None
    place: Place


class Expected(NamedTuple):
    """One norm whose change is accounted for; ``kind`` None is any."""

    norm: str
    kind: ChangeKind | None
    reason: str
    flips: tuple[ExpectedFlip, ...]
    place: Place


class Gate(NamedTuple):
    """Sentences on what is not accounted for, and complaints about lines that account for nothing.

    ``norms`` are the changes among them.
    """

    unexplained: tuple[str, ...]
    stale: tuple[Diagnostic, ...]
    norms: tuple[NormChange, ...] = ()


def gate(expected: tuple[Expected, ...], rules: RulesChange, flips: Flips | None) -> Gate:
    """What of the comparison no line accounts for, and the lines that fit nothing."""
    norms: list[NormChange] = []
    used: set[int] = set()
    for change in rules.changes:
        if not change.matters:
            continue
        fitting = [one for one in expected if one.norm == change.id and one.kind in (None, change.kind)]
        used.update(id(one) for one in fitting)
        if not fitting:
            norms.append(change)
    unexplained = [_untold(change) for change in norms]
    lines = [(one.norm, line) for one in expected for line in one.flips]
    matched: set[int] = set()
    for (norm, old, new), count in _ways(flips).items():
        fits = [line for named, line in lines if named == norm and old in line.old and new in line.new]
        matched.update(id(line) for line in fits)
        if not any(line.number in (None, count) for line in fits):
            told = f"，预期 {fits[0].number}个" if fits else ""
            unexplained.append(f"「{norm}」的结论翻转：{_name(old)} → {_name(new)} {count}个{told}")
    stale = [_fits_nothing(one) for one in expected if id(one) not in used and not _has_match(one, matched)]
    if flips is not None:
        stale += [_flip_fits_nothing(norm, line) for norm, line in lines if id(line) not in matched]
    return Gate(tuple(unexplained), tuple(stale), tuple(norms))


def expected_text(rules: RulesChange, flips: Flips | None, before: tuple[Expected, ...] = ()) -> str:
    """The file that accounts for all of the comparison, the reasons of before kept, the others left to be written."""
    reasons = {one.norm: one.reason for one in before}
    ways: dict[str, list[dict[str, object]]] = {}
    for (norm, old, new), count in _ways(flips).items():
        ways.setdefault(norm, []).append({"从": _name(old), "到": _name(new), "件数": count})
    kinds = {change.id: change.kind.value for change in rules.changes if change.matters}
    items: list[dict[str, object]] = []
    for norm in dict.fromkeys([*kinds, *ways]):
        item: dict[str, object] = {"规范": norm}
        item |= {"改动": kinds[norm]} if norm in kinds else {}
        item |= {"理由": reasons.get(norm, "")}
        item |= {"翻转": ways[norm]} if norm in ways else {}
        items.append(item)
    body = yaml.safe_dump({"预期": items}, allow_unicode=True, sort_keys=False, width=10_000)
    return _HEAD + body


def _ways(flips: Flips | None) -> Counter[tuple[str, Verdict | None, Verdict | None]]:
    found: Counter[tuple[str, Verdict | None, Verdict | None]] = Counter()
    for flip in flips.flips if flips is not None else ():
        found[flip.norm, flip.old, flip.new] += flip.count
    return found


def _has_match(expected: Expected, matched: set[int]) -> bool:
    return any(id(line) in matched for line in expected.flips)


def _untold(change: NormChange) -> str:
    what = "指标" if change.indicator else "规范"
    return f"{what}「{change.id}」{change.kind.value}"


def _name(verdict: Verdict | None) -> str:
    return NONE if verdict is None else VERDICT_NAMES[verdict]


def _fits_nothing(one: Expected) -> Diagnostic:
    kind = f"（{one.kind.value}）" if one.kind is not None else ""
    message = f"预期的改动「{one.norm}」{kind}没有发生"
    return complaint(one.place.file, one.place.line, message, "删去这一项，或者改正规范的标识和改动的种类")


def _flip_fits_nothing(norm: str, line: ExpectedFlip) -> Diagnostic:
    message = f"预期「{norm}」的结论翻转没有发生"
    return complaint(line.place.file, line.place.line, message, "删去这一项，或者改正「从」「到」")


def complaint(name: str, line: int | None, message: str, help_: str = "") -> Diagnostic:
    """A diagnostic at a line of the file."""
    return Diagnostic(code="expected-changes", message=message, at=Place(file=name, line=line), help=help_)
