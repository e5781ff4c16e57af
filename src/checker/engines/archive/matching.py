"""Patterns over batches: which events are meant, certainly or maybe (semantics §2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Protocol

import numpy as np

from checker.engines.archive.coding import by_distinct
from checker.engines.archive.columns import NULL, Coded, Columns
from checker.engines.archive.scope import Scope, at_events
from checker.engines.archive.truth import MAYBE, NO, YES, Bools, Ints, Truths, both, filled
from checker.engines.ground.scope import UNKNOWN
from checker.engines.ground.values import plain
from checker.model.expressions import AnchorActor, OrganActor
from checker.model.vocabulary import Vocabulary

AT_ONCE: Final = 1 << 20
"""About so many pairs of an anchor and an event are tried at a time."""

WIDE: Final = 1 << 32
"""More than a batch has events; a row of a scope and an event make one number."""


class Condition(Protocol):
    """A condition over a scope."""

    def truth(self, scope: Scope) -> Truths:
        """Its value at every place."""

    def support(self, scope: Scope, wanted: bool) -> list[Pairs]:
        """The events its value rests on, where it is true (``wanted``) or false."""


@dataclass(slots=True, frozen=True)
class Pairs:
    """Rows of a scope, each with an event; a row may stand in several pairs or none."""

    row: Ints
    event: Ints


@dataclass(slots=True, frozen=True)
class Matches:
    """What a pattern finds in the cases of a scope.

    ``sure`` and ``loose`` are events; their ``keys`` ascend. An event e of row i has the key ``base[i] + e``: where the
    anchor does not matter all rows share one list and ``base`` is 0.
    """

    sure: Ints
    sure_keys: Ints
    loose: Ints
    loose_keys: Ints
    base: Ints | int

    def sure_range(self, first: Ints, end: Ints) -> tuple[Ints, Ints]:
        """Positions in ``sure`` of the events from ``first`` up to before ``end``, row by row."""
        low = np.searchsorted(self.sure_keys, first + self.base)
        return low, np.maximum(np.searchsorted(self.sure_keys, end + self.base), low)

    def loose_any(self, first: Ints, end: Ints) -> Bools:
        """Whether a maybe-match lies there."""
        return self.loose_count(first, end) > 0

    def loose_count(self, first: Ints, end: Ints) -> Ints:
        """How many maybe-matches lie there."""
        if not len(self.loose):
            return np.zeros(len(first), np.int64)
        low = np.searchsorted(self.loose_keys, first + self.base)
        count: Ints = np.maximum(np.searchsorted(self.loose_keys, end + self.base) - low, 0)
        return count

    def first_sure(self, first: Ints, end: Ints) -> Ints:
        """The first certain match from ``first`` up to before ``end``; -1 if there is none."""
        low, high = self.sure_range(first, end)
        return _picked(self.sure, low, low < high)

    def last_sure(self, first: Ints, end: Ints) -> Ints:
        """The last one; -1 if there is none."""
        low, high = self.sure_range(first, end)
        return _picked(self.sure, high - 1, low < high)

    def last_loose(self, first: Ints, end: Ints) -> Ints:
        """The last maybe-match; -1 if there is none."""
        low = np.searchsorted(self.loose_keys, first + self.base)
        high = np.searchsorted(self.loose_keys, end + self.base)
        return _picked(self.loose, high - 1, low < high)

    def sure_pairs(self, first: Ints, end: Ints) -> Pairs:
        """All certain matches there, row by row in order."""
        return _spread(self.sure, *self.sure_range(first, end))

    def loose_pairs(self, first: Ints, end: Ints) -> Pairs:
        """All maybe-matches there."""
        low = np.searchsorted(self.loose_keys, first + self.base)
        return _spread(self.loose, low, np.maximum(np.searchsorted(self.loose_keys, end + self.base), low))


def _picked(events: Ints, places: Ints, there: Bools) -> Ints:
    if not len(events):
        return np.full(len(places), -1)
    return np.where(there, events[np.clip(places, 0, len(events) - 1)], -1)


def _spread(events: Ints, low: Ints, high: Ints) -> Pairs:
    counts = high - low
    row = np.repeat(np.arange(len(low)), counts)
    within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    return Pairs(row, events[low[row] + within])


class ActorTerm:
    """Who did it: names of the rule, or whom the anchor names (semantics §2)."""

    def __init__(self, actor: OrganActor | AnchorActor, vocabulary: Vocabulary) -> None:
        self.actor = actor
        self.vocabulary = vocabulary
        self.is_bound = isinstance(actor, AnchorActor)

    def truth(self, scope: Scope) -> Truths:
        """Of the actors of self."""
        actors = scope.columns.actors()
        codes = [actors.at(scope.subject)]
        if isinstance(self.actor, OrganActor):
            names = self.actor.names
            asked = by_distinct(codes, [len(actors.values)], lambda done: self._is(actors.values[done], names))
            return asked.astype(np.int8)
        meant = self.owed_by(scope)
        codes.append(meant.codes)
        asked = by_distinct(
            codes,
            [len(actors.values), len(meant.values)],
            lambda done, by: self._is(actors.values[done], meant.values[by]),
        )
        return asked.astype(np.int8)

    def owed_by(self, scope: Scope) -> Coded:
        """The names meant, a tuple for each place; None or UNKNOWN where the record does not say."""
        if isinstance(self.actor, OrganActor):
            return Coded(np.full(len(scope), NULL + 1), [None, None, self.actor.names])
        held = scope.columns.actors() if self.actor.is_doer else scope.columns.attribute(self.actor.attribute)
        values = [_names(value) for value in held.values]
        return Coded(held.at(scope.root), values)

    def _is(self, done: object, by: object) -> int:
        if not isinstance(done, tuple) or not isinstance(by, tuple):
            return MAYBE
        answers = [self.vocabulary.organ_is(one, name) for one in done for name in by]
        return YES if True in answers else MAYBE if None in answers else NO


def _names(value: object) -> tuple[str, ...] | None:
    if value is None or value is UNKNOWN:
        return None
    return tuple(str(one) for one in value) if isinstance(value, tuple) else (str(value),)


class CorrelationTerm:
    """同一: agreement with the root event on declared attributes (semantics §2)."""

    def __init__(self, names: tuple[str, ...], vocabulary: Vocabulary) -> None:
        self.names = names
        self.vocabulary = vocabulary

    def truth(self, scope: Scope) -> Truths:
        """Unknown where a side is missing or null; false where they differ."""
        columns = scope.columns
        result = filled(len(scope), YES)
        rooted = scope.root >= 0
        if not rooted.all():
            rows = np.flatnonzero(rooted)
            if len(rows):
                result[rows] = self.truth(scope.take(rows))
            return result
        ours, theirs = columns.act[scope.root], columns.act[scope.subject]
        for name in self.names:
            declares = self._declaring(columns, name)
            column = columns.memory.get(("agree", name))
            if column is None:
                column = columns.memory["agree", name] = _canonical(columns.attribute(name))
            mine, other = column[scope.root], column[scope.subject]
            agreed = np.where((mine <= NULL) | (other <= NULL), np.int8(MAYBE), (mine == other).astype(np.int8))
            result = both(result, np.where(declares[ours] & declares[theirs], agreed, np.int8(YES)))
        return result

    def _declaring(self, columns: Columns, name: str) -> Bools:
        key = ("declares", name)
        if key not in columns.memory:
            acts = self.vocabulary.acts.values()
            columns.memory[key] = np.array([name in act.attributes for act in acts], np.bool_)
        found: Bools = columns.memory[key]
        return found


def _canonical(coded: Coded) -> Ints:
    """The same code for equal values: a list is the set of its members."""
    places: dict[object, int] = {}
    table = np.arange(len(coded.values))
    for code, value in enumerate(coded.values[NULL + 1 :], NULL + 1):
        table[code] = places.setdefault(plain(value), code)
    return table[coded.codes]


class PatternTerm:
    """A pattern without an ordinal. ``is_bound``: what it matches depends on the anchor's root event."""

    def __init__(
        self,
        acts: tuple[str, ...],
        actor: ActorTerm | None,
        where: Condition | None,
        correlation: CorrelationTerm | None,
        dated_by: str | None,
        *,
        is_bound: bool,
    ) -> None:
        self.acts = acts
        self.actor = actor
        self.where = where
        self.correlation = correlation
        self.dated_by = dated_by
        self.is_bound = is_bound

    def truth(self, scope: Scope) -> Truths:
        """match(pattern, self) at events of any act."""
        columns = scope.columns
        codes = [columns.acts[act] for act in self.acts if act in columns.acts]
        meant = scope.subject >= 0
        meant[meant] = np.isin(columns.act[scope.subject[meant]], codes)
        if meant.all():
            return self._truth(scope)
        result = filled(len(scope), NO)
        rows = np.flatnonzero(meant)
        if len(rows):
            result[rows] = self._truth(scope.take(rows))
        return result

    def _truth(self, scope: Scope) -> Truths:
        """The same where the act is known to be one of the pattern's."""
        result = filled(len(scope), YES)
        for part in (self.actor, self.where, self.correlation):
            if part is not None:
                result = both(result, part.truth(scope))
        return result

    def matches(self, scope: Scope) -> Matches:
        """Everything it finds in the cases of the scope."""
        return _matched(self, scope, self._truth)

    def day(self, columns: Columns, events: Ints) -> Ints:
        """The day that counts where events are tested against a limit; -1 where the record does not say."""
        days: Ints = columns.day if self.dated_by is None else days_of(columns, self.dated_by)
        return days[events]


def days_of(columns: Columns, name: str) -> Ints:
    """A date attribute of every event, as ordinals; -1 where it is missing or null."""
    key = ("days", name)
    if key not in columns.memory:
        coded = columns.attribute(name)
        table = np.array([value.toordinal() if hasattr(value, "toordinal") else -1 for value in coded.values])
        columns.memory[key] = table[coded.codes]
    found: Ints = columns.memory[key]
    return found


class NthTerm:
    """第 n 次: of the events that another pattern matches, the n-th."""

    def __init__(self, base: PatternTerm, n: int) -> None:
        self.base = base
        self.n = n
        self.acts = base.acts
        self.actor = base.actor
        self.dated_by = base.dated_by
        self.is_bound = base.is_bound

    def truth(self, scope: Scope) -> Truths:
        """Whether self is certainly, maybe or not the n-th."""
        own = self.base.truth(scope)
        matches = self.base.matches(scope)
        first = scope.columns.first[scope.case]
        low, high = matches.sure_range(first, scope.cut)
        certain = high - low
        possible = certain + matches.loose_count(first, scope.cut)
        wanted = self.n - 1
        no = (own == NO) | (certain > wanted) | (possible < wanted)
        yes = (own == YES) & (certain == wanted) & (possible == wanted)
        return np.where(no, np.int8(NO), np.where(yes, np.int8(YES), np.int8(MAYBE)))

    def matches(self, scope: Scope) -> Matches:
        """The events that are, or may be, the n-th."""
        return _matched(self, scope, self.truth)

    def day(self, columns: Columns, events: Ints) -> Ints:
        """As the base pattern's."""
        return self.base.day(columns, events)


Pattern = PatternTerm | NthTerm


def _matched(pattern: Pattern, scope: Scope, asked: Callable[[Scope], Truths]) -> Matches:
    """What ``asked`` says of the events of the pattern's acts; where the anchor does not matter, once a batch."""
    if pattern.is_bound:
        return _bound(scope, pattern.acts, asked)
    columns = scope.columns
    found: Matches | None = columns.memory.get(pattern)
    if found is None:
        events = columns.of_acts(pattern.acts)
        truth = asked(at_events(columns, events))
        sure, loose = events[truth == YES], events[truth == MAYBE]
        found = columns.memory[pattern] = Matches(sure, sure, loose, loose, 0)
    return found


def _bound(scope: Scope, acts: tuple[str, ...], asked: Callable[[Scope], Truths]) -> Matches:
    """What a pattern finds for each row of a scope by itself: every event of its acts in the row's case is tried.

    Long records with many anchors make many pairs, so they are tried some at a time and only what matches is kept.
    """
    columns = scope.columns
    events = columns.of_acts(acts)
    low = np.searchsorted(events, columns.first[scope.case])
    high = np.searchsorted(events, columns.end[scope.case])
    turn = np.cumsum(high - low) // AT_ONCE
    starts = [0, *(np.flatnonzero(turn[1:] != turn[:-1]) + 1).tolist(), len(scope)]
    found: list[tuple[Ints, Ints, Truths]] = []
    for start, end in pairwise(starts):
        pairs = _spread(events, low[start:end], high[start:end])
        row = pairs.row + start
        truth = asked(at_events(columns, pairs.event, scope.root[row]))
        kept = truth != NO
        found.append((row[kept], pairs.event[kept], truth[kept]))
    row, event, truth = (np.concatenate(parts) for parts in zip(*found, strict=True))
    keys = row * WIDE + event
    sure, loose = truth == YES, truth == MAYBE
    return Matches(event[sure], keys[sure], event[loose], keys[loose], np.arange(len(scope)) * WIDE)


def uncovered(scope: Scope, pattern: Pattern) -> Bools:
    """Where one of the pattern's acts is not covered by the record [R2]."""
    result = np.zeros(len(scope), np.bool_)
    for act in pattern.acts:
        covered = scope.columns.covered(act)
        if covered is not None:
            result |= ~covered[scope.case]
    return result
