"""A whole ledger to records, and what became of each of its rows."""

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.cases.ledger.grid import Book, shown
from checker.cases.ledger.lines import Kind, Line, lines
from checker.cases.ledger.mapping import LedgerMapping
from checker.cases.ledger.reading import long, wide
from checker.cases.ledger.reading.bound import Bound
from checker.cases.ledger.reading.earlier import doubt_earlier
from checker.cases.ledger.reading.facts import Ending, Facts, Spot
from checker.cases.ledger.reading.joining import Draft, Strays, alike, record
from checker.cases.ledger.reading.plan import Plan, plan
from checker.cases.ledger.reading.values import Values
from checker.cases.ledger.values.case_numbers import look_alike, read_case_number
from checker.cases.problems import BadCase, Refusal, quoted, unread
from checker.cases.record import RawRecord
from checker.model.diagnostic import Diagnostic
from checker.model.vocabulary import Vocabulary


class Tally(NamedTuple):
    """One sheet: how its rows ended, and those that are no cases or events, by what they are."""

    bound: Bound
    endings: Counter[Ending]
    others: dict[Kind, list[int]]
    passed: int = 0


class Intake(NamedTuple):
    """``items`` are records and rows left out, in the order of the ledger."""

    items: tuple[RawRecord | BadCase, ...]
    tallies: tuple[Tally, ...]

    @property
    def diagnostics(self) -> Iterator[Diagnostic]:
        """Every message about rows, in their order."""
        for item in self.items:
            yield from item.diagnostics if isinstance(item, BadCase) else item.remarks


@dataclass(slots=True)
class _Reading:
    """What has been read so far, of all sheets."""

    file: str
    drafts: dict[str, Draft] = field(default_factory=dict)
    strays: Strays = field(default_factory=Strays)
    refused: list[tuple[int, BadCase]] = field(default_factory=list)
    """With the number of cases before it."""
    shifted: set[str] = field(default_factory=set)
    """Cases with a row whose cells may have moved."""


def read_ledger(
    book: Book,
    mapping: LedgerMapping,
    bound: Sequence[Bound],
    vocabulary: Vocabulary,
    notes: Sequence[Diagnostic] = (),
) -> Intake:
    """The cases of the sheets that are read; ``notes`` go with the first."""
    with _without_collecting():
        return _read(book, mapping, bound, vocabulary, notes)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing made here becomes garbage before the end, and looking for it would double the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(
    book: Book, mapping: LedgerMapping, bound: Sequence[Bound], vocabulary: Vocabulary, notes: Sequence[Diagnostic]
) -> Intake:
    values = Values(mapping, vocabulary, date1904=book.date1904)
    reading = _Reading(book.name)
    read: list[tuple[Bound, list[Facts], Counter[Ending], dict[Kind, list[int]], int]] = []
    for one in bound:
        read.append(_sheet(plan(book, one, vocabulary, values), reading))
    for case in reading.shifted & reading.drafts.keys():
        reading.drafts[case].all_uncovered = True
    groups: dict[str, list[str]] = defaultdict(list)
    for case in reading.drafts:
        groups[look_alike(case)].append(case)
    for draft in reading.drafts.values():
        doubt_earlier(draft.rows)
    alike(reading.drafts, (names for names in groups.values() if len(names) > 1))
    records = [
        record(draft, book.name, vocabulary, reading.strays, notes if n == 0 else ())
        for n, draft in enumerate(reading.drafts.values())
    ]
    tallies = []
    for sheet, rows, endings, others, passed in read:
        endings.update(Ending.DOUBTFUL if facts.doubts else Ending.READ for facts in rows)
        tallies.append(Tally(sheet, endings, others, passed))
    return Intake(tuple(_in_order(records, reading.refused)), tuple(tallies))


def _in_order(records: Sequence[RawRecord], refused: Sequence[tuple[int, BadCase]]) -> Iterator[RawRecord | BadCase]:
    at = 0
    for before, bad in refused:
        yield from records[at:before]
        at = max(at, before)
        yield bad
    yield from records[at:]


def _sheet(held: Plan, reading: _Reading) -> tuple[Bound, list[Facts], Counter[Ending], dict[Kind, list[int]], int]:
    bound = held.bound
    rows: list[Facts] = []
    endings: Counter[Ending] = Counter()
    others: dict[Kind, list[int]] = defaultdict(list)
    merges = _merges(held)
    passed = 0
    previous: Draft | None = None
    read_row = long.read_row if bound.sheet.form == "event" else wide.read_row
    for line in lines(bound.grid, bound.header, held.case_column):
        if line.kind is not Kind.DATA:
            others[line.kind].append(line.number)
            continue
        case = _case(held, line)
        if isinstance(case, Refusal):
            endings[Ending.UNREAD] += 1
            _leave_out(held, line, case, reading, previous)
            continue
        facts = Facts(Spot(bound, line.number, held.case_column), reading.file, merges.get(line.number))
        read_row(held, facts)
        _stray_cells(held, facts)
        passed += _is_passed(held, line)
        previous = reading.drafts.setdefault(case, Draft(case))
        previous.rows.append(facts)
        rows.append(facts)
    return bound, rows, endings, dict(others), passed


def _is_passed(held: Plan, line: Line) -> bool:
    return held.bound.sheet.form == "event" and long.act_of(held, line.number) is None


def _merges(held: Plan) -> dict[int, int]:
    """The rows whose case number stands in a merged cell, and which one."""
    column = held.case_column
    found: dict[int, int] = {}
    for number, merge in enumerate(held.bound.grid.merged):
        if merge.left <= column <= merge.right and merge.bottom > merge.top:
            found |= dict.fromkeys(range(merge.top, merge.bottom + 1), number)
    return found


def _case(held: Plan, line: Line) -> str | Refusal:
    """The case of a row, or why the row cannot be read."""
    grid, header = held.bound.grid, held.bound.header
    if line.under is not None:
        message = f"这一行在第 {line.under} 行的另一个表头之下，各列不是对照所写的"
        return Refusal("other-header", message, help="把这一部分移到另一张工作表，或者把各列改成一样的次序")
    if held.book.kind == "csv" and len(grid.rows[line.number - 1]) != len(grid.rows[header.bottom - 1]):
        cells, width = len(grid.rows[line.number - 1]), len(grid.rows[header.bottom - 1])
        message = f"这一行有 {cells} 格，表头有 {width} 列，各格可能错了位"
        return Refusal("wrong-width", message, help="检查分隔符与引号")
    found = read_case_number(_case_cell(held, line))
    if isinstance(found, Refusal) and found.code == "blank":
        return Refusal("missing-case", "这一行没有案件编号", "每行都写编号，或者合并单元格", "补上编号")
    return found


def _case_cell(held: Plan, line: Line) -> object:
    """What stands for the case number, also in rows of a merge that is wider than the column."""
    grid, column = held.bound.grid, held.case_column
    inside = (merge for merge in held.spread.get(line.number, ()) if merge.left == column)
    return grid.cell(line.number, column) or next((grid.cell(one.top, one.left) for one in inside), None)


def _leave_out(held: Plan, line: Line, refusal: Refusal, reading: _Reading, previous: Draft | None) -> None:
    """A row that cannot be read, which may still tell acts of a case that can."""
    grid = held.bound.grid
    is_shifted = refusal.code in ("wrong-width", "other-header")
    column = None if is_shifted else held.case_column
    raw = grid.cell(line.number, held.case_column)
    read = (held.cell(line.number, head) for head in held.bound.sheet.used)  # no names of persons in messages
    row = " ".join(shown(cell) for cell in read if cell is not None)
    bad = unread(refusal, grid.place(reading.file, line.number, column), quoted(shown(raw) or row))
    bad = BadCase(
        bad.id,
        bad.place,
        tuple(one.model_copy(update={"meanwhile": _meanwhile(held, refusal)}) for one in bad.diagnostics),
    )
    reading.refused.append((len(reading.drafts), bad))
    if held.bound.sheet.form == "event":
        act = Refusal("", "") if is_shifted else long.act_of(held, line.number)
        if isinstance(act, str):
            reading.strays.acts.add(act)
        else:
            reading.strays.any_act |= act is not None
        return
    if refusal.code == "two-case-numbers":
        reading.strays.acts |= _filled_acts(held, line.number)
    if refusal.code == "other-header":
        reading.shifted |= _numbers_in(held, line.number)
    elif previous is not None:
        previous.all_uncovered |= is_shifted
        previous.uncovered |= _filled_acts(held, line.number)
    if is_shifted and isinstance(named := read_case_number(raw), str):
        reading.shifted.add(named)


def _numbers_in(held: Plan, row: int) -> set[str]:
    """Every number that may be the case of a row whose columns are not known."""
    found = (read_case_number(raw) for raw in held.bound.grid.rows[row - 1])
    return {one for one in found if isinstance(one, str)}


def _meanwhile(held: Plan, refusal: Refusal) -> str:
    if held.bound.sheet.form != "event" and refusal.code == "other-header":
        return "这一行未读入；它所写的案件，有没有各种行为都按不知道处理"
    if held.bound.sheet.form == "event" or refusal.code == "two-case-numbers":
        return "这一行未读入；它可能属于任何一案，各案有没有这一行的行为按不知道处理"
    return "这一行未读入；它可能接着上一案，上一案有没有这一行写到的行为按不知道处理"


def _filled_acts(held: Plan, row: int) -> set[str]:
    events = held.bound.sheet.events
    return {event.act for event in events if event.act and event.date and held.cell(row, event.date) is not None}


def _stray_cells(held: Plan, facts: Facts) -> None:
    """Filled cells beside the table, in columns that had no head and nothing in them when the mapping was made."""
    heads = held.bound.header.names
    for column, raw in enumerate(held.bound.grid.rows[facts.spot.row - 1], start=1):
        if raw is not None and column not in heads:
            beside = Refusal(
                "no-head", "这一格所在的列没有表头", help="在表头写明列名后重新运行 checker intake，或者删去这一格"
            )
            facts.doubt(beside, column, "这一格没有读，本案其余照常读入")
