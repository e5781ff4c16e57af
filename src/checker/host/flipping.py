"""Past cases under two rule sets: which findings flip, from what to what, by norm and by unit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from checker.calendars.calendar import Calendar
from checker.cases.event_record import words
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, raw_records, twice
from checker.cases.record import RawRecord, read_case
from checker.cases.source import Skipped
from checker.drafting.comparing.effects import differing_pairs, explained
from checker.engines.ground.program import Program
from checker.engines.run import evaluate_batch, prepare
from checker.model.case import Case
from checker.model.changes import Flip, Flips, Pair, Sample
from checker.model.dependencies import depends_on
from checker.model.diagnostic import Diagnostic
from checker.model.finding import Finding, Verdict
from checker.model.linking import upstream
from checker.model.norm import RuleSet
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary

_BATCH: Final = 200
SAMPLES: Final = 3
"""Findings shown of each flip, unless told otherwise."""


BARE: Final = frozenset((Verdict.EXEMPT, Verdict.UNDETERMINED))
"""Verdicts whose dates say nothing of anybody's duty."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which norms are compared over which rule sets at which date.

    ``moved`` maps old ids to new ones. ``norms`` are new ids; the others are not evaluated, since nothing about them
    was changed.
    """

    old: RuleSet
    new: RuleSet
    norms: frozenset[str]
    moved: Mapping[str, str]
    calendar: Calendar
    as_of: dt.date
    samples: int = SAMPLES


class Both(NamedTuple):
    """One record as each side reads it."""

    old: Case | BadCase
    new: Case | BadCase


@dataclass(slots=True)
class Tally:
    """The sums so far; memory grows with norms, units and verdicts, not with cases."""

    asked: Asked
    counts: Counter[str] = field(default_factory=Counter)
    flips: Counter[tuple[str, str, Verdict | None, Verdict | None]] = field(default_factory=Counter)
    samples: dict[tuple[str, Verdict | None, Verdict | None], list[Sample]] = field(default_factory=dict)

    def add(self, pairs: Sequence[tuple[str, Pair]]) -> list[str]:
        """Count one case that both read, by the findings that differ; the norms of which a sample is wanted."""
        self.counts["read"] += 1
        self.counts["changed" if pairs else "unchanged"] += 1
        wanted = []
        for norm, pair in pairs:
            old, new = _verdict(pair.old), _verdict(pair.new)
            if old is new:
                self.counts["reworded"] += 1
                continue
            self.flips[norm, unit_of(pair), old, new] += 1
            if len(self.samples.get((norm, old, new), ())) < self.asked.samples:
                wanted.append(norm)
        return wanted

    def keep(self, case: str, norm: str, pairs: Iterable[Pair]) -> None:
        """Take explained samples, as many as there is room for."""
        for pair in pairs:
            held = self.samples.setdefault((norm, _verdict(pair.old), _verdict(pair.new)), [])
            if _verdict(pair.old) is not _verdict(pair.new) and len(held) < self.asked.samples:
                held.append(Sample(case=case, norm=norm, pair=pair))

    def result(self) -> Flips:
        """All of it, in the order of the norms of the new rules."""
        asked = self.asked
        place = {norm.id: n for n, norm in enumerate(asked.new.norms)}
        order: dict[Verdict | None, int] = {verdict: n for n, verdict in enumerate(Verdict)}

        def key(norm: str, old: Verdict | None, new: Verdict | None) -> tuple[int, str, int, int]:
            return place.get(norm, len(place)), norm, order.get(old, -1), order.get(new, -1)

        flips = sorted(self.flips.items(), key=lambda item: (*key(item[0][0], *item[0][2:]), item[0][1]))
        samples = sorted(self.samples.items(), key=lambda item: key(*item[0]))
        return Flips(
            as_of=asked.as_of,
            calendar=asked.calendar.name,
            omitted=len(place) - len(asked.norms & place.keys()),
            flips=tuple(Flip(norm=n, unit=u, old=a, new=b, count=count) for (n, u, a, b), count in flips),
            samples=tuple(sample for _, held in samples for sample in held),
            **self.counts,
        )


def unit_of(pair: Pair) -> str:
    """Who owes the duty, by the newer rules if they say so."""
    named = [one.bearer for one in (pair.new, pair.old) if one is not None and one.bearer]
    return named[0] if named else ""


def _verdict(finding: Finding | None) -> Verdict | None:
    return None if finding is None else finding.verdict


def read_alike(old: Vocabulary, new: Vocabulary) -> bool:
    """Whether every record is read in the same way under both vocabularies."""
    if set(old.organs) != set(new.organs):
        return False
    return old.model_copy(update={"organs": new.organs}) == new


class RowFlips:
    """Case by case, in steady memory: iterate once over what is to be told, then read ``tally``."""

    def __init__(self, asked: Asked, paths: Sequence[str], options: ReadOptions | None = None) -> None:
        """Nothing is read yet."""
        self.tally = Tally(asked)
        self._asked, self._paths, self._options = asked, paths, options or ReadOptions()
        self._sides = (Side(asked.old, asked, asked.moved), Side(asked.new, asked, {}))

    def __iter__(self) -> Iterator[Diagnostic | str]:
        """Diagnostics and sentences, as the cases come."""
        items = self._read()
        while batch := list(islice(items, _BATCH)):
            good: list[tuple[Case, Case]] = []
            for item in batch:
                match item:
                    case Both(old=Case() as old, new=Case() as new):
                        good.append((old, new))
                    case Both():
                        yield from self._unread(item)
                    case _:
                        self.tally.counts["skipped"] += 1
            yield from self._compared(good)

    def _read(self) -> Iterator[Both | Skipped]:
        old, new = (words(one.vocabulary, self._options.zone) for one in (self._asked.old, self._asked.new))
        is_one = self._asked.old.vocabulary == self._asked.new.vocabulary
        seen: set[str] = set()
        options = self._options
        for record in raw_records(self._paths, self._asked.new.vocabulary, options.layout, options.ledger):
            match record:
                case Skipped():
                    yield record
                case BadCase():
                    yield Both(record, record)
                case RawRecord():
                    after = read_case(record, new)
                    before = after if is_one else read_case(record, old)
                    yield _unique(Both(before, after), seen if self._options.unique else None)

    def _unread(self, item: Both) -> Iterator[Diagnostic | str]:
        match item:
            case Both(old=BadCase(), new=BadCase() as bad):
                self.tally.counts["left_out"] += 1
                yield from bad.diagnostics
            case Both(old=BadCase() as bad):
                self.tally.counts["only_new"] += 1
                yield from _one_sided(bad, "旧规则")
            case Both(new=BadCase() as bad):
                self.tally.counts["only_old"] += 1
                yield from _one_sided(bad, "新规则")

    def _compared(self, cases: Sequence[tuple[Case, Case]]) -> Iterator[str]:
        old, new = (side.findings([pair[n] for pair in cases]) for n, side in enumerate(self._sides))
        for (case, other), before, after in zip(cases, old, new, strict=True):
            if isinstance(before, str) or isinstance(after, str):
                self.tally.counts["failed"] += 1
                yield f"故障：案件「{case.id}」{before if isinstance(before, str) else after}"
                continue
            pairs = list(pairs_of(before, after))
            for norm in dict.fromkeys(self.tally.add(pairs)):
                told = [side.explained(one) for side, one in zip(self._sides, (case, other), strict=True)]
                self.tally.keep(case.id, norm, differing_pairs(told[0], told[1], norm))


def pairs_of(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[tuple[str, Pair]]:
    """The findings of a case that differ, norm by norm; where nothing is owed or known on both sides, by verdict."""
    for norm in dict.fromkeys(one.norm for one in (*before, *after)):
        for pair in differing_pairs(before, after, norm):
            if (
                pair.old is None
                or pair.new is None
                or pair.old.verdict is not pair.new.verdict
                or pair.old.verdict not in BARE
            ):
                yield norm, pair


def _unique(both: Both, seen: set[str] | None) -> Both:
    case = next((one for one in both if isinstance(one, Case)), None)
    if seen is None or case is None:
        return both
    if case.id in seen:
        bad = twice(case.id, case.place or Place(file=""))
        return Both(bad, bad)
    seen.add(case.id)
    return both


def _one_sided(bad: BadCase, side: str) -> Iterator[Diagnostic]:
    """The problems of a case that only one of the two could not read."""
    for one in bad.diagnostics:
        yield one.model_copy(update={"meanwhile": f"只有{side}读不了本案，没有比较，另外计数"})


class Side:
    """One rule set over the norms that are compared."""

    def __init__(self, rules: RuleSet, asked: Asked, moved: Mapping[str, str]) -> None:
        """Compile it; the norms in question are evaluated with all they rest on."""
        self._asked, self._moved = asked, moved
        self._program: Program = prepare(rules, asked.calendar)
        names = {norm.id for norm in rules.norms if self._name(norm.id) in asked.norms}
        closure = upstream(depends_on(rules.norms, rules.packs), names)
        self._only = frozenset(place for place, norm in enumerate(rules.norms) if norm.id in closure)

    def findings(self, cases: Sequence[Case]) -> list[tuple[Finding, ...] | str]:
        """Of each case, or why there is none."""
        found = evaluate_batch(self._program, cases, self._asked.as_of, only=[self._only] * len(cases))
        return [one.failure.message if one.failure is not None else self._named(one.findings) for one in found]

    def explained(self, case: Case) -> tuple[Finding, ...]:
        """Of one case, with the sentences."""
        return self._named(explained(self._program, case, self._asked.as_of))

    def _named(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        kept = ((self._name(one.norm), one) for one in findings)
        return tuple(
            one if one.norm == name else one.model_copy(update={"norm": name})
            for name, one in kept
            if name in self._asked.norms
        )

    def _name(self, norm: str) -> str:
        return self._moved.get(norm, norm)
