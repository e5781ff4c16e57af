"""Quick fixes, formatting, and the line over each norm."""

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.lsp.actions import actions
from checker.lsp.fixture_names import read_fixture
from checker.lsp.fixture_runs import lenses, run_norm
from checker.lsp.formatting import formatted
from checker.lsp.rename import replaced
from checker.lsp.session import Session
from checker.lsp.surroundings import fixtures_of
from lsp.sample import FIXTURES, NORMS, seen, write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "mended"),
    [
        ("应当 承办单位 办结", "应当 承办单位 办决", "应当 承办单位 办结"),
        ("来源 为 领导批示", "来源 为 领导指示", "来源 为 领导批示"),
        ("来源 为", "来原 为", "来源 为"),
        ("应当 承办单位 办结", "应当 承办单位办结", "应当 承办单位 办结"),
        ("效力 示范", "效力 示犯", "效力 示范"),
    ],
)
def test_a_suggestion_that_is_a_replacement_mends_the_file(folder, old, new, mended):
    text = NORMS.replace(old, new)
    view = seen(folder, {"jia.norm": text})
    found = [action for one in view.diagnostics for action in actions(view, one)]
    assert len(found) == 1
    assert replaced(text, [found[0].span], found[0].text) == text.replace(new, mended)
    assert found[0].title == f"改为「{found[0].text}」"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("依据 《某法》第一条「十日内办结」\n", ""),
        ("应当 承办单位 办结，自 交办 起 办结期限 内", "应当 承办单位 办结，自 交办"),
        ("效力 示范", "效力 没有这种"),
    ],
)
def test_other_suggestions_are_left_to_the_drafter(folder, old, new):
    view = seen(folder, {"jia.norm": NORMS.replace(old, new)})
    assert view.diagnostics
    assert [action for one in view.diagnostics for action in actions(view, one)] == []


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        (NORMS, None),
        (NORMS.replace("自 交办 起 办结期限 内", "自  交办 起  办结期限  内"), NORMS),
        (NORMS.replace("，", ","), NORMS),
        (NORMS.replace("\n", "\r\n"), None),
        (NORMS.replace("应当 ", "应当  ").replace("\n", "\r\n"), NORMS.replace("\n", "\r\n")),
        (NORMS.replace("应当 承办单位", "应当 应当  承办单位"), None),
        ("", None),
    ],
)
def test_formatting_is_that_of_the_command(text, laid_out):
    assert formatted("a.norm", text) == laid_out


def test_the_line_over_each_norm_counts_its_fixtures(folder):
    fixtures = [read_fixture("一.yaml", FIXTURES), read_fixture("表.csv", "jia/按期"), read_fixture("坏.yaml", "a: [")]
    view = seen(folder)
    found = [lens for name in view.files for lens in lenses(view, name, fixtures)]
    assert [(lens.norm, lens.fixtures, lens.span.line) for lens in found] == [
        ("jia/按期", 2, 16),
        ("jia/催办", 1, 1),
        ("jia/报告要件", 0, 6),
    ]


def test_the_session_finds_the_fixtures_and_reads_them_again_when_they_change(folder, tmp_path):
    session, path = Session(), tmp_path / "fixtures" / "jia" / "一.yaml"
    first = session.fixtures(folder)
    assert [one.file for one in first] == [path.as_posix()]
    assert session.fixtures(folder)[0] is first[0]
    session.put(path.as_posix(), "")
    assert session.fixtures(folder)[0].text == ""


def run(folder, norm, **buffers):
    found = run_norm(seen(folder, buffers), norm, fixtures_of(folder), shipped_calendar())
    told = {
        name.rpartition("/")[2]: [(one.at.line, one.message) for one in problems]
        for name, problems in found.problems.items()
    }
    return found.message, found.passed, told


def test_fixtures_that_pass_clear_what_was_told(folder):
    assert run(folder, "jia/按期") == ("「jia/按期」的用例 2个：通过 2，没有通过 0。", True, {"一.yaml": []})


def test_the_rules_run_as_they_stand_in_the_editor(folder):
    message, passed, told = run(folder, "jia/按期", **{"jia.norm": NORMS.replace("= 10日", "= 2日")})
    assert (message, passed) == ("「jia/按期」的用例 2个：通过 1，没有通过 1。", False)
    assert told["一.yaml"] == [
        (8, "案件「好」：「jia/按期」与期望不同：verdict 期望 met（合规），实际 late（逾期履行）。"),
        (2, "案件「好」：没有期望「jia/催办」在 违反:jia/按期@e1 处的结论，实际为「逾期未履行」。"),
    ]


def test_a_fixture_that_cannot_be_read_is_told_too(folder, tmp_path):
    (tmp_path / "fixtures" / "jia" / "坏.yaml").write_text("case: 坏\nevents: [{act: 没有}]\n", encoding="utf-8")
    message, passed, told = run(folder, "jia/按期")
    assert (message, passed) == ("「jia/按期」的用例 2个：通过 2，没有通过 0；另有 1个用例读不了。", False)
    assert told["坏.yaml"]


def test_nothing_to_run_says_why(folder, tmp_path):
    assert run(folder, "jia/报告要件")[:2] == ("「jia/报告要件」没有用例。", False)
    broken = NORMS.replace("应当 承办单位 办结", "应当 承办单位 办")
    assert run(folder, "jia/按期", **{"jia.norm": broken})[:2] == ("规则还有错误，没有运行用例。", False)
    lone = tmp_path / "lone"
    lone.mkdir()
    (lone / "a.norm").write_text("", encoding="utf-8")
    found = run_norm(seen(folder), "jia/按期", fixtures_of(lone), shipped_calendar())
    assert found.message == "「jia/按期」没有用例：规则旁边没有用例的文件夹。"
