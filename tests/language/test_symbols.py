"""What each name of a rule file is, and where it is declared."""

from collections import Counter
from pathlib import Path

import pytest

from checker.language.parse import parse
from checker.language.symbols import Kind, Symbol, declarations, occurrence_at, occurrences

ROOT = Path(__file__).parents[2]
PACKS = sorted({path.parent for path in (ROOT / "rules").glob("*/*.norm")})
_WORDS = """
是 否 是否 案件 文书 机关 人员 日期 期间 文本 数 主体 类型 同一主体 次数 年 季度 月
次日起算 当日起算 末日遇休假日顺延 末日不顺延 日为自然日 日为工作日 月末对月末 月对应日 自然时 次时起算
法律 规章 示范 党内法规 行政法规 司法解释 规范性文件 地方性法规 宪法 程序违规 越权 轻微 一般 严重 重大
"""
FIXED = set(_WORDS.split())
"""Words of the language itself that stand where names stand."""

SAMPLE = """规程 《甲》
  标识 jia
  参数 期限甲 = 5日 「某」
  案结 以 归档 为准

词汇
  机关 法院、公安
  人员 院长
  类型 信访
  行为 交办：承办 机关，限期 期间，来源 {领导、群众}
  行为 办结、归档
  行为 报告：文书 {事实、依据}
  案件 敏感 是否

规范 按期
  依据 某
  适用于 类型 为 信访 且 敏感 为 是
  当 法院 交办 且 来源 属于 {领导}
  应当 承办 办结，自 交办 起 期限甲 与 交办 的 限期 较早者 内
  但 有 归档 且 交办 的 来源 为 群众 的，不适用
规范 后续
  依据 某
  当 违反 按期
  应当 法院、公安 报告，自 违反 起 3日 内
规范 要件
  依据 某
  报告 应当 载明 事实
  优先于 jia/后续 「某：某」
指标 件数
  依据 某
  计 案件 且 敏感 为 否 且 有 交办
"""


def shown(text, line):
    """The names of a line of the sample, as ``kind name``, declared ones with a star."""
    found = occurrences([parse("a.norm", text)])
    return [
        f"{'*' if one.declares else ''}{one.symbol.kind} {one.symbol.name}"
        + (f" of {one.symbol.owner}" if one.symbol.owner else "")
        + (f" ({'、'.join(one.acts)})" if one.acts and not one.declares else "")
        for one in found
        if one.span.line == line
    ]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("  标识", ["*规程 jia"]),
        ("  参数", ["*参数 期限甲"]),
        ("  案结", ["行为 归档"]),
        ("  机关", ["*机关 法院", "*机关 公安"]),
        ("  人员", ["*人员 院长"]),
        ("  类型", ["*类型 信访"]),
        (
            "  行为 交办",
            ["*行为 交办", "*属性 承办", "*属性 限期", "*属性 来源", "*取值 领导 of 来源", "*取值 群众 of 来源"],
        ),
        ("  行为 报告", ["*行为 报告", "*文书 事实", "*文书 依据"]),
        ("  案件", ["*案件属性 敏感"]),
        ("规范 按期", ["*规范 jia/按期"]),
        ("  适用于", ["类型 信访", "案件属性 敏感"]),
        ("  当 法院", ["机关 法院", "行为 交办", "属性 来源 (交办)", "取值 领导 of 来源"]),
        ("  应当 承办", ["属性 承办", "行为 办结", "行为 交办", "参数 期限甲", "行为 交办", "属性 限期 (交办)"]),
        ("  但 有", ["行为 归档", "行为 交办", "属性 来源 (交办)", "取值 群众 of 来源"]),
        ("  当 违反", ["规范 jia/按期"]),
        ("  应当 法院", ["机关 法院", "机关 公安", "行为 报告"]),
        ("  报告", ["行为 报告", "文书 事实"]),
        ("  优先于", ["规范 jia/后续"]),
        ("指标", ["*指标 jia/件数"]),
        ("  计", ["案件属性 敏感", "行为 交办"]),
    ],
)
def test_the_names_of_a_line(start, expected):
    line = next(n for n, text in enumerate(SAMPLE.split("\n"), 1) if text.startswith(start))
    assert shown(SAMPLE, line) == expected


def test_a_reference_with_its_pack_spans_only_the_title():
    found = occurrences([parse("a.norm", SAMPLE)])
    line = next(n for n, text in enumerate(SAMPLE.split("\n"), 1) if "jia/后续" in text)
    (one,) = [one for one in found if one.span.line == line]
    assert SAMPLE.split("\n")[line - 1][one.span.column - 1 : one.span.end_column - 1] == "后续"


def test_a_half_written_file_still_has_names():
    broken = SAMPLE.replace("应当 承办 办结，自 交办", "应当 承办 办结，自").replace("案结 以 归档 为准", "案结 以")
    line = next(n for n, text in enumerate(broken.split("\n"), 1) if text.startswith("  当 法院"))
    assert shown(broken, line) == ["机关 法院", "行为 交办", "属性 来源 (交办)", "取值 领导 of 来源"]


def test_the_declarations_of_an_attribute_are_those_of_its_act():
    text = (
        "词汇\n  行为 甲：期 日期\n  行为 乙：期 日期\n规范 一\n  依据 某\n  当 甲 且 期 晚于 2024-01-01\n  应当 乙\n"
    )
    found = occurrences([parse("a.norm", text)])
    asked = occurrence_at(found, "a.norm", 6, 9)
    assert asked.symbol == Symbol(Kind.ATTRIBUTE, "期")
    assert [one.span.line for one in declarations(found, asked)] == [2]
    anywhere = asked._replace(acts=())
    assert [one.span.line for one in declarations(found, anywhere)] == [2, 3]


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_every_name_of_the_packs_is_told_and_declared(folder):
    files = [parse(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.norm"))]
    found = occurrences(files)
    declared = {one.symbol for one in found if one.declares}
    assert {one.symbol for one in found} == declared
    places = Counter((one.span.file, one.span.line, one.span.end_column) for one in found)
    assert set(places.values()) == {1}
    told = set(places)
    names = {
        (file.name, number, word.end + 1, word.text)
        for file in files
        for number, kinds in file.kinds.items()
        for word, kind in zip(file.words[number], kinds, strict=True)
        if kind == "NAME"
    }
    assert {name[3] for name in names if name[:3] not in told} <= FIXED


def test_spans_hold_the_name():
    for folder in PACKS:
        files = {
            path.name: parse(path.name, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.norm"))
        }
        for one in occurrences(list(files.values())):
            line = files[one.span.file].lines[one.span.line - 1].text
            assert line[one.span.column - 1 : one.span.end_column - 1] == one.symbol.written
