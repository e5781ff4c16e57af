"""Two wordings of a norm: a small case that tells them apart, or the certainty that they say the same."""

import datetime as dt

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Bound, Proved, Undecided, Witness
from checker.drafting.differing import difference, proof
from checker.drafting.fixture_text import fixture_text
from checker.drafting.seeking.observing import differs, half
from checker.language.compile import compile_packs
from checker.language.source import Source
from checker.model.case import Case, Event, Fixture

RULES = """
规程 《试》
  标识 t
  效力 示范
  期间 次日起算；末日遇休假日顺延；日为自然日
  案结 以 归档 为准

词汇
  机关 政法委、法院、检察院
  行为 归档
  行为 交办：来源 {领导批示、上级交办、信访}，承办单位 机关
  行为 办结、延期批准、催办、中止、恢复
  行为 审批：结论 {同意、不同意}
  行为 函告：事项 {定性、程序}，力度 {了解、决定}，件数 数
  行为 报告：文书 {案情、意见}

规范 办结
  依据 本规程
  当 交办 且 来源 为 领导批示
  应当 法院 办结，自 交办 起 30日 内
  但 有 延期批准 的，延长 10日，以 一次 为限
  但 中止 至 恢复 的期间，不计入

规范 催办
  依据 本规程
  当 违反 办结
  应当 政法委 催办，自 违反 起 5个工作日 内

规范 先批
  依据 本规程
  交办 之前 应当 有 审批 且 结论 为 同意

规范 不代替
  依据 本规程
  政法委 不得 函告 且 事项 属于 {定性、程序} 且 力度 为 决定
  违反 属 越权，情节 重大

规范 件数
  依据 本规程
  法院 不得 函告 且 件数 大于 3

规范 要件
  依据 本规程
  报告 应当 载明 案情、意见
"""


def compiled(text):
    rules, problems = compile_packs([Source("t.norm", text.encode())])
    assert rules is not None, [p.message for p in problems]
    return rules


CHANGES = [
    ("30日 内", "31日 内", "t/办结"),
    ("30日 内", "30个工作日 内", "t/办结"),
    ("来源 为 领导批示", "来源 为 上级交办", "t/办结"),
    ("来源 为 领导批示", "来源 属于 {领导批示、信访}", "t/办结"),
    ("延长 10日，以 一次 为限", "延长 11日，以 一次 为限", "t/办结"),
    ("延长 10日，以 一次 为限", "延长 10日，以 二次 为限", "t/办结"),
    ("  但 中止 至 恢复 的期间，不计入\n", "", "t/办结"),
    ("5个工作日 内", "6个工作日 内", "t/催办"),
    ("30日 内", "31日 内", "t/催办"),
    ("末日遇休假日顺延", "末日不顺延", "t/办结"),
    ("结论 为 同意", "结论 为 不同意", "t/先批"),
    ("事项 属于 {定性、程序}", "事项 属于 {定性}", "t/不代替"),
    ("且 力度 为 决定", "", "t/不代替"),
    ("越权，情节 重大", "越权，情节 严重", "t/不代替"),
    ("政法委 不得 函告", "检察院 不得 函告", "t/不代替"),
    ("件数 大于 3", "件数 大于 4", "t/件数"),
    ("件数 大于 3", "件数 不少于 3", "t/件数"),
    ("载明 案情、意见", "载明 案情", "t/要件"),
    ("规范 要件\n  依据 本规程\n  报告 应当 载明 案情、意见\n", "", "t/要件"),
]


@pytest.mark.parametrize(("old", "new", "norm"), CHANGES)
def test_a_small_case_shows_the_change(old, new, norm):
    assert old in RULES
    before, after = compiled(RULES), compiled(RULES.replace(old, new))
    answer = difference(before, after, norm, shipped_calendar(), (), Bound(), prove=False)
    assert isinstance(answer, Witness)
    sides = [half(rules, [norm], shipped_calendar()).findings(answer) for rules in (before, after)]
    assert differs(answer, *sides)
    assert len(answer.case.events) <= 4


SAME = [
    ("依据 本规程", "依据 本规程第一条", "t/办结"),
    ("属于 {定性、程序}", "属于 {程序、定性}", "t/不代替"),
    ("且 事项 属于 {定性、程序} 且 力度 为 决定", "且 力度 为 决定 且 事项 属于 {定性、程序}", "t/不代替"),
    ("载明 案情、意见", "载明 意见、案情", "t/要件"),
    ("结论 为 同意", "结论 为 不同意", "t/办结"),
    ("5个工作日 内", "6个工作日 内", "t/办结"),
]


@pytest.mark.parametrize(("old", "new", "norm"), SAME)
def test_what_says_the_same_is_proved_without_a_bound(old, new, norm):
    assert old in RULES
    before, after = compiled(RULES), compiled(RULES.replace(old, new))
    assert difference(before, after, norm, shipped_calendar(), (), Bound(), prove=False) == Proved(bound=None)


def test_what_no_case_shows_is_left_open():
    """A comparison that is the same for whole numbers only: it is not for the search to say so."""
    before, after = compiled(RULES), compiled(RULES.replace("结论 为 同意", "结论 属于 {同意}"))
    answer = difference(before, after, "t/先批", shipped_calendar(), (), Bound(), prove=False)
    assert isinstance(answer, Undecided)
    assert "没有要求证明" in answer.reason


def test_the_case_is_as_small_as_it_can_be():
    before, after = compiled(RULES), compiled(RULES.replace("30日 内", "31日 内"))
    answer = difference(before, after, "t/催办", shipped_calendar(), (), Bound(), prove=False)
    assert isinstance(answer, Witness)
    expected = """\
case: 例
events:
  - {date: 2026-03-02, act: 交办, actor: 法院, 来源: 领导批示}
as_of: 2026-04-14
expect:
  - {norm: t/催办, anchor: '违反:t/办结@e1', verdict: overdue, due: 2026-04-10, breached_on: 2026-04-11, days: 4}
"""
    findings = half(before, ["t/催办"], shipped_calendar()).findings(answer)
    assert fixture_text(answer.case, answer.as_of, findings) == expected


def test_a_seed_is_tried_first_and_kept_where_it_shows_the_change():
    event = Event(id="e1", position=1, act="函告", date=dt.date(2026, 5, 6), actors=("法院",), attributes={"件数": 4})
    seed = Fixture(case=Case(id="种子", events=(event,)), as_of=dt.date(2026, 5, 6))
    before, after = compiled(RULES), compiled(RULES.replace("件数 大于 3", "件数 大于 4"))
    answer = difference(before, after, "t/件数", shipped_calendar(), (seed,), Bound(), prove=False)
    assert answer == Witness(case=seed.case, as_of=seed.as_of)


PERSONS = """
规程 《试》
  标识 t
  效力 示范
  期间 次日起算；末日遇休假日顺延；日为自然日

词汇
  机关 法院
  人员 单位负责人
  行为 受理、办结
  行为 批准延长：批准人 人员

规范 办结
  依据 本规程
  当 受理
  应当 办结，自 受理 起 30日 内
  但 期满前 有 批准延长 且 批准人 为 单位负责人 的，延长 20日
"""


def test_whom_a_norm_names_may_be_the_one_in_a_proof():
    """No proof of equality may rest on nobody being the person that the norm asks for."""
    pytest.importorskip("z3")
    before, after = compiled(PERSONS), compiled(PERSONS.replace("延长 20日", "延长 40日"))
    answer = proof(before, after, "t/办结", Bound(), shipped_calendar())
    assert isinstance(answer, Witness)
    assert answer.case.events[-1].attributes["批准人"] == "单位负责人"


def test_a_case_seen_before_is_cut_down_to_the_plainest_change():
    old, new = compiled(RULES), compiled(RULES.replace("30日 内", "20日 内"))
    given, done = {"act": "交办", "attributes": {"来源": "领导批示"}}, {"act": "办结", "actors": ("法院",)}
    days = (("e1", 2, given), ("e2", 2, given), ("e3", 30, done))
    events = tuple(
        Event(id=name, position=n, date=dt.date(2026, 3, day), **more) for n, (name, day, more) in enumerate(days, 1)
    )
    unknown = events[0].model_copy(update={"attributes": {}})
    seed = Fixture(case=Case(id="多", events=(unknown, *events[1:])), as_of=dt.date(2026, 3, 30), expect=())
    found = difference(old, new, "t/办结", shipped_calendar(), (seed,), Bound(), prove=False)
    assert isinstance(found, Witness)
    assert [event.act for event in found.case.events] == ["交办", "办结"]
