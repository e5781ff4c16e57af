"""The Chinese sentence for each step of a derivation."""

from datetime import date, datetime
from typing import assert_never

from checker.calendars import steps as s
from checker.calendars.amount import months_text

_WEEKDAYS = "一二三四五六日"


def day_text(day: date) -> str:
    """``2024-06-05（星期三）``."""
    return f"{day.isoformat()}（星期{_WEEKDAYS[day.weekday()]}）"


def sentence(step: s.Step) -> str:
    """One sentence without a full stop; dates 2026-03-02, days with their unit."""
    if isinstance(step, s.BeganAt | s.AddedHours | s.ExcludedDays):
        return _hour_sentence(step)
    if isinstance(
        step, s.Began | s.Stated | s.AddedMonths | s.AddedDays | s.AddedWorkdays | s.SteppedBack | s.CountedBack
    ):
        return _count_sentence(step)
    return _adjust_sentence(step)


def _count_sentence(
    step: s.Began | s.Stated | s.AddedMonths | s.AddedDays | s.AddedWorkdays | s.SteppedBack | s.CountedBack,
) -> str:
    match step:
        case s.Began():
            return f"自 {step.start} {'次日' if step.next_day else '当日'}起算，第1日为 {step.first}"
        case s.Stated():
            return f"记录载明末日为 {day_text(step.day)}"
        case s.AddedMonths():
            return _months_sentence(step)
        case s.AddedDays():
            return f"加 {step.days}日，至 {day_text(step.end)}"
        case s.AddedWorkdays():
            passed = f"，其间休息日 {step.rest}日不计" if step.rest else ""
            return f"数 {step.days}个工作日，至 {day_text(step.end)}{passed}"
        case s.SteppedBack():
            return f"当日起算，起日已计入，末日提前1日，为 {day_text(step.end)}"
        case s.CountedBack():
            return f"自 {step.start} 向前倒数 {step.amount}，至 {day_text(step.end)}，倒数不顺延"
        case _:
            assert_never(step)


def _months_sentence(step: s.AddedMonths) -> str:
    length = months_text(step.months)
    match step.how:
        case "corresponding":
            return f"加 {length}，到期月的对应日为 {day_text(step.end)}"
        case "no_such_day":
            return f"加 {length}，到期月没有对应日，取月末日 {day_text(step.end)}"
        case "month_end":
            return f"加 {length}，起算日为月末，至到期月最后一日 {day_text(step.end)}"
        case _:
            assert_never(step.how)


def _adjust_sentence(step: s.Excluded | s.Ignored | s.Rolled | s.Stayed | s.Guessed) -> str:
    match step:
        case s.Excluded():
            return _excluded_sentence(step)
        case s.Ignored():
            return f"{step.first} 开始的不计入期间晚于届满日 {step.due}，不影响期限"
        case s.Rolled():
            return f"末日 {day_text(step.end)}为休假日，顺延至 {day_text(step.due)}"
        case s.Stayed(why="no_roll"):
            return f"末日 {day_text(step.end)}为休假日，本期间不顺延"
        case s.Stayed():
            return f"末日 {day_text(step.end)}为调休上班日，不顺延"
        case s.Guessed():
            between = f"，最早 {step.low}，最迟 {step.high}" if step.low < step.high else ""
            return f"{step.year} 年调休安排未入库，按周末推算，暂定{between}"
        case _:
            assert_never(step)


def _excluded_sentence(step: s.Excluded) -> str:
    span = f"{step.first} 至 {step.last}" if step.first < step.last else f"{step.first}"
    if step.working:
        return f"{span} 不计入，其间工作日 {step.days}日跳过"
    rolled = f"末日 {step.rolled_from} 为休假日，已顺延，" if step.rolled_from else ""
    end = f"，末日移至 {day_text(step.end)}" if step.end else ""
    return f"{rolled}{span} 共 {step.days}日不计入{end}"


def _hour_sentence(step: s.BeganAt | s.AddedHours | s.ExcludedDays) -> str:
    match step:
        case s.BeganAt():
            rule = "自次时起算" if step.next_hour else "按自然小时"
            if step.low == step.high:
                return f"{rule}，从 {_instant(step.low)} 起"
            return f"{rule}，只知日期，从 {_instant(step.low)} 至 {_instant(step.high)} 之间某时起"
        case s.AddedHours():
            if step.low == step.high:
                return f"加 {step.hours}小时，至 {_instant(step.low)}"
            return f"加 {step.hours}小时，最早至 {_instant(step.low)}，最迟至 {_instant(step.high)}"
        case s.ExcludedDays():
            span = f"{step.first} 至 {step.last}" if step.first < step.last else f"{step.first}"
            return f"{span} 不计入，至迟移至 {_instant(step.high)}"
        case _:
            assert_never(step)


def _instant(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")
