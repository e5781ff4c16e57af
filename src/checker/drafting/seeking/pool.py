"""The cases worth trying for some norms, each made once and kept with what the old rules say of it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, NamedTuple, TypeVar

from checker.calendars.calendar import Calendar
from checker.drafting.normal import meaning_of
from checker.drafting.seeking.candidates import Candidate, candidate_of
from checker.drafting.seeking.moving import (
    at_borders,
    cases_shifted,
    events_moved,
    events_reordered,
    looked_at_other_times,
)
from checker.drafting.seeking.observing import Findings, Half, due_days, half
from checker.drafting.seeking.restructuring import fewer_or_twice, more_events, often
from checker.drafting.seeking.synthesis import synthesised
from checker.drafting.seeking.unlike import differing_patterns
from checker.drafting.seeking.valuing import answered, less_known, revalued
from checker.drafting.seeking.words import Words, words_of
from checker.model.case import Fixture
from checker.model.expressions import OrganActor, Pattern
from checker.model.linking import limited
from checker.model.norm import Norm, RuleSet
from checker.model.requirements import Review
from checker.model.vocabulary import Vocabulary

MOST: Final = 4000
"""So many cases are tried for one question, unless told otherwise."""
KINDS: Final = ("plain", "borders", "values", "fewer", "more", "times", "days", "shifts", "unknown", "twice")
"""How the cases one begins with are changed, in this order unless told otherwise."""
_AIMED: Final = 600
"""So many cases are tried where two norms differ in what events they speak of."""
_AS_THEY_ARE: Final = ("plain",)
_IN_TURN: Final = 25
_SEEDS: Final = 16
_MADE: Final = 24
"""So many cases are made up from the norms."""
_TWICE: Final = 6
"""So many cases are changed in two places at once."""

T = TypeVar("T")


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
        """``others`` are rule sets whose values and norms are tried besides those of ``rules``."""
        self._calendar = calendar
        self._ids = tuple(ids)
        self._most = most
        self.old: Half = half(rules, ids, calendar)
        cores = [self.old.program.source, *(_cut(other, ids) for other in others)]
        self._norms = _distinct(norm for core in cores for norm in core.norms)
        words = words_of(self._norms, rules.packs, _united([rules, *others]))
        own = words_of(self.old.program.source.norms, rules.packs, words.vocabulary)
        self._words: Words = words._replace(patterns=own.patterns, repeated=own.repeated)
        self._seeds = [candidate_of(seed) for seed in seeds[:_SEEDS]]
        self._kept: dict[str, list[Tried]] = {}
        self._sources: dict[str, Iterator[Tried]] = {}
        self._bases: tuple[Tried, ...] | None = None

    def tried(self, first: Sequence[str] = ()) -> Iterator[Tried]:
        """All kinds one after the other, these kinds first; no more than ``most`` in all."""
        kinds = dict.fromkeys((*_AS_THEY_ARE, *first, *KINDS))
        return islice(chain.from_iterable(self._of_kind(kind) for kind in kinds), self._most)

    def aimed(self, new: RuleSet) -> Iterator[Tried]:
        """Events for the patterns in what only one of the two says, in each base; then the same in other weeks."""
        patterns = differing_patterns(self.old.program.source.norms, new.norms)
        aims = [aim for one in patterns for aim in (one, *self._by_others(one))]
        words = self._words._replace(patterns=tuple(aims), repeated=())
        more = [self._known(more_events(b.candidate, due_days(b.findings), words)) for b in self._all_bases()]
        found = list(islice(in_turn(more), _AIMED)) if patterns else []
        yield from found
        yield from islice(in_turn([self._known(self._changed("shifts", one)) for one in found]), _AIMED)

    def _by_others(self, pattern: Pattern) -> Iterator[Pattern]:
        """The same done by somebody else."""
        named = pattern.actor.names if isinstance(pattern.actor, OrganActor) else self._words.actors[:1]
        for other in self._words.strangers(named)[:2]:
            yield pattern.model_copy(update={"actor": OrganActor(names=(other,))})

    def _of_kind(self, kind: str) -> Iterator[Tried]:
        kept = self._kept.setdefault(kind, [])
        place = 0
        while True:
            if place == len(kept):
                source = self._sources.setdefault(kind, self._new(kind))
                following = next(source, None)
                if following is None:
                    return
                kept.append(following)
            yield kept[place]
            place += 1

    def _new(self, kind: str) -> Iterator[Tried]:
        """The candidates of a kind: each base changed in that way, a few of each base in turn."""
        bases = self._all_bases()
        if kind == "plain":
            return iter(bases)
        if kind == "twice":
            return in_turn([self._twice(base) for base in (*bases[:_TWICE], *bases[len(self._seeds) :][:_TWICE])])
        return in_turn([self._known(self._changed(kind, base)) for base in bases])

    def _all_bases(self) -> tuple[Tried, ...]:
        """The seeds, then what is made up."""
        if self._bases is None:
            self._bases = tuple(self._known(_once(chain(self._seeds, islice(self._made_up(), _MADE)))))
        return self._bases

    def _changed(self, kind: str, base: Tried) -> Iterator[Candidate]:
        candidate, dues, words = base.candidate, due_days(base.findings), self._words
        match kind:
            case "borders":
                return at_borders(candidate, dues, words)
            case "values":
                return chain(revalued(candidate, words), self._answered(base))
            case "fewer":
                return fewer_or_twice(candidate)
            case "more":
                return chain(often(candidate, words), more_events(candidate, dues, words))
            case "times":
                return looked_at_other_times(candidate, dues)
            case "days":
                return chain(events_reordered(candidate), events_moved(candidate, dues, words))
            case "shifts":
                return cases_shifted(candidate, dues, self._calendar)
            case _:
                return less_known(candidate, words)

    def _twice(self, base: Tried) -> Iterator[Tried]:
        """Changed in what happens, then in when, or in what is said of it."""
        for then in (("times", "days", "shifts"), ("values", "fewer")):
            for one in ("values", "fewer", "more"):
                for first in self._known(self._changed(one, base)):
                    for kind in then:
                        yield from self._known(self._changed(kind, first))

    def _answered(self, base: Tried) -> Iterator[Candidate]:
        asked = tuple(dict.fromkeys(norm.id for norm in self._norms if isinstance(norm.requirement, Review)))
        anchors = tuple(dict.fromkeys(event.id for event in base.candidate.case.events))
        return answered(base.candidate, asked, anchors)

    def _made_up(self) -> Iterator[Candidate]:
        by_id: dict[str, Norm] = {norm.id: norm for norm in self._norms}
        for norm in self._norms:
            if norm.id in self._ids:
                yield from synthesised(norm, by_id, self._words)

    def _known(self, candidates: Iterable[Candidate]) -> Iterator[Tried]:
        return (one for candidate in candidates if (one := self._tried(candidate)) is not None)

    def _tried(self, candidate: Candidate) -> Tried | None:
        found = self.old.findings(candidate)
        return None if found is None else Tried(candidate, found)


def in_turn(streams: Sequence[Iterator[T]]) -> Iterator[T]:
    """A few of each stream, again and again."""
    left = list(streams)
    while left:
        for stream in list(left):
            batch = list(islice(stream, _IN_TURN))
            yield from batch
            if len(batch) < _IN_TURN:
                left.remove(stream)


def _once(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    return iter({repr(one): one for one in candidates}.values())


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
