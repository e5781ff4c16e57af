"""Cases in which it matters who is one of whom: what a case says of one organ, said of its kin."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Witness
from checker.drafting.normal import is_same
from checker.drafting.seeking.candidates import Candidate
from checker.drafting.seeking.minimising import minimised
from checker.drafting.seeking.observing import Half, change_of, half
from checker.drafting.seeking.pool import Pool
from checker.model.case import Case, Fixture
from checker.model.dependencies import parts_of
from checker.model.expressions import AnchorActor
from checker.model.norm import RuleSet
from checker.model.vocabulary import Vocabulary

_BASES: Final = 300
"""So many cases are said of the kin."""


def is_only_kin(old: RuleSet, new: RuleSet, norm: str) -> bool:
    """Whether nothing that bears on the norm was changed but who is one of whom."""
    organs = {
        **old.vocabulary.organs,
        **{one: None for one in new.vocabulary.organs if one not in old.vocabulary.organs},
    }
    as_before = new.model_copy(update={"vocabulary": new.vocabulary.model_copy(update={"organs": organs})})
    return is_same(old, as_before, norm)


def kin_difference(
    old: RuleSet, new: RuleSet, norm: str, calendar: Calendar, seeds: Sequence[Fixture]
) -> Witness | None:
    """A small case on which the two differ because somebody is one of another on one side only."""
    swaps = _swaps(old.vocabulary, new.vocabulary)
    if not swaps:
        return None
    named = _attributes(new, norm)
    sides = half(old, [norm], calendar), half(new, [norm], calendar)
    for base, _ in Pool(old, (new,), [norm], calendar, seeds, _BASES).tried():
        for case in _variants(base.case, swaps, named):
            candidate = Candidate(case, base.as_of)
            wanted = _change(sides, candidate)
            if wanted:
                small = minimised(candidate, lambda one, wanted=wanted: _change(sides, one) == wanted)  # type: ignore[misc]
                return Witness(case=small.case, as_of=small.as_of)
    return None


def _change(sides: tuple[Half, Half], candidate: Candidate) -> Counter[tuple[str, str, str]]:
    before, after = (side.findings(candidate) for side in sides)
    return Counter() if before is None or after is None else change_of(before, after)


def _swaps(old: Vocabulary, new: Vocabulary) -> dict[str, list[str]]:
    """By organ, those that are its kin in one of the two vocabularies and not in the other."""
    moved = [one for one in old.organs if one in new.organs and old.organs[one] != new.organs[one]]
    found: dict[str, list[str]] = {}
    for one in moved:
        for other in old.organs:
            if other in new.organs and old.organ_is(one, other) != new.organ_is(one, other):
                found.setdefault(one, []).append(other)
                found.setdefault(other, []).append(one)
    return found


def _attributes(rules: RuleSet, norm: str) -> list[str]:
    """The attributes by which the norm lets the record name the organ."""
    parts = (part for one in rules.norms if one.id == norm for part in parts_of(one))
    return sorted({part.attribute for part in parts if isinstance(part, AnchorActor) and not part.is_doer})


def _variants(case: Case, swaps: Mapping[str, Sequence[str]], named: Sequence[str]) -> Iterator[Case]:
    """One event done by the kin of who did it; then an organ named by the first event, and its kin doing the others."""
    for place, event in enumerate(case.events):
        for name in event.actors or ():
            for other in swaps.get(name, ()):
                events = list(case.events)
                events[place] = event.model_copy(update={"actors": (other,)})
                yield case.model_copy(update={"events": tuple(events)})
    for attribute in named if case.events else ():
        for acting, others in swaps.items():
            for other in others:
                first, *rest = case.events
                first = first.model_copy(update={"attributes": {**first.attributes, attribute: other}})
                done = (event.model_copy(update={"actors": (acting,)}) for event in rest)
                yield case.model_copy(update={"events": (first, *done)})
