"""How the required acts stand to a window or before an anchor (semantics §5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from checker.drafting.proof import terms as t
from checker.drafting.proof.instance import Acted, Timing
from checker.drafting.proof.places import Scope
from checker.drafting.proof.reading import Reader
from checker.drafting.proof.terms import Bool, Day, Kleene
from checker.drafting.proof.world import Ev, comes_before
from checker.model.expressions import Pattern

Group = tuple[Pattern, ...]
Chosen = list[tuple[Ev, Bool, Day]]


class Candidate(NamedTuple):
    """An event as one pattern dates it; ``fits`` joins match and place."""

    event: Ev
    day: Day
    fits: Kleene


def candidates(reader: Reader, group: Group, scope: Scope, begun: Callable[[Ev, Day], Bool]) -> list[Candidate]:
    """All events that may serve a group, in the order of its patterns."""
    found = []
    for pattern in group:
        for event in reader.events:
            for act, _ in reader.acts(pattern, event):
                truth = reader.match_as(pattern, event, act, scope)
                if truth.may is False:
                    continue
                day = reader.dated(pattern, event, act)
                fits = t.both(t.sure(begun(event, day)), truth)
                if fits.may is not False:
                    found.append(Candidate(event, day, fits))
    return found


def is_before(one: Ev, other: Ev) -> Bool:
    """Earlier in the order of the case; never itself."""
    return False if one is other else comes_before(one, other)


def first_by_key(options: Iterable[tuple[Ev, Bool, Day]]) -> Chosen:
    """Of the events for which the guard holds, the first; its day is that of the first option that holds."""
    by_event = _by_event(options)
    found = []
    for event, rows in by_event.items():
        earlier = (t.conj(_any(others), is_before(e, event)) for e, others in by_event.items() if e is not event)
        found.append((event, t.conj(_any(rows), t.neg(t.disj(*earlier))), _dated(rows)))
    return found


def last_by_key(options: Iterable[tuple[Ev, Bool, Day]]) -> Chosen:
    """The same with the last."""
    by_event = _by_event(options)
    found = []
    for event, rows in by_event.items():
        later = (t.conj(_any(others), is_before(event, e)) for e, others in by_event.items() if e is not event)
        found.append((event, t.conj(_any(rows), t.neg(t.disj(*later))), _dated(rows)))
    return found


def _by_event(options: Iterable[tuple[Ev, Bool, Day]]) -> dict[Ev, list[tuple[Bool, Day]]]:
    found: dict[Ev, list[tuple[Bool, Day]]] = {}
    for event, guard, day in options:
        if guard is not False:
            found.setdefault(event, []).append((guard, day))
    return found


def _any(rows: Sequence[tuple[Bool, Day]]) -> Bool:
    return t.disj(*(guard for guard, _ in rows))


def _dated(rows: Sequence[tuple[Bool, Day]]) -> Day:
    return t.first_of(rows[:-1], rows[-1][1])


def stand(found: Sequence[Candidate], timing: Timing) -> Acted:
    """How one group stands to a window: timely, else maybe, else late, else none."""
    untimed = t.sure(t.neg(timing.timed))
    early = [(one, t.any_of(untimed, timing.due.meets(one.day))) for one in found]
    timely = [(one.event, t.conj(one.fits.yes, in_time.yes), one.day) for one, in_time in early]
    late = [(one.event, t.conj(one.fits.yes, in_time.no), one.day) for one, in_time in early]
    near = t.disj(*(
        t.disj(t.conj(one.fits.unknown, in_time.may), t.conj(one.fits.yes, in_time.unknown)) for one, in_time in early
    ))  # fmt: skip
    far = t.disj(*(one.fits.unknown for one in found))
    is_timely, is_late = (t.disj(*(guard for _, guard, _ in rows)) for rows in (timely, late))
    open_ = t.neg(is_timely)
    is_maybe = t.conj(open_, t.disj(near, t.conj(far, t.neg(is_late))))
    late_after_all = t.conj(open_, t.neg(is_maybe), is_late)
    cited = first_by_key([*timely, *((e, t.conj(late_after_all, guard), day) for e, guard, day in late)])
    return Acted(is_timely, late_after_all, is_maybe, t.neg(t.disj(is_timely, is_maybe, is_late)), tuple(cited))


def joined(groups: Sequence[Acted]) -> Acted:
    """All groups together; cited is the event with the greatest key, where every group has one."""
    if len(groups) == 1:
        return groups[0]
    none = t.disj(*(one.none for one in groups))
    maybe = t.conj(t.neg(none), t.disj(*(one.maybe for one in groups)))
    timely = t.conj(*(one.timely for one in groups))
    late = t.neg(t.disj(none, maybe, timely))
    return Acted(timely, late, maybe, none, tuple(_latest(groups)))


def _latest(groups: Sequence[Acted]) -> Chosen:
    events = dict.fromkeys(event for group in groups for event, _, _ in group.chosen)
    found = []
    for event in events:
        mine = [(guard, day) for group in groups for e, guard, day in group.chosen if e is event]
        reached = (
            t.disj(*(t.conj(guard, True if e is event else is_before(e, event)) for e, guard, _ in group.chosen))
            for group in groups
        )
        found.append((event, t.conj(t.disj(*(guard for guard, _ in mine)), *reached), _latest_day(mine)))
    return found


def _latest_day(rows: Sequence[tuple[Bool, Day]]) -> Day:
    """One event may serve two groups that date it differently: it served on the later of the two days."""
    latest = rows[0][1]
    serves = rows[0][0]
    for guard, day in rows[1:]:
        later = t.conj(guard, t.disj(t.neg(serves), t.lt(latest, day)))
        latest, serves = t.chosen(later, day, latest), t.disj(serves, guard)
    return latest
