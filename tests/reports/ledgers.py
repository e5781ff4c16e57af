"""Ledgers made for the tests, and runs over cases that stand in them."""

import datetime as dt
import io
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
from lxml import etree

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cli.ledger_tables import tables_of
from checker.engines.run import evaluate, prepare
from checker.model.case import Case, Event
from checker.model.diagnostic import Diagnostic, Level
from checker.model.place import Place
from checker.reports.content import CaseReport, RunReport, Totals
from checker.reports.documents import Noted, Wish, written
from checker.reports.ooxml.sheet import ORDER
from checker.reports.showing import Listing

DAY = dt.date(2026, 7, 1)
HEADS = ("案号", "来源", "登记日期", "交办日期", "办结日期", "备注")
COLUMNS = {"登记": 3, "交办": 4, "办结": 5}
ROWS = (
    # 案号, 来源, 登记, 交办, 办结
    ("督1", "领导批示", "2026-06-01", "2026-06-02", "2026-06-05"),
    ("督2", "领导批示", "2026-06-01", "2026-06-02", "2026-06-20"),
    ("督3", "上级交办", "2026-06-01", "2026-06-02", None),
    ("督4", None, "2026-06-01", "2026-06-02", "2026-06-03"),
    ("督5", "领导批示", "2026-06-25", "2026-06-26", None),
)
"""In time; late; nothing recorded and out of range; source unknown; still open."""


def wide_book(sheet="台账", rows=ROWS, first=4):
    """Title rows, the head in the row before ``first``, one row a case."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page["A1"] = "督办台账"
    page.merge_cells("A1:F1")
    for column, head in enumerate(HEADS, 1):
        page.cell(first - 1, column, head)
    for number, (name, source, *days) in enumerate(rows, first):
        page.cell(number, 1, name)
        page.cell(number, 2, source)
        for column, day in enumerate(days, 3):
            if day is not None:
                page.cell(number, column, dt.date.fromisoformat(day)).number_format = "yyyy/m/d"
    return book


def wide_cases(path, sheet="台账", rows=ROWS, first=4):
    """The cases of such a sheet, each cell as its place."""
    return tuple(_wide(str(path), sheet, number, row) for number, row in enumerate(rows, first))


def _wide(file, sheet, number, row):
    name, source, *days = row
    events = [
        Event(
            id=f"e{position}",
            position=position,
            act=act,
            date=dt.date.fromisoformat(day),
            attributes={"来源": source} if act == "交办" and source else {},
            place=Place(file=file, sheet=sheet, cell=f"{'ABCDEF'[COLUMNS[act] - 1]}{number}"),
        )
        for position, (act, day) in enumerate(zip(COLUMNS, days, strict=True), 1)
        if day is not None
    ]
    return Case(id=name, events=tuple(events), place=Place(file=file, sheet=sheet, cell=f"A{number}"))


def saved(book, path):
    book.save(path)
    return path


def run_over(path, cases, unread=()):
    """A run over cases that are already records."""
    rules = api.compile_rules([str(Path(__file__).parent / "ledger")])[0]
    listing = Listing(rules, shipped_calendar(), DAY, open_too=True)
    program = prepare(rules, shipped_calendar())
    totals = Totals(left_out=len(unread))
    reports = []
    for case in cases:
        evaluation = evaluate(program, case, DAY)
        verdicts = Counter(finding.verdict for finding in evaluation.findings)
        totals.read += 1
        totals.verdicts += verdicts
        reports.append(CaseReport(case, listing.shown(evaluation), verdicts))
    return RunReport(listing.head(len(cases)), tuple(reports), tuple(unread), totals, (str(path),), tables=tables_of)


def told(path, sheet, cell, message="日期「24.3.5」读不懂", level=Level.ERROR):
    place = Place(file=str(path), sheet=sheet, cell=cell)
    return Diagnostic(code="bad-date", level=level, message=message, expected="2024-03-05", at=place)


def copy_of(report):
    """The bytes, looked through: every part is XML, every sheet in order."""
    found = written("xlsx", report, Wish())
    data = found.content if isinstance(found, Noted) else found
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(parts.read(name))
                if root.tag.endswith("}worksheet"):
                    known = [ORDER.index(etree.QName(one).localname) for one in root]
                    assert known == sorted(known), name
    return data


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {name: found.read(name) for name in found.namelist()}


def rewritten(path, change):
    """A package with some of its parts changed: ``change`` gives all parts from all parts."""
    parts = change(parts_of(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path
