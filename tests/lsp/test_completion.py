"""What could stand at the cursor: keywords from the grammar, names from the pack."""

from pathlib import Path

import pytest

from checker.language.parse import expected, parse
from checker.lsp.completion import completion
from lsp.sample import NORMS, seen, write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path)


def offered(folder, tail, text=NORMS):
    """The words offered at the end of a text, and what is there already of the word."""
    whole = text + tail
    name = (folder / "jia.norm").as_posix()
    lines = whole.split("\n")
    found = completion(seen(folder, {"jia.norm": whole}), name, len(lines), len(lines[-1]) + 1)
    return [item.text for item in found.items], lines[-1][found.column - 1 :]


@pytest.mark.parametrize(
    ("tail", "words", "begun"),
    [
        ("规", ["规程", "词汇", "规范", "指标"], "规"),
        ("规范 新\n  当 违反 ", ["按期", "新", "催办", "报告要件"], ""),
        ("规范 新\n  当 期满 按", ["新", "催办", "报告要件", "按期"], "按"),
        ("规范 新\n  优先于 ", ["按期", "新", "催办", "报告要件"], ""),
        ("规范 新\n  当 交办 且 来源 属于 {", ["领导批示", "群众来信"], ""),
        ("规范 新\n  当 交办 且 来源 属于 {领导批示、群", ["领导批示", "群众来信"], "群"),
        ("规范 新\n  报告 应当 载明 ", ["事实", "依据"], ""),
        ("规范 新\n  当 交办 且 交办 的 ", ["承办单位", "来源"], ""),
        ("规范 新\n  同一 ", ["承办单位", "来源", "结论"], ""),
        ("规范 新\n  违反 属 ", ["程序违规", "越权"], ""),
        ("规范 新\n  违反 属 程序违规，情节 ", ["轻微", "一般", "严重", "重大"], ""),
        ("规范 新\n  效力 法", None, "法"),
        ("规范 新\n  依据 ", ["《某法》"], ""),
        ("规范 新\n  依据 《某法》第", ["《某法》", "《某法》第一条", "《某法》第二条"], "《某法》第"),
        (
            "规范 新\n  关系 ",
            ["与人大、检察法律监督", "监督与支持独立行使职权", "法律效果与社会效果", "管人与管事"],
            "",
        ),
        ("词汇\n  行为 新：项目 ", ["期间", "日期", "数", "是否", "文本", "机关", "人员", "多个", "{"], ""),
        ("词汇\n  行为 新：项目 多个 ", ["期间", "日期", "数", "是否", "文本", "机关", "人员", "{"], ""),
        ("词汇\n  机关 ", [], ""),
        ("规范 ", [], ""),
        ("规范 新\n  当 交办  # 注", [], ""),
        ("规范 新\n  依据 某「引", [], "「引"),
        ("规范 新\n  当 交办 交办 交办 交办 ", [], ""),
    ],
)
def test_what_is_offered(folder, tail, words, begun):
    found, there = offered(folder, tail)
    assert there == begun
    if words is not None:
        assert sorted(found) == sorted(words)


@pytest.mark.parametrize(
    ("tail", "among", "not_among"),
    [
        ("规范 新\n  ", {"依据", "当", "应当", "但", "登记", "法院"}, {"标识", "行为", "规范", "按期"}),
        ("规范 新\n  当 ", {"交办", "违反", "期满", "法院"}, {"应当", "按期", "依据"}),
        ("规范 新\n  当 交办\n  应当 法院 办结，自 交办 起 ", {"办结期限", "期满"}, {"按期", "应当"}),
        ("规范 新\n  当 交办\n  应当 法院 办结，", {"自", "在"}, {"办结期限", "法院"}),
        ("规范 新\n  当 交办\n  应当 登记\n  但 有 办结 的，", {"不适用", "延长", "期限为"}, {"的，", "登记"}),
        ("规程 《乙》\n  ", {"标识", "效力", "施行", "参数", "案结"}, {"依据", "当", "登记"}),
        ("词汇\n  ", {"机关", "行为", "案件"}, {"依据", "标识"}),
        ("规范 新\n  政法委 由 ", {"法院", "政法委"}, {"登记", "来源"}),
    ],
)
def test_what_is_among_the_offers(folder, tail, among, not_among):
    found, _ = offered(folder, tail)
    assert among <= set(found)
    assert not_among.isdisjoint(found)


def test_a_line_begins_with_keywords_and_a_period_with_parameters(folder):
    assert offered(folder, "规范 新\n  ")[0][0] == "效力"
    assert offered(folder, "规范 新\n  当 交办\n  应当 法院 办结，自 交办 起 ")[0][0] == "办结期限"


def test_details_say_what_a_word_is(folder):
    name = (folder / "jia.norm").as_posix()
    whole = NORMS + "规范 新\n  当 交办 且 交办 的 "
    lines = whole.split("\n")
    items = completion(seen(folder, {"jia.norm": whole}), name, len(lines), len(lines[-1]) + 1).items
    assert [(item.text, item.detail) for item in items] == [
        ("承办单位", "「机关」"),
        ("来源", "「{领导批示、群众来信}」"),
    ]


def test_no_file_no_offers(folder):
    assert completion(seen(folder), "没有.norm", 1, 1).items == ()


def test_what_stands_after_the_cursor_is_not_read():
    text = "规范 甲\n  当 \n  乱 码 乱\n"
    assert "违反" in expected(text, 2, 5).accepted
    assert expected(text, 2, 5).block == "规范"
    assert expected(text, 1, 1).accepted == ("规程", "词汇", "规范", "指标")


def test_every_word_of_a_pack_is_expected_where_it_stands():
    path = Path(__file__).parents[2] / "rules" / "nosub" / "nosub.norm"
    text = path.read_text(encoding="utf-8")
    parsed = parse(path.name, text)
    missed = []
    for number in list(parsed.words)[::4]:
        line = parsed.lines[number - 1]
        before = "\n".join(one.raw for one in parsed.lines[: number - 1])
        for word, kind in zip(parsed.words[number], parsed.kinds[number], strict=True):
            cut = f"{line.raw[: word.start]} " if word.start else ""
            place = expected(f"{before}\n{cut}", number, len(cut) + 1)
            if word.text not in place.accepted and kind not in place.accepted:
                missed.append((number, word.text, place.accepted))
    assert missed == []
