"""Whatever a sheet holds: a mapping is proposed and read back, every row ends once, and every record is a case."""

import datetime as dt
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.ledger.grids import book, grid
from checker.cases.event_record import words
from checker.cases.ledger.completing import completed
from checker.cases.ledger.grid import ErrorCell, Formula
from checker.cases.ledger.headers import header_at
from checker.cases.ledger.mapping_text import mapping_text
from checker.cases.ledger.mapping_yaml import read_mapping
from checker.cases.ledger.proposing.ledger import propose
from checker.cases.ledger.reading.bound import fitted
from checker.cases.ledger.reading.ledger import read_ledger
from checker.cases.ledger.wording import wrong_words
from checker.cases.record import RawRecord, read_case
from checker.model.case import Case

TEXTS = ["督1号", "督2号", "督〔2024〕1号", "登记", "交办", "法院", "市法院", "同意", "30", "三十日", "2024-3-1"]
TEXTS += [
    "2024年3月",
    "待定",
    "无",
    "合计",
    "小计",
    "注：",
    "案号",
    "交办日期",
    "= 1+1",
    "\u202e",
    "a\nb",
    "：",
    "#",
    "- x",
]
CELL = st.one_of(
    st.none(),
    st.sampled_from(TEXTS),
    st.text(max_size=6).filter(lambda text: bool(text.strip())),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.dates(dt.date(1899, 1, 1)),
    st.datetimes(dt.datetime(1899, 1, 1)),
    st.just(dt.time(9, 30)),
    st.just(dt.timedelta(days=3)),
    st.just(Formula()),
    st.just(ErrorCell("#REF!")),
)
HEADS = [
    "案号",
    "登记日期",
    "审批日期",
    "审批结论",
    "交办日期",
    "承办单位",
    "办理期限",
    "办结日期",
    "来源",
    "类型",
    "环节",
]
HEADS += ["日期", "办理单位", "备注", "当事人", "序号", "\u202e", "a: b", "登记 日期"]


@st.composite
def sheets(draw):
    heads = draw(st.lists(st.sampled_from(HEADS), min_size=2, max_size=8))
    rows = draw(st.lists(st.lists(CELL, min_size=0, max_size=len(heads) + 1), max_size=8))
    titles = draw(st.sampled_from([[], [["标题"]], [["标题"], []]]))
    return grid([*titles, heads, *rows], title=draw(st.sampled_from(["台账", "", "a'b\"", "#1", "是"])))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=sheets(), kind=st.sampled_from(["xlsx", "csv"]))
def test_every_sheet_comes_to_cases_and_counts(rules, tmp_path, held, kind):
    ledger = book(held, kind=kind)
    proposal = propose(ledger, rules, "x")
    file = tmp_path / "x.对照.yaml"
    file.write_text(mapping_text(proposal.mapping, proposal.comments), encoding="utf-8")
    mapping = read_mapping(str(file))
    assert mapping.sheets == proposal.mapping.sheets
    assert mapping.organs == proposal.mapping.organs
    assert wrong_words(mapping, rules.vocabulary) == ()
    assert completed(mapping, proposal).said == ()
    bound = [one for one in fitted(mapping, ledger).bound if not one.sheet.open_points]
    intake = read_ledger(ledger, mapping, bound, rules.vocabulary)
    known = words(rules.vocabulary)
    cases = [read_case(item, known) for item in intake.items if isinstance(item, RawRecord)]
    assert [case for case in cases if not isinstance(case, Case)] == []
    assert all(count == 1 for count in Counter(case.id for case in cases).values())
    for tally in intake.tallies:
        below = len(held.rows) - tally.bound.header.bottom
        assert sum(tally.endings.values()) + sum(map(len, tally.others.values())) == below
    assert all(one.at.file and one.meanwhile for one in intake.diagnostics)


@settings(max_examples=50, deadline=None)
@given(held=sheets(), first=st.integers(1, 9), depth=st.integers(1, 3))
def test_any_row_may_be_said_to_be_the_header(held, first, depth):
    found = header_at(held, range(first, first + depth))
    assert found is None or len(found.columns) == len(found.names)
