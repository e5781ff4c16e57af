"""A run against what the register holds: every way a finding can be seen, or not be."""

import pytest

from checker.model.case import Case, Event
from checker.model.diagnostic import DataError
from checker.model.finding import Verdict
from checker.model.naming import finding_id, identity
from checker.register import seen as seen_module
from checker.register.reconciling import Known, Step, Untouched, What, reconcile
from checker.register.seen import facts_of
from checker.register.statuses import FOLLOWING, Status, objection
from register.making import NORM, case, day, finding, seen


def known(name, verdict="overdue", present=True, status="待核实", closed_on=None, for_good=False, norm=NORM):
    one = finding(name, verdict, norm)
    return Known(
        finding_id(case(name), one),
        identity(case(name), one),
        name,
        norm,
        Verdict(verdict),
        one.due.isoformat(),
        present,
        Status(status),
        closed_on and day(closed_on).isoformat(),
        for_good,
    )


@pytest.mark.parametrize(
    ("before", "now", "what", "told", "reopens"),
    [
        (None, "overdue", What.NEW, "", ""),
        ({}, "overdue", What.OPEN, "", ""),
        ({}, "late", What.CHANGED, "逾期未履行", ""),
        ({}, "undetermined", What.CHANGED, "逾期未履行", ""),
        ({}, "review", What.CHANGED, "逾期未履行", ""),
        ({}, "met", What.GONE, "逾期未履行", ""),
        ({}, "exempt", What.GONE, "逾期未履行", ""),
        ({}, "pending", What.GONE, "逾期未履行", ""),
        ({}, None, What.GONE, "逾期未履行", ""),
        ({"verdict": "undetermined"}, "overdue", What.CHANGED, "资料不足", ""),
        ({"present": False}, "overdue", What.REOPENED, "", ""),
        ({"present": False}, "met", None, "", ""),
        ({"present": False}, "undetermined", None, "", ""),
        ({"present": False}, None, None, "", ""),
        # closed: what was late or broken stays so; what is not done at a later day was not mended
        ({"status": "已销号", "closed_on": "04-01"}, "overdue", What.REOPENED, "", "04-01 销号，截至"),
        ({"status": "已销号", "closed_on": "06-01"}, "overdue", What.CLOSED, "", ""),
        ({"status": "已销号", "closed_on": "04-01", "for_good": True}, "overdue", What.CLOSED, "", ""),
        ({"status": "已销号", "closed_on": "04-01", "verdict": "late"}, "late", What.CLOSED, "", ""),
        ({"status": "已销号", "closed_on": "04-01", "verdict": "breached"}, "breached", What.CLOSED, "", ""),
        ({"status": "已销号", "closed_on": "04-01"}, "late", What.CLOSED, "逾期未履行", ""),
        ({"status": "已销号", "closed_on": "04-01"}, "undetermined", What.CLOSED, "逾期未履行", ""),
        (
            {"status": "已销号", "closed_on": "04-01", "verdict": "late", "for_good": True},
            "overdue",
            What.REOPENED,
            "逾期履行",
            "由「逾期履行」变为「逾期未履行」",
        ),
        (
            {"status": "已销号", "closed_on": "04-01", "present": False, "for_good": True},
            "late",
            What.REOPENED,
            "逾期未履行",
            "不再出现，截至 2026-06-01 又见「逾期履行」",
        ),
        ({"status": "已销号", "closed_on": "04-01"}, "met", What.GONE, "逾期未履行", ""),
    ],
)
def test_what_is_said_of_one(before, now, what, told, reopens):
    held = [] if before is None else [known("A", **before)]
    run = seen("06-01", {"A": now if now else []}, known={one.id for one in held})
    steps, untouched = reconcile(held, run, {})
    assert untouched == Untouched()
    if what is None:
        assert steps == []
        return
    (step,) = steps
    assert (step.id, step.what, step.before) == (finding_id(case("A"), finding("A")), what, told)
    assert reopens in step.reopens
    assert bool(step.reopens) is bool(reopens)


def test_findings_that_are_no_violations_are_never_new():
    run = seen("06-01", {"A": "met", "B": "undetermined", "C": "pending"})
    assert reconcile([], run, {}) == ([], Untouched())


def test_another_due_date_is_a_change_and_a_day_more_of_delay_is_none():
    moved = seen("06-01", {"A": [finding("A", due="03-09")]})
    assert [(s.what, s.before) for s in reconcile([known("A")], moved, {})[0]] == [(What.CHANGED, "期限 2026-03-01")]
    later = seen("06-01", {"A": [finding("A", days=99)]})
    assert [s.what for s in reconcile([known("A")], later, {})[0]] == [What.OPEN]


def test_what_nobody_looked_at_is_never_gone():
    held = [known(name) for name in ("外", "坏", "故障", "晚")] + [known("在", norm="别的/规范")]
    run = seen("06-01", {"在": [], "晚": []}, left=["坏"], failed=["故障"])
    steps, untouched = reconcile(held, run, {"晚": "2026-07-01", "在": "2026-05-01"})
    assert steps == []
    assert untouched == Untouched(outside=1, unasked=1, unread=2, earlier=1)


@pytest.mark.parametrize(
    ("base", "unsettled"), [("undetermined", 1), ("review", 1), ("met", 0), ("late", 0), (None, 0)]
)
def test_what_rests_on_the_unknown_is_not_gone(base, unsettled):
    """A breach that nobody can tell any more opens no instance of the norm about it."""
    above = finding("A", norm="例/催办", anchor=f"违反:{NORM}@甲")
    one = known("A")._replace(id=finding_id(case("A"), above), identity=identity(case("A"), above), norm="例/催办")
    watched = {one.id, finding_id(case("A"), finding("A"))}
    run = seen("06-01", {"A": base or []}, known=watched, norms=(NORM, "例/催办"))
    steps, untouched = reconcile([one], run, {})
    assert untouched.unsettled == unsettled
    assert [step.what for step in steps if step.id == one.id] == ([] if unsettled else [What.GONE])


@pytest.mark.parametrize(("name", "unsettled"), [("e1", 1), ("甲", 0)])
def test_an_act_whose_date_cannot_be_read_any_more_is_not_gone(name, unsettled):
    event = Event(id=name, position=1, act="交办", date=day("01-05"))
    dated = Case(id="A", events=(event,))
    one = known("A")._replace(
        id=finding_id(dated, finding("A", anchor=name)), identity=identity(dated, finding("A", anchor=name))
    )
    run = seen("06-01", {})
    run.case(Case(id="A", events=(event.model_copy(update={"date": None}),)), ())
    steps, untouched = reconcile([one], run, {})
    assert (len(steps), untouched.unsettled) == (1 - unsettled, unsettled)


def test_a_case_looked_at_as_of_a_later_day_takes_nothing_new_either():
    assert reconcile([], seen("06-01", {"A": "overdue"}), {"A": "2026-06-02"}) == ([], Untouched())
    assert [s.what for s in reconcile([], seen("06-01", {"A": "overdue"}), {"A": "2026-06-01"})[0]] == [What.NEW]


def test_of_two_versions_at_one_anchor_the_graver_counts():
    both = [finding("A", "late", version="2024-01-01"), finding("A", "overdue", version="2020-01-01")]
    for pair in (both, both[::-1]):
        ((step,), _) = reconcile([], seen("06-01", {"A": pair}), {})
        assert step.sighting.finding == facts_of(both[1])


def test_two_findings_of_one_id_are_refused(monkeypatch):
    monkeypatch.setattr(seen_module, "printed", lambda _: "0000-0000-0000")
    with pytest.raises(DataError, match="编号 0000-0000-0000 同时是两个事项"):
        seen("06-01", {"A": "overdue", "B": "overdue"})
    held = known("B")._replace(id="0000-0000-0000")
    for found in ({"A": "overdue", "B": []}, {"A": "overdue"}):  # also where the other's case is not looked at
        with pytest.raises(DataError, match="编号 0000-0000-0000 同时是两个事项"):
            reconcile([held], seen("06-01", found), {})


def test_steps_come_in_the_order_of_ids():
    names = [f"案{n}" for n in range(20)]
    steps, _ = reconcile([], seen("06-01", dict.fromkeys(names, "overdue")), {})
    assert [step.id for step in steps] == sorted(step.id for step in steps)
    assert isinstance(steps[0], Step)


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_which_status_may_follow_which(before, after):
    found = objection(before, after, "理由", "")
    if before is after:
        assert found.code == "same-status"
        assert objection(before, after, "", "附记") is None
    elif after in FOLLOWING[before]:
        assert found is None
        is_told = objection(before, after, "", "") is not None
        assert is_told is (after in (Status.DISPUTED, Status.CLOSED) or before is Status.CLOSED)
    else:
        assert (found.code, found.expected) == ("status-order", "、".join(FOLLOWING[before]))
