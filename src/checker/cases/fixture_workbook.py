"""Fixtures to a workbook that people go on with; whatever would not be read back the same is left out and said."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from checker.cases.fixtures import fixture_of
from checker.cases.problems import BadCase
from checker.cases.sheets.layout import (
    ANSWERS,
    BETWEEN,
    CASE,
    CASES,
    DETAILS,
    EMPTY,
    EVENTS,
    EXPECTED,
    NOTES,
    NULL,
    OF_ANSWER,
    OF_CASE,
    OF_DETAIL,
    OF_EVENT,
)
from checker.cases.sheets.reading import read_workbook
from checker.model.case import Answer, Case, Event, Expectation, Fixture
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.period_text import text_of_period
from checker.model.values import Period
from checker.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = Mapping[str, object]

_DUE: Final = ("verdict", "due")
_NOTES: Final = (
    f"「{CASES}」一行一个案件：编号、截至日期、类型、涵盖的行为、案件的属性。",
    f"「{EVENTS}」一行一个事件，按先后排；属性各占一列，这一行的行为没有的属性不填。",
    f"「{EXPECTED}」一行一个案件，一列一条规范；格子里写结论，几个结论用「{BETWEEN}」隔开，后面可以写到期日："
    "合规 2026-06-11、逾期未履行 2026-06-12。一行全空，是没有任何不符合规范之处。",
    f"结论有：{BETWEEN.join(VERDICT_NAMES.values())}。",
    f"「{DETAILS}」一行一个期望，除了结论和到期日还要核对别的（触发、履行、缺少等）写在这里。",
    f"空格子是不知道；确知没有的写「{NULL}」；列表里一项也没有的写「{EMPTY}」；列表的各项用「{BETWEEN}」隔开。",
    "列名以「备注」开头的，程序不读。",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


class Written(NamedTuple):
    """The workbook, and the ids of the cases that a workbook cannot say."""

    data: bytes
    left_out: tuple[str, ...]


def write_workbook(fixtures: Sequence[Fixture], vocabulary: Vocabulary) -> Written:
    """The workbook of the fixtures that read back as they are; of several cases with one id only the first."""
    first: dict[str, Fixture] = {}
    for fixture in fixtures:
        first.setdefault(fixture.case.id, fixture)
    data = _book(list(first.values()))
    back = {one.case.id: one for one in _read_back(data, vocabulary)}
    kept = [one for name, one in first.items() if name in back and is_same(one, back[name])]
    names = {id(one) for one in kept}
    left_out = tuple(one.case.id for one in fixtures if id(one) not in names)
    return Written(_book(kept) if left_out else data, left_out)


def _read_back(data: bytes, vocabulary: Vocabulary) -> Iterator[Fixture]:
    for record in read_workbook(io.BytesIO(data), "", vocabulary):
        found = record if isinstance(record, BadCase) else fixture_of(record, vocabulary)
        if isinstance(found, Fixture):
            yield found


def is_same(one: Fixture, other: Fixture) -> bool:
    """Whether two fixtures say the same, wherever they stand; the order of expectations says nothing."""
    return _said(one) == _said(other)


def _said(fixture: Fixture) -> tuple[object, ...]:
    """What a fixture says; printed where equality would take 1 for true."""
    case = fixture.case
    events = tuple(one.model_copy(update={"place": None, "attributes": {}}) for one in case.events)
    bare = case.model_copy(update={"place": None, "remarks": (), "events": events, "covers": None, "attributes": {}})
    values = [repr(sorted(given.items())) for given in (case.attributes, *(one.attributes for one in case.events))]
    expect = sorted(repr((one.norm, sorted(one.values.items()))) for one in fixture.expect)
    return bare, case.covers, values, fixture.as_of, expect, fixture.todo


def _book(fixtures: Sequence[Fixture]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    _fill(book.create_sheet(NOTES), ["怎样填"], [{"怎样填": line} for line in _NOTES])
    cases = [_case(one) for one in fixtures]
    _fill(book.create_sheet(CASES), _heads([CASE, *OF_CASE], cases, ["截至"]), cases)
    events = [_event(one.case, event) for one in fixtures for event in one.case.events]
    _fill(book.create_sheet(EVENTS), _heads([CASE, *OF_EVENT], events, ["日期", "行为", "主体"]), events)
    answers = [_answer(one.case, answer) for one in fixtures for answer in one.case.answers]
    if answers:
        _fill(book.create_sheet(ANSWERS), [CASE, *OF_ANSWER], answers)
    expected = [_expected(one) for one in fixtures]
    _fill(book.create_sheet(EXPECTED), _heads([CASE], expected, []), expected)
    details = [_detail(one.case, line) for one in fixtures for line in one.expect if not _is_short(line)]
    if details:
        _fill(book.create_sheet(DETAILS), _heads([CASE, *OF_DETAIL], details, ["规范", "结论"]), details)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _heads(known: Sequence[str], rows: Sequence[Row], always: Sequence[str]) -> list[str]:
    """The columns in use: the known ones in their order, then the others as they come."""
    used = dict.fromkeys(head for row in rows for head in row)
    return [head for head in known if head in used or head in always or head == CASE] + [
        head for head in used if head not in known
    ]


def _case(fixture: Fixture) -> Row:
    case = fixture.case
    row: dict[str, object] = {CASE: case.id, "截至": fixture.as_of}
    if case.kind is not None:
        row["类型"] = case.kind
    if case.covers is not None:
        row["涵盖"] = tuple(sorted(case.covers))
    if not case.ordered:
        row["有序"] = False
    if case.extent is not None:
        row |= {"起": case.extent.first} | ({"止": case.extent.last} if case.extent.last else {})
    if fixture.todo is not None:
        row |= {"待办理由": fixture.todo.reason, "待办截止": fixture.todo.until}
    return row | dict(case.attributes)


def _event(case: Case, event: Event) -> Row:
    row: dict[str, object] = {CASE: case.id}
    if event.id != f"e{event.position}":
        row["编号"] = event.id
    if event.date is not None:
        row["日期"] = event.date if event.time is None else f"{event.date} {event.time.isoformat()}"
    row["行为"] = event.act
    if event.actors is not None:
        row["主体"] = event.actors
    if event.document is not None:
        row["文书"] = event.document
    return row | dict(event.attributes)


def _answer(case: Case, answer: Answer) -> Row:
    row = {CASE: case.id, "规范": answer.norm, "事件": answer.event, "回答": answer.answer}
    return row | ({"认定人": answer.by} if answer.by else {}) | ({"日期": answer.date} if answer.date else {})


def _is_short(line: Expectation) -> bool:
    """Whether a cell of the matrix can say it."""
    due = line.values.get("due")
    return set(line.values) <= set(_DUE) and "verdict" in line.values and not isinstance(due, datetime)


def _expected(fixture: Fixture) -> Row:
    row: dict[str, object] = {CASE: fixture.case.id}
    for line in fixture.expect:
        if _is_short(line):
            due = line.values.get("due", "")
            said = f"{VERDICT_NAMES[Verdict(str(line.values['verdict']))]} {'无' if due is None else due}".strip()
            row[line.norm] = f"{row[line.norm]}{BETWEEN}{said}" if line.norm in row else said
    return row


def _detail(case: Case, line: Expectation) -> Row:
    row: dict[str, object] = {CASE: case.id, "规范": line.norm}
    for alias, key in OF_DETAIL.items():
        if key in line.values:
            value = line.values[key]
            row[alias] = VERDICT_NAMES[value] if isinstance(value, Verdict) else value
    return row


def _fill(sheet: "Worksheet", heads: Sequence[str], rows: Sequence[Row]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, head in enumerate(heads, start=1):
        _set(sheet, 1, column, head)
        sheet.cell(1, column).font = Font(bold=True)
        longest = max((len(str(row[head])) for row in rows if head in row), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(60, max(10, 2 * len(head), 1.3 * longest + 2))
    for number, row in enumerate(rows, start=2):
        for column, head in enumerate(heads, start=1):
            if head in row:
                _set(sheet, number, column, _cell(row[head]))
                sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"


def _set(sheet: "Worksheet", row: int, column: int, value: object) -> None:
    """One cell. Text is text: whatever a record says must never become a formula, nor after it is edited."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA)
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _cell(value: object) -> object:
    match value:
        case None:
            return NULL
        case bool():
            return "是" if value else "否"
        case tuple():
            return BETWEEN.join(str(_cell(one)) for one in value) or EMPTY
        case Period():
            return text_of_period(value)
        case datetime():
            return value.isoformat(sep=" ")
        case date() | int() | Decimal():
            return value
        case _:
            return str(value)
