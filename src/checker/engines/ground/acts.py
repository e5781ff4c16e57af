"""How the required acts stand to a window: timely, late, maybe or none, group by group (semantics §5)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from checker.engines.facts import Act, Truth
from checker.engines.ground.begins import Begin, instants
from checker.engines.ground.patterns import Pattern, uncovered
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Place, Seen, place_of
from checker.engines.instance import Deadline

Group = tuple[Pattern, ...]


class Use(Protocol):
    """What earlier anchors of a 逐一 norm have taken, for one group."""

    def pick(self, scope: Scope, begin: Begin) -> None:
        """Choose what this anchor may take, once its window's beginning is known."""

    def free(self, group: int, seen: Seen) -> Truth:
        """NO: not for this anchor; MAYBE: maybe taken."""

    def certain(self, group: int, events: Iterable[Seen]) -> Iterable[Seen]:
        """Of the certain candidates, in order, those that are not certainly out of reach."""

    def names(self, group: int, seen: Seen) -> frozenset[str]:
        """What keeps it unknown whether the event is taken."""


class Unused:
    """Without 逐一 one act serves every anchor [R12]."""

    def pick(self, _: Scope, __: Begin) -> None:
        """Nothing is taken."""

    def free(self, _: int, __: Seen) -> Truth:
        """Always."""
        return YES

    def certain(self, _: int, events: Iterable[Seen]) -> Iterable[Seen]:
        """All."""
        return events

    def names(self, _: int, __: Seen) -> frozenset[str]:
        """Nothing."""
        return frozenset()


UNUSED = Unused()


class Window:
    """A window with its beginning and, if there is one yet, its end.

    ``untimed`` names the date that hours are counted from, where it has no time of day.
    """

    __slots__ = ("begin", "due", "untimed", "use")

    def __init__(self, begin: Begin, due: Deadline | None, use: Use, untimed: frozenset[str] = frozenset()) -> None:
        self.begin = begin
        self.due = due
        self.use = use
        self.untimed = untimed

    def holds(self, pattern: Pattern, seen: Seen, day: int) -> Truth:
        """Whether an act on a day is in time; always, while there is no due date."""
        due = self.due
        if due is None:
            return YES
        if due.first is None or due.last is None:
            return YES if day <= due.day else MAYBE if day <= due.high else NO
        earliest, latest = instants(None if pattern.dated_by else seen.time, day)
        return YES if latest <= due.first else NO if earliest > due.last else MAYBE


@dataclass(slots=True)
class Standing:
    """One group: how it stands, the chosen event with its date, and the doubts that count."""

    act: Act
    chosen: Seen | None = None
    day: int | None = None
    doubts: Sequence[tuple[Pattern, Seen]] = ()
    uncovered: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sorted:
    """The candidates of a group by what they may be."""

    timely: list[tuple[Seen, int]] = field(default_factory=list)
    late: list[tuple[Seen, int]] = field(default_factory=list)
    near: list[tuple[Pattern, Seen]] = field(default_factory=list)
    far: list[tuple[Pattern, Seen]] = field(default_factory=list)


def stand(scope: Scope, group: Group, window: Window, number: int = 0) -> Standing:
    """How one group stands to the window."""
    if len(group) == 1:
        standing = _by_first(scope, group[0], window)
        if standing is not None:
            return standing
    found = _Sorted()
    for pattern in group:
        _sort(scope, pattern, window, number, found)
    if found.timely:
        return Standing(Act.TIMELY, *min(found.timely, key=_place))
    bare = tuple(act for pattern in group for act in uncovered(scope, pattern))
    if found.near or bare or (found.far and not found.late):
        return Standing(Act.MAYBE, doubts=found.near if found.late else found.near + found.far, uncovered=bare)
    if found.late:
        return Standing(Act.LATE, *min(found.late, key=_place))
    return Standing(Act.NONE)


def _by_first(scope: Scope, pattern: Pattern, window: Window) -> Standing | None:
    """Where all is certain and in order the first candidate decides, later ones being no earlier; None elsewhere."""
    if window.use is not UNUSED or pattern.dated_by is not None or not scope.view.ordered:
        return None
    matches = pattern.matches(scope)
    side = window.begin.side(scope, pattern, matches)
    if side.doubtful or side.also:
        return None
    first = matches.sure[side.certain.start] if side.certain else None
    holds = NO if first is None or first.day is None else window.holds(pattern, first, first.day)
    if first is not None and holds is YES:
        return Standing(Act.TIMELY, first, first.day)
    if holds is MAYBE or uncovered(scope, pattern):
        return None
    return Standing(Act.NONE) if first is None else Standing(Act.LATE, first, first.day)


def _place(item: tuple[Seen, int]) -> Place:
    return place_of(item[0])


def _sort(scope: Scope, pattern: Pattern, window: Window, number: int, found: _Sorted) -> None:
    matches = pattern.matches(scope)
    side = window.begin.side(scope, pattern, matches)
    in_order = scope.view.ordered and not side.also and window.use is UNUSED
    for seen in window.use.certain(number, side.events(matches)):
        free = window.use.free(number, seen)
        day = pattern.day(seen)
        if free is MAYBE or day is None:
            _doubt(pattern, seen, window, day, found)
            continue
        holds = window.holds(pattern, seen, day)
        if holds is MAYBE:
            found.near.append((pattern, seen))
        else:
            (found.timely if holds is YES else found.late).append((seen, day))
            if in_order and (holds is YES or pattern.dated_by is None):
                # Keys ascend: the first in time is the one, and where own dates count, what follows is no earlier.
                break
    for seen in side.doubtful:
        if window.use.free(number, seen) is not NO:
            _doubt(pattern, seen, window, pattern.day(seen), found)


def _doubt(pattern: Pattern, seen: Seen, window: Window, day: int | None, found: _Sorted) -> None:
    near = day is None or window.holds(pattern, seen, day) is not NO
    (found.near if near else found.far).append((pattern, seen))


def joined(standings: Sequence[Standing]) -> Act:
    """All groups together."""
    if len(standings) == 1:
        return standings[0].act
    acts = [standing.act for standing in standings]
    for act in (Act.NONE, Act.MAYBE, Act.LATE):
        if act in acts:
            return act
    return Act.TIMELY


def name_doubts(scope: Scope, standings: Sequence[Standing], window: Window, out: set[str]) -> None:
    """Name what keeps the groups that are maybe from being decided."""
    for number, standing in enumerate(standings):
        if standing.act is Act.MAYBE:
            out.update(f"行为.{act}" for act in standing.uncovered)
            for pattern, seen in standing.doubts:
                name_candidate(scope, pattern, seen, window, out)
                out |= window.use.names(number, seen)


def name_candidate(scope: Scope, pattern: Pattern, seen: Seen, window: Window, out: set[str]) -> None:
    """Name what is unknown of one candidate: its match, its order, its date; the limit only where these are known."""
    match, begun = pattern.truth(scope, seen), window.begin.truth(scope.view, pattern, seen)
    certain = match is YES and begun is YES
    if match is MAYBE:
        pattern.missing(scope, seen, out)
    if begun is MAYBE:
        window.begin.missing(scope.view, pattern, seen, out)
    day = pattern.day(seen)
    if day is None:
        out.add(pattern.day_name(seen))
    elif certain and window.holds(pattern, seen, day) is MAYBE:
        out.update(_limit_names(pattern, seen, window))


def _limit_names(pattern: Pattern, seen: Seen, window: Window) -> Iterator[str]:
    due = window.due
    if due is not None and due.first is None:
        yield f"历法.{due.missing_year}"
    else:
        yield from window.untimed
        if pattern.dated_by or seen.time is None:
            yield pattern.day_name(seen)


def discharged(scope: Scope, groups: tuple[Group, ...], window: Window, before: Seen) -> bool:
    """Whether every group has a certain timely candidate certainly before an event."""
    return all(_done(scope, group, window, before, number) for number, group in enumerate(groups))


def _done(scope: Scope, group: Group, window: Window, before: Seen, number: int) -> bool:
    for pattern in group:
        matches = pattern.matches(scope)
        for seen in window.use.certain(number, window.begin.side(scope, pattern, matches).events(matches)):
            if scope.view.before(seen, before) is not YES:
                if scope.view.ordered:
                    break
                continue
            day = pattern.day(seen)
            if day is not None and window.use.free(number, seen) is YES and window.holds(pattern, seen, day) is YES:
                return True
    return False
