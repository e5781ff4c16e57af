"""One test for each ruling of the language reference: what its words lower to, and what does not compile."""

import datetime as dt

import pytest

from checker.language import Source, compile_packs
from checker.model.diagnostic import Level
from checker.model.expressions import (
    AnchorEvent,
    Attribute,
    CaseSubject,
    Compare,
    DateOf,
    Expiry,
    Inside,
    LiteralValue,
    Not,
    Occurred,
    OrganActor,
    Pattern,
    SelfEvent,
    Shift,
)
from checker.model.norm import Breach, Category, OnBreach, Severity
from checker.model.requirements import (
    AtAnchor,
    AtFirst,
    By,
    Contain,
    Defeat,
    Exclude,
    Extend,
    Fixed,
    NoRoll,
    Replace,
    Restart,
    Review,
    UntilClose,
    Within,
)
from checker.model.values import Part, Period, Unit
from language.surface import PREAMBLE, compiled

DUTY = "当 交办\n应当 办结，自 交办 起 3日 内"


def days(n, unit=Unit.DAY):
    return Period(parts=(Part(n=n, unit=unit),))


def told(*bodies, head=PREAMBLE):
    """What the compiler says of these norms, called 甲, 乙, …: (code, level)."""
    blocks = [
        f"\n规范 {title}\n  依据 测试\n" + "".join(f"  {line}\n" for line in body.split("\n"))
        for title, body in zip("甲乙丙", bodies, strict=False)
    ]
    _, problems = compile_packs([Source("t.norm", (head + "".join(blocks)).encode())])
    return [(problem.code, problem.level) for problem in problems]


def refused(*bodies, head=PREAMBLE):
    """The codes of the errors; there are no warnings."""
    found = told(*bodies, head=head)
    assert {level for _, level in found} <= {Level.ERROR}
    return [code for code, _ in found]


def exceptions(text):
    return compiled(f"{DUTY}\n{text}").exceptions


def test_ruling_01_a_breach_may_open_another_norm_until_it_is_mended():
    chasing = compiled("当 违反 按期办结\n应当 政法委 通知，自 违反 起 3日 内\n但 已 有 办结 的，不适用")
    assert chasing.anchor == OnBreach(norm="t/按期办结")
    assert chasing.requirement.window.start == AtAnchor()
    assert chasing.exceptions[0].when == Occurred(pattern=Pattern(acts=("办结",)))
    assert refused("当 违反 无此规范\n人工认定 「可否」") == ["unknown-norm"]


def test_ruling_02_absence_is_of_acts_and_of_parts():
    absent = compiled("当 交办\n限于 没有 审批").requirement.condition
    assert absent == Not(of=Occurred(pattern=Pattern(acts=("审批",))))
    assert compiled("提请协调 应当 载明 案件情况、争议问题").requirement == Contain(parts=("案件情况", "争议问题"))
    assert refused("提请协调 应当 载明 证据材料") == ["unknown-part"]
    assert refused("当 交办\n限于 没有 无此行为") == ["unknown-act"]


@pytest.mark.parametrize(
    ("lead", "kind"),
    [("", "order"), ("，前一日或更早", "earlier_day"), ("，当日或之前", "same_day"), ("，提前 3日", "period")],
)
def test_ruling_03_how_far_before_is_said(lead, kind):
    requirement = compiled(f"交办 之前 应当 有 审批{lead}").requirement
    assert requirement.lead.kind == kind
    assert requirement.lead.period == (days(3) if kind == "period" else None)


def test_ruling_03_hours_stand_alone():
    assert refused("当 交办\n应当 办结，自 交办 起 24小时 内\n但 有 延期批准 的，延长 1日") == ["hours"]
    assert refused("交办 之前 应当 有 审批，提前 24小时") == ["hours"]
    assert refused("当 交办\n应当 办结，自 交办 起 24小时 内\n但 有 延期批准 的，延长 12小时") == []


def test_ruling_04_clauses_keep_the_written_order():
    found = exceptions(
        "但 有 中止 的，重新计算\n但 急件 为 是 的，期限为 1日\n"
        "但 有 审批 的，不适用，事后亦可\n但 急件 为 否 的，期限为 5日"
    )
    assert [type(clause) for clause in found] == [Restart, Replace, Defeat, Replace]
    assert [clause.afterwards for clause in found if isinstance(clause, Defeat)] == [True]
    assert [c.period.period for c in found if isinstance(c, Replace)] == [days(1), days(5)]
    assert refused(f"{DUTY}\n但 期满前 有 审批 的，不适用，事后亦可") == ["contradictory"]


def test_ruling_05_an_exception_and_its_own_exception():
    (clause,) = exceptions("但 来源 为 领导批示 的，不适用\n  但 急件 为 是 的，除外")
    assert isinstance(clause.when, Compare)
    assert clause.unless.left == Attribute(of=SelfEvent(), name="急件")


def test_ruling_06_extension_says_its_caps():
    (clause,) = exceptions("但 有 延期批准 的，延长 10日，以 两次 为限，累计不超过 15日，期满后亦可")
    assert clause == Extend(
        grant=Pattern(acts=("延期批准",)),
        period=Fixed(period=days(10)),
        times=2,
        total=days(15),
        after_expiry=True,
        text=clause.text,
    )
    assert not exceptions("但 期满前 有 延期批准 的，延长 10日")[0].after_expiry
    assert refused(f"{DUTY}\n但 期满前 有 延期批准 的，延长 10日，期满后亦可") == ["contradictory"]
    assert refused("当 交办\n应当 办结\n但 有 延期批准 的，延长 10日") == ["no-period"]


def test_ruling_07_exclusions_run_from_one_act_to_another_or_for_a_length():
    span, length = exceptions("但 中止 至 恢复 的期间，不计入，以 30日 为限\n但 有 中止 的，不计入 5日")
    assert (span.start.acts, span.end.acts, span.length, span.cap) == (("中止",), ("恢复",), None, days(30))
    assert isinstance(length, Exclude)
    assert (length.end, length.length) == (None, Fixed(period=days(5)))
    assert refused(f"{DUTY}\n但 急件 为 是 的，不计入 5日") == ["no-act"]


def test_ruling_08_an_undeclared_contradiction_is_an_error():
    ban = "政法委 不得 函告 且 力度 为 决定"
    order = "当 交办\n应当 政法委 函告 且 力度 为 决定，自 交办 起 3日 内"
    assert refused(order, ban) == ["contradiction"]
    assert refused("政法委 函告 限于 力度 属于 {建议、决定}", ban) == ["contradiction"]
    assert refused(f"优先于 乙 「测试」\n{order}", ban) == []
    assert refused(f"优先于 乙\n{order}", ban) == ["no-source"]
    assert refused(f"优先于 乙 「测试」\n{order}", f"优先于 甲 「测试」\n{ban}") == ["cycle"]


def test_ruling_08_what_is_too_much_to_compare_is_said():
    many = " 且 ".join(f"（金额 小于 {n} 或 金额 大于 {n}）" for n in range(1, 9))
    ban, limit = f"政法委 不得 办结 且 {many}", "当 交办\n应当 政法委 办结，自 交办 起 3日 内"
    assert told(limit, ban) == [("unchecked", Level.WARNING)]
    assert told(f"{limit}\n但 有 审批 的，不适用", ban) == []


def test_ruling_09_an_open_duty_needs_an_end_of_the_case():
    open_ = "当 交办\n应当 办结"
    assert compiled(open_).requirement.window == UntilClose()
    assert refused(open_, head=PREAMBLE.replace("  案结 以 归档、结案 为准\n", "")) == ["no-closing"]
    other = compiled("当 交办\n应当 办结，自 立案 起 2个月 内").requirement.window
    assert other == Within(start=AtFirst(pattern=Pattern(acts=("立案",))), period=Fixed(period=days(2, Unit.MONTH)))


def versions(first, second):
    """Two versions of one norm; each has its lines of validity and its body."""
    text = "".join(
        "\n规范 甲\n  依据 测试\n" + "".join(f"  {line}\n" for line in version) for version in (first, second)
    )
    return [(p.code, p.level) for p in compile_packs([Source("t.norm", (PREAMBLE + text).encode())])[1]]


def test_ruling_10_versions_neither_overlap_nor_leave_a_gap():
    body = DUTY.split("\n")
    later = ("施行 2025-01-01", *body)
    assert versions(("废止 2025-01-01", *body), later) == []
    assert versions(("废止 2025-01-02", *body), later) == [("overlap", Level.ERROR)]
    assert versions(("废止 2024-12-31", *body), later) == [("gap", Level.WARNING)]


def test_ruling_10_versions_that_differ_in_anchor_name_their_pivot():
    old = ("废止 2025-01-01", *DUTY.split("\n"))
    new = ("施行 2025-01-01", "当 立案", "应当 办结，自 立案 起 3日 内")
    assert versions(old, new) == [("no-pivot", Level.ERROR)] * 2
    pivot = "适用 以 立案 之日为准"
    assert versions((pivot, *old), (pivot, *new)) == []


def test_ruling_11_limits_before_a_date_and_roll_over():
    backward = compiled("当 交办\n应当 通知，在 期满 按期办结（延长后） 5日前").requirement.window
    expiry = Expiry(norm="t/按期办结", extended=True)
    assert backward == By(limit=Shift(base=expiry, period=days(5), backward=True))
    assert refused("当 交办\n应当 通知，在 期满 按期办结 5日前") == ["stage"]
    assert isinstance(exceptions("但 案件 的 在押 为 是 的，不顺延")[0], NoRoll)
    assert not compiled(f"期间 末日不顺延\n{DUTY}").counting.roll


def test_ruling_12_one_to_one_and_same_object():
    assert compiled(DUTY).requirement.one_to_one is False
    assert compiled(DUTY.replace("应当", "应当 逐一")).requirement.one_to_one is True
    assert compiled("开庭 之前 应当 逐一 有 通知").requirement.one_to_one is True
    assert compiled(f"同一 线索\n{DUTY}").correlate == ("线索",)
    assert refused(f"同一 无此属性\n{DUTY}") == ["unknown-attribute"]


def acts_of(groups):
    return [[act for pattern in group for act in pattern.acts] for group in groups]


def test_ruling_13_lists_mean_all_in_duties_and_any_elsewhere():
    both = compiled("当 交办\n应当 审批、登记，自 交办 起 3日 内").requirement
    either = compiled("当 交办\n应当 审批 或 登记，自 交办 起 3日 内").requirement
    assert acts_of(both.groups) == [["审批"], ["登记"]]
    assert acts_of(either.groups) == [["审批", "登记"]]
    assert compiled("当 审批、登记\n人工认定 「可否」").anchor.pattern.acts == ("审批", "登记")
    assert compiled("不得 （审批、登记） 且 有 立案").anchor.pattern.acts == ("审批", "登记")


def test_ruling_13_mixing_needs_brackets():
    assert refused("当 交办 且 急件 为 是 或 有 立案\n人工认定 「可否」") == ["mixed"]
    assert refused("当 交办\n限于 急件 为 是 或 有 立案 且 有 审批") == ["mixed"]
    assert refused("当 交办\n应当 审批、登记 或 立案，自 交办 起 3日 内") == ["mixed"]
    assert refused("当 交办\n限于 （急件 为 是 或 有 立案） 且 有 审批") == []


def test_ruling_13_a_condition_binds_the_nearest_act():
    condition = compiled("当 交办\n限于 有 函告 且 力度 为 决定 且 有 审批").requirement.condition
    told_, approved = condition.of
    assert told_.pattern.where.left == Attribute(of=SelfEvent(), name="力度")
    assert approved == Occurred(pattern=Pattern(acts=("审批",)))


def test_ruling_13_whose_attribute_it_is():
    own, case, anchors = compiled(
        "当 交办\n限于 来源 为 领导批示 且 案件 的 来源 为 领导批示 且 金额 为 其 金额"
    ).requirement.condition.of
    assert own.left.of == SelfEvent()
    assert case.left == Attribute(of=CaseSubject(), name="来源")
    assert anchors.right == Attribute(of=AnchorEvent(), name="金额")
    assert refused("当 交办 且 在押 为 是\n人工认定 「可否」") == ["unknown-attribute"]
    applies = compiled(f"适用于 类型 为 督办\n{DUTY}").applies
    assert applies.left == Attribute(of=CaseSubject(), name="类型")


def test_ruling_13_a_ban_between_two_acts():
    condition = compiled("在 立案 之后 结案 之前 不得 函告").requirement.condition
    assert condition == Not(of=Inside(after=Pattern(acts=("立案",)), before=Pattern(acts=("结案",))))


def test_ruling_14_defaults_of_a_breach():
    assert compiled(DUTY).breach == Breach(category=Category.PROCEDURE, severity=Severity.ORDINARY)
    assert compiled(f"{DUTY}\n违反 属 越权").breach == Breach(category=Category.OVERREACH)
    assert compiled(f"{DUTY}\n违反 情节 重大").breach == Breach(severity=Severity.GRAVE)
    assert refused(f"{DUTY}\n违反 属 程序违规，情节 特别严重") == ["unknown-severity"]


@pytest.mark.parametrize("word", ["及时", "尽快", "合理期限", "必要时"])
def test_ruling_14_discretion_words_get_no_number(word):
    assert refused(f"当 交办\n应当 办结，自 交办 起 {word} 内") == ["discretion"]
    review = compiled(f"当 交办\n人工认定 「是否{word}」").requirement
    assert review == Review(question=f"是否{word}")


def test_ruling_14_a_parameter_has_a_source():
    stated = compiled("当 交办\n应当 办结，自 交办 起 通知期限 内").requirement.window.period
    assert stated == Fixed(period=days(3), parameter="通知期限")
    assert refused(DUTY, head=PREAMBLE.replace("3日 「测试：三日」", "3日 「」")) == ["no-source"]


def test_permission_lasts_as_long_as_it_says():
    clause = compiled("施行 2024-06-01\n政法委 可以 函告，不受 不得代定 限制").exceptions[0]
    since = LiteralValue(value=dt.date(2024, 6, 1))
    assert clause.when.of[1] == Compare(op="ge", left=DateOf(of=SelfEvent()), right=since)
    assert clause.when.of[0].actor == OrganActor(names=("政法委",))
