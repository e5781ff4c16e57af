"""The cases worth trying for some norms, each made once and kept with what the old rules say of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from checker.calendars.calendar import Calendar
from checker.drafting.normal import meaning_of
from checker.drafting.seeking.candidates import Candidate, candidate_of
from checker.drafting.seeking.moving import at_borders, cases_shifted, events_moved, looked_at_other_times
from checker.drafting.seeking.observing import Findings, Half, due_days, half
from checker.drafting.seeking.restructuring import fewer_or_twice, more_events, often
from checker.drafting.seeking.synthesis import synthesised
from checker.drafting.seeking.valuing import answered, less_known, revalued
from checker.drafting.seeking.words import Words, words_of
from checker.model.case import Fixture
from checker.model.linking import limited
from checker.model.norm import Norm, RuleSet
from checker.model.requirements import Review
from checker.model.vocabulary import Vocabulary

MOST: Final = 4000
"""So many cases are tried for one question, unless told otherwise."""
_SEEDS: Final = 16
_MADE: Final = 24
"""So many cases are made up from the norms."""
_TWICE: Final = 6
"""So many cases are changed in two places at once."""


class Tried(NamedTuple):
    """A candidate with the findings of the old rules."""

    candidate: Candidate
    findings: Findings


class Pool:
    """Candidates in the order in which they are tried; those made already are kept for the next question."""

    def __init__(
        self,
        rules: RuleSet,
        others: Sequence[RuleSet],
        ids: Collection[str],
        calendar: Calendar,
        seeds: Sequence[Fixture],
        most: int = MOST,
    ) -> None:
        """``others`` are rule sets whose words are tried besides those of ``rules``."""
        self._calendar = calendar
        self._ids = tuple(ids)
        self.old: Half = half(rules, ids, calendar)
        cores = [self.old.program.source, *(_cut(other, ids) for other in others)]
        self._norms = _distinct(norm for core in cores for norm in core.norms)
        self._words: Words = words_of(self._norms, rules.packs, _united([rules, *others]))
        self._seeds = [candidate_of(seed) for seed in seeds[:_SEEDS]]
        self._made: list[Tried] = []
        self._source = islice(self._all(), most)

    def __iter__(self) -> Iterator[Tried]:
        """All of them, from the first."""
        place = 0
        while True:
            if place == len(self._made):
                following = next(self._source, None)
                if following is None:
                    return
                self._made.append(following)
            yield self._made[place]
            place += 1

    def _all(self) -> Iterator[Tried]:
        bases = [one for seed in self._seeds if (one := self._tried(seed)) is not None]
        yield from bases
        made = [one for case in islice(self._made_up(), _MADE) if (one := self._tried(case)) is not None]
        yield from made
        for base in (*bases, *made):
            yield from self._known(at_borders(base.candidate, self._words))
        for plain in (self._changed, self._moved):
            for base in bases:
                yield from self._known(plain(base))
        for base in made:
            for plain in (self._changed, self._moved):
                yield from self._known(plain(base))
        for base in (*bases, *made):
            yield from self._known(less_known(base.candidate, self._words))
        yield from self._twice([*bases[:_TWICE], *made[:_TWICE]])

    def _twice(self, bases: Sequence[Tried]) -> Iterator[Tried]:
        """Changed in one place, then moved; taken in turn from all of them."""
        streams = [self._both(base) for base in bases]
        while streams:
            for stream in list(streams):
                batch = list(islice(stream, 50))
                yield from batch
                if not batch:
                    streams.remove(stream)

    def _both(self, base: Tried) -> Iterator[Tried]:
        for first in self._known(self._changed(base)):
            yield from self._known(self._moved(first))
        for first in self._known(self._changed(base)):
            yield from self._known(revalued(first.candidate, self._words))

    def _changed(self, base: Tried) -> Iterator[Candidate]:
        dues = due_days(base.findings)
        yield from revalued(base.candidate, self._words)
        yield from fewer_or_twice(base.candidate)
        yield from self._answered(base)
        yield from often(base.candidate, self._words)
        yield from more_events(base.candidate, dues, self._words)

    def _moved(self, base: Tried) -> Iterator[Candidate]:
        dues = due_days(base.findings)
        yield from looked_at_other_times(base.candidate, dues)
        yield from events_moved(base.candidate, dues, self._words)
        yield from cases_shifted(base.candidate, dues, self._calendar)

    def _answered(self, base: Tried) -> Iterator[Candidate]:
        asked = tuple(dict.fromkeys(norm.id for norm in self._norms if isinstance(norm.requirement, Review)))
        anchors = tuple(dict.fromkeys(event.id for event in base.candidate.case.events))
        yield from answered(base.candidate, asked, anchors)

    def _made_up(self) -> Iterator[Candidate]:
        by_id: dict[str, Norm] = {norm.id: norm for norm in self._norms}
        for norm in self._norms:
            if norm.id in self._ids:
                yield from synthesised(norm, by_id, self._words)

    def _known(self, candidates: Iterator[Candidate]) -> Iterator[Tried]:
        return (one for candidate in candidates if (one := self._tried(candidate)) is not None)

    def _tried(self, candidate: Candidate) -> Tried | None:
        found = self.old.findings(candidate)
        return None if found is None else Tried(candidate, found)


def _cut(rules: RuleSet, ids: Collection[str]) -> RuleSet:
    known = {norm.id for norm in rules.norms}
    return limited(rules, [one for one in ids if one in known])


def _distinct(norms: Iterable[Norm]) -> tuple[Norm, ...]:
    return tuple({repr(meaning_of(norm)): norm for norm in norms}.values())


def _united(rules: Sequence[RuleSet]) -> Vocabulary:
    """All words of several rule sets; of one declared twice the later declaration."""
    words = [one.vocabulary for one in rules]
    return Vocabulary(
        organs={name: kind for held in words for name, kind in held.organs.items()},
        persons=tuple(dict.fromkeys(name for held in words for name in held.persons)),
        acts={name: act for held in words for name, act in held.acts.items()},
        case_attributes={name: kind for held in words for name, kind in held.case_attributes.items()},
        kinds=tuple(dict.fromkeys(name for held in words for name in held.kinds)),
    )
