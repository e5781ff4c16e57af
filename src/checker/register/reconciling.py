"""A run against the register: what is new, what is still there, what is not, and what nobody looked at."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES, Verdict
from checker.model.naming import bases, printed, unnamed_act
from checker.register.seen import Facts, Seen, Sighting, refuse_collision
from checker.register.statuses import Status

_UNSETTLED: Final = (Verdict.UNDETERMINED, Verdict.REVIEW)
"""Verdicts that neither confirm nor refute what was found before: it stays."""


class What(StrEnum):
    """What a run says of a finding of the register."""

    NEW = "new"
    OPEN = "open"
    CHANGED = "changed"
    REOPENED = "reopened"
    CLOSED = "closed"
    GONE = "gone"


WHAT_NAMES: Final = {
    What.NEW: "新发现",
    What.OPEN: "仍在",
    What.CHANGED: "有变化",
    What.REOPENED: "再次出现",
    What.CLOSED: "已销号仍见",
    What.GONE: "不再出现",
}


class Known(NamedTuple):
    """A finding as the register holds it."""

    id: str
    identity: str
    case_id: str
    norm: str
    verdict: Verdict
    due: str | None
    present: bool
    status: Status
    closed_on: str | None
    for_good: bool


class Step(NamedTuple):
    """What is to be written of one finding. ``reopens`` is the reason where its status goes back to 待核实."""

    id: str
    what: What
    sighting: Sighting | None
    before: str = ""
    reopens: str = ""


class Untouched(NamedTuple):
    """Known findings that were left as they were, by reason."""

    outside: int = 0
    """Their cases are not among those of the run."""
    unasked: int = 0
    """Their norms are not among those of the run."""
    unread: int = 0
    """Their cases could not be read, or had no conclusion."""
    earlier: int = 0
    """Their cases were looked at before as of a later date."""
    unsettled: int = 0
    """Nothing is found there, but what they rest on is unknown now."""


def reconcile(known: Iterable[Known], seen: Seen, looked_at: Mapping[str, str]) -> tuple[list[Step], Untouched]:
    """The steps in the order of ids; ``looked_at`` is the latest as-of date of each case so far."""
    day = seen.basis.as_of.isoformat()
    later = {case for case in seen.looked if looked_at.get(case, "") > day}
    steps, reasons = [], [0, 0, 0, 0, 0]
    met: set[str] = set()
    for one in known:
        met.add(one.id)
        sighting = seen.sightings.get(one.id)
        if sighting is not None:
            refuse_collision(one.id, one.identity, sighting.identity)
        why = _untouched(one, seen, later)
        if why is not None:
            reasons[why] += 1
            continue
        step = _again(one, sighting, day)
        steps += [step] if step is not None else []
    steps += _new(seen, met, later)
    return sorted(steps), Untouched(*reasons)


def _untouched(one: Known, seen: Seen, later: set[str]) -> int | None:
    if one.case_id not in seen.looked:
        return 2 if one.case_id in seen.left_out or one.case_id in seen.failed else 0
    if one.norm not in seen.basis.norms:
        return 1
    if one.case_id in later:
        return 3
    return 4 if one.present and one.id not in seen.sightings and _is_unsettled(one, seen) else None


def _is_unsettled(one: Known, seen: Seen) -> bool:
    """Whether nothing is found only because less is known: the base of a breach, or the date of an act."""
    below = (seen.sightings.get(printed(base)) for base in bases(one.identity))
    if any(base is not None and base.finding.verdict in _UNSETTLED for base in below):
        return True
    return (one.case_id, unnamed_act(one.identity) or "") in seen.undated


def _new(seen: Seen, met: set[str], later: set[str]) -> Iterator[Step]:
    for short, sighting in seen.sightings.items():
        finding = sighting.finding
        if short not in met and finding.verdict.is_violation and finding.case not in later:
            yield Step(short, What.NEW, sighting)


def _again(one: Known, sighting: Sighting | None, day: str) -> Step | None:
    """What is said of a known finding that was looked at; None where it was gone and is."""
    verdict = sighting.finding.verdict if sighting is not None else None
    is_there = verdict is not None and (verdict.is_violation or (one.present and verdict in _UNSETTLED))
    if sighting is None or not is_there:
        before = VERDICT_NAMES[one.verdict]
        return Step(one.id, What.GONE, sighting, before) if one.present else None
    before = _difference(one, sighting.finding)
    if one.status is Status.CLOSED:
        reason = _reopening(one, sighting.finding, day)
        return Step(one.id, What.REOPENED if reason else What.CLOSED, sighting, before, reason)
    if not one.present:
        return Step(one.id, What.REOPENED, sighting, before)
    return Step(one.id, What.CHANGED if before else What.OPEN, sighting, before)


def _difference(one: Known, finding: Facts) -> str:
    """The verdict or the due date as it was, where it is another now; a day more of delay is no change."""
    if finding.verdict is not one.verdict:
        return VERDICT_NAMES[one.verdict]
    return f"期限 {one.due or '未定'}" if finding.due != one.due else ""


def _reopening(one: Known, finding: Facts, day: str) -> str:
    """Why a closed finding is open again; empty where it stays closed.

    What was late, or broken, stays so for ever, and being closed says that it was dealt with. What is not done at a day
    after the closing was not mended, unless it was closed for good.
    """
    now = VERDICT_NAMES[finding.verdict]
    if finding.verdict in _UNSETTLED:
        return ""
    if not one.present:
        return f"销号后不再出现，截至 {day} 又见「{now}」"
    if one.verdict not in _UNSETTLED and GRAVEST_FIRST.index(finding.verdict) < GRAVEST_FIRST.index(one.verdict):
        return f"销号后由「{VERDICT_NAMES[one.verdict]}」变为「{now}」"
    if finding.verdict is Verdict.OVERDUE and not one.for_good and day > (one.closed_on or ""):
        return f"{one.closed_on} 销号，截至 {day} 仍见「{now}」"
    return ""
