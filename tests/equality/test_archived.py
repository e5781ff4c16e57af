"""The comparison of the archive kernel with single cases sees every kind of fault."""

import datetime as dt
from dataclasses import replace

import pyarrow as pa
import pytest

from checker.calendars.shipped import shipped_calendar
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack
from checker.engines.archive.schema import FINDINGS
from checker.engines.run import evaluate_batch
from checker.model import requirements as r
from checker.model.case import Case, Event
from checker.model.expressions import Pattern
from checker.model.norm import Norm, OnEvent
from checker.model.values import Unit
from equality.archived import disagreement, faults
from equality.smallest import smallest
from strategies.rules import nodes, rule_set
from strategies.words import period

AS_OF = dt.date(2024, 6, 3)


def event(position, act, day):
    return Event(id=f"e{position}", position=position, act=act, date=day and dt.date(2024, 5, day))


def norm(title, act):
    window = r.Within(start=r.AtAnchor(), period=r.Fixed(period=period(3, Unit.DAY)))
    occur = r.Occur(groups=((Pattern(acts=(act,)),),), window=window)
    return Norm(pack="p", title=title, version="1", anchor=OnEvent(pattern=Pattern(acts=("A",))), requirement=occur)


RULES = rule_set([norm("N", "B"), norm("M", "C")])
CASES = [
    Case(id="一", events=(event(1, "A", 6), event(2, "B", 7), event(3, "C", 20))),
    Case(id="二", events=(event(1, "B", 6),)),
    Case(id="三", events=(event(1, "A", None), event(2, "C", 9))),
]


def rows_changed(change):
    def changed(result):
        rows = result.findings.to_pylist()
        change(rows)
        return replace(result, findings=pa.RecordBatch.from_pylist(rows, schema=FINDINGS))

    return changed


def value_changed(name, value):
    return rows_changed(lambda rows: rows[0].update({name: value}))


def count_changed(name):
    def changed(result):
        numbers = getattr(result, name).copy()
        numbers[0] += 1
        return replace(result, **{name: numbers})

    return changed


FAULTS = {
    **{
        name: value_changed(name, value)
        for name, value in {
            "row": 1,
            "case": "二",
            "norm": "p/M",
            "version": "2",
            "verdict": "late",
            "category": "越权",
            "severity": "轻微",
            "bearer": "法院",
            "anchor": "e2",
            "due": dt.date(2024, 5, 10),
            "due_at": dt.datetime(2024, 5, 9),
            "fulfilled_by": None,
            "breached_on": AS_OF,
            "days": 0,
            "evidence": ["e2", "e1"],
            "missing": ["e1.日期"],
            "provisional": True,
        }.items()
    },
    "one less": rows_changed(list.pop),
    "one twice": rows_changed(lambda rows: rows.append(rows[-1])),
    "another order": rows_changed(list.reverse),
    **{name: count_changed(name) for name in ("verdicts", "case_verdicts", "triggered")},
    "a failure": lambda result: replace(result, failures=((1, "没有结论"),)),
    "a column less": lambda result: replace(result, findings=result.findings.drop_columns(["due"])),
    "more by row than there are": lambda result: replace(result, by_row=4),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(fault):
    kernel = Kernel(RULES, shipped_calendar())
    single = evaluate_batch(kernel.program, CASES, AS_OF)
    result = kernel.evaluate(pack(CASES, RULES.vocabulary), AS_OF, everything=True)
    assert len(result.findings) == 4
    assert faults(kernel, result, single, everything=True) == ""
    assert faults(kernel, FAULTS[fault](result), single, everything=True) != ""


def test_a_violation_that_is_not_listed_is_seen():
    kernel = Kernel(RULES, shipped_calendar())
    single = evaluate_batch(kernel.program, CASES, AS_OF)
    result = kernel.evaluate(pack(CASES, RULES.vocabulary), AS_OF)
    assert faults(kernel, result, single, everything=False) == ""
    assert faults(kernel, result, single, everything=True) != ""
    assert faults(kernel, replace(result, findings=result.findings.slice(1)), single, everything=False) != ""


def test_a_disagreement_is_told_of_the_smallest_situation(monkeypatch):
    evaluate = Kernel.evaluate

    def without_those_of_m(self, *args, **options):
        return rows_changed(lambda rows: rows.__setitem__(slice(None), [one for one in rows if one["norm"] != "p/M"]))(
            evaluate(self, *args, **options)
        )

    monkeypatch.setattr(Kernel, "evaluate", without_those_of_m)
    said = disagreement(RULES, shipped_calendar(), CASES, AS_OF)
    assert "row 0 of 1" in said
    assert "p/M" in said


def test_what_is_not_needed_is_taken_away():
    def has_a_dated_b(rules, cases):
        acts = {each.act for case in cases for each in case.events if each.date is not None}
        return "B" in acts and any("B" in node.acts for node in nodes(rules) if isinstance(node, Pattern))

    rules, cases = smallest(RULES, CASES, has_a_dated_b)
    assert [n.title for n in rules.norms] == ["N"]
    assert [[e.act for e in case.events] for case in cases] == [["B"]]
