"""One row a case: each mapped column of dates that is filled tells an act."""

from collections import Counter

from checker.cases.ledger.mapping import EventColumns
from checker.cases.ledger.reading.dates import Day, day_of, meanwhile
from checker.cases.ledger.reading.facts import Facts, Told
from checker.cases.ledger.reading.mentions import tells
from checker.cases.ledger.reading.plan import Plan
from checker.cases.problems import Refusal


def read_row(plan: Plan, facts: Facts) -> None:
    """What the row says of its case."""
    plan.of_case(facts)
    slots: Counter[str] = Counter()
    told: set[str] = set()
    for event in plan.bound.sheet.events:
        act = event.act or ""
        slots[act] += 1
        if _read(plan, facts, event, slots[act]):
            told.add(act)
    _lone_cells(plan, facts, told)


def _read(plan: Plan, facts: Facts, event: EventColumns, slot: int) -> bool:
    """Whether the column tells the act, or may do so."""
    assert event.act is not None
    assert event.date is not None
    row, column = facts.spot.row, plan.bound.column(event.date)
    raw = plan.cell(row, event.date)
    day = day_of(raw, date1904=plan.book.date1904)
    if raw is None and (shared := plan.shared(row, event.date)) is not None:
        day = Day(False, is_unsure=True, refusal=shared)
    noted = None if day.is_told or day.refusal is not None else _noted(plan, row, event.act)
    if noted is not None:
        other, refusal = noted
        day = Day(False, is_unsure=True)
        facts.doubt(refusal, column, meanwhile(event.act, day), (facts.at(other), "写在这里"))
    elif day.refusal is not None:
        facts.doubt(day.refusal, column, meanwhile(event.act, day))
    if day.is_unsure:
        facts.uncovered.add(event.act)
    if day.is_told:
        facts.events.append(told_event(plan, facts, event, event.act, day.date, slot))
    return day.is_told or day.is_unsure


def _noted(plan: Plan, row: int, act: str) -> tuple[int, Refusal] | None:
    """The column of a note that tells of an act whose date is blank, and why the blank is no proof then."""
    for other in plan.beside:
        text = plan.bound.grid.cell(row, other)
        if isinstance(text, str) and tells(text, act):
            head = plan.bound.header.names[other]
            return other, Refusal("told-beside", f"「{act}」的日期是空的，而列「{head}」里写到它", help="补上日期")
    return None


def told_event(plan: Plan, facts: Facts, event: EventColumns, act: str, date: object, slot: int) -> Told:
    """The event with its actor and those of the mapped attributes that the act has."""
    column = plan.bound.column(event.date) if event.date is not None else None
    declared = plan.vocabulary.acts[act].attributes
    found: dict[str, object] = {}
    for name, given in event.attributes.items():
        if name in declared:
            is_said, value = plan.attribute(facts, given, declared[name])
            if is_said:
                found[name] = value
    return Told(act, slot, date, plan.actors(facts, event), found, facts.at(column))


def _lone_cells(plan: Plan, facts: Facts, told: set[str]) -> None:
    """A blank date beside a filled column that speaks of the same act alone: perhaps the date was forgotten."""
    for head, act in plan.lone.items():
        if act in told or act in facts.uncovered or plan.cell(facts.spot.row, head) is None:
            continue
        missing = Refusal(
            "date-missing", f"这一列写了内容，而「{act}」的日期是空的", help=f"补上「{act}」的日期，或者删去这一格"
        )
        facts.doubt(missing, plan.bound.column(head), f"本案已读入，有没有「{act}」按不知道处理")
        facts.uncovered.add(act)
