"""What a change comes to: the case that tells most, kinship of organs, and time that runs out."""

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Bound, Proved, Undecided, Witness
from checker.drafting.comparing.asking import telling_difference
from checker.drafting.comparing.comparison import compare
from checker.drafting.comparing.effects import Asking
from checker.drafting.normal import is_same
from checker.engines.run import evaluate, prepare
from checker.model.changes import Equal, Open, Shows
from drafting.diff.making import OLD, edited, rules_of

CALENDAR = shipped_calendar()
KIN = edited(("机关 政法委、法院、检察院", "机关 政法委、法院、检察院、司法机关"))
AKIN = edited(("司法机关\n", "司法机关\n  法院 是 司法机关\n"), text=KIN)


def ask(old, new, norm):
    return telling_difference(rules_of(old), rules_of(new), f"xiao/{norm}", CALENDAR, (), Bound(), False)


def verdicts(answer, rules, norm):
    found = evaluate(prepare(rules_of(rules), CALENDAR), answer.case, answer.as_of).findings
    return {(one.anchor, one.verdict.value) for one in found if one.norm == f"xiao/{norm}"}


@pytest.mark.parametrize(
    ("norm", "edit"),
    [
        ("不得代替定性", ("{定性、证据采信} 且", "{定性} 且")),
        ("督办范围", ("{领导批示、涉法上访、久拖不决}", "{领导批示、涉法上访}")),
        ("先登后批", ("应当 有 登记", "应当 有 登记，前一日或更早")),
        ("按期办结", ("= 90日", "= 60日")),
    ],
)
def test_the_witness_is_one_on_which_a_violation_comes_or_goes(norm, edit):
    new = edited(edit)
    answer = ask(OLD, new, norm)
    assert isinstance(answer, Witness)
    bad = ("late", "overdue", "breached")
    before, after = ({one for one in verdicts(answer, rules, norm) if one[1] in bad} for rules in (OLD, new))
    assert {anchor for anchor, _ in before} != {anchor for anchor, _ in after}


@pytest.mark.parametrize("norm", ["说明原因", "按期办结"])
def test_who_is_one_of_whom_is_shown_by_a_case(norm):
    answer = ask(KIN, AKIN, norm)
    assert isinstance(answer, Witness)
    assert verdicts(answer, KIN, norm) != verdicts(answer, AKIN, norm)


def test_kinship_matters_where_the_record_names_the_organ():
    assert not is_same(rules_of(KIN), rules_of(AKIN), "xiao/按期办结")
    assert is_same(rules_of(KIN), rules_of(AKIN), "xiao/报告要件")


def test_the_same_meaning_is_proved_without_a_bound():
    assert ask(OLD, OLD.replace("样例第四条", "样例第五条"), "不得代替定性") == Proved()


def asking(answer, is_over=lambda: False):
    return Asking(lambda *_: answer, CALENDAR, lambda _: (), Bound(), prove=True, is_over=is_over)


def effect(answer, **more):
    found = compare(rules_of(OLD), rules_of(edited(("= 90日", "= 60日"))), ("旧", "新"), asking(answer, **more))
    return {change.id: change for change in found.changes}["xiao/按期办结"]


def test_what_is_proved_within_a_bound_still_needs_an_account():
    change = effect(Proved(bound=Bound()))
    assert change.effect == Equal(bound="至多 5个事件、自 2025-01-01 起 365日之内、不缺事实的案件")
    assert change.matters
    assert not effect(Proved()).matters


def test_what_is_undecided_needs_an_account():
    change = effect(Undecided(reason="超时"))
    assert change.effect == Open(reason="超时")
    assert change.matters


def test_when_time_is_over_nothing_is_claimed():
    change = effect(Proved(), is_over=lambda: True)
    assert isinstance(change.effect, Open)
    assert change.matters


def test_a_fault_over_one_norm_leaves_it_open():
    def broken(*_):
        raise RuntimeError("坏了")

    found = compare(
        rules_of(OLD), rules_of(edited(("= 90日", "= 60日"))), ("旧", "新"), asking(None)._replace(difference=broken)
    )
    assert {change.effect for change in found.changes} == {Open(reason="找案件时程序出错（RuntimeError：坏了）")}


def test_a_case_that_does_not_replay_is_no_witness():
    answer = ask(OLD, edited(("= 90日", "= 60日")), "按期办结")
    late = answer.as_of.replace(year=answer.as_of.year + 9)
    assert isinstance(effect(answer).effect, Shows)
    empty = answer.case.model_copy(update={"events": ()})
    assert isinstance(effect(Witness(case=empty, as_of=late)).effect, Open)
