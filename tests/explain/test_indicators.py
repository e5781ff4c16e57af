"""The page of an indicator beside the indicator."""

import pytest

from checker.explain.indicators import indicator_page
from checker.explain.vocabulary import words_of
from checker.language import Source, compile_packs

HEAD = """规程 《例》
  标识 t
  效力 示范

词汇
  机关 法院
  类型 督办
  案件 来源 {甲、乙}
  行为 交办、受理
  行为 办结：金额 数

指标 例
  依据 某报告「原文」
"""
TABLE = [
    ("计 案件", ["计：全部案件"]),
    (
        "适用于 类型 为 督办\n每 季度\n计 案件 且 来源 为 甲 且 有 法院 交办 且 没有 办结",
        [
            "只适用于：案件的 类型 为 督办",
            "计：截至之日 案件的 来源 为 甲 且 有 法院 交办 且 没有 办结 的案件",
            "每季度分列，以案件第一次 法院 交办 之日为准",
        ],
    ),
    ("每 月\n计 交办、法院 受理", ["计：每一次 交办 或 法院 受理", "每月分列，以行为之日为准"]),
    (
        "每 年\n计 案件 且 有 办结\n比 案件 且 有 交办",
        [
            "分母：截至之日 有 交办 的案件",
            "计：分母之内，截至之日 有 办结 的案件",
            "占比：分母不足 10 的不列百分比",
            "每年分列，以案件第一次 交办 之日为准",
        ],
    ),
    ("计 （办结 且 金额 大于 3） 的 金额 之和", ["计：每一次 办结（金额 大于 3） 的「金额」相加"]),
]
LAST = "缺少决定计不计的事实的，不计入合计，另外报数"


def rules_of(body):
    text = HEAD + "".join(f"  {line}\n" for line in body.split("\n"))
    rules, problems = compile_packs([Source("t.norm", text.encode())])
    assert not problems
    return rules


@pytest.mark.parametrize(("body", "core"), TABLE)
def test_the_core_in_words(body, core):
    rules = rules_of(body)
    page = indicator_page(rules, rules.indicators[0])
    assert (page.word, page.title) == ("指标", "t/例")
    sections = {section.title: [line.text for line in section.lines] for section in page.sections}
    assert sections["核心形式"] == [*core, LAST]
    assert sections["依据"] == ["某报告", "「原文」"]
    assert sections["原文"][0] == "指标 例"
    assert page.tables == ()


def test_the_words_say_which_indicators_use_an_act():
    used = {act.name: act.norms for act in words_of(rules_of("计 案件 且 有 交办")).acts}
    assert used == {"交办": ("t/例",), "受理": (), "办结": ()}
