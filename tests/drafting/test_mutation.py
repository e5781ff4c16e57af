"""Small changes to norms: which are made, which fixtures notice them, and what is said of the others."""

import datetime as dt

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Bound, Undecided, Witness
from checker.drafting.mutation.board import Board, opening_acts
from checker.drafting.mutation.making import head_mutants, known_operators, mutants_of
from checker.drafting.mutation.results import score_of
from checker.drafting.mutation.running import run_tasks, tasks_of
from checker.drafting.mutation.trial import Subject, Ways, try_subject
from checker.drafting.mutation.writing import file_text, named
from checker.engines.run import evaluate, prepare
from checker.language.compile import compile_packs
from checker.language.source import Source
from checker.model.case import Case, Event, Expectation, Fixture
from checker.model.finding import Verdict

HEAD = """
规程 《试》
  标识 t
  效力 示范
  施行 2024-01-01
  期间 次日起算；末日遇休假日顺延；日为自然日
  案结 以 归档 为准
  适用于 类型 属于 {督办、信访}

词汇
  类型 督办、信访、诉讼
  机关 政法委、法院、检察院
  行为 归档、登记
  行为 交办：来源 {领导批示、上级交办、信访}，期限 期间，交邮日 日期，收到日 日期，对象 文本
  行为 办结：对象 文本，收到日 日期
  行为 延期批准、催办、中止、恢复、退回、结案
  行为 审批：结论 {同意、不同意}
  行为 函告：事项 {定性、程序、保障}，力度 {了解、决定}，件数 数
  行为 报告：文书 {案情、意见、材料}

"""


def compiled(text):
    rules, problems = compile_packs([Source("t.norm", (HEAD + text).encode())])
    assert rules is not None, [p.message for p in problems]
    return rules


MADE = {
    "actors": (
        "当 交办\n  应当 法院 办结，自 交办 起 3日 内",
        ["「法院」改为「政法委」", "办结的主体「法院」删去"],
    ),
    "afterwards": (
        "政法委 不得 函告\n  但 已 有 审批 的，不适用",
        ["例外「但 已 有 审批 的，不适用」中，加上「事后亦可」"],
    ),
    "breaches": (
        "政法委 不得 函告\n  违反 属 越权，情节 重大",
        ["「越权」改为「程序违规」", "「情节 重大」改为「情节 严重」"],
    ),
    "caps": (
        "政法委 不得 函告 且 件数 大于 3",
        ["「3」改为「4」", "「3」改为「2」"],
    ),
    "comparisons": (
        "政法委 不得 函告 且 件数 大于 3",
        ["「件数 大于 3」改为「件数 不小于 3」"],
    ),
    "connectives": (
        "政法委 不得 函告 且 事项 为 定性 且 力度 为 决定",
        ["「事项 为 定性 且 力度 为 决定」改为「事项 为 定性 或 力度 为 决定」"],
    ),
    "correlation": (
        "当 交办\n  同一 对象\n  应当 办结，自 交办 起 3日 内",
        ["「同一 对象」删去"],
    ),
    "duties": ("当 交办\n  应当 办结，自 交办 起 3日 内", ["「应当」改为「可以」"]),
    "exceptions_dropped": (
        "政法委 不得 函告\n  但 已 有 审批 的，不适用",
        ["例外「但 已 有 审批 的，不适用」删去"],
    ),
    "exceptions_widened": (
        "政法委 不得 函告\n  但 已 有 审批 且 结论 为 同意 的，不适用",
        [
            "例外「但 已 有 审批 且 结论 为 同意 的，不适用」中，「有 审批（结论 为 同意）」删去",
            "例外「但 已 有 审批 且 结论 为 同意 的，不适用」中，「结论 为 同意」删去",
        ],
    ),
    "groups": (
        "交办 之前 应当 有 审批、登记",
        ["「审批」删去", "「登记」删去"],
    ),
    "leads": (
        "交办 之前 应当 有 审批",
        ["「在触发事件之前」改为「在触发事件的前一日或更早」", "「在触发事件之前」改为「在触发事件当日或之前」"],
    ),
    "one_to_one": ("交办 之前 应当 有 审批", ["加上「逐一」"]),
    "periods": ("当 交办\n  应当 办结，自 交办 起 30日 内", ["「30日」改为「31日」", "「30日」改为「29日」"]),
    "rolling": ("当 交办\n  应当 办结，自 交办 起 30日 内", ["「末日遇休假日顺延」改为「末日不顺延」"]),
    "sets": (
        "政法委 不得 函告 且 事项 属于 {定性、程序}",
        ["「定性」删去", "「程序」删去", "事项 的范围加上「保障」"],
    ),
    "starts": (
        "当 交办\n  应当 办结，自 其 收到日 起 3日 内",
        ["「自 触发事件的 收到日 所写之日 起」改为「自 触发之日 起」"],
    ),
    "units": ("当 交办\n  应当 办结，自 交办 起 5日 内", ["「5日」改为「5个工作日」"]),
    "validity": (
        "施行 2025-05-01\n  当 交办\n  应当 办结，自 交办 起 5日 内",
        ["「施行 2025-05-01」改为「施行 2025-05-02」", "「施行 2025-05-01」改为「施行 2025-04-30」"],
    ),
}


def of_kind(rules, position, operator):
    return [one.told for one in mutants_of(rules, position) if one.operator == operator]


@pytest.mark.parametrize("operator", sorted(MADE))
def test_the_changes_an_operator_makes(operator):
    text, told = MADE[operator]
    assert of_kind(compiled(f"规范 甲\n  依据 本规程\n  {text}\n"), 0, operator) == told


TWO = """
规范 甲
  依据 本规程
  当 交办
  应当 办结，自 交办 起 3日 内
规范 乙
  依据 本规程
  优先于 甲 「本规程」
  当 交办
  应当 办结，自 交办 起 5日 内
规范 丙
  依据 本规程
  当 期满 甲
  应当 催办，自 期满 起 3日 内
"""


def test_priority_is_dropped_and_turned():
    rules = compiled(TWO)
    assert of_kind(rules, 1, "priority") == ["「优先于 t/甲」删去", "「优先于 t/甲」改为「t/甲 优先于 t/乙」"]
    turned = [one for one in mutants_of(rules, 1) if one.operator == "priority"][1].applied(rules.norms)
    assert [[o.norm for o in norm.overrides] for norm in turned] == [["t/乙"], [], []]


def test_the_end_of_another_period_is_taken_otherwise():
    assert of_kind(compiled(TWO), 2, "expiries") == [
        "「「t/甲」的届满日（延长后）」改为「「t/甲」的届满日（未延长的）」"
    ]


def test_every_operator_is_tried_above():
    assert {name for name, _ in known_operators()} == set(MADE) | {"expiries", "priority"}


def test_the_head_of_a_pack_is_changed_once_for_all_its_norms():
    rules = compiled("规范 甲\n  依据 本规程\n  政法委 不得 函告\n规范 乙\n  依据 本规程\n  法院 不得 函告\n")
    assert [(one.told, sorted(one.change.norms)) for one in head_mutants(rules, "t")] == [
        ("「施行 2024-01-01」改为「施行 2024-01-02」", [0, 1]),
        ("「施行 2024-01-01」改为「施行 2023-12-31」", [0, 1]),
        ("适用条件中，「督办」删去", [0, 1]),
        ("适用条件中，「信访」删去", [0, 1]),
        ("适用条件中，案件的 类型 的范围加上「诉讼」", [0, 1]),
    ]
    assert not [one for one in mutants_of(rules, 0) if "适用条件" in one.told or "施行" in one.told]


NORM = "规范 办结\n  依据 本规程\n  当 交办\n  应当 法院 办结，自 交办 起 30日 内\n  违反 属 越权，情节 严重\n"


def event(n, day, act, actor="法院", **attributes):
    return Event(
        id=f"e{n}", position=n, act=act, date=dt.date.fromisoformat(day), actors=(actor,), attributes=attributes
    )


def fixture(name, as_of, events, **expected):
    case = Case(id=name, kind="督办", events=tuple(events))
    expect = (Expectation(norm="t/办结", values=expected),) if expected else ()
    return Fixture(case=case, as_of=dt.date.fromisoformat(as_of), expect=expect)


ON_TIME = fixture("T-办结-合规", "2026-06-01", [event(1, "2026-03-02", "交办"), event(2, "2026-04-01", "办结")],
                  verdict=Verdict.MET)  # fmt: skip
LATE = fixture("T-办结-违规", "2026-06-01", [event(1, "2026-03-02", "交办"), event(2, "2026-04-02", "办结")],
               verdict=Verdict.LATE, due=dt.date(2026, 4, 1))  # fmt: skip
WAYS = Ways(2000, False, Bound())


def tried(fixtures, position=0, ways=WAYS):
    return try_subject([Board(compiled(NORM), tuple(fixtures))], Subject("t", position), shipped_calendar(), ways)


def test_what_fixtures_notice_and_what_they_do_not():
    unit = tried([ON_TIME, LATE])
    assert [(one.told, one.noticed_by) for one in unit.tested] == [
        ("「法院」改为「政法委」", "T-办结-合规"),
        ("办结的主体「法院」删去", None),
        ("「越权」改为「程序违规」", None),
        ("「情节 严重」改为「情节 重大」", None),
        ("「应当」改为「可以」", "T-办结-合规"),
        ("加上「逐一」", None),
        ("「30日」改为「31日」", "T-办结-违规"),
        ("「30日」改为「29日」", "T-办结-合规"),
        ("「末日遇休假日顺延」改为「末日不顺延」", None),
        ("「30日」改为「30个工作日」", "T-办结-违规"),
    ]
    score = score_of(list(unit.tested))
    assert (score.total, score.noticed, score.equivalent, score.survivors) == (10, 5, 0, 5)
    assert score.percent == 50


LACKING = """\
# 察觉：办结的主体「法院」删去
# 察觉：「越权」改为「程序违规」
# 察觉：「情节 严重」改为「情节 重大」
case: T-办结-察觉-办结的主体法院删去
kind: 督办
covers: [交办, 办结, 归档]
events:
  - {date: 2026-03-02, act: 交办, actor: 法院}
  - {date: 2026-03-02, act: 办结, actor: 政法委}
  - {date: 2026-04-02, act: 办结, actor: 法院}
as_of: 2026-04-02
expect:
  - {norm: t/办结, anchor: e1, verdict: late, due: 2026-04-01, breached_on: 2026-04-02, fulfilled_by: e3, days: 1, \
category: 越权, severity: 严重, bearer: 法院}
---
# 察觉：加上「逐一」
case: T-办结-察觉-加上逐一
kind: 督办
covers: [交办, 办结, 归档]
events:
  - {date: 2026-03-02, act: 交办, actor: 法院}
  - {date: 2026-03-02, act: 交办, actor: 法院}
  - {date: 2026-04-01, act: 办结, actor: 法院}
as_of: 2026-04-02
expect:
  - {norm: t/办结, anchor: e1, verdict: met, due: 2026-04-01, fulfilled_by: e3}
  - {norm: t/办结, anchor: e2, verdict: met, due: 2026-04-01, fulfilled_by: e3}
---
# 察觉：「末日遇休假日顺延」改为「末日不顺延」
case: T-办结-察觉-末日遇休假日顺延改为末日不顺延
kind: 督办
covers: [交办, 办结, 归档]
events:
  - {date: 2026-03-05, act: 交办, actor: 法院}
  - {date: 2026-04-05, act: 办结, actor: 法院}
as_of: 2026-04-05
expect:
  - {norm: t/办结, anchor: e1, verdict: met, due: 2026-04-07, fulfilled_by: e2}
"""


def test_the_cases_that_are_lacking_are_small_and_notice_what_they_say():
    unit = tried([ON_TIME, LATE])
    assert file_text(named(unit.killings, "T", ())) == LACKING


def test_with_those_cases_nothing_survives():
    unit = tried([ON_TIME, LATE])
    program = prepare(compiled(NORM), shipped_calendar())
    more = [
        Fixture(
            case=one.case,
            as_of=one.as_of,
            expect=tuple(
                Expectation(norm=found.norm, values={key: getattr(found, key) for key in (*one.keys, "anchor")})
                for found in evaluate(program, one.case, one.as_of).findings
            ),
        )
        for one in named(unit.killings, "T", ())
    ]
    again = tried([ON_TIME, LATE, *more])
    assert [one.told for one in again.tested if one.is_survivor] == []


def test_survivors_are_told_with_a_case_or_left_open():
    unit = tried([ON_TIME, LATE])
    assert all(isinstance(one.answer, Witness | Undecided) for one in unit.tested if one.noticed_by is None)
    bare = tried([ON_TIME, LATE], ways=WAYS._replace(explain=False))
    assert {one.answer for one in bare.tested} == {None}
    assert bare.killings == ()


def test_only_fixtures_that_can_reach_a_norm_are_run():
    rules = compiled(
        NORM
        + "规范 催办\n  依据 本规程\n  当 违反 办结\n  应当 政法委 催办，自 违反 起 5日 内\n"
        + "规范 视\n  依据 本规程\n  当 登记\n  自 登记 起 5日 内 没有 审批 的，视为 退回\n"
        + "规范 退\n  依据 本规程\n  当 退回\n  应当 催办，自 退回 起 5日 内\n"
    )
    assert opening_acts(rules, ["t/办结"]) == {"交办"}
    assert opening_acts(rules, ["t/催办"]) == {"交办"}
    assert opening_acts(rules, ["t/退"]) == {"退回", "登记"}


def test_an_act_that_two_norms_take_to_have_happened_is_reached_from_both():
    rules = compiled(
        "规范 视一\n  依据 本规程\n  当 登记\n  自 登记 起 5日 内 没有 审批 的，视为 退回\n"
        "规范 视二\n  依据 本规程\n  当 函告\n  自 函告 起 5日 内 没有 审批 的，视为 退回\n"
        "规范 退\n  依据 本规程\n  当 退回\n  应当 催办，自 退回 起 5日 内\n"
    )
    assert opening_acts(rules, ["t/退"]) == {"退回", "登记", "函告"}


def test_results_are_the_same_however_many_processes_there_are():
    board = Board(compiled(NORM), (ON_TIME, LATE))
    tasks = tuple(tasks_of([board], [Subject("t", None)])) + tuple(tasks_of([board], [Subject("t", 0)]))
    one, two = (list(run_tasks(tasks, shipped_calendar(), WAYS, jobs)) for jobs in (1, 2))
    assert one == two
