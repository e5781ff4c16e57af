"""Rename: everywhere a name stands, or one sentence why not."""

import zipfile
from pathlib import Path

import pytest

from checker.api import run_fixtures
from checker.lsp.rename import Refused, Renaming, renamable, renaming, replaced
from checker.lsp.surroundings import packs_beside, surroundings_of
from lsp.sample import FIXTURES, MORE, NORMS, OTHER, at, quoted, seen, write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path)


def rename(folder, words, new, text=NORMS, file="jia.norm", offset=0):
    return renaming(
        seen(folder), (folder / file).as_posix(), *at(text, words, offset), new, surroundings_of(folder, words, {})
    )


def apply(found):
    """Carry a renaming out on disk."""
    for file in {span.file for span in found.spans}:
        path = Path(file)
        spans = [span for span in found.spans if span.file == file]
        path.write_text(replaced(path.read_text(encoding="utf-8"), spans, found.new), encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "new", "places"),
    [
        (
            "按期", "准期",
            ["rules/jia/jia.norm:16", "rules/jia/more.norm:3", "fixtures/jia/一.yaml:8", "fixtures/jia/一.yaml:16",
             "fixtures/jia/一.yaml:17", "rules/jia/provisions.yaml:1", "rules/yi/yi.norm:9"],
        ),
        (
            "交办", "转办",
            ["rules/jia/jia.norm:12", "rules/jia/jia.norm:18", "rules/jia/jia.norm:19", "fixtures/jia/一.yaml:4",
             "fixtures/jia/一.yaml:11", "fixtures/jia/一.yaml:13"],
        ),
        (
            "政法委", "委员会",
            ["rules/jia/jia.norm:10", "rules/jia/jia.norm:18", "rules/jia/more.norm:4", "fixtures/jia/一.yaml:4",
             "fixtures/jia/一.yaml:13"],
        ),
        (
            "法院", "人民法院",
            ["rules/jia/jia.norm:10", "rules/jia/more.norm:8", "fixtures/jia/一.yaml:4", "fixtures/jia/一.yaml:5",
             "fixtures/jia/一.yaml:8", "fixtures/jia/一.yaml:13"],
        ),
        (
            "来源", "渠道",
            ["rules/jia/jia.norm:12", "rules/jia/jia.norm:18", "fixtures/jia/一.yaml:4", "fixtures/jia/一.yaml:13"],
        ),
        (
            "领导批示", "批示",
            ["rules/jia/jia.norm:12", "rules/jia/jia.norm:18", "fixtures/jia/一.yaml:4", "fixtures/jia/一.yaml:13"],
        ),
        (
            "办结期限", "期限一",
            ["rules/jia/jia.norm:7", "rules/jia/jia.norm:19", "rules/jia/regions/some.yaml:2"],
        ),
        ("事实", "事由", ["rules/jia/jia.norm:14", "rules/jia/more.norm:8"]),
    ],
)  # fmt: skip
def test_every_place_is_found_and_the_fixtures_still_pass(folder, tmp_path, words, new, places):
    found = rename(folder, words, new)
    assert isinstance(found, Renaming), found
    assert [quoted(span, tmp_path) for span in found.spans] == [f"{place} {words}" for place in places]
    apply(found)
    after = seen(folder)
    assert after.diagnostics == ()
    outcomes = run_fixtures(after.rules, (str(tmp_path / "fixtures" / "jia"),)).outcomes
    assert [outcome.passed for outcome in outcomes] == [True, True]


def test_a_word_in_quotation_marks_keeps_them(folder, tmp_path):
    place = at(NORMS, "行为 办结", 3)
    around = surroundings_of(folder, "办结", {})
    apply(renaming(seen(folder), (folder / "jia.norm").as_posix(), *place, "办完", around))
    text = (tmp_path / "fixtures" / "jia" / "一.yaml").read_text(encoding="utf-8")
    assert 'act: "办完"' in text
    assert "covers: [交办, 办完]" in text
    assert "参数 办结期限" in (folder / "jia.norm").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "new", "message"),
    [
        ("按期", "应当", "「应当」是语言自己的词，或者读作数、日期、期间，不能作名称。"),
        ("按期", "三日", "「三日」是语言自己的词，或者读作数、日期、期间，不能作名称。"),
        (
            "按期", "按 期",
            "「按 期」不能作名称：只用文字、数字、「·」「.」「-」「_」，不含空格和标点，不超过 60 字。",
        ),
        ("按期", "按期", "「按期」就是现在的名称。"),
        ("按期", "催办", "「催办」已经是规范的名称（第 1 行），改名后分不清。"),
        ("登记", "归档", "「归档」已经是行为的名称（第 11 行），改名后分不清。"),
        ("登记", "法院", "「法院」已经是机关的名称（第 10 行），改名后分不清。"),
        ("jia", "yi", "规程的标识写在文件夹、现场文件和别的规程里，不能在这里改。"),
        ("应当", "须", "这里没有可以改名的词。"),
    ],
)  # fmt: skip
def test_refusals(folder, words, new, message):
    assert rename(folder, words, new) == Refused(message)


def test_a_value_of_several_attributes_is_refused(folder):
    text = NORMS.replace("结论 {同意、不同意}", "结论 {同意、不同意}，意见 {同意、保留}")
    (folder / "jia.norm").write_text(text, encoding="utf-8")
    found = rename(folder, "同意", "赞成", text)
    assert found == Refused("「同意」是几个属性的取值（意见、结论），不知改哪一个，请逐处改。")


def test_a_name_declared_elsewhere_is_refused(folder):
    other = folder.parent / "yi"
    found = renamable(seen(other), (other / "yi.norm").as_posix(), *at(OTHER, "按期"))
    assert found == Refused("「按期」没有在本规程里声明，请到声明它的规程里改。")


def test_broken_rules_are_mended_first(folder):
    text = NORMS.replace("应当 承办单位 办结", "应当 承办单位 办")
    found = renamable(seen(folder, {"jia.norm": text}), (folder / "jia.norm").as_posix(), *at(text, "按期"))
    assert found == Refused("规则还有错误，改名可能漏改，请先改正。")


def test_a_fixture_that_cannot_be_read_is_mended_first(folder, tmp_path):
    (tmp_path / "fixtures" / "jia" / "坏.yaml").write_text("case: [交办", encoding="utf-8")
    (tmp_path / "fixtures" / "jia" / "表.csv").write_text("案号,行为\n1,交办\n", encoding="utf-8")
    found = rename(folder, "交办", "转办")
    assert found == Refused("用例文件「坏.yaml」「表.csv」不是可读的 YAML，却写到「交办」，请先改它。")


def test_fixtures_of_all_packs_follow_a_norm_but_not_an_act(folder, tmp_path):
    shared = tmp_path / "fixtures" / "整案" / "二.yaml"
    shared.parent.mkdir()
    shared.write_text(FIXTURES, encoding="utf-8")
    by_norm = {Path(span.file).name for span in rename(folder, "按期", "准期").spans}
    by_act = {Path(span.file).name for span in rename(folder, "交办", "转办").spans}
    assert ("二.yaml" in by_norm, "二.yaml" in by_act) == (True, False)


def test_unsaved_text_counts(folder, tmp_path):
    fixture = (tmp_path / "fixtures" / "jia" / "一.yaml").as_posix()
    buffers = {fixture: "\n\n" + FIXTURES}
    place = at(NORMS, "规范 按期", 3)
    found = renaming(
        seen(folder), (folder / "jia.norm").as_posix(), *place, "准期", surroundings_of(folder, "按期", buffers)
    )
    assert [span.line for span in found.spans if span.file == fixture] == [10, 18, 19]


def test_characters_beyond_the_basic_plane_before_a_name(folder, tmp_path):
    fixture = tmp_path / "fixtures" / "jia" / "一.yaml"
    fixture.write_text(FIXTURES.replace("{norm: jia/按期, verdict: met", "{explanation: 𠮷𠮷, norm: jia/按期"), "utf-8")
    found = rename(folder, "按期", "准期")
    assert [quoted(span, tmp_path) for span in found.spans if span.file == fixture.as_posix()] == [
        "fixtures/jia/一.yaml:8 按期", "fixtures/jia/一.yaml:16 按期", "fixtures/jia/一.yaml:17 按期",
    ]  # fmt: skip


def test_a_norm_is_renamed_from_where_it_is_named(folder):
    found = rename(folder, "按期", "准期", MORE, "more.norm")
    assert found.spans == rename(folder, "按期", "准期").spans


def test_folders_beside_that_hold_no_rules_are_not_looked_into(folder):
    unrelated = folder.parent / "别的" / "深处"
    unrelated.mkdir(parents=True)
    (unrelated / "大.yaml").write_text("- {规范: [jia/按期]}", encoding="utf-8")
    assert [one.name for one in packs_beside(folder)] == ["yi"]
    found = surroundings_of(folder, "按期", {})
    assert [Path(one.file).name for one in found.registers] == ["provisions.yaml"]
    assert packs_beside(Path("/没有/这里")) == ()


def test_a_rule_file_in_a_crowded_folder_does_not_make_us_search_it_all(folder):
    deep = folder / "一" / "二" / "三"
    deep.mkdir(parents=True)
    (deep / "远.yaml").write_text("- {规范: [按期]}", encoding="utf-8")
    found = surroundings_of(folder, "按期", {})
    assert [Path(one.file).name for one in found.registers] == ["provisions.yaml"]


def test_reviewed_lists_and_remarks_are_left_and_named(folder, tmp_path):
    (folder.parent / "invariants.yaml").write_text('规范:\n  jia/按期: "38a9"\n', encoding="utf-8")
    (tmp_path / "fixtures" / "jia" / "一.yaml").write_text(f"# 见 jia/按期\n{FIXTURES}", encoding="utf-8")
    found = rename(folder, "按期", "准期")
    assert [Path(name).name for name in found.left] == ["一.yaml", "invariants.yaml"]
    assert rename(folder, "交办", "转办").left == ()


def test_a_workbook_that_names_the_word_is_mended_first(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "fixtures" / "jia" / "表.xlsx", "w") as book:
        book.writestr("xl/sharedStrings.xml", "<sst><si><t>jia/按期</t></si></sst>")
    (tmp_path / "fixtures" / "jia" / "坏.xlsx").write_bytes(b"PK")
    assert rename(folder, "按期", "准期") == Refused("用例文件「表.xlsx」不是可读的 YAML，却写到「按期」，请先改它。")
    assert isinstance(rename(folder, "交办", "转办"), Renaming)
