"""The due date of an instance counted again by the calendar, step by step."""

import datetime as dt

from checker.calendars.amount import amount_of
from checker.calendars.derive import derive, derive_back
from checker.calendars.grid import OutOfRange
from checker.calendars.hours import due_instant
from checker.calendars.sentences import sentence
from checker.calendars.steps import Step
from checker.engines.instance import Instance, Reckoning
from checker.explain.context import Context, Reason, Topic
from checker.explain.values import period_text
from checker.model import expressions as x
from checker.model.norm import Counting
from checker.model.requirements import By, During


def derivation_reasons(context: Context, reckoning: Reckoning) -> list[Reason]:
    """Every step from the start to the last day."""
    if reckoning.base is None:
        return _moved_limit(context, reckoning)
    total = amount_of(reckoning.base, *reckoning.additions)
    counting = reckoning.counting
    start = dt.date.fromordinal(reckoning.origin)
    reasons = _sum(reckoning)
    try:
        if total.hours:
            steps: list[Step] = []
            due_instant(start, reckoning.time, total, counting, reckoning.exclusions, steps)
            return reasons + _steps(tuple(sentence(step) for step in steps))
        return reasons + _steps(derive(context.calendar, start, total, counting, _dates(reckoning)).sentences())
    except OutOfRange:
        return [*reasons, Reason(Topic.COUNT, "结果超出 9999-12-31，无法推算")]


def _steps(sentences: tuple[str, ...]) -> list[Reason]:
    return [Reason(Topic.COUNT, text) for text in sentences]


def _dates(reckoning: Reckoning) -> list[tuple[dt.date, dt.date]]:
    return [(dt.date.fromordinal(first), dt.date.fromordinal(end)) for first, end in reckoning.exclusions]


def _sum(reckoning: Reckoning) -> list[Reason]:
    if not reckoning.additions or reckoning.base is None:
        return []
    added = "".join(f" 加 {period_text(period)}" for period in reckoning.additions)
    return [Reason(Topic.COUNT, f"期间合并计算：{period_text(reckoning.base)}{added}")]


def _moved_limit(context: Context, reckoning: Reckoning) -> list[Reason]:
    """A limit that is a date of its own: nothing is counted, but extensions and exclusions may move it."""
    start = dt.date.fromordinal(reckoning.origin if reckoning.limit is None else reckoning.limit.day)
    reasons = [Reason(Topic.COUNT, f"界限是一个日期，为 {start}，不另计算，不顺延")]
    if reckoning.additions:
        counting = Counting(month_end=reckoning.counting.month_end, roll=False)
        reasons += _steps(derive(context.calendar, start, amount_of(*reckoning.additions), counting).sentences())
    for first, end in _dates(reckoning):
        last = end - dt.timedelta(days=1)
        reasons.append(Reason(Topic.COUNT, f"{first} 至 {last} 共 {(end - first).days}日不计入，界限相应后移"))
    return reasons


def limit_reasons(context: Context, instance: Instance, window: By | During) -> list[Reason]:
    """How a limit before another date was counted back, where that date is at hand."""
    timing = instance.timing
    limit = window.limit if isinstance(window, By) else window.first
    day = None if timing is None else _limit_day(instance, window)
    if day is None or not isinstance(limit, x.Shift) or not limit.backward:
        return []
    for base in _bases(context, instance, limit.base):
        try:
            derived = derive_back(context.calendar, base, amount_of(limit.period))
        except (OutOfRange, ValueError):
            continue
        if derived.day.toordinal() == day:
            return _steps(derived.sentences())
    return []


def _limit_day(instance: Instance, window: By | During) -> int | None:
    timing = instance.timing
    if timing is None:
        return None
    if isinstance(window, During):
        return timing.first
    return timing.due.day if timing.due is not None else None


def _bases(context: Context, instance: Instance, base: x.Expression) -> list[dt.date]:
    """Dates the limit may have been counted from; the caller keeps the one that leads to the limit."""
    match base:
        case x.Expiry(norm=norm, extended=extended):
            timings = [i.timing for i in context.instances if i.norm.id == norm and i.timing is not None]
            ends = [t.due if extended else t.original for t in timings]
            return [dt.date.fromordinal(end.day) for end in reversed(ends) if end is not None]
        case x.Attribute(of=x.AnchorEvent() | x.SelfEvent(), name=name):
            root = instance.anchor.root
            value = root.attributes.get(name) if root is not None else None
            return [value] if isinstance(value, dt.date) else []
        case x.DateOf(of=x.AnchorEvent() | x.SelfEvent()):
            days = {
                instance.anchor.day,
                getattr(getattr(instance.anchor.root, "date", None), "toordinal", lambda: None)(),
            }
            return [dt.date.fromordinal(day) for day in sorted(d for d in days if d is not None)]
        case _:
            return []
