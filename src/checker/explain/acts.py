"""What the record shows of the things a norm asks for, form by form."""

import datetime as dt
from itertools import zip_longest
from typing import assert_never

from checker.engines.facts import Act, Clock, Truth
from checker.engines.instance import Instance
from checker.explain.context import Context, Reason, Topic, event_text, ids_text
from checker.explain.observed import observed
from checker.explain.phrases import condition_phrase, pattern_at
from checker.explain.requirement_phrases import lead_phrase, patterns_phrase
from checker.model import requirements as r
from checker.model.case import Answer, Event
from checker.model.expressions import Constant, Pattern
from checker.model.finding import Finding, Verdict


def act_reasons(context: Context, instance: Instance, finding: Finding) -> list[Reason]:
    """The sentences of the requirement."""
    return [Reason(Topic.RECORD, text) for text in _sentences(context, instance, finding)]


def _sentences(context: Context, instance: Instance, finding: Finding) -> list[str]:
    requirement = instance.norm.requirement
    match requirement:
        case r.Occur():
            return _occur(context, instance, finding, requirement.groups)
        case r.Precede():
            return _precede(instance, requirement)
        case r.Hold():
            return [_hold(context, instance, requirement)]
        case r.Contain():
            return [_contain(instance, requirement)]
        case r.Deem():
            return _deem(context, instance, finding, requirement)
        case r.Review():
            return [_review(context, instance, requirement)]
        case _:
            assert_never(requirement)


def _groups(instance: Instance, groups: r.Groups) -> list[tuple[tuple[Pattern, ...], Event | None, int | None]]:
    rows = zip_longest(groups, instance.chosen, instance.chosen_days)
    root = instance.anchor.root
    found = [(group, chosen, day) for group, chosen, day in rows if group is not None]
    return [(tuple(pattern_at(pattern, root) for pattern in group), chosen, day) for group, chosen, day in found]


def _occur(context: Context, instance: Instance, finding: Finding, groups: r.Groups) -> list[str]:
    lines = [_occurrence(context, instance, *row) for row in _groups(instance, groups)]
    return [line for line in [*lines, _count_of_days(context, instance, finding)] if line]


def _occurrence(
    context: Context, instance: Instance, group: tuple[Pattern, ...], chosen: Event | None, day: int | None
) -> str:
    what = patterns_phrase(group)
    if chosen is not None:
        return f"有 {event_text(chosen, day)}{_against_due(instance, chosen, day)}"
    if instance.act is Act.MAYBE:
        return f"截至 {context.as_of} 是否已有「{what}」尚不能确定"
    if instance.timing is None or instance.timing.clock is Clock.UNKNOWN:
        return ""  # without a start nothing can be said of what came after it
    named = [event for event in context.events.values() if any(event.act in pattern.acts for pattern in group)]
    later = [event for event in named if event.date is not None and event.date > context.as_of]
    since = "起算之后" if len(named) > len(later) else ""
    return f"截至 {context.as_of} {since}未见「{what}」的记录{_later(later)}"


def _later(events: list[Event]) -> str:
    """Acts of that name that are dated after the day of the check: planned, or a slip of the pen."""
    if not events:
        return ""
    more = f"等 {len(events)}件" if len(events) > 1 else ""
    return f"；所记「{event_text(min(events, key=_when))}」{more}晚于截至日，没有计入，请核对日期"


def _when(event: Event) -> tuple[dt.date, str]:
    return event.date or dt.date.max, event.id


def _against_due(instance: Instance, chosen: Event, day: int | None) -> str:
    due = instance.timing.due if instance.timing is not None else None
    if due is None or day is None:
        return ""
    if due.first is not None and due.last is not None:
        return _against_instant(chosen, day, due.first, due.last)
    if day <= due.low:
        return "，未超过期限"
    return f"，超过期限 {day - due.day}日" if day > due.high else "，是否超过期限尚不能确定"


def _against_instant(chosen: Event, day: int, first: dt.datetime, last: dt.datetime) -> str:
    """An act without a time of day may have been done at any moment of its day."""
    midnight = dt.datetime.fromordinal(day)
    if chosen.time is not None:
        earliest = latest = dt.datetime.combine(midnight, chosen.time.replace(tzinfo=None))
    else:
        earliest, latest = midnight, midnight + dt.timedelta(days=1)
    if latest <= first:
        return "，未超过期限"
    return "，晚于届满时刻" if earliest > last else "，是否超过期限尚不能确定"


def _count_of_days(context: Context, instance: Instance, finding: Finding) -> str:
    days = finding.days
    if days is None:
        return ""
    match finding.verdict:
        case Verdict.OVERDUE:
            return f"截至 {context.as_of} 已超过期限 {days}日"
        case Verdict.PENDING if instance.timing is not None and instance.timing.clock is Clock.RUNNING:
            left = f"还有 {-days}日" if days else "当日是最后一日"
            return f"截至 {context.as_of} 尚未届满，{left}"
        case _:
            return ""


def _precede(instance: Instance, requirement: r.Precede) -> list[str]:
    lead = lead_phrase(requirement.lead)
    lines = []
    for group, chosen, day in _groups(instance, requirement.groups):
        what = patterns_phrase(group)
        if chosen is not None:
            lines.append(f"{lead}有 {event_text(chosen, day)}")
        elif instance.holds is Truth.MAYBE:
            lines.append(f"{lead}是否有「{what}」尚不能确定")
        else:
            lines.append(f"{lead}未见「{what}」的记录")
    return lines


def _hold(context: Context, instance: Instance, requirement: r.Hold) -> str:
    if requirement.condition == Constant(value=False):
        return "这样的行为不应发生，记录显示有此一件"
    root = instance.anchor.root
    facts = observed(context, requirement.condition, root)
    shown = f"{root.id if root else instance.anchor.printed} {'，'.join(facts)}；" if facts else ""
    asked = f"应符合「{condition_phrase(requirement.condition)}」"
    match instance.holds:
        case Truth.YES:
            return f"{shown}{asked}，记录符合{ids_text(instance.hold_support)}"
        case Truth.NO:
            return f"{shown}{asked}，记录显示不符合{ids_text(instance.hold_support)}"
        case Truth.MAYBE:
            return f"{shown}{asked}，是否符合尚不能确定"


def _contain(instance: Instance, requirement: r.Contain) -> str:
    root = instance.anchor.root
    if root is None or root.document is None:
        return f"应载明 {'、'.join(requirement.parts)}，记录没有写文书内容清单"
    has = f"文书载明 {'、'.join(root.document)}" if root.document else "文书内容清单为空"
    if instance.absent_parts:
        return f"{has}，未见 {'、'.join(instance.absent_parts)}"
    return f"{has}，要求的各项都有"


def _deem(context: Context, instance: Instance, finding: Finding, requirement: r.Deem) -> list[str]:
    lines = _occur(context, instance, finding, (requirement.unless,))
    if instance.deemed is not None:
        certain = "" if instance.outcome is None or instance.outcome.deems is Truth.YES else "是否"
        tail = "尚不能确定" if certain else ""
        lines.append(f"届满之日{certain}视为「{requirement.act}」{tail}（{instance.deemed.id}）")
    return lines


def _review(context: Context, instance: Instance, requirement: r.Review) -> str:
    question = f"「{requirement.question}」由人工认定"
    answer = _last_answer(context, instance)
    if instance.answer is Truth.MAYBE or answer is None:
        return f"{question}，尚无认定"
    by = "，".join(part for part in (answer.by, str(answer.date or "")) if part)
    return f"{question}，认定为「{'是' if instance.answer is Truth.YES else '否'}」{f'（{by}）' if by else ''}"


def _last_answer(context: Context, instance: Instance) -> Answer | None:
    fitting = (
        answer
        for answer in reversed(context.case.answers)
        if answer.norm == instance.norm.id
        and answer.event == instance.anchor.printed
        and (answer.date is None or answer.date <= context.as_of)
    )
    return next(fitting, None)
