"""Cases made from what a norm itself says: its anchor happens, and later nothing does."""

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from checker.drafting.seeking.candidates import Candidate
from checker.drafting.seeking.wishes import Draft, doer, ways
from checker.drafting.seeking.words import Words
from checker.model.case import Case, Event, Extent
from checker.model.dependencies import parts_of
from checker.model.expressions import All, AnchorActor, Condition
from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry, OnPeriod
from checker.model.requirements import Hold

_FIRST: Final = dt.date(2026, 3, 2)
"""A Monday in a year that the shipped calendar knows, the working days after it too."""
_LATER: Final = dt.timedelta(days=200)
_WAYS: Final = 8
_CHAIN: Final = 8


def synthesised(norm: Norm, norms: Mapping[str, Norm], words: Words) -> Iterator[Candidate]:
    """Cases in which the norm should have an instance; ``norms`` are those its anchor may rest on."""
    first = _day_in_force(norm)
    for case in islice(_cases(norm, norms, words, first, _CHAIN), _WAYS):
        yield Candidate(case, first + _LATER)
    for case in islice(_cases(norm, norms, words, first, _CHAIN), 1):
        for made in _asked(norm, case, words) if case.events else ():
            yield Candidate(made, first + _LATER)


def _asked(norm: Norm, case: Case, words: Words) -> Iterator[Case]:
    """The same so that what is asked of the event holds, in every way, and fails; that an exception holds."""
    anchor = case.events[-1].id
    draft = Draft(case, anchor, anchor, words)
    if isinstance(norm.requirement, Hold):
        for want in (True, False):
            yield from (found.case for found in ways(norm.requirement.condition, draft, want))
    for clause in norm.exceptions:
        yield from (found.case for found in islice(ways(getattr(clause, "when", None), draft), 2))


def _cases(norm: Norm, norms: Mapping[str, Norm], words: Words, first: dt.date, chain: int) -> Iterator[Case]:
    match norm.anchor:
        case OnEvent(pattern=pattern):
            for act in pattern.acts:
                event = Event(id="e1", position=1, act=act, date=first)
                draft = Draft(Case(id="例", events=(event,)), "e1", "e1", words)
                draft = draft.changed("e1", actors=doer(pattern.actor, draft) or _same_doer(norm, words))
                for found in ways(_both(pattern.where, norm.applies), draft):
                    yield found.case
        case OnBreach(norm=base) | OnExpiry(norm=base):
            if base in norms and chain:
                yield from _cases(norms[base], norms, words, first, chain - 1)
        case OnPeriod():
            whole = Extent(first=first.replace(month=1, day=1), last=first.replace(month=12, day=31))
            yield Case(id="例", extent=whole)


def _same_doer(norm: Norm, words: Words) -> tuple[str, ...] | None:
    """Somebody, where whoever does the anchor's act has to do something else as well (同一主体)."""
    is_asked = any(isinstance(part, AnchorActor) and part.is_doer for part in parts_of(norm))
    return words.organs()[:1] or None if is_asked else None


def _both(one: Condition | None, other: Condition | None) -> Condition | None:
    held = tuple(part for part in (one, other) if part is not None)
    return All(of=held) if held else None


def _day_in_force(norm: Norm) -> dt.date:
    first, last = norm.valid.first, norm.valid.last
    if last is not None and last < _FIRST:
        return max(first or dt.date.min, last - dt.timedelta(days=30))
    return _FIRST if first is None or first <= _FIRST else first
