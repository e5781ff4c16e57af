"""The ugly ledger as a clerk would hand it in: every fault told at its cell, every other cell read, no row lost."""

import io
from collections import Counter
from pathlib import Path

import pytest

from checker.api import compile_rules
from checker.cases.event_record import words
from checker.cases.ledger.mapping import FromColumn
from checker.cases.ledger.opening import open_book, open_path
from checker.cases.ledger.proposing.ledger import propose
from checker.cases.ledger.reading.bound import fitted
from checker.cases.ledger.reading.ledger import read_ledger
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord, read_case
from checker.model.case import Case
from checker.model.period_text import parse_period
from ledgers.converting import by_gnumeric, by_libreoffice
from ledgers.ugly import ALIASES, HIDDEN, LONG, REMARKS, WIDE, ugly

DUBAN = Path(__file__).parents[3] / "rules" / "duban"
UGLY = ugly()


def confirmed(mapping):
    """What a person decides: the hidden sheet and the remarks are not read, a bare number counts days."""
    sheets = []
    for sheet in mapping.sheets:
        events = [
            event.model_copy(
                update={
                    "attributes": {
                        name: given.model_copy(update={"unit": "日"})
                        if isinstance(given, FromColumn) and name == "期限"
                        else given
                        for name, given in event.attributes.items()
                    }
                }
            )
            for event in sheet.events
        ]
        update = {"events": tuple(events), "read": sheet.title in (WIDE, LONG)}
        sheets.append(sheet.model_copy(update=update))
    organs = {**dict.fromkeys(mapping.organs), **ALIASES}
    return mapping.model_copy(update={"sheets": tuple(sheets), "organs": organs, "confirmed": True})


@pytest.fixture(scope="module")
def duban():
    return compile_rules([str(DUBAN)])[0]


def taken_in(book, duban):
    mapping = confirmed(propose(book, duban, "督办台账.对照.yaml").mapping)
    return read_ledger(book, mapping, fitted(mapping, book).bound, duban.vocabulary)


@pytest.fixture(scope="module")
def intake(duban):
    return taken_in(open_book(io.BytesIO(UGLY.data), "督办台账.xlsx"), duban)


@pytest.fixture(scope="module")
def cases(intake, duban):
    known = words(duban.vocabulary)
    found = [read_case(item, known) for item in intake.items if isinstance(item, RawRecord)]
    assert all(isinstance(case, Case) for case in found)
    return {case.id: case for case in found}


def test_every_sheet_is_asked_about(duban):
    book = open_book(io.BytesIO(UGLY.data), "督办台账.xlsx")
    proposed = {sheet.title: sheet.read for sheet in propose(book, duban, "x").mapping.sheets}
    assert proposed == {WIDE: True, LONG: True, HIDDEN: None, REMARKS: None}


def test_the_rows_add_up(intake):
    unread = Counter(one.sheet for one in UGLY.of("unread"))
    doubtful = Counter(one.sheet for one in UGLY.of("doubt"))
    for tally in intake.tallies:
        title = tally.bound.grid.title
        endings = {ending.value: count for ending, count in tally.endings.items() if count}
        planned = UGLY.rows[title]
        assert endings == {
            "已读入": len(planned["数据"]) - doubtful[title] - unread[title],
            "有疑问": doubtful[title],
            "未读入": unread[title],
        }
        others = {kind.value: rows for kind, rows in tally.others.items()}
        assert others == {kind: rows for kind, rows in planned.items() if kind != "数据"}
        rows = range(tally.bound.header.bottom + 1, len(tally.bound.grid.rows) + 1)
        assert sum(endings.values()) + sum(map(len, others.values())) == len(rows)


def test_every_fault_is_told_at_its_cell_and_nothing_else_is(intake):
    told = {(one.at.sheet, one.at.cell): one.code for one in intake.diagnostics}
    assert told == {(one.sheet, one.cell): one.expected for one in (*UGLY.of("doubt"), *UGLY.of("unread"))}


def test_every_message_says_what_was_found_and_what_was_done(intake):
    for one in intake.diagnostics:
        assert one.at.file == "督办台账.xlsx"
        assert one.message
        assert one.expected or one.help, one
        assert one.quote or one.code == "missing-case"
        assert one.meanwhile


def test_the_cases_are_those_of_the_rows_that_were_read(intake, cases):
    left_out = [item.place.cell for item in intake.items if isinstance(item, BadCase)]
    assert sorted(left_out) == sorted(one.cell for one in UGLY.of("unread"))
    named = {one.expected for one in UGLY.of("read", "案号")}
    assert set(cases) == named | {one.case for one in UGLY.planted if one.sheet == LONG and one.case}


def test_every_date_is_the_one_that_was_typed(cases):
    found = {(event.place.sheet, event.place.cell): event.date for case in cases.values() for event in case.events}
    typed = {(one.sheet, one.cell): one.expected for one in UGLY.of("read", "日期")}
    assert {at: found.get(at) for at in typed} == typed
    assert not {at for at in found if at in {(one.sheet, one.cell) for one in UGLY.of("nothing")}}


def test_organs_and_periods_are_those_that_were_meant(cases):
    given = {
        (event.place.sheet, event.place.cell[1:]): event
        for case in cases.values()
        for event in case.events
        if event.act == "交办"
    }
    unclear = {one.cell[1:] for one in UGLY.of("doubt", "日期") if one.sheet == WIDE}
    for one in UGLY.of("read", "机关", "期限"):
        event = given.get((one.sheet, one.cell[1:]))
        if event is None:  # its date says nothing for certain: there is no event to carry it
            assert one.cell[1:] in unclear
        elif one.kind == "机关":
            assert event.attributes["承办单位"] == one.expected
        else:
            assert event.attributes["期限"] == parse_period(one.expected)


@pytest.mark.parametrize(("by", "suffix"), [(by_libreoffice, "ods"), (by_gnumeric, "xls")])
def test_the_same_is_told_of_what_other_programs_write(duban, tmp_path, by, suffix):
    """They calculate, so that the formula has a date; and a number of 16 digits is written as they like."""
    intake = taken_in(open_path(by(UGLY.data, suffix, tmp_path)), duban)
    told = {(one.at.sheet, one.at.cell): one.code for one in intake.diagnostics}
    planted = {(one.sheet, one.cell): one.expected for one in (*UGLY.of("doubt"), *UGLY.of("unread"))}
    planted = {at: code for at, code in planted.items() if code != "formula-without-result"}
    assert told == planted | {("督办台账", "J117"): "date-before"}  # the date of the formula
