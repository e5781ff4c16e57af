"""Texts, registers and locks: each thing that may not hold is told once, at its place."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import api
from checker.cli.main import program
from checker.drafting.articles.discretion import discretion_words
from checker.drafting.articles.views import article_number
from checker.model.diagnostic import RulesError
from checker.model.source import Citation, TextStatus, cite

TEXT = """# 名称：某条例
# 标识：mou2020
# 施行：2020-01-01
# 效力：党内法规
# 状态：现行
# 文本：已核对
# 来源：测试

第一章 总则

第一条 为了测试，制定本条例。

第二条 机关应当及时办结，至迟不得超过30日。

情况复杂的，可以延长。
"""
RULES = """规程 《某规程》
  标识 mou
  效力 党内法规
  施行 2020-01-01

词汇
  类型 测试
  行为 交办、办结

规范 按期办结
  依据 《某条例》第二条第一款「至迟不得超过30日」
  当 交办
  应当 办结，自 交办 起 30日 内
"""
REGISTER = """- {编号: M-1, 文件: 某条例, 条: 第一条, 未编: 原则定义, 说明: 目的}
- {编号: M-2, 文件: 某条例, 条: 第二条第一款, 规范: [按期办结]}
"""


@pytest.fixture
def pack(tmp_path):
    folder = tmp_path / "mou"
    (folder / "text").mkdir(parents=True)
    (folder / "mou.norm").write_text(RULES, encoding="utf-8")
    (folder / "text" / "mou.txt").write_text(TEXT, encoding="utf-8")
    (folder / "provisions.yaml").write_text(REGISTER, encoding="utf-8")
    accept(folder)
    return folder


def accept(folder):
    rules, _ = api.compile_rules((str(folder),))
    api.accept_articles(rules)


def change(file, before, after):
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def codes(folder):
    rules, warnings = api.compile_rules((str(folder),))
    return [p.code for p in (*warnings, *api.articles(rules).problems)]


def test_what_holds_is_silent(pack):
    assert codes(pack) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "found"),
    [
        ("text/mou.txt", "至迟不得超过30日", "至迟不得超过40日", ["stale-quote", "changed-article"]),
        ("text/mou.txt", "可以延长", "可以廷长", ["changed-article"]),
        ("text/mou.txt", "制定本条例", "制订本条例", []),
        ("text/mou.txt", "文本：已核对", "文本：回忆", ["recalled"]),
        ("text/mou.txt", "效力：党内法规", "效力：法律", ["rank"]),
        ("text/mou.txt", "施行：2020-01-01", "施行：2020-01-02", ["validity"]),
        ("text/mou.txt", "施行：2020-01-01", "施行：2020-01-01\n# 废止：2025-01-01", ["validity"]),
        (
            "mou.norm",
            "《某条例》第二条第一款",
            "《别的条例》第二条第一款",
            ["left-over", "unknown-text", "not-cited", "unaccounted"],
        ),
        (
            "mou.norm",
            "《某条例》第二条第一款",
            "《某条例》第九条",
            ["stale-quote", "left-over", "not-cited", "unaccounted"],
        ),
        ("provisions.yaml", "编号: M-2", "编号: M-1", ["twice"]),
        ("provisions.yaml", "条: 第一条", "条: 第一条至第二条", []),
        ("provisions.yaml", "未编: 原则定义, 说明: 目的", "规范: [bie/别处]", []),
        ("provisions.yaml", "[按期办结]", "[按时办结]", ["unknown-norm"]),
        ("provisions.yaml", "条: 第二条第一款", "条: 第一条", ["not-cited"]),
        ("provisions.yaml", "条: 第二条第一款", "条: 第三条", ["unknown-article", "not-cited"]),
        (
            "provisions.yaml",
            "文件: 某条例, 条: 第二条第一款",
            "文件: 某法, 条: 第二条第一款",
            ["unknown-text", "not-cited"],
        ),
        ("provisions.yaml", "未编: 原则定义, 说明: 目的", "未编: 懒得编, 说明: 目的", ["provision", "unaccounted"]),
        ("provisions.yaml", "未编: 原则定义, 说明: 目的", "未编: 原则定义", ["provision", "unaccounted"]),
        ("provisions.yaml", "规范: [按期办结]", "规范: [按期办结], 未编: 原则定义, 说明: 目的", ["provision"]),
        ("provisions.yaml", "编号: M-1", "号: M-1", ["provision", "unaccounted"]),
        ("provisions.yaml", "编号: M-1", "条: 第二条", ["provision", "unaccounted"]),
        ("provisions.yaml", "文件: 某条例, 条: 第一条", "文件: {a: b}, 条: 第一条", ["provision", "unaccounted"]),
        ("provisions.yaml", "编号: M-1", "? [a] : b", ["provision", "unaccounted"]),
        ("provisions.yaml", "- {编号: M-1", "- [编号: M-1", ["provision", "unaccounted"]),
    ],
)
def test_what_does_not_hold_is_told(pack, file, before, after, found):
    change(pack / file, before, after)
    assert codes(pack) == found


def test_a_draft_may_rest_on_a_recalled_text(pack):
    change(pack / "text" / "mou.txt", "文本：已核对", "文本：回忆")
    change(pack / "mou.norm", "  当 交办\n", "  草案\n  当 交办\n")
    assert codes(pack) == []


@pytest.mark.parametrize("name", ["某条例", "条例"])
def test_a_register_may_use_the_short_name(pack, name):
    change(pack / "text" / "mou.txt", "# 名称：某条例", "# 名称：某条例\n# 简称：条例")
    change(pack / "provisions.yaml", "某条例", name)
    assert codes(pack) == []
    change(pack / "mou.norm", "《某条例》", "《条例》")
    accept(pack)
    assert codes(pack) == []


def test_an_article_that_was_compared_again_is_accepted(pack):
    change(pack / "text" / "mou.txt", "可以延长", "可以廷长")
    accept(pack)
    assert codes(pack) == []


def test_a_lock_that_is_no_text_counts_as_nothing_compared(pack):
    (pack / "text" / "articles.lock").write_bytes(b"\xff\xfe\x00 nonsense\n")
    assert codes(pack) == ["changed-article", "left-over"]


def test_without_a_lock_nothing_counts_as_compared(pack):
    (pack / "text" / "articles.lock").unlink()
    assert codes(pack) == ["unlocked"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# 名称：某条例\n", ""),
        ("# 效力：党内法规", "# 效力：党规"),
        ("# 文本：已核对", "# 文本：核对过"),
        ("# 施行：2020-01-01", "# 施行：2020-13-01"),
        ("# 状态：现行", "# 状况：现行"),
        ("# 状态：现行", "# 状态：现行\n# 状态：现行"),
        (TEXT[TEXT.index("第一章") :], ""),
        (TEXT, "# 见：nowhere/mou.txt\n"),
    ],
)
def test_a_text_that_cannot_be_used_is_refused_at_its_line(pack, before, after):
    change(pack / "text" / "mou.txt", before, after)
    with pytest.raises(RulesError) as refused:
        api.compile_rules((str(pack),))
    assert all(d.code == "text" and d.at is not None and d.message.endswith("。") for d in refused.value.diagnostics)


def test_a_pointer_stands_for_the_text_of_another_pack(pack):
    other = pack.parent / "ling"
    (other / "text").mkdir(parents=True)
    (other / "ling.norm").write_text(RULES.replace("标识 mou", "标识 ling"), encoding="utf-8")
    (other / "text" / "mou.txt").write_text("# 见：mou/mou.txt\n", encoding="utf-8")
    accept(other)
    assert codes(other) == []
    rules, _ = api.compile_rules((str(pack), str(other)))
    (view,) = api.articles(rules).views
    assert [c.norm for c in view.articles[1].cited] == ["mou/按期办结", "ling/按期办结"]


def test_sources_take_over_the_standing_of_the_piece_that_holds_their_words(pack):
    second = TEXT.replace("已核对", "转引").replace("至迟不得超过30日", "另有一句").replace("第二条", "第三条")
    (pack / "text" / "second.txt").write_text(second, encoding="utf-8")
    rules, _ = api.compile_rules((str(pack),))
    assert rules.norms[0].sources[0].status is TextStatus.VERIFIED
    change(pack / "mou.norm", "第二条第一款「至迟不得超过30日」", "第三条「另有一句」")
    rules, _ = api.compile_rules((str(pack),))
    assert rules.norms[0].sources[0].status is TextStatus.SECONDARY


def test_the_command_shows_an_article_with_its_norms(pack):
    result = CliRunner().invoke(program, ["articles", "某条例", "第二条", "--rules", str(pack)])
    assert result.exit_code == 0
    assert "情况复杂的，可以延长。" in result.output
    assert "留给人判断的用语：及时、情况复杂" in result.output
    assert "mou/按期办结（第一款）" in result.output
    assert "用例 0个" in result.output


def test_the_command_fails_where_something_does_not_hold(pack):
    change(pack / "text" / "mou.txt", "至迟不得超过30日", "至迟不得超过31日")
    result = CliRunner().invoke(program, ["articles", "--rules", str(pack)])
    assert result.exit_code == 1
    assert "有 2 处须改正或者重新核对。" in result.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [(["某法"], "没有存「某法」的条文"), (["某条例", "第九条"], "里没有「第九条」")],
)
def test_the_command_refuses_what_is_not_stored(pack, args, message):
    result = CliRunner().invoke(program, ["articles", *args, "--rules", str(pack)])
    assert result.exit_code == 2
    assert message in result.stderr


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("《信访工作条例》第二十二条第一款第三项", Citation("信访工作条例", "第二十二条", "第一款第三项")),
        ("参照《某法》第十条之一", Citation("某法", "第十条之一", "", True)),
        ("《最高人民法院关于适用《某法》的解释》第三条", Citation("最高人民法院关于适用《某法》的解释", "第三条")),
        ("《某规定》（等次）", Citation("某规定", "（等次）")),
        ("种子报告", None),
        ("本规程", None),
    ],
)
def test_references_are_taken_apart(reference, found):
    assert cite(reference) == found


def test_articles_sort_by_their_numbers():
    names = ["第一百零二条", "第十条之一", "第二条", "第十条", "（等次）", "第九十九条", "第二十一条"]
    expected = ["第二条", "第十条", "第十条之一", "第二十一条", "第九十九条", "第一百零二条", "（等次）"]
    assert sorted(names, key=article_number) == expected


def test_discretion_words_are_found_longest_first():
    assert discretion_words("情况复杂的，必要时可以适当延长；及时告知，及时归档。") == (
        "情况复杂",
        "必要时",
        "适当",
        "及时",
    )


def test_the_lock_names_no_article_that_no_norm_rests_on(pack):
    lines = Path(pack / "text" / "articles.lock").read_text(encoding="utf-8").splitlines()
    assert [line.partition(" ")[2] for line in lines if not line.startswith("#")] == ["《某条例》第二条"]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("某条例第二条：30日", "参数「期限」的出处没有引用原文，也没有说明是示范取值。"),
        ("《某条例》第二条：“四十日”", "参数「期限」的出处 《某条例》第二条 里没有「四十日」，或者没有存下这件条文。"),
    ],
)
def test_a_parameter_is_told_of_at_its_own_line(pack, source, told):
    text = RULES.replace("施行 2020-01-01\n", f"施行 2020-01-01\n  参数 期限 = 30日 「{source}」\n", 1)
    (pack / "mou.norm").write_text(text, encoding="utf-8")
    rules, _ = api.compile_rules([str(pack)])
    (problem,) = api.articles(rules).problems
    assert problem.at is not None
    assert (problem.message, problem.at.line) == (told, 5)
