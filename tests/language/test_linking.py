"""Several norms together: versions, priority, strata, contradictions, permissions, packs, sites."""

import datetime as dt
from decimal import Decimal

import pytest

from checker.language import Setting, Site, Source, compile_packs, load_packs, read_site, shipped_folder
from checker.model.diagnostic import Level, RulesError
from checker.model.requirements import Deem
from checker.model.source import Source as Basis
from checker.model.values import Part, Period, Unit
from language.surface import PREAMBLE


def norm(title, *lines):
    return "\n".join([f"\n规范 {title}", "  依据 测试", *("  " + line for line in lines), ""])


def compile_text(*norms, site=None, head=PREAMBLE):
    return compile_packs([Source("t/t.norm", (head + "".join(norms)).encode())], site)


def codes(*norms):
    return [(p.code, p.level) for p in compile_text(*norms)[1]]


DUTY = ("当 交办", "应当 办结，自 交办 起 3日 内")


SOFT = """规程 《期间》
  标识 期间
  效力 示范
  参数 参数 = 3日 「依据：期限」
词汇
  机关 法院
  行为 期间：机关 机关，期限 期间，行为 文本，依据 数
  行为 规范
规范 期限
  依据 规范
  当 期间 且 期限 大于 3日 且 机关 为 法院 且 有 行为 且 依据 小于 5
  应当 机关 期间，自 期间 起 期限 内
规范 行为
  依据 期间
  当 违反 期限
  应当 法院 规范，自 违反 起 参数 内
"""


def test_soft_words_are_names_too():
    rules, problems = compile_packs([Source("x.norm", SOFT.encode())])
    assert not problems
    assert [n.id for n in rules.norms] == ["期间/期限", "期间/行为"]
    assert rules.norms[0].requirement.groups[0][0].actor.attribute == "机关"
    assert rules.norms[0].requirement.window.period.attribute.name == "期限"
    assert rules.norms[1].anchor.norm == "期间/期限"


def test_the_vocabulary_says_which_acts_make_a_period_stand_still():
    span = (*DUTY, "但 中止 至 恢复 的期间，不计入")
    rules, problems = compile_text(norm("甲", *DUTY), norm("乙", *span))
    assert rules is not None, problems
    assert rules.vocabulary.suspending == {"中止"}
    assert compile_text(norm("甲", *DUTY))[0].vocabulary.suspending == frozenset()


# ----------------------------------------------------------------------------------------------------------- versions


def test_versions_are_one_family_in_order_of_their_days():
    rules, problems = compile_text(
        norm("甲", "施行 2025-01-01", *DUTY),
        norm("乙", *DUTY),
        norm("甲", "施行 2024-03-01", "废止 2025-01-01", *DUTY),
    )
    assert not problems
    shown = [(n.title, n.version, n.valid.first, n.valid.last) for n in rules.norms if n.title in "甲乙"]
    assert shown == [
        ("甲", "2024-03-01", dt.date(2024, 3, 1), dt.date(2024, 12, 31)),
        ("甲", "2025-01-01", dt.date(2025, 1, 1), None),
        ("乙", "2024-01-01", dt.date(2024, 1, 1), None),
    ]


def test_version_without_any_day_is_1():
    rules, _ = compile_text(head=PREAMBLE.replace("  施行 2024-01-01\n", ""))
    assert {n.version for n in rules.norms} == {"1"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("施行 2024-01-01", "废止 2024-07-01"), ("施行 2024-07-01",), []),
        (("施行 2024-01-01", "废止 2024-07-02"), ("施行 2024-07-01",), [("overlap", Level.ERROR)]),
        (("施行 2024-01-01",), ("施行 2024-07-01",), [("overlap", Level.ERROR)]),
        ((), (), [("overlap", Level.ERROR)]),
        (("施行 2024-01-01", "废止 2024-06-30"), ("施行 2024-07-01",), [("gap", Level.WARNING)]),
    ],
)
def test_overlap_and_gap(first, second, expected):
    assert codes(norm("甲", *first, *DUTY), norm("甲", *second, *DUTY)) == expected


def test_versions_with_other_anchors_need_a_pivot():
    old, new = (
        ("施行 2024-01-01", "废止 2025-01-01", *DUTY),
        ("施行 2025-01-01", "当 立案", "应当 办结，自 立案 起 3日 内"),
    )
    assert codes(norm("甲", *old), norm("甲", *new)) == [("no-pivot", Level.ERROR)] * 2
    pivot = "适用 以 立案 之日为准"
    assert codes(norm("甲", pivot, *old), norm("甲", pivot, *new)) == []


def test_text_is_the_source_without_comments():
    rules, _ = compile_text(norm("甲", "当 交办  # 何时", "# 一行", "人工认定 「#可否」"))
    (found,) = [n for n in rules.norms if n.title == "甲"]
    assert found.text == "规范 甲\n  依据 测试\n  当 交办\n  人工认定 「#可否」"
    lines = (PREAMBLE + "\n规范 甲").split("\n")
    assert (found.span.line, found.span.column) == (len(lines), 1)


# ------------------------------------------------------------------------------------------------------------- strata


def strata_of(rules):
    return [sorted(rules.norms[i].title for i in level if rules.norms[i].pack == "t") for level in rules.strata]


def test_strata_follow_breach_expiry_count_priority_and_deeming():
    rules, problems = compile_text(
        norm("催办", "当 违反 按期办结", "应当 政法委 通知，自 违反 起 3日 内"),
        norm("次数", "违反 催办 不超过 2次"),
        norm("视同受理", "自 立案 起 7日 内 没有 受理 的，视为 受理"),
        norm("受理后通知", "当 受理", "应当 通知，自 受理 起 3日 内"),
        norm("优先", "优先于 受理后通知 「测试」", "当 受理", "应当 通知，自 受理 起 5日 内"),
    )
    assert not problems
    assert strata_of(rules) == [
        ["不得代定", "按期办结", "视同受理"],
        ["优先", "催办"],
        ["受理后通知", "次数"],
    ]
    assert isinstance(rules.norms[4].requirement, Deem)


@pytest.mark.parametrize(
    "norms",
    [
        (
            norm("甲", "当 违反 乙", "应当 通知，自 违反 起 3日 内"),
            norm("乙", "当 期满 丙", "应当 通知，自 期满 起 3日 内"),
            norm("丙", "当 违反 甲", "应当 通知，自 违反 起 3日 内"),
        ),
        (norm("甲", "优先于 乙 「测试」", *DUTY), norm("乙", "优先于 甲 「测试」", *DUTY)),
        (
            norm("甲", "自 立案 起 7日 内 没有 受理 的，视为 登记"),
            norm("乙", "自 登记 起 7日 内 没有 通知 的，视为 立案"),
        ),
    ],
    ids=["breach and expiry", "priority", "deeming"],
)
def test_a_ring_is_named_whole(norms):
    rules, problems = compile_text(*norms)
    assert rules is None
    assert [p.code for p in problems] == ["cycle"]
    titles = ["甲", "乙", "丙"][: len(norms)]
    assert all(f"「t/{title}」" in problems[0].message for title in titles)
    assert problems[0].message.startswith("规范互相依赖成了循环：")


# ----------------------------------------------------------------------------------------------------- contradictions

BAN = norm("禁", "政法委 不得 函告 且 力度 属于 {建议、决定}")


@pytest.mark.parametrize(
    ("lines", "is_contradiction"),
    [
        (("当 交办", "应当 政法委 函告 且 力度 为 决定，自 交办 起 3日 内"), True),
        (("当 交办", "应当 政法委 函告 且 力度 为 了解，自 交办 起 3日 内"), False),
        (("当 交办", "应当 政法委 函告，自 交办 起 3日 内"), False),
        (("当 交办", "应当 法院 函告 且 力度 为 决定，自 交办 起 3日 内"), False),
        (("当 交办", "应当 政法委 函告 且 力度 为 决定 或 通知，自 交办 起 3日 内"), False),
        (("当 交办", "应当 政法委 函告 且 力度 为 决定、通知，自 交办 起 3日 内"), True),
        (("当 交办", "应当 政法委 函告 且 力度 不为 了解，自 交办 起 3日 内"), True),
        (("优先于 禁 「测试」", "当 交办", "应当 政法委 函告 且 力度 为 决定，自 交办 起 3日 内"), False),
        (("政法委 函告 限于 力度 属于 {了解、建议}",), True),
        (("政法委 函告 限于 力度 为 了解",), False),
        (("法院 函告 限于 力度 为 决定",), False),
        (("函告 限于 力度 为 决定",), True),
        (("函告 限于 力度 为 决定 且 有 立案",), False),
        (("施行 2020-01-01", "废止 2021-01-01", "函告 限于 力度 为 决定"), False),
    ],
)
def test_contradictions(lines, is_contradiction):
    rules, problems = compile_text(BAN, norm("令", *lines))
    assert [p.code for p in problems] == (["contradiction"] if is_contradiction else [])
    assert (rules is None) == is_contradiction


def test_a_plain_ban_contradicts_any_duty_of_that_actor():
    duty = norm("令", "当 交办", "应当 政法委 函告，自 交办 起 3日 内")
    assert codes(norm("禁", "政法委 不得 函告"), duty) == [("contradiction", Level.ERROR)]
    assert codes(norm("禁", "不得 函告"), duty) == [("contradiction", Level.ERROR)]
    assert codes(norm("禁", "法院 不得 函告"), duty) == []
    assert codes(norm("禁", "在 立案 之后，政法委 不得 函告"), duty) == []
    assert codes(norm("禁", "政法委 不得 函告", "但 有 审批 的，不适用"), duty) == []


def test_only_exceptions_that_defeat_make_way():
    duty = ("当 交办", "应当 政法委 函告，自 交办 起 3日 内")
    ban = norm("禁", "政法委 不得 函告")
    assert codes(ban, norm("令", *duty, "但 有 审批 的，延长 3日")) == [("contradiction", Level.ERROR)]
    assert codes(ban, norm("令", *duty, "但 有 审批 的，不适用")) == []


def test_priority_is_transitive_for_contradictions():
    duty = norm("令", "优先于 中 「测试」", "当 交办", "应当 政法委 函告 且 力度 为 决定，自 交办 起 3日 内")
    assert codes(BAN, norm("中", "优先于 禁 「测试」", *DUTY), duty) == []


# -------------------------------------------------------------------------------------------------------- permissions


def test_permission_with_its_own_days():
    allow = norm("许", "施行 2024-06-01", "政法委 可以 函告，不受 不得代定 限制")
    rules, problems = compile_text(allow)
    assert not problems
    (ban,) = [n for n in rules.norms if n.title == "不得代定"]
    (clause,) = ban.exceptions
    assert clause.permission == "t/许"
    assert clause.text.startswith("规范 许")
    assert clause.sources == (Basis(reference="测试"),)
    assert clause.when.of[1].right.value == dt.date(2024, 6, 1)
    assert "许" not in {n.title for n in rules.norms}


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (("政法委 可以 函告",), "bare-permission"),
        (("政法委 可以 函告，不受 按期办结 限制",), "permission"),
        (("政法委 可以 交办，不受 不得代定 限制",), "permission"),
        (("政法委 可以 函告，不受 无名 限制",), "unknown-norm"),
        (("当 交办", "政法委 可以 函告，不受 不得代定 限制"), "permission"),
    ],
)
def test_permissions_that_say_nothing(lines, code):
    assert codes(norm("许", *lines)) == [(code, Level.ERROR)]


# ------------------------------------------------------------------------------------------------- packs, files, sites

SECOND = """规程 《另一规程》
  标识 u
  效力 规范性文件
  草案
词汇
  机关 法院、监察委
  行为 通知
  行为 交办：来源 {领导批示、当事人信访}，编号 文本
规范 通知后交办
  依据 测试
  当 违反 t/按期办结
  应当 监察委 通知，自 违反 起 3日 内
"""


def test_two_packs_share_their_words():
    rules, problems = compile_packs([Source("t/t.norm", PREAMBLE.encode()), Source("u/u.norm", SECOND.encode())])
    assert not problems
    assert [p.id for p in rules.packs] == ["t", "u"]
    assert rules.pack("u").draft
    assert rules.norms[-1].anchor.norm == "t/按期办结"
    assert "编号" in rules.vocabulary.acts["交办"].attributes
    assert "承办单位" in rules.vocabulary.acts["交办"].attributes
    assert set(rules.vocabulary.organs) >= {"监察委", "政法委"}
    assert rules.strata[-1] == (len(rules.norms) - 1,)


def test_enumerations_of_one_attribute_are_united():
    other = SECOND.replace("{领导批示、当事人信访}", "{领导批示、网上信访}")
    rules, problems = compile_packs([Source("t/t.norm", PREAMBLE.encode()), Source("u/u.norm", other.encode())])
    assert not problems
    assert rules.vocabulary.acts["交办"].attributes["来源"].choices[-1] == "网上信访"
    assert "当事人信访" in rules.vocabulary.acts["交办"].attributes["来源"].choices


def test_conflicting_words_name_both_places():
    other = SECOND.replace("编号 文本", "金额 文本")
    rules, problems = compile_packs([Source("t/t.norm", PREAMBLE.encode()), Source("u/u.norm", other.encode())])
    assert rules is None
    assert [p.code for p in problems] == ["conflict"]
    assert problems[0].at.file == "u/u.norm"
    assert problems[0].notes[0].at.file == "t/t.norm"


def test_files_of_one_folder_are_one_pack():
    head, _, rest = PREAMBLE.partition("规范 按期办结")
    files = [Source("t/a.norm", ("规范 按期办结" + rest).encode()), Source("t/b.norm", head.encode())]
    rules, problems = compile_packs(files)
    assert not problems
    assert {n.pack for n in rules.norms} == {"t"}


def test_two_heads_in_one_folder():
    extra = Source("t/c.norm", "规范 丙\n  依据 测试\n  当 交办\n  人工认定 「可否」\n".encode())
    heads = [Source("t/a.norm", PREAMBLE.encode()), Source("t/b.norm", SECOND.encode())]
    assert compile_packs(heads)[0] is not None
    assert "two-heads" in [p.code for p in compile_packs([*heads, extra])[1]]


def test_same_id_twice():
    twice = [Source("a/a.norm", PREAMBLE.encode()), Source("b/b.norm", PREAMBLE.encode())]
    assert "same-id" in [p.code for p in compile_packs(twice)[1]]


def test_site_overrides_and_registers():
    site = Site(
        organs={"密山市人民法院": "法院"},
        parameters={"t/通知期限": Setting(value="五个工作日", source=Basis(reference="某规定第八条"))},
    )
    rules, problems = compile_text(norm("甲", "当 密山市人民法院 交办", "应当 通知，自 交办 起 通知期限 内"), site=site)
    assert not problems
    assert rules.vocabulary.organ_is("密山市人民法院", "法院") is True
    held = rules.packs[0].parameters["通知期限"]
    assert held.value == Period(parts=(Part(n=5, unit=Unit.WORKDAY),))
    assert held.source.reference == "某规定第八条"
    assert rules.norms[-1].requirement.window.period.period == held.value


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("t/通知期限", "多", "bad-override"),
        ("t/通知期限", "5", "bad-override"),
        ("t/通知期限", "24小时", "bad-override"),
        ("t/通知期限", "2024-05-01", "bad-override"),
        ("t/上限", "3日", "bad-override"),
        ("t/上限", "是", "bad-override"),
        ("t/无", "3日", "unknown-parameter"),
    ],
)
def test_site_with_wrong_parameters(key, value, code):
    site = Site(parameters={key: Setting(value=value, source=Basis(reference="甲"))})
    rules, problems = compile_text(site=site)
    assert rules is None
    assert [p.code for p in problems] == [code]


def test_a_site_number_may_have_a_fraction():
    site = Site(parameters={"t/上限": Setting(value="5.5", source=Basis(reference="甲"))})
    rules, problems = compile_text(site=site)
    assert not problems
    assert rules.packs[0].parameters["上限"].value == Decimal("5.5")


def test_a_site_is_told_both_kinds():
    site = Site(parameters={"t/通知期限": Setting(value="24小时", source=Basis(reference="甲"))})
    (problem,) = compile_text(site=site)[1]
    assert problem.message == (
        "现场给参数「t/通知期限」的值「24小时」是按小时计的期间，而规程的原值是按日、月、年计的期间。"
    )
    assert problem.at.line == 7


def test_site_file():
    text = "机关:\n  虎林市人民法院: 法院\n参数:\n  duban/办结期限: {值: 60日, 出处: 「市规定第八条：六十日内」}\n"
    site = read_site("site.yaml", text.encode())
    assert site.organs == {"虎林市人民法院": "法院"}
    assert site.parameters["duban/办结期限"].source == Basis(reference="市规定第八条", quote="六十日内")


@pytest.mark.parametrize(
    "text", ["机关: [法院]", "参数: {办结期限: 60日}", "参数: {a/b: {值: 60日}}", "别的: 1", "[", "- 1"]
)
def test_bad_site_file(text):
    with pytest.raises(RulesError) as caught:
        read_site("site.yaml", text.encode())
    assert caught.value.diagnostics


def test_load_packs(tmp_path):
    (tmp_path / "rules" / "t").mkdir(parents=True)
    (tmp_path / "rules" / "t" / "t.norm").write_text(PREAMBLE, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    by_folder = load_packs([tmp_path / "rules"])
    by_id = load_packs(["t"], shipped=tmp_path / "rules")
    by_file = load_packs([tmp_path / "rules" / "t" / "t.norm", tmp_path / "rules"])
    assert by_folder == by_id == by_file
    assert compile_packs(by_id)[0] is not None
    with pytest.raises(RulesError) as caught:
        load_packs([tmp_path / "empty", "无此规程"], shipped=tmp_path / "rules")
    assert len(caught.value.diagnostics) == 2
    assert "自带的规程有：t。" in caught.value.diagnostics[1].help


def test_shipped_folder_is_found():
    assert shipped_folder().name == "rules"


def test_an_opt_in_pack_is_left_out_unless_named():
    local = SECOND.replace("  标识 u\n", "  标识 u\n  选用\n")
    sources = [Source("t/t.norm", PREAMBLE.encode()), Source("u/u.norm", local.encode())]
    named, _ = compile_packs(sources)
    default, problems = compile_packs(sources, named=False)
    assert [p.id for p in named.packs] == ["t", "u"]
    assert named.pack("u").opt_in
    assert [p.id for p in default.packs] == ["t"]
    assert not problems
