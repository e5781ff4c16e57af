"""Everything planted in the ugly ledger, cell by cell, in the format it is made in and in those of other programs."""

import datetime as dt
import io

import pytest
from openpyxl.utils.cell import column_index_from_string as column_of
from openpyxl.utils.cell import coordinate_from_string

from checker.cases.ledger.opening import open_book, open_path
from checker.cases.ledger.values.absent import is_blank
from checker.cases.ledger.values.case_numbers import read_case_number
from checker.cases.ledger.values.dates import read_date
from checker.cases.ledger.values.organs import read_organs, register
from checker.cases.ledger.values.periods import read_period
from checker.cases.problems import Refusal
from checker.model.period_text import parse_period
from checker.model.values import Unit
from checker.model.vocabulary import Vocabulary
from ledgers.converting import PROGRAMS
from ledgers.ugly import ALIASES, HIDDEN, LONG, ORGANS, REMARKS, WIDE, ugly

UGLY = ugly()
KNOWN = register(Vocabulary(organs=dict.fromkeys(ORGANS)), ALIASES)
RECALCULATED = {"formula-without-result": dt.date(2024, 3, 5)}
"""Another program that opens and saves the file keeps the results of its formulas."""


def cell(book, one):
    letters, row = coordinate_from_string(one.cell)
    grid = next(grid for grid in book.grids if grid.title == one.sheet)
    return grid.cell(row, column_of(letters))


def read(kind, raw):
    match kind:
        case "日期":
            moment = read_date(raw, serial=True)
            return moment if isinstance(moment, Refusal) else moment[0]
        case "案号":
            return read_case_number(raw)
        case "机关":
            organs = read_organs(raw, KNOWN)
            return organs if isinstance(organs, Refusal) else organs[0]
        case "期限":
            return read_period(raw, Unit.DAY)


def expected(one, is_recalculated):
    if one.expected == "missing-case":
        return "blank"
    if one.kind == "期限" and one.outcome == "read":
        return parse_period(one.expected)
    return RECALCULATED.get(one.expected, one.expected) if is_recalculated else one.expected


def wrong(book, is_recalculated=False):
    """What is planted and not read as it should be."""
    found = {}
    for one in UGLY.planted:
        raw = cell(book, one)
        answer = read(one.kind, raw)
        said = answer.code if isinstance(answer, Refusal) else answer
        if one.outcome == "nothing":
            is_right = is_blank(raw) or said == "none"
        else:
            is_right = said == expected(one, is_recalculated)
        if not is_right:
            found[one.sheet, one.cell] = (one.written, said)
    return found


def test_what_is_planted():
    counts = {outcome: len(UGLY.of(outcome)) for outcome in ("read", "doubt", "unread", "nothing")}
    assert counts == {"read": 2095, "doubt": 38, "unread": 7, "nothing": 4}
    assert sum(len(kinds["数据"]) for kinds in UGLY.rows.values()) == 400
    assert len({(one.sheet, one.cell) for one in UGLY.planted}) == len(UGLY.planted)


def test_every_cell_is_read_or_told():
    book = open_book(io.BytesIO(UGLY.data), "督办台账.xlsx")
    assert [(grid.title, grid.hidden) for grid in book.grids] == [
        (WIDE, False),
        (LONG, False),
        (HIDDEN, True),
        (REMARKS, False),
    ]
    assert [remark.message for remark in book.remarks] == ["表「督办台账」有 2 格是公式，文件里没有结果"]
    assert wrong(book) == {}


@pytest.mark.parametrize(("by", "suffix"), PROGRAMS)
def test_other_programs_change_none_of_it(tmp_path, by, suffix):
    book = open_path(by(UGLY.data, suffix, tmp_path))
    assert book.kind == suffix
    assert wrong(book, is_recalculated=True) == {}
