"""A pack as the editor sees it: unsaved text counts, and the last good rules stay at hand."""

import os

import pytest

from checker.lsp.problems import problems
from checker.lsp.session import Session
from checker.lsp.view import stamp_of, view_of
from lsp.sample import MORE, NORMS, seen, write


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path)


def told(view):
    return {name.rpartition("/")[2]: [one.message for one in found] for name, found in problems(view).items()}


def test_a_clean_pack_has_every_file_and_nothing_to_tell(folder):
    view = seen(folder)
    assert told(view) == {"jia.norm": [], "more.norm": []}
    assert [norm.id for norm in view.rules.norms] == ["jia/按期", "jia/催办", "jia/报告要件"]
    assert [one.title for one in view.texts] == ["某法"]


def test_unsaved_text_takes_the_place_of_the_file_and_shows_in_the_others(folder):
    view = seen(folder, {"jia.norm": NORMS.replace("规范 按期", "规范 按时")})
    assert told(view) == {"jia.norm": [], "more.norm": ["没有名为「按期」的规范。"]}
    assert view.rules is None


def test_a_file_that_is_only_in_the_editor_belongs_to_the_pack(folder):
    view = seen(folder, {"新.norm": "规范 新\n  依据 某\n  当 登记\n  应当 归党\n"})
    assert told(view)["新.norm"] == ["行为「归党」没有在词汇中声明。"]


def test_broken_texts_are_told_and_the_rules_still_read(folder):
    (folder / "text" / "mf.txt").write_text("# 名称：某法\n# 没有：这一项\n", encoding="utf-8")
    view = seen(folder)
    assert told(view)["mf.txt"] or any("mf.txt" in name for name in told(view))
    assert len(view.names) > 30


def test_the_last_good_rules_stay_while_a_line_is_half_written(folder):
    first = seen(folder)
    name = (folder / "jia.norm").as_posix()
    second = view_of(folder, {name: NORMS.replace("应当 承办单位 办结", "应当 承办单位 办")}, first.good)
    assert second.rules is None
    assert second.good == first.rules


def test_text_that_is_no_text_does_no_harm(folder):
    view = seen(folder, {"more.norm": MORE + "# \ud842\n"})
    assert view.rules is not None


def test_the_session_compiles_anew_only_when_something_changed(folder):
    session, name = Session(), (folder / "jia.norm").as_posix()
    session.put(name, NORMS)
    first = session.view(name)
    assert session.view((folder / "more.norm").as_posix()) is first
    session.put(name, NORMS + "\n")
    second = session.view(name)
    assert second is not first
    os.utime(folder / "more.norm", ns=(1, 1))
    assert session.view(name) is not second
    session.drop(name)
    assert session.view(name).line(name, 1) == "规程 《甲》"


def test_stored_texts_count_among_what_a_view_rests_on(folder):
    before = stamp_of(folder, {})
    os.utime(folder / "text" / "mf.txt", ns=(1, 1))
    assert stamp_of(folder, {}) != before


def test_what_was_told_before_is_cleared():
    session = Session()
    assert session.cleared("一", {"a": (1,), "b": ()}) == set()
    assert session.cleared("一", {"b": (1,)}) == {"a"}
    assert session.cleared("二", {}) == set()
