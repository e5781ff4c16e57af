"""What a change is called, and how it is told in words."""

import pytest

from checker.drafting.canonical import meaning, written
from checker.drafting.comparing.comparison import compare
from checker.drafting.comparing.wording import details_of
from checker.model.changes import ChangeKind
from drafting.diff.making import OLD, edited, rules_of

DUTY = "  应当 承办单位 办结，自 交办 起 办结期限 内"
FORBIDDEN = "事项 属于 {定性、证据采信} 且 力度 为 决定"
NAMES = ("旧", "新")


def changes(old, new):
    return {change.id: change for change in compare(old, new, NAMES).changes}


TABLE = [
    (
        "a period",
        [("= 90日 「样例第二条：九十日内办结」", "= 60日 「样例第二条：九十日内办结」")],
        "按期办结",
        "办结期限：90日 → 60日",
    ),
    (
        "the start",
        [("自 交办 起 办结期限", "自 归档 起 办结期限")],
        "按期办结",
        "起算：触发之日 → 触发当时或其后的第一次 归档",
    ),
    ("an exception gone", [("  但 已 有 办结 的，不适用\n", "")], "逾期催办", "例外：不适用：有 办结 → "),
    ("an exception come", [(DUTY, f"{DUTY}\n  但 有 归档 的，不适用")], "按期办结", "例外： → 不适用：有 归档"),
    ("times", [("以 一次 为限", "以 两次 为限")], "按期办结", "例外·延长·次数：1 → 2"),
    ("working days", [("5个工作日", "5日")], "逾期催办", "期限：5个工作日 → 5日"),
    ("the actor", [("应当 政法委 催办", "应当 法院 催办")], "逾期催办", "应有的行为「催办」·主体：政法委 → 法院"),
    (
        "a set",
        [("{领导批示、涉法上访、久拖不决}", "{领导批示、涉法上访}")],
        "督办范围",
        "应符合的条件·来源：久拖不决 → ",
    ),
    (
        "the class",
        [("违反 属 越权，情节 重大", "违反 属 程序违规，情节 严重")],
        "不得代替定性",
        "违反·归类：越权 → 程序违规",
    ),
    (
        "how far before",
        [("应当 有 登记", "应当 有 登记，前一日或更早")],
        "先登后批",
        "先后：在触发事件之前 → 在触发事件的前一日或更早",
    ),
    ("parts", [("载明 办理经过、处理意见", "载明 办理经过")], "报告要件", "应载明：处理意见 → "),
    ("counting", [("次日起算", "当日起算")], "按月通报", "期间·次日起算：是 → 否"),
    (
        "validity",
        [("施行 2024-01-01", "施行 2025-01-01")],
        "先批后交",
        "施行：自 2024-01-01 起施行 → 自 2025-01-01 起施行",
    ),
    ("one to one", [("应当 有 审批", "应当 逐一 有 审批")], "先批后交", "逐一：否 → 是"),
    (
        "a case",
        [("  案结 以 归档 为准", "  案结 以 归档 为准\n  适用于 类型 为 督办"), ("词汇\n", "词汇\n  类型 督办\n")],
        "先登后批",
        "适用于： → 案件的 类型 为 督办",
    ),
]


@pytest.mark.parametrize(("edits", "norm", "told"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_a_change_of_meaning_is_told_in_words(edits, norm, told):
    change = changes(rules_of(OLD), rules_of(edited(*edits)))[f"xiao/{norm}"]
    assert change.kind is ChangeKind.MEANING
    assert told in [f"{one.aspect}：{one.old} → {one.new}" for one in change.details]


SILENT = [
    ("comments", [("规范 先批后交", "# 说明\n规范 先批后交")], None),
    ("the order of 且", [(FORBIDDEN, "力度 为 决定 且 事项 属于 {证据采信、定性}")], ChangeKind.TEXT),
    ("brackets", [(FORBIDDEN, f"（{FORBIDDEN}）")], ChangeKind.TEXT),
    ("numerals", [("以 一次 为限", "以 1次 为限")], ChangeKind.TEXT),
    ("a source", [("样例第四条", "样例第四条第一款")], ChangeKind.METADATA),
    ("a relation", [("依据 样例第四条\n", "依据 样例第四条\n  关系 监督与支持独立行使职权\n")], ChangeKind.METADATA),
    ("a rank", [("依据 样例第四条\n", "依据 样例第四条\n  效力 规章\n")], ChangeKind.METADATA),
    ("a parameter of the same value", [("自 交办 起 办结期限 内", "自 交办 起 90日 内")], ChangeKind.METADATA),
]


@pytest.mark.parametrize(("edits", "kind"), [row[1:] for row in SILENT], ids=[row[0] for row in SILENT])
def test_what_changes_no_finding_needs_no_account(edits, kind):
    found = changes(rules_of(OLD), rules_of(edited(*edits)))
    assert [change.kind for change in found.values()] == ([] if kind is None else [kind])
    assert not any(change.matters for change in found.values())


def test_acts_that_are_all_due_are_told_one_by_one():
    both = edited(("应当 法院 说明，自", "应当 法院 说明、法院 通报，自"))
    new = edited(("法院 说明、法院 通报", "检察院 说明、政法委 通报"), text=both)
    details = changes(rules_of(both), rules_of(new))["xiao/说明原因"].details
    assert [(one.aspect, one.old, one.new) for one in details] == [
        ("应有的行为「说明」·主体", "法院", "检察院"),
        ("应有的行为「通报」·主体", "法院", "政法委"),
    ]


def test_norms_that_rest_on_a_changed_one_are_named_with_the_cause():
    found = changes(rules_of(OLD), rules_of(edited(("= 90日", "= 60日"))))
    assert found["xiao/逾期催办"].kind is ChangeKind.AFFECTED
    assert found["xiao/逾期催办"].causes == ("「xiao/按期办结」含义改变",)
    assert "xiao/说明原因" not in found


def test_a_new_norm_of_priority_affects_the_one_it_defeats():
    prior = "\n规范 紧急督办\n  依据 样例\n  政法委 交办 限于 来源 为 领导批示\n  优先于 督办范围 「样例」\n"
    found = changes(rules_of(OLD), rules_of(edited(("\n规范 先批后交", f"{prior}\n规范 先批后交"))))
    assert found["xiao/紧急督办"].kind is ChangeKind.ADDED
    assert found["xiao/督办范围"].causes == ("「xiao/紧急督办」新增",)


def test_a_new_title_is_a_rename_and_what_refers_to_it_is_the_same():
    found = changes(rules_of(OLD), rules_of(OLD.replace("按期办结", "限期办结")))
    assert found["xiao/限期办结"].kind is ChangeKind.RENAMED
    assert found["xiao/限期办结"].was == "xiao/按期办结"
    assert {change.kind for name, change in found.items() if name != "xiao/限期办结"} <= {ChangeKind.TEXT}


def test_a_renamed_question_says_that_its_answers_are_lost():
    review = "\n规范 {}\n  依据 样例\n  当 结果报告\n  人工认定 「是否说明法律依据」\n\n指标"
    old, new = (rules_of(edited(("\n指标", review.format(title)))) for title in ("认定甲", "认定乙"))
    assert "记录里按旧名写的认定，在新名下不算，要重写" in [one.new for one in changes(old, new)["xiao/认定乙"].details]


def test_the_closing_of_the_pack_changes_open_duties_only():
    old = edited(("自 登记 起 1个月 内", ""), ("应当 政法委 通报，", "应当 政法委 通报"))
    found = changes(rules_of(old), rules_of(edited(("案结 以 归档", "案结 以 办结"), text=old)))
    assert [(name, change.kind) for name, change in found.items()] == [("xiao/按月通报", ChangeKind.MEANING)]
    assert found["xiao/按月通报"].details[0].aspect == "案结"


def test_another_version_of_a_norm_is_a_change_of_meaning():
    version = "\n规范 先登后批\n  依据 样例\n  施行 2026-01-01\n  审批 之前 应当 有 登记，前一日或更早\n"
    new = edited(("审批 之前 应当 有 登记\n", f"审批 之前 应当 有 登记\n  废止 2026-01-01\n{version}"))
    change = changes(rules_of(OLD), rules_of(new))["xiao/先登后批"]
    assert change.kind is ChangeKind.MEANING
    assert "2026-01-01（自 2026-01-01 起施行）" in [one.new for one in change.details if one.aspect == "版本"]


def test_who_is_one_of_whom_affects_what_names_them():
    old = edited(("机关 政法委、法院、检察院", "机关 政法委、法院、检察院、司法机关"))
    new = edited(("司法机关\n", "司法机关\n  法院 是 司法机关\n"), text=old)
    found = changes(rules_of(old), rules_of(new))
    assert found["xiao/说明原因"].kind is ChangeKind.AFFECTED
    assert found["xiao/说明原因"].causes == ("词汇里机关的从属有改动",)
    assert "xiao/督办范围" not in found


def test_what_is_around_the_norms_is_told():
    new = edited(
        ("= 90日", "= 60日"),
        ("事项 {定性、证据采信、程序进度}", "事项 {定性、证据采信}"),
        ("案结 以 归档", "案结 以 办结"),
    )
    places = compare(rules_of(OLD), rules_of(new), NAMES).places
    told = [(one.place, d.aspect, d.old, d.new) for one in places for d in one.details]
    assert ("xiao", "参数「办结期限」", "90日", "60日") in told
    assert ("xiao", "案结", "归档", "办结") in told
    assert ("词汇", "行为「函告」的「事项」", "{定性、证据采信、程序进度}", "{定性、证据采信}") in told


def test_counts_of_norms_add_up():
    found = compare(rules_of(OLD), rules_of(OLD.replace("按期办结", "限期办结")), NAMES)
    old, _, same = found.norms
    kinds = (ChangeKind.MEANING, ChangeKind.AFFECTED, ChangeKind.REMOVED, ChangeKind.RENAMED, ChangeKind.METADATA)
    assert old == same + sum(found.of(kind) for kind in (*kinds, ChangeKind.TEXT))


def test_any_two_norms_that_differ_are_told_apart_in_words(rules):
    beside = zip(rules.norms, rules.norms[7:], strict=False)
    pairs = [(one, other) for one, other in beside if written(meaning(one)) != written(meaning(other))]
    assert len(pairs) > 800
    told = [details_of(one, other) for one, other in pairs]
    assert all(told)
    assert all(detail.aspect and (detail.old or detail.new) for details in told for detail in details)
