"""指标: every surface beside its core, what may be called 指标, 计, 比, and how it is laid out and refused."""

import os

import pytest
import yaml

from checker.language import Source, compile_packs
from checker.language.format import format_file
from checker.language.parse import parse
from language.surface import HERE, PREAMBLE, dumped, plain

TABLE = HERE / "indicators.yaml"
ROWS = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
NAMES = [row["name"] for row in ROWS]
OMITTED = ("pack", "title", "sources", "text", "span")


def text_of(body, preamble=PREAMBLE):
    lines = "\n".join("  " + line for line in body.rstrip("\n").split("\n"))
    return f"{preamble}\n指标 例\n  依据 测试\n{lines}\n"


def compiled(text):
    rules, problems = compile_packs([Source("t.norm", text.encode())])
    assert rules is not None, [p.message for p in problems]
    assert not problems
    (indicator,) = rules.indicators
    return indicator


def codes(text):
    rules, problems = compile_packs([Source("t.norm", text.encode())])
    assert rules is None
    return [problem.code for problem in problems]


def core(body):
    return {name: value for name, value in plain(compiled(text_of(body))).items() if name not in OMITTED}


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_surface_lowers_to_core(row):
    assert core(row["indicator"]) == row["core"]


def test_table_is_accepted():
    """CHECKER_ACCEPT=1 rewrites the cores; the diff is reviewed."""
    if os.environ.get("CHECKER_ACCEPT"):
        rows = [{**row, "core": core(row["indicator"])} for row in ROWS]
        head = TABLE.read_text(encoding="utf-8").split("\n", 1)[0]
        TABLE.write_text(f"{head}\n{dumped(rows)}", encoding="utf-8")
    assert len(NAMES) == len(set(NAMES)) >= 10


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_format_keeps_the_tree(row):
    text = text_of(row["indicator"])
    parsed = parse("t", text)
    laid_out = format_file(parsed)
    again = parse("t", laid_out)
    assert not parsed.faults
    assert again.tree == parsed.tree
    assert format_file(again) == laid_out


def test_layout_is_canonical():
    body = "每  年 # 注\n计 （ 办结 且 金额  大于 3 ） 的 金额 之和\n比  办结 的 金额 之和"
    laid_out = format_file(parse("t", text_of(body))).split("\n")
    assert laid_out[-4:] == ["  每 年  # 注", "  计 （办结 且 金额 大于 3） 的 金额 之和", "  比 办结 的 金额 之和", ""]


def test_it_knows_its_text_and_its_place():
    indicator = compiled(text_of("每 年  # 注\n计 办结\n"))
    assert indicator.id == "t/例"
    assert indicator.text == "指标 例\n  依据 测试\n  每 年\n  计 办结"
    assert indicator.span.line == PREAMBLE.count("\n") + 2
    assert [source.reference for source in indicator.sources] == ["测试"]


def test_its_words_are_names_where_no_keyword_can_stand():
    preamble = PREAMBLE.replace("行为 登记、", "行为 指标、计、比、案件、登记、").replace(
        "行为 开庭：开庭日 日期", "行为 开庭：开庭日 日期，计 数，比 数，指标 文本"
    )
    norm = "\n规范 指标\n  依据 测试\n  当 计 且 有 比\n  应当 指标，自 计 起 3日 内\n"
    indicator = compiled(text_of("计 计、比、指标\n", preamble + norm))
    assert [p.acts for p in indicator.measure.patterns] == [("计",), ("比",), ("指标",)]
    indicator = compiled(text_of("计 （开庭 且 比 大于 计 且 有 指标） 的 比 之和\n", preamble + norm))
    assert indicator.measure.attribute == "比"


def test_indicators_do_not_disturb_the_norms():
    alone, _ = compile_packs([Source("t.norm", PREAMBLE.encode())])
    both, _ = compile_packs([Source("t.norm", text_of("计 办结").encode())])
    assert both.model_copy(update={"indicators": ()}) == alone.model_copy(
        update={"packs": both.packs, "norms": both.norms}
    )
    assert [n.id for n in both.norms] == [n.id for n in alone.norms]


def test_a_pack_may_hold_nothing_but_indicators():
    head = "规程 《例》\n  标识 t\n  效力 示范\n  适用于 类型 为 督办\n\n词汇\n  类型 督办\n  行为 办结\n"
    indicator = compiled(f"{head}\n指标 例\n  依据 测试\n  计 办结\n")
    assert indicator.applies is not None


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("计 案件 且 其 金额 大于 3", "unknown-attribute"),
        ("计 案件 且 金额 大于 3", "unknown-attribute"),
        ("计 承办单位 办结", "unknown-actor"),
        ("计 办结 的 数额 之和", "unknown-attribute"),
        ("计 办结 的 线索 之和", "type"),
        ("计 办结 的 金额 之和\n比 办结", "other-kind"),
        ("计 （交办、办结） 的 金额 之和\n比 办结 的 金额 之和", "outside"),
        ("计 案件 且 期满 按期办结（原期限） 早于 2024-01-01", "not-on-record"),
        ("比 办结", "no-measure"),
        ("每 半月\n计 办结", "bad-cycle"),
        ("计 办结\n违反 属 越权", "indicator"),
        ("计 办结 且 经办 为 院长", "personal"),
        ("计 院长 办结", "personal"),
        ("计 交办 且 参加人 包含 承办人", "personal"),
        ("计 案件 且 有 交办 且 说明 为 「某人」", "personal"),
        ("计 办结 且 经办 属于 {院长、承办人}", "personal"),
        ("计 交办 且 「某人」 为 说明", "personal"),
        ("计 交办 且 说明 与 「某人」 相同", "personal"),
        ("适用于 类型 为 督办\n计 交办 且 有 办结 且 经办 为 院长", "personal"),
        ("计 办结\n除以 交办", "habit"),
    ],
)
def test_refusals(body, code):
    assert codes(text_of(body)) == [code]


def test_a_line_that_cannot_be_read_is_not_missed_as_well():
    assert codes(text_of("计算 办结")) == ["habit"]


def test_two_indicators_of_one_name():
    assert codes(text_of("计 办结") + "\n指标 例\n  依据 测试\n  计 交办\n") == ["twice"]
