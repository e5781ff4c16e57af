"""Ids of findings stay what they are when the rest of a record, or what is found, changes."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.engines.run import evaluate, prepare
from checker.model.case import Case, Event
from checker.model.finding import Finding, Verdict
from checker.model.naming import (
    LENGTH,
    SIGNS,
    bases,
    event_names,
    finding_id,
    finding_ids,
    identity,
    printed,
    read_id,
    spoken_anchor,
    unnamed_act,
)


def event(position, act="交办", date="2024-03-07", name=None, **more):
    day = dt.date.fromisoformat(date) if date else None
    return Event(id=name or f"e{position}", position=position, act=act, date=day, **more)


def numbered(*events):
    return tuple(
        one.model_copy(update={"position": n, "id": f"e{n}" if one.id.startswith("e") else one.id})
        for n, one in enumerate(events, 1)
    )


def finding(anchor, norm="duban/按期办结", **more):
    given = {"case": "DB-1", "version": "1", "verdict": Verdict.OVERDUE, "anchor": anchor} | more
    return Finding(norm=norm, **given)


RECORD = (event(1, "登记", "2024-03-05"), event(2), event(3, "催办", "2024-06-10"))
CASE = Case(id="DB-1", events=RECORD)


def test_the_printed_form_is_always_the_same():
    """Letters and registers carry these ids: whatever changes them breaks what was sent out."""
    assert finding_id(CASE, finding("e2")) == "XWMH-43SR-Z9BA"
    assert finding_id(CASE, finding("违反:duban/按期办结@e2", "duban/逾期催办")) == "R71G-BPN6-V1EP"
    assert finding_id(CASE, finding("2024Q1", "duban/季度总结")) == "JT17-YT01-DCWV"


@pytest.mark.parametrize(
    "more",
    [
        {"version": "2"},
        {"verdict": Verdict.LATE, "days": 3, "fulfilled_by": "e3"},
        {"due": dt.date(2024, 6, 5), "bearer": "法院", "explanation": "期限自交办之日起算。"},
    ],
)
def test_what_is_found_does_not_bear_on_the_id(more):
    assert finding_id(CASE, finding("e2", **more)) == finding_id(CASE, finding("e2"))


@pytest.mark.parametrize("anchor", ["e2", "违反:duban/按期办结@e2", "期满:a/甲@违反:a/乙@e2", "视为:a/丙@e2"])
def test_an_unrelated_event_before_it_changes_no_id(anchor):
    longer = Case(id="DB-1", events=numbered(event(1, "审批", "2024-03-04"), *RECORD))
    assert longer.events[2].act == "交办"
    assert finding_id(longer, finding(anchor.replace("e2", "e3"))) == finding_id(CASE, finding(anchor))


def test_events_alike_are_told_apart_by_their_order():
    twice = Case(id="DB-1", events=numbered(*RECORD, event(4)))
    assert event_names(twice.events)["e4"] == ("act", "交办", "2024-03-07", "2")
    assert finding_id(twice, finding("e2")) == finding_id(CASE, finding("e2")) != finding_id(twice, finding("e4"))


def test_an_id_of_its_own_outlives_a_corrected_date():
    named = Case(id="DB-1", events=(event(1, name="LS-77"),))
    mended = Case(id="DB-1", events=(event(1, "登记", "2024-01-01"), event(2, date="2024-03-08", name="LS-77")))
    assert finding_id(named, finding("LS-77")) == finding_id(mended, finding("LS-77"))


def test_an_id_of_its_own_and_a_place_are_never_mistaken_for_each_other():
    assert event_names((event(1, name="交办"), event(2, date=None))) == {
        "交办": ("event", "交办"),
        "e2": ("act", "交办", "", "1"),
    }


def test_cases_norms_and_anchors_have_ids_of_their_own():
    other = Case(id="DB-2", events=RECORD)
    found = [
        finding_id(CASE, finding("e2")),
        finding_id(CASE, finding("e2", "duban/逾期催办")),
        finding_id(CASE, finding("e3")),
        finding_id(CASE, finding("违反:duban/按期办结@e2")),
        finding_id(other, finding("e2", case="DB-2")),
    ]
    assert len(set(found)) == 5


def test_what_an_identity_rests_on():
    chain = identity(CASE, finding("违反:a/乙@期满:a/甲@e2", "a/丙"))
    assert bases(chain) == (
        identity(CASE, finding("期满:a/甲@e2", "a/乙")),
        identity(CASE, finding("e2", "a/甲")),
    )
    assert bases(identity(CASE, finding("e2"))) == bases(identity(CASE, finding("2024Q1"))) == ()
    assert unnamed_act(chain) == "交办"
    named = Case(id="act", events=(event(1, name="act"),))
    assert unnamed_act(identity(named, finding("act", "act", case="act"))) is None


def test_an_anchor_for_people():
    twice = Case(id="DB-1", events=(*numbered(*RECORD, event(4), event(5, date=None)), event(6, name="LS-7")))
    said = [
        spoken_anchor(identity(twice, finding(anchor)))
        for anchor in ("e2", "违反:a/甲@期满:a/乙@e4", "e5", "LS-7", "2024Q1", "起止")
    ]
    assert said == [
        "交办 2024-03-07",
        "违反:a/甲@期满:a/乙@交办 2024-03-07（当日第 2 个）",
        "交办",
        "LS-7",
        "2024Q1",
        "起止",
    ]


@given(st.text())
def test_every_identity_has_a_short_form_that_is_read_back(text):
    short = printed(text)
    assert len(short.replace("-", "")) == LENGTH
    assert set(short) <= {*SIGNS, "-"}
    typed = short.replace("-", "").lower().replace("0", "o").replace("1", "l")
    assert read_id(typed) == read_id(f" {short} ") == short


@pytest.mark.parametrize("text", ["", "7K3Q-9ZT2-0F4", "7K3Q-9ZT2-0F4MM", "7K3Q-9ZT2-0F4U", "督办", "7K3Q_9ZT2_0F4M"])
def test_what_is_no_id_is_not_read(text):
    assert read_id(text) is None


def test_findings_of_all_fixtures_have_ids_of_their_own(rules, fixtures):
    """Real records: within a case no two findings of different norms or anchors share one, however asked for."""
    from checker.calendars.shipped import shipped_calendar

    program = prepare(rules, shipped_calendar())
    for fixture in fixtures[::40]:
        findings = evaluate(program, fixture.case, fixture.as_of).findings
        ids = finding_ids(fixture.case, findings)
        assert ids == tuple(finding_id(fixture.case, one) for one in findings)
        assert len(set(ids)) == len({(one.norm, one.anchor) for one in findings})
