"""Definition, references, outline and hover over a small pack."""

import datetime as dt

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.lsp.definition import definition
from checker.lsp.fixture_names import read_fixture
from checker.lsp.hover import hover
from checker.lsp.outline import outline
from checker.lsp.references import references
from lsp.sample import FIXTURES, MORE, NORMS, OTHER, at, quoted, seen, write

TODAY = dt.date(2026, 3, 2)


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path)


def name(folder, file="jia.norm"):
    return (folder / file).as_posix()


@pytest.mark.parametrize(
    ("file", "text", "words", "found"),
    [
        ("jia.norm", NORMS, "政法委 交办", ["rules/jia/jia.norm:10 政法委"]),
        ("jia.norm", NORMS, "交办 且", ["rules/jia/jia.norm:12 交办"]),
        ("jia.norm", NORMS, "来源 为", ["rules/jia/jia.norm:12 来源"]),
        ("jia.norm", NORMS, "领导批示\n", ["rules/jia/jia.norm:12 领导批示"]),
        ("jia.norm", NORMS, "承办单位 办结", ["rules/jia/jia.norm:12 承办单位"]),
        ("jia.norm", NORMS, "办结期限 内", ["rules/jia/jia.norm:7 办结期限"]),
        ("jia.norm", NORMS, "《某法》第一条「", ["rules/jia/text/mf.txt:9 "]),
        ("jia.norm", NORMS, "「十日内", ["rules/jia/text/mf.txt:9 "]),
        ("jia.norm", NORMS, "「《某法》第一条：", ["rules/jia/text/mf.txt:9 "]),
        ("jia.norm", NORMS, "应当", []),
        ("more.norm", MORE, "按期", ["rules/jia/jia.norm:16 按期"]),
        ("more.norm", MORE, "依据\n", ["rules/jia/jia.norm:14 依据"]),
        ("more.norm", MORE, "某\n", []),
    ],
)
def test_go_to_definition(folder, tmp_path, file, text, words, found):
    spans = definition(seen(folder), name(folder, file), *at(text, words, 1))
    assert [quoted(span, tmp_path) for span in spans] == found


def test_the_norm_of_another_pack_is_found_beside_ours(folder, tmp_path):
    other = folder.parent / "yi"
    spans = definition(seen(other), name(other, "yi.norm"), *at(OTHER, "按期", 1))
    assert [quoted(span, tmp_path) for span in spans] == ["rules/jia/jia.norm:16 按期"]


def test_references_stand_in_all_files_and_in_the_fixtures(folder, tmp_path):
    fixture = read_fixture((tmp_path / "fixtures" / "jia" / "一.yaml").as_posix(), FIXTURES)
    place = at(NORMS, "规范 按期", 4)
    spans = references(seen(folder), name(folder), *place, [fixture], declared=True)
    assert [quoted(span, tmp_path) for span in spans] == [
        "rules/jia/jia.norm:16 按期",
        "rules/jia/more.norm:3 按期",
        "fixtures/jia/一.yaml:8 按期",
        "fixtures/jia/一.yaml:16 按期",
        "fixtures/jia/一.yaml:17 按期",
    ]
    assert references(seen(folder), name(folder), *place, [], declared=False) == spans[1:2]
    assert references(seen(folder), name(folder), 1, 1, [fixture], declared=True) == ()


def test_the_outline_of_a_file(folder):
    def lines(entries, depth=0):
        for one in entries:
            yield f"{'  ' * depth}{one.kind} {one.title} {one.span.line}-{one.span.end_line}"
            yield from lines(one.below, depth + 1)

    assert list(lines(outline(seen(folder), name(folder)))) == [
        "规程 《甲》 1-7",
        "  参数 办结期限 7-7",
        "行为 词汇 9-14",
        "  机关 法院 10-10",
        "  机关 政法委 10-10",
        "  行为 登记 11-11",
        "  行为 归档 11-11",
        "  行为 交办 12-12",
        "  行为 办结 13-13",
        "  行为 报告 14-14",
        "规范 按期 16-19",
    ]
    assert outline(seen(folder), "没有.norm") == ()


@pytest.mark.parametrize(
    ("file", "text", "words", "shown"),
    [
        (
            "jia.norm", NORMS, "规范 按期",
            """**规范 jia/按期（版本 2024-01-01）**

*效力*

- 示范，《甲》，自 2024-01-01 起施行
- 不符合的，属 程序违规，情节 一般

*核心形式*

- 触发：每有 政法委 交办（来源 为 领导批示）
- 要求：自 触发之日 起 10日（参数「办结期限」） 内：
  - 应有 触发事件所列承办单位 办结
- 期间：次日起算，末日遇休假日顺延

*参数*

- 办结期限 = 10日
  - 出处：《某法》第一条「十日内办结」

*与其他规范的关系*

- 依赖本条的规范：jia/催办

*10日怎样算，以自 2026-03-02 起为例*

- 自 2026-03-02 次日起算，第1日为 2026-03-03
- 加 10日，至 2026-03-12（星期四）""",
        ),
        (
            "jia.norm", NORMS, "「十日内",
            "**《某法》第一条**\n\n现行，文本已核对\n\n> 第一条 交办的，应当在十日内办结。  ",
        ),
        (
            "jia.norm", NORMS, "《某法》第一条「",
            "**《某法》第一条**\n\n现行，文本已核对\n\n> 第一条 交办的，应当在十日内办结。  ",
        ),
        (
            "jia.norm", NORMS, "交办 且",
            "**行为「交办」**\n\n- 承办单位：「机关」\n- 来源：「{领导批示、群众来信}」\n\n本规程用到 2处",
        ),
        ("jia.norm", NORMS, "来源 为", "**属性「来源」**\n\n- 交办：「{领导批示、群众来信}」\n\n本规程用到 1处"),
        ("jia.norm", NORMS, "领导批示\n", "**取值「领导批示」**，属性「来源」的取值\n\n本规程用到 1处"),
        (
            "jia.norm", NORMS, "办结期限 内",
            "**参数「办结期限」**\n\n- 值：10日\n- 出处：《某法》第一条「十日内办结」\n\n本规程用到 1处",
        ),
        ("jia.norm", NORMS, "群众来信", "**取值「群众来信」**，属性「来源」的取值\n\n本规程没有用到"),
        (
            "more.norm", MORE, "5日",
            "**5日**：次日起算，末日遇休假日顺延\n\n*5日怎样算，以自 2026-03-02 起为例*\n\n"
            "- 自 2026-03-02 次日起算，第1日为 2026-03-03\n- 加 5日，至 2026-03-07（星期六）\n"
            "- 末日 2026-03-07（星期六）为休假日，顺延至 2026-03-09（星期一）",
        ),
        ("jia.norm", NORMS, "当 政法委", None),
        ("more.norm", MORE, "某\n", None),
    ],
)  # fmt: skip
def test_hover(folder, file, text, words, shown):
    place = at(text, words, 3 if words.startswith("规范") else 0)
    found = hover(seen(folder), name(folder, file), *place, shipped_calendar(), TODAY)
    assert (found and found.text) == shown


def test_a_norm_of_broken_rules_says_so(folder):
    text = NORMS.replace("应当 承办单位 办结", "应当 承办单位 办")
    found = hover(seen(folder, {"jia.norm": text}), name(folder), *at(text, "规范 按期", 4), shipped_calendar(), TODAY)
    assert found.text == "**规范「按期」**\n\n规则还有错误，读不出它的核心形式。"
