"""Findings are made without validation: they must be what validation would have made."""

import datetime as dt

import pytest
from pydantic import ValidationError

from checker.calendars.shipped import shipped_calendar
from checker.engines.run import evaluate, prepare
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.case import Case, Event
from checker.model.finding import Finding
from checker.model.norm import Norm, OnEvent
from checker.model.values import Unit
from strategies.rules import rule_set
from strategies.words import period


@pytest.fixture(scope="module")
def findings():
    """Met, late, overdue, pending and undetermined ones."""
    window = r.Within(start=r.AtAnchor(), period=r.Fixed(period=period(5, Unit.DAY)))
    required = r.Occur(groups=((x.Pattern(acts=("B",)),),), window=window)
    anchor = OnEvent(pattern=x.Pattern(acts=("A",)))
    program = prepare(
        rule_set([Norm(pack="p", title="N", version="1", anchor=anchor, requirement=required)]), shipped_calendar()
    )
    dates = ["2024-05-06", "2024-05-20", "2024-06-03", None]
    acts = [Event(id=f"a{i}", position=i, act="A", date=d and dt.date.fromisoformat(d)) for i, d in enumerate(dates, 1)]
    done = [dt.date(2024, 5, 8), dt.date(2024, 5, 29)]
    acts += [Event(id=f"b{i}", position=4 + i, act="B", date=day) for i, day in enumerate(done, 1)]
    return [
        finding
        for as_of in (dt.date(2024, 6, 4), dt.date(2024, 7, 1))
        for finding in evaluate(program, Case(id="案", events=tuple(acts)), as_of).findings
    ]


def test_they_equal_validated_ones(findings):
    assert {f.verdict.value for f in findings} == {"met", "late", "overdue", "pending", "undetermined"}
    for finding in findings:
        validated = Finding.model_validate(finding.model_dump())
        assert finding == validated
        assert validated == finding
        assert hash(finding) == hash(validated)
        assert repr(finding) == repr(validated)
        assert list(finding.model_dump()) == list(Finding.model_fields)
        assert finding.model_dump_json() == validated.model_dump_json()
        assert finding.model_fields_set == set(Finding.model_fields)


def test_copies_leave_the_original_alone(findings):
    one = findings[0]
    told = one.model_copy(update={"explanation": "因为"})
    assert (told.explanation, one.explanation) == ("因为", "")
    assert told != one
    assert one.model_copy() == one
    assert one.model_copy(deep=True) == one


def test_they_are_frozen(findings):
    with pytest.raises(ValidationError, match="frozen"):
        findings[0].days = 3
