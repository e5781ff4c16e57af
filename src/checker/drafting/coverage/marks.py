"""What one evaluated instance tries of its norm besides conditions: exceptions, both sides of last days, caps."""

from collections.abc import Iterator
from typing import Final

from checker.calendars.amount import amount_of
from checker.drafting.coverage.excluded import Used
from checker.drafting.coverage.points import Kind
from checker.drafting.coverage.probes import Key
from checker.engines.facts import Act, Clock, Truth
from checker.engines.ground.grounding import Grounded
from checker.engines.ground.windows import WithinWindow
from checker.engines.instance import Adjustment, Instance, Reason, Timing
from checker.model import requirements as r

_SIGNS: Final = {Truth.YES: "+", Truth.NO: "-"}
_LEFT_OUT: Final[dict[Reason | None, str]] = {Reason.TIMES: "times", Reason.TOTAL: "total", Reason.CAP: "cap"}


def marks_of(grounded: Grounded) -> Iterator[Key]:
    """The points that a certain instance tries."""
    instance = grounded.instance
    yield Kind.ANCHOR, "anchor"
    yield from _exceptions(instance)
    yield from _parts(instance)
    yield from _caps(grounded)
    if grounded.rule.precede is not None:
        yield from _lead(grounded)
    elif instance.timing is not None:
        yield from _ends(grounded, instance.timing)


def _exceptions(instance: Instance) -> Iterator[Key]:
    if instance.prior in _SIGNS:
        yield Kind.EXCEPTIONS, f"prior{_SIGNS[instance.prior]}"
    values = [*instance.defeats, *(instance.timing.clauses if instance.timing is not None else ())]
    for value in values:
        if value.truth in _SIGNS:
            yield Kind.EXCEPTIONS, f"exception-{value.clause + 1}{_SIGNS[value.truth]}"
    for value in instance.curing:
        if value.truth is Truth.YES:
            yield Kind.EXCEPTIONS, f"exception-{value.clause + 1}-afterwards"
    timing = instance.timing
    if timing is None or timing.clock is Clock.UNKNOWN or timing.original is None:
        return
    acted = {one.clause for one in timing.adjustments if one.applied or one.reason is Reason.DROPPED}
    for number, clause in enumerate(instance.norm.exceptions):
        if isinstance(clause, r.Extend | r.Exclude | r.Restart):
            yield Kind.EXCEPTIONS, f"exception-{number + 1}{'+' if number in acted else '-'}"


def _parts(instance: Instance) -> Iterator[Key]:
    requirement, root = instance.norm.requirement, instance.anchor.root
    if isinstance(requirement, r.Contain) and root is not None and root.document is not None:
        for part in requirement.parts:
            yield Kind.CONDITIONS, f"part-{part}{'+' if part in root.document else '-'}"


def _ends(grounded: Grounded, timing: Timing) -> Iterator[Key]:
    due = timing.due
    if due is None or due.provisional:
        return
    instance = grounded.instance
    as_of = grounded.scope.view.as_of
    last = instance.latest_group
    day = instance.chosen_days[last] if last >= 0 else None
    timely, late, none = (instance.act is act for act in (Act.TIMELY, Act.LATE, Act.NONE))
    passed = timing.clock is Clock.PASSED
    next_day = due.day + 1
    # An instant can be missed on its own day.
    late_days = (next_day,) if due.last is None else (due.day, next_day)
    tried = {
        "act-on": timely and day == due.day,
        "act-after": late and passed and day in late_days,
        "as-of-on": none and timing.clock is Clock.RUNNING and as_of == due.day,
        "as-of-after": none and passed and as_of == next_day,
    }
    yield from ((Kind.EDGES, key) for key, is_tried in tried.items() if is_tried)
    if timing.first is not None:
        if instance.act is Act.TIMELY and timing.first in instance.chosen_days:
            yield Kind.EDGES, "first-on"
        if instance.act is not Act.TIMELY and _acted_on(grounded, timing.first - 1):
            yield Kind.EDGES, "first-before"


def _lead(grounded: Grounded) -> Iterator[Key]:
    assert grounded.rule.precede is not None
    limit = grounded.rule.precede.limit(grounded.scope)
    if limit is None or limit.provisional:
        return
    if grounded.instance.holds is Truth.YES and limit.day in grounded.instance.chosen_days:
        yield Kind.EDGES, "lead-on"
    if grounded.instance.holds is Truth.NO and _acted_on(grounded, limit.day + 1):
        yield Kind.EDGES, "lead-after"


def _acted_on(grounded: Grounded, day: int) -> bool:
    """Whether an act that the requirement asks for was done on the day."""
    patterns = [pattern for group in grounded.rule.groups for pattern in group]
    scope = grounded.scope
    return any(pattern.day(seen) == day for pattern in patterns for seen in pattern.matches(scope).sure)


def _caps(grounded: Grounded) -> Iterator[Key]:
    timing = grounded.instance.timing
    if timing is None:
        return
    for one in timing.adjustments:
        if one.reason in _LEFT_OUT:
            yield Kind.CAPS, f"exception-{one.clause + 1}-{_LEFT_OUT[one.reason]}-over"
    for number, clause in enumerate(grounded.instance.norm.exceptions):
        applied = [one for one in timing.adjustments if one.clause == number and one.applied]
        if applied:
            yield from _used_up(grounded, f"exception-{number + 1}", clause, applied)


def _used_up(grounded: Grounded, key: str, clause: r.ExceptionClause, applied: list[Adjustment]) -> Iterator[Key]:
    if getattr(clause, "times", None) == len(applied):
        yield Kind.CAPS, f"{key}-times-hit"
    granted = amount_of(*(one.amount for one in applied if one.amount is not None))
    if isinstance(clause, r.Extend) and clause.total is not None and granted == amount_of(clause.total):
        yield Kind.CAPS, f"{key}-total-hit"
    window, timing = grounded.rule.window, grounded.instance.timing
    if isinstance(clause, r.Exclude) and clause.cap is not None and isinstance(window, WithinWindow) and timing:
        used = Used(window.calendar, amount_of(clause.cap), (timing.origin or 0) + window.counting.next_day)
        if used.is_hit(applied):
            yield Kind.CAPS, f"{key}-cap-hit"
        if any(used.is_cut(one, clause) for one in applied):
            yield Kind.CAPS, f"{key}-cap-over"
