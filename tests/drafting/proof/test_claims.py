"""Claims about norms: each is shown by a case, or proved impossible within the bound."""

import datetime as dt
from pathlib import Path

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Bound, Proved, Undecided, Witness
from checker.drafting.proof.asking import double_bind, is_available, possible
from checker.drafting.proof.claims import (
    BothKept,
    Claim,
    ClauseMatters,
    DoubleBind,
    DueBeforeAnchor,
    Reaches,
    Unimplied,
)
from checker.engines.run import evaluate, prepare
from checker.model.finding import Verdict
from checker.model.norm import RuleSet
from drafting.proof.packs import compiled

BOUND = Bound(first=dt.date(2025, 1, 1), events=3, days=100, seconds=60)
VIOLATED = tuple(verdict for verdict in Verdict if verdict.is_violation)
NORMS = """规范 按期办结
  依据 本规程
  当 交办
  应当 法院 办结，自 交办 起 30日 内
  但 有 审批 且 结论 为 同意 且 结论 为 不同意 的，不适用
  但 期满前 有 延期批准 的，延长 延长期，以 一次 为限

规范 及早办结
  依据 本规程
  当 交办
  应当 法院 办结，自 交办 起 10日 内

规范 先批后交
  依据 本规程
  交办 之前 应当 有 审批 且 结论 为 同意

规范 不得交办
  依据 本规程
  政法委 不得 交办 且 来源 为 领导批示 且 来源 为 上级交办

规范 逾期催办
  依据 本规程
  当 违反 按期办结
  应当 政法委 催办，自 违反 起 5个工作日 内
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    return compiled(tmp_path_factory.mktemp("pack"), NORMS)


SHOWN = {
    "a duty can end late": (Reaches(norm="demo/按期办结", verdicts=(Verdict.LATE,)), 2),
    "a duty can be passed over": (Reaches(norm="demo/按期办结", verdicts=(Verdict.OVERDUE,)), 1),
    "a duty that follows a breach can be met": (Reaches(norm="demo/逾期催办", verdicts=(Verdict.MET,)), 2),
    "the longer period does not imply the shorter": (
        Unimplied(weaker="demo/及早办结", stronger="demo/按期办结"),
        1,
    ),
    "two duties can both be kept": (BothKept(one="demo/按期办结", other="demo/先批后交"), 3),
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_case_shows_what_is_possible(name: str, rules: RuleSet) -> None:
    claim, events = SHOWN[name]
    answer = possible(rules, claim, BOUND, shipped_calendar())
    assert isinstance(answer, Witness)
    assert len(answer.case.events) == events


PROVED = {
    "a prohibition that nothing can break": Reaches(norm="demo/不得交办", verdicts=VIOLATED),
    "no period ends before it begins": DueBeforeAnchor(norm="demo/按期办结"),
    "whoever keeps the shorter period keeps the longer": Unimplied(weaker="demo/按期办结", stronger="demo/及早办结"),
}


@pytest.mark.parametrize("name", PROVED)
def test_what_is_not_possible_is_proved(name: str, rules: RuleSet) -> None:
    assert possible(rules, PROVED[name], BOUND, shipped_calendar()) == Proved(bound=BOUND)


def test_an_exception_that_never_applies_changes_nothing(rules: RuleSet) -> None:
    norm = next(one for one in rules.norms if one.title == "按期办结")
    claims: list[Claim] = [ClauseMatters(norm=norm.id, version=norm.version, position=n) for n in (0, 1)]
    dead, live = (possible(rules, claim, BOUND, shipped_calendar()) for claim in claims)
    assert dead == Proved(bound=BOUND)
    assert isinstance(live, Witness)


CONFLICT = """规范 应当函告
  依据 本规程
  当 交办
  应当 政法委 函告，自 交办 起 10日 内

规范 不得函告
  依据 本规程
  {ban}
"""
BANS = {
    "two periods that leave no day": ("函告 之前 应当 有 交办，提前 20日", True),
    "two periods that leave some days": ("函告 之前 应当 有 交办，提前 5日", False),
    "a prohibition that needs an approval first": ("函告 之前 应当 有 审批", False),
    "a prohibition of others": ("法院 不得 函告", False),
}


@pytest.mark.parametrize("name", BANS)
def test_a_double_bind_is_told_from_what_can_be_helped(name: str, tmp_path: Path) -> None:
    text, is_bind = BANS[name]
    rules = compiled(tmp_path, CONFLICT.format(ban=text))
    claim = DoubleBind(one="demo/应当函告", other="demo/不得函告")
    found = double_bind(rules, claim, BOUND, shipped_calendar())
    assert isinstance(found.answer, Witness if is_bind else Proved)
    if is_bind:
        assert found.keeping_one is not None
        assert found.keeping_other is not None
        program = prepare(rules, shipped_calendar())
        for way, lost in ((found.keeping_one, "demo/不得函告"), (found.keeping_other, "demo/应当函告")):
            findings = evaluate(program, way.case, way.as_of).findings
            assert {one.norm for one in findings if one.verdict.is_violation} == {lost}


def test_a_form_that_is_not_encoded_leaves_the_question_open(tmp_path: Path) -> None:
    text = "规范 扣除\n  依据 本规程\n  当 交办\n  应当 法院 办结，自 交办 起 30日 内\n"
    text += "  但 中止 至 恢复 的期间，不计入，以 3个工作日 为限\n"
    claim = Reaches(norm="demo/扣除", verdicts=(Verdict.LATE,))
    answer = possible(compiled(tmp_path, text), claim, BOUND, shipped_calendar())
    assert answer == Undecided(reason="不支持的形式：以工作日计的扣除上限")


def test_a_question_without_time_is_undecided(rules: RuleSet) -> None:
    claim = Reaches(norm="demo/按期办结", verdicts=VIOLATED)
    bound = BOUND.model_copy(update={"seconds": 0.0})
    assert possible(rules, claim, bound, shipped_calendar()) == Undecided(reason="超时")


def test_the_solver_is_there() -> None:
    assert is_available()
