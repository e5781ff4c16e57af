"""One row an event: the row names its act."""

from checker.cases.ledger.mapping import PASSED
from checker.cases.ledger.reading.dates import day_of, meanwhile
from checker.cases.ledger.reading.facts import Facts
from checker.cases.ledger.reading.plan import Plan, text_of
from checker.cases.ledger.reading.wide import told_event
from checker.cases.problems import Refusal, named

_ANY_ACT = "本案已读入，这一行可能是任何行为：本案有没有各种行为都按不知道处理"


def act_of(plan: Plan, row: int) -> str | Refusal | None:
    """The act of a row; None where the mapping passes such rows over."""
    sheet = plan.bound.sheet
    raw = plan.cell(row, sheet.act or "")
    if raw is None:
        return Refusal("missing-act", "这一行没有写行为", help="补上行为")
    word = text_of(raw)
    act = sheet.acts.get(word)
    if act is None:
        expected = "、".join(list(sheet.acts)[:12])
        return Refusal("unmapped-act", f"行为{named(word)}没有对照", expected, "在对照文件的「行为对照」里写上")
    return None if act == PASSED else act


def read_row(plan: Plan, facts: Facts) -> None:
    """What the row says of its case."""
    plan.of_case(facts)
    sheet, row = plan.bound.sheet, facts.spot.row
    act = act_of(plan, row)
    if act is None:
        return
    if isinstance(act, Refusal):
        facts.doubt(act, plan.bound.column(sheet.act or ""), _ANY_ACT)
        facts.all_uncovered = True
        return
    event = sheet.events[0]
    raw = None if event.date is None else plan.cell(row, event.date)
    column = None if event.date is None else plan.bound.column(event.date)
    day = day_of(raw, date1904=plan.book.date1904)
    if raw is None:
        day = day._replace(is_told=True, refusal=Refusal("missing-date", "这一行没有写日期", help="补上日期"))
    elif not day.is_told and day.refusal is None:  # 无, —
        day = day._replace(is_unsure=True, refusal=Refusal("missing-date", f"{named(text_of(raw))}不是日期"))
    if day.refusal is not None:
        facts.doubt(day.refusal, column, meanwhile(act, day))
    if day.is_unsure:
        facts.uncovered.add(act)
    if day.is_told:
        facts.events.append(told_event(plan, facts, event, act, day.date, 0))
