"""Matches of a pattern in the order of a case, and what stands before or after a place."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from checker.engines.facts import Truth
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import EVENTS, Seen, View, place_of
from checker.engines.instance import Key


class Matches:
    """What a pattern finds in a case: ``sure`` certain and dated, by key; ``loose`` the maybe and the undated ones."""

    __slots__ = ("keys", "loose", "sure")

    def __init__(self, sure: list[Seen], loose: list[tuple[Seen, Truth]]) -> None:
        self.sure = sure
        self.loose = loose
        self.keys: list[Key] = [seen.key for seen in sure if seen.key is not None]


class Side(NamedTuple):
    """The part of the matches on one side of a place.

    ``certain`` is the range of positions in ``sure`` that certainly lie there, ``also`` further certain ones (same day,
    told apart by their times), ``doubtful`` all that possibly lie there or possibly match.
    """

    certain: range
    also: list[Seen]
    doubtful: list[Seen]

    def size(self) -> int:
        """How many certainly lie there."""
        return len(self.certain) + len(self.also)

    def events(self, matches: Matches) -> Iterator[Seen]:
        """The certain ones, the day of the place apart from the rest."""
        yield from self.also
        for place in self.certain:
            yield matches.sure[place]


def standing_before(view: View, matches: Matches, spot: Seen) -> Side:
    """The matches before a place, strictly."""
    doubtful = [seen for seen, _ in matches.loose if view.before(seen, spot) is not NO] if matches.loose else []
    if spot.key is None:
        return Side(range(0), [], doubtful + [seen for seen in matches.sure if seen is not spot])
    if view.ordered:
        return Side(range(bisect_left(matches.keys, spot.key)), [], doubtful)
    left = bisect_left(matches.keys, (spot.key[0], 0, 0, 0))
    right = bisect_left(matches.keys, (spot.key[0] + 1, 0, 0, 0))
    also = _same_day(matches.sure[left:right], spot, lambda seen: view.before(seen, spot), doubtful)
    return Side(range(left), also, doubtful)


def standing_after(view: View, matches: Matches, spot: Seen) -> Side:
    """The matches after a place, strictly."""
    doubtful = [seen for seen, _ in matches.loose if view.before(spot, seen) is not NO] if matches.loose else []
    if spot.key is None:
        return Side(range(0), [], doubtful + [seen for seen in matches.sure if seen is not spot])
    size = len(matches.sure)
    if view.ordered:
        return Side(range(bisect_right(matches.keys, spot.key), size), [], doubtful)
    left = bisect_left(matches.keys, (spot.key[0], 0, 0, 0))
    right = bisect_left(matches.keys, (spot.key[0] + 1, 0, 0, 0))
    also = _same_day(matches.sure[left:right], spot, lambda seen: view.before(spot, seen), doubtful)
    return Side(range(right, size), also, doubtful)


def _same_day(peers: list[Seen], spot: Seen, asked: Callable[[Seen], Truth], doubtful: list[Seen]) -> list[Seen]:
    """Of the events of the day itself, those certainly on the side; the unclear ones join the doubtful."""
    if spot.time is None and _is_event(spot):
        # Nothing of the day is told apart from an event without a time: no need to ask of each.
        doubtful += [seen for seen in peers if seen is not spot and _is_event(seen)]
        peers = [seen for seen in peers if not _is_event(seen)]
    also = []
    for seen in peers:
        answer = asked(seen)
        if answer is YES:
            also.append(seen)
        elif answer is MAYBE:
            doubtful.append(seen)
    return also


def _is_event(seen: Seen) -> bool:
    return seen.key is not None and seen.key[1] == EVENTS


def from_day(matches: Matches, day: int) -> Side:
    """The matches dated on or after a day; undated ones are doubtful."""
    doubtful = [seen for seen, _ in matches.loose if seen.day is None or seen.day >= day]
    return Side(range(bisect_left(matches.keys, (day, 0, 0, 0)), len(matches.sure)), [], doubtful)


def dated_side(matches: Matches, asked: Callable[[Seen], Truth]) -> Side:
    """The matches that an attribute dates on the side asked for: an event without a date of its own may be certain."""
    certain: list[Seen] = []
    doubtful: list[Seen] = []
    for seen, match in chain(((seen, YES) for seen in matches.sure), matches.loose):
        there = asked(seen)
        if match is YES and there is YES:
            certain.append(seen)
        elif there is not NO:
            doubtful.append(seen)
    return Side(range(0), certain, doubtful)


class First(NamedTuple):
    """The first match at or after a place: the event, or nothing and why.

    ``doubtful`` are the events that could be it instead; if there are any, it is unknown.
    """

    event: Seen | None
    doubtful: list[Seen]


def first_from(view: View, matches: Matches, spot: Seen) -> First:
    """The first certain match at or after a place (the anchor's own event included)."""
    if spot.key is None:
        if any(seen is spot and truth is YES for seen, truth in matches.loose):
            return First(spot, [])
        return First(None, [*matches.sure, *(seen for seen, _ in matches.loose)])
    place = bisect_left(matches.keys, spot.key)
    if place < len(matches.keys) and matches.keys[place] == spot.key:
        return First(matches.sure[place], [])
    side = standing_after(view, matches, spot)
    event = earliest(matches, side)
    doubtful = [seen for seen in side.doubtful if event is None or view.before(event, seen) is not YES]
    doubtful += [seen for seen, _ in matches.loose if seen is spot]
    return First(event, doubtful)


def earliest(matches: Matches, side: Side) -> Seen | None:
    """Of the certain ones after a place, the first."""
    if side.also:
        return min(side.also, key=place_of)
    return matches.sure[side.certain[0]] if side.certain else None


def latest(matches: Matches, side: Side) -> Seen | None:
    """Of the certain ones before a place, the last."""
    if side.also:
        return max(side.also, key=place_of)
    return matches.sure[side.certain[-1]] if side.certain else None
