"""Is there a case on which two rule sets differ: the first one found, made small."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from typing import Final

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Witness
from checker.drafting.seeking.candidates import Candidate
from checker.drafting.seeking.minimising import minimised
from checker.drafting.seeking.observing import Half, Tells, change_of, differs, due_days, half
from checker.drafting.seeking.pool import MOST, Pool
from checker.model.case import Fixture
from checker.model.finding import Verdict
from checker.model.norm import RuleSet

_DAY: Final = dt.timedelta(days=1)


def difference(
    old: RuleSet,
    new: RuleSet,
    norm_ids: Collection[str],
    calendar: Calendar,
    seeds: Sequence[Fixture] = (),
    most: int = MOST,
) -> Witness | None:
    """A small case on which the findings on the norms differ; None says only that ``most`` cases showed none.

    ``seeds`` are tried first and changed at their edges; the better ones stand first. Norms that only one of the two
    rule sets has count as having no findings in the other.
    """
    pool = Pool(old, (new,), norm_ids, calendar, seeds, most)
    found = told(pool, half(new, norm_ids, calendar), differs)
    return None if found is None else Witness(case=found.case, as_of=found.as_of)


def told(pool: Pool, new: Half, tells: Tells) -> Candidate | None:
    """The first candidate of the pool that tells the new rules from the old ones, made small."""
    for candidate, before in chain(pool.aimed(new.program.source), pool.tried()):
        after = new.findings(candidate)
        if after is not None and tells(candidate, before, after):
            return smallest(pool.old, new, candidate, tells)
    return None


def smallest(old: Half, new: Half, candidate: Candidate, tells: Tells) -> Candidate:
    """A small candidate that shows the plainest of the changes and no other kind, looked at as early as it shows."""
    before, after = old.findings(candidate), new.findings(candidate)
    assert before is not None
    assert after is not None
    change = change_of(before, after)
    plainest = max(map(_plainness, change), default=0)
    wanted = {one for one in change if _plainness(one) == plainest}

    def holds(smaller: Candidate) -> bool:
        was, becomes = old.findings(smaller), new.findings(smaller)
        if was is None or becomes is None:
            return False
        shown = change_of(was, becomes)
        return tells(smaller, was, becomes) and shown <= change and (not change or not wanted.isdisjoint(shown))

    small = minimised(candidate, holds)
    return next((one for one in _earlier(small, old, new) if holds(one)), small)


def _plainness(change: tuple[str, str, str]) -> int:
    """A violation that comes or goes is plainer than another verdict, that than the same one with other days."""
    _, was, becomes = change
    is_open = Verdict.UNDETERMINED.value in (was, becomes)
    turns = _is_violation(was) != _is_violation(becomes)
    return (was != becomes) + (turns and not is_open)


def _is_violation(verdict: str) -> bool:
    return bool(verdict) and Verdict(verdict).is_violation


def _earlier(candidate: Candidate, *halves: Half) -> Iterator[Candidate]:
    """The same case as soon as its last event has happened, or a period has just run out."""
    dated = [event.date for event in candidate.case.events if event.date is not None]
    found = [one for half in halves for one in half.findings(candidate) or ()]
    last = max(dated, default=candidate.as_of)
    days = {day + by * _DAY for day in (last, *due_days(found)) for by in (0, 1)}
    yield from (candidate._replace(as_of=day) for day in sorted(days) if last <= day < candidate.as_of)
