"""A norm's points, and which of them a fixture tries."""

from pathlib import Path

import pytest

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.cases.fixtures import read_fixtures
from checker.drafting.coverage.points import Kind
from checker.drafting.coverage.results import Share, collected, shortfalls, summed
from checker.drafting.coverage.watching import Watcher
from checker.engines.listening import Lens, listening
from checker.engines.run import evaluate, prepare, trace
from checker.fixture_runs import run_fixtures
from checker.model.case import Fixture

HEAD = """规程 《甲》
  标识 jia
  效力 示范
  施行 2024-01-01
  案结 以 归档 为准

词汇
  机关 政法委、法院、检察院
  行为 交办：承办单位 机关，来源 {领导批示、上访、其他}，金额 数，文书 {期限、要求}
  行为 审批：结论 {同意、不同意}
  行为 办结、转办、归档、延期、中止、恢复、撤回

规范 试
  依据 测试
"""
COVERS = "covers: [交办, 审批, 办结, 转办, 归档, 延期, 中止, 恢复, 撤回]"


def measured(tmp_path, norm, *fixtures):
    """Coverage of a norm by fixtures, given as ``events | as_of | verdict``; each must pass."""
    (tmp_path / "jia.norm").write_text(HEAD + norm, encoding="utf-8")
    rules, _ = api.compile_rules((str(tmp_path / "jia.norm"),))
    watcher = Watcher(rules, shipped_calendar())
    documents = [document(n, *map(str.strip, one.split("|"))) for n, one in enumerate(fixtures)]
    if documents:
        (tmp_path / "all.yaml").write_text("\n---\n".join(documents), encoding="utf-8")
        run = run_fixtures(rules, (str(tmp_path / "all.yaml"),), watcher=watcher)
        assert [outcome.passed for outcome in run.outcomes] == [True] * len(fixtures)
    (found,) = collected([watcher])
    return found


def document(n, events, as_of, verdicts=""):
    expect = ", ".join(f"{{norm: jia/试, verdict: {verdict}}}" for verdict in verdicts.split())
    lines = "".join(f"\n  - {{{event}}}" for event in events.split("；") if event)
    return f"case: c{n}\n{COVERS}\nevents:{lines or ' []'}\nas_of: {as_of}\nexpect: [{expect}]\n"


def missing(found):
    return [point.missing for point in found.missing]


def keys(found):
    return [f"{point.kind.key}/{point.key}" for point in found.points]


PERIOD = "  当 交办\n  应当 办结，自 交办 起 10日 内\n"
OPENED = "date: 2026-06-01, act: 交办"


def test_a_period_asks_for_every_verdict_and_both_sides_of_the_last_day(tmp_path):
    # 2026-06-01 + 10 days = 06-11, a Thursday.
    assert missing(measured(tmp_path, PERIOD)) == [
        "没有用例触发本条",
        "没有用例期望结论「合规」",
        "没有用例期望结论「逾期履行」",
        "没有用例期望结论「逾期未履行」",
        "没有用例期望结论「待履行」",
        "没有用例期望结论「资料不足」",
        "没有用例在期满当日履行",
        "没有用例在期满次日履行",
        "没有用例截至期满当日尚未履行",
        "没有用例截至期满次日仍未履行",
    ]
    found = measured(
        tmp_path,
        PERIOD,
        f"{OPENED}；date: 2026-06-11, act: 办结 | 2026-07-01 | met",
        f"{OPENED}；date: 2026-06-12, act: 办结 | 2026-07-01 | late",
        f"{OPENED} | 2026-06-11 | pending",
        f"{OPENED} | 2026-06-12 | overdue",
        f"{OPENED}；act: 办结 | 2026-07-01 | undetermined",
    )
    assert missing(found) == []
    assert found.counts() == (10, 10)


@pytest.mark.parametrize(
    ("fixture", "tried"),
    [
        (f"{OPENED}；date: 2026-06-10, act: 办结 | 2026-07-01 | met", ["anchor/anchor", "verdicts/met"]),
        (f"{OPENED}；date: 2026-06-13, act: 办结 | 2026-07-01 | late", ["anchor/anchor", "verdicts/late"]),
        (f"{OPENED} | 2026-06-10 | pending", ["anchor/anchor", "verdicts/pending"]),
        (f"{OPENED} | 2026-06-13 | overdue", ["anchor/anchor", "verdicts/overdue"]),
        ("date: 2026-06-01, act: 办结 | 2026-07-01 |", []),
        # A verdict that is reached, but that the fixture does not expect by name, is not tried.
        (f"{OPENED}；date: 2026-06-11, act: 办结 | 2026-07-01 |", ["anchor/anchor", "edges/act-on"]),
    ],
)
def test_a_day_further_off_is_no_edge(tmp_path, fixture, tried):
    found = measured(tmp_path, PERIOD, fixture)
    left = {f"{point.kind.key}/{point.key}" for point in found.missing}
    assert [key for key in keys(found) if key not in left] == tried


def test_conditions_sets_and_thresholds(tmp_path):
    norm = "  政法委 交办 限于 来源 属于 {领导批示、上访} 且 金额 不超过 100\n"
    assert missing(measured(tmp_path, norm))[1:] == [
        "触发的条件「由 政法委 为之」没有成立的用例",
        "触发的条件「由 政法委 为之」没有不成立的用例",
        "要求的条件「来源 属于 {领导批示、上访}」没有成立的用例",
        "要求的条件「来源 属于 {领导批示、上访}」没有不成立的用例",
        "要求的条件「金额 不大于 100」没有成立的用例",
        "要求的条件「金额 不大于 100」没有不成立的用例",
        "没有用例期望结论「合规」",
        "没有用例期望结论「违反」",
        "没有用例期望结论「资料不足」",
        "要求的条件「金额 不大于 100」没有两边恰好相等的用例",
        "要求的条件「来源 属于 {领导批示、上访}」没有取「领导批示」的用例",
        "要求的条件「来源 属于 {领导批示、上访}」没有取「上访」的用例",
        "要求的条件「来源 属于 {领导批示、上访}」没有取集合之外的「其他」的用例",
    ]
    by = "date: 2026-06-01, act: 交办, actor: 政法委"
    found = measured(
        tmp_path,
        norm,
        f"{by}, 来源: 领导批示, 金额: 100 | 2026-07-01 | met",
        f"{by}, 来源: 上访, 金额: 101 | 2026-07-01 | breached",
        f"{by}, 金额: 5 | 2026-07-01 | undetermined",
        f"{by}, 来源: 其他 | 2026-07-01 | breached",
        "date: 2026-06-01, act: 交办, actor: 法院, 来源: 其他 | 2026-07-01 |",
    )
    assert missing(found) == []


def test_exceptions_hold_and_do_not_and_their_caps_are_used_up_and_passed(tmp_path):
    norm = (
        PERIOD + "  但 有 审批 且 结论 为 同意 的，不适用\n"
        "  但 期满前 有 延期 的，延长 5日，以 一次 为限\n"
        "  但 中止 至 恢复 的期间，不计入，以 4日 为限\n"
    )
    assert [line for line in missing(measured(tmp_path, norm)) if "例外" in line] == [
        "例外「但 有 审批 且 结论 为 同意 的，不适用」的条件「有 审批（结论 为 同意）」没有成立的用例",
        "例外「但 有 审批 且 结论 为 同意 的，不适用」的条件「有 审批（结论 为 同意）」没有不成立的用例",
        "例外「但 有 审批 且 结论 为 同意 的，不适用」中「审批」的条件「结论 为 同意」没有成立的用例",
        "例外「但 有 审批 且 结论 为 同意 的，不适用」中「审批」的条件「结论 为 同意」没有不成立的用例",
        "例外「但 有 审批 且 结论 为 同意 的，不适用」没有成立的用例",
        "例外「但 有 审批 且 结论 为 同意 的，不适用」没有不成立的用例",
        "例外「但 期满前 有 延期 的，延长 5日，以 一次 为限」没有成立的用例",
        "例外「但 期满前 有 延期 的，延长 5日，以 一次 为限」没有不成立的用例",
        "例外「但 中止 至 恢复 的期间，不计入，以 4日 为限」没有成立的用例",
        "例外「但 中止 至 恢复 的期间，不计入，以 4日 为限」没有不成立的用例",
        "没有用例期望结论「例外」",
        "例外「但 期满前 有 延期 的，延长 5日，以 一次 为限」没有用例恰好用满所限次数",
        "例外「但 期满前 有 延期 的，延长 5日，以 一次 为限」没有用例超过所限次数",
        "例外「但 中止 至 恢复 的期间，不计入，以 4日 为限」没有用例恰好用满所限天数",
        "例外「但 中止 至 恢复 的期间，不计入，以 4日 为限」没有用例超过所限天数",
    ]
    later = "date: 2026-06-05, act"
    found = measured(
        tmp_path,
        norm,
        f"{OPENED}；{later}: 审批, 结论: 同意 | 2026-07-01 | exempt",
        f"{OPENED}；{later}: 审批, 结论: 不同意；{later}: 延期；{later}: 延期 | 2026-07-01 | overdue",
        f"{OPENED}；{later}: 中止；date: 2026-06-09, act: 恢复 | 2026-07-01 | overdue",
        f"{OPENED}；{later}: 中止；date: 2026-06-10, act: 恢复 | 2026-07-01 | overdue",
    )
    assert [line for line in missing(found) if "例外" in line] == []


@pytest.mark.parametrize(
    ("events", "hit", "over"),
    [
        ("date: 2026-06-05, act: 中止；date: 2026-06-08, act: 恢复", False, False),
        ("date: 2026-06-05, act: 中止；date: 2026-06-09, act: 恢复", True, False),
        ("date: 2026-06-05, act: 中止；date: 2026-06-10, act: 恢复", True, True),
        ("date: 2026-06-05, act: 中止", True, True),
    ],
)
def test_the_cap_of_an_exclusion(tmp_path, events, hit, over):
    norm = PERIOD + "  但 中止 至 恢复 的期间，不计入，以 4日 为限\n"
    found = measured(tmp_path, norm, f"{OPENED}；{events} | 2026-07-01 | overdue")
    left = [point.key for point in found.missing if point.kind is Kind.CAPS]
    assert left == [key for key, tried in (("exception-1-cap-hit", hit), ("exception-1-cap-over", over)) if not tried]


def test_alternatives_of_a_group_and_parts_of_a_document(tmp_path):
    norm = "  当 交办\n  应当 办结 或 转办，自 交办 起 10日 内\n"
    found = measured(tmp_path, norm, f"{OPENED}；date: 2026-06-11, act: 办结 | 2026-07-01 | met")
    assert [p.missing for p in found.missing if p.kind is Kind.ALTERNATIVES] == ["没有用例以「转办」满足要求"]
    document = f"{OPENED}, document: [期限] | 2026-07-01 | breached"
    found = measured(tmp_path, "  交办 应当 载明 期限、要求\n", document)
    assert [p.missing for p in found.missing if p.kind is Kind.CONDITIONS] == [
        "没有用例的文书缺少「期限」",
        "没有用例的文书载明「要求」",
    ]


def test_a_lead_has_a_last_day_too(tmp_path):
    norm = "  交办 之前 应当 有 审批，提前 3日\n"
    before = "{} | 2026-07-01 | {}"
    met = before.format("date: 2026-06-07, act: 审批；date: 2026-06-10, act: 交办", "met")
    short = before.format("date: 2026-06-08, act: 审批；date: 2026-06-10, act: 交办", "breached")
    assert [p.key for p in measured(tmp_path, norm, met).missing if p.kind is Kind.EDGES] == ["lead-after"]
    assert [p.key for p in measured(tmp_path, norm, short).missing if p.kind is Kind.EDGES] == ["lead-on"]


def edges_left(found):
    return [point.key for point in found.missing if point.kind is Kind.EDGES]


def test_a_period_that_deems(tmp_path):
    norm = "  自 交办 起 10日 内 没有 办结、转办 的，视为 撤回\n"
    tried = {
        f"{OPENED}；date: 2026-06-11, act: 转办 | 2026-07-01 | met": "act-on",
        f"{OPENED}；date: 2026-06-12, act: 办结 | 2026-07-01 | met": "act-after",
        f"{OPENED} | 2026-06-11 | pending": "as-of-on",
        f"{OPENED} | 2026-06-12 | met": "as-of-after",
    }
    for fixture, key in tried.items():
        assert edges_left(measured(tmp_path, norm, fixture)) == [one for one in tried.values() if one != key]
    assert [p.missing for p in measured(tmp_path, norm).missing if p.kind is Kind.ALTERNATIVES] == [
        "没有用例以「办结」满足要求",
        "没有用例以「转办」满足要求",
    ]


def test_a_period_of_the_year_has_a_first_day(tmp_path):
    norm = "  适用于 类型 为 台账\n  每 季度\n  应当 法院 办结\n"
    quarter = "kind: 台账\nextent: [2026-04-01, 2026-06-30]"
    ends = {
        "date: 2026-04-01, act: 办结, actor: 法院": {"first-on"},
        "date: 2026-03-31, act: 办结, actor: 法院": {"first-before", "as-of-after"},
        "date: 2026-06-30, act: 办结, actor: 法院": {"act-on"},
    }
    (tmp_path / "jia.norm").write_text(HEAD.replace("词汇", "词汇\n  类型 台账") + norm, encoding="utf-8")
    rules, _ = api.compile_rules((str(tmp_path / "jia.norm"),))
    for event, tried in ends.items():
        watcher = Watcher(rules, shipped_calendar())
        verdict = "overdue" if "as-of-after" in tried else "met"
        text = document(0, event, "2026-07-01", verdict).replace(COVERS, quarter)
        (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
        assert run_fixtures(rules, (str(tmp_path / "a.yaml"),), watcher=watcher).outcomes[0].passed
        (found,) = collected([watcher])
        every = ["act-on", "act-after", "as-of-on", "as-of-after", "first-on", "first-before"]
        assert edges_left(found) == [key for key in every if key not in tried]


def test_a_scope_that_a_pack_shares_is_tried_once_for_all(tmp_path):
    head = HEAD.replace("词汇", "词汇\n  类型 督办、信访", 1).replace("规范 试", "规范 甲")
    scope = "  适用于 类型 为 督办\n  政法委 不得 "
    norms = f"{scope}撤回\n\n规范 乙\n  依据 测试\n{scope}转办\n"
    (tmp_path / "jia.norm").write_text(head + norms, encoding="utf-8")
    rules, _ = api.compile_rules((str(tmp_path / "jia.norm"),))
    watcher = Watcher(rules, shipped_calendar())
    text = document(0, "date: 2026-06-01, act: 撤回, actor: 政法委", "2026-07-01").replace(COVERS, "kind: 信访")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    run_fixtures(rules, (str(tmp_path / "a.yaml"),), watcher=watcher)
    left = [[p.key for p in one.missing if p.key.startswith("applies")] for one in collected([watcher])]
    assert left == [["applies-0+"], ["applies-0+"]]


def test_a_verdict_that_no_record_can_reach_is_not_asked_for(tmp_path):
    found = measured(tmp_path, "  政法委 不得 撤回\n")
    assert [point.key for point in found.points if point.kind is Kind.VERDICTS] == ["breached", "undetermined"]


@pytest.mark.parametrize(
    ("norm", "settled"),
    [
        ("  政法委 不得 撤回\n  但 主体 属于 {政法委、法院} 的，不适用\n", False),
        ("  当 政法委 交办 且 来源 为 上访\n  限于 来源 属于 {上访、其他}\n", True),
        ("  当 政法委 交办 且 来源 属于 {上访、其他}\n  限于 来源 为 上访\n", False),
        ("  当 政法委 交办 且 （来源 为 上访 或 金额 为 1）\n  限于 来源 为 上访\n", False),
        ("  当 政法委 交办\n  由 政法委、法院\n", True),
        ("  当 政法委 交办\n  由 法院\n", False),
        ("  当 交办 且 有 审批\n  应当 办结，自 交办 起 10日 内\n  但 有 审批 的，不适用\n", False),
    ],
)
def test_what_the_trigger_settles_is_not_asked_for(tmp_path, norm, settled):
    found = measured(tmp_path, norm)
    head = ("requirement-", "exception-")
    asked = [point.key for point in found.points if point.kind is Kind.CONDITIONS and point.key.startswith(head)]
    assert [key for key in asked if key.endswith("+")] != []
    assert (not any(key.endswith("-") for key in asked)) == settled


def test_a_failing_fixture_tries_nothing(tmp_path):
    (tmp_path / "jia.norm").write_text(HEAD + PERIOD, encoding="utf-8")
    rules, _ = api.compile_rules((str(tmp_path / "jia.norm"),))
    watcher = Watcher(rules, shipped_calendar())
    (tmp_path / "a.yaml").write_text(document(0, OPENED, "2026-06-12", "met"), encoding="utf-8")
    run_fixtures(rules, (str(tmp_path / "a.yaml"),), watcher=watcher)
    (found,) = collected([watcher])
    assert found.counts() == (0, 10)


def test_sums_and_thresholds(tmp_path):
    found = measured(tmp_path, PERIOD, f"{OPENED}；date: 2026-06-11, act: 办结 | 2026-07-01 | met")
    assert summed([found]) == {
        Kind.ANCHOR: (1, 1), Kind.VERDICTS: (1, 5), Kind.EDGES: (1, 4), None: (3, 10)
    }  # fmt: skip
    asked = [Share(30), Share(31), Share(25, Kind.EDGES), Share(26, Kind.EDGES), Share(100, Kind.CAPS)]
    assert [one.share for one in shortfalls([found], asked)] == [Share(31), Share(26, Kind.EDGES)]


ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def duban():
    rules, _ = api.compile_rules(("duban",))
    items = list(read_fixtures(str(ROOT / "fixtures" / "duban"), rules.vocabulary))
    return rules, [item for item in items if isinstance(item, Fixture)]


def test_listening_changes_no_finding(duban):
    rules, fixtures = duban
    calendar = shipped_calendar()
    heard = []
    loud = listening(Lens(rules, calendar).program, lambda *told: heard.append(told))
    quiet = prepare(rules, calendar)
    for fixture in fixtures:
        assert trace(loud, fixture.case, fixture.as_of).evaluation == evaluate(quiet, fixture.case, fixture.as_of)
    assert heard


def test_every_point_of_the_shipped_packs_has_a_key_of_its_own():
    rules, _ = api.compile_rules(api.shipped_packs())
    found = collected([Watcher(rules, shipped_calendar())])
    assert len(found) == len(rules.norms)
    for one in found:
        assert len({(point.kind, point.key) for point in one.points}) == len(one.points) > 0, one.norm.id
    assert {point.kind for one in found for point in one.points} == set(Kind)
