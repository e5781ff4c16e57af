"""Which letters a run gives, and what they say."""

import os
from pathlib import Path

import pytest

from checker.reports.documents import Wish, written
from checker.reports.letters.kinds import Kind
from explain.making import ACCUSING
from reports.letters.making import opened, parts_of, run_of, text_of

HERE = Path(__file__).parent
LISTING = "文书清单.txt"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return run_of(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def letters(report):
    return written("docx", report, Wish())


def beside(name, text):
    """Compare with what stands in ``expected``; UPDATE_EXPECTED=1 rewrites it."""
    path = HERE / "expected" / name
    if os.environ.get("UPDATE_EXPECTED"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_finding_is_in_a_letter_or_told_to_be_in_none(letters):
    beside(LISTING, letters.beside[LISTING].decode("utf-8-sig").replace("\r\n", "\n"))


@pytest.mark.parametrize(
    "name",
    [
        "督办函-公安机关-督办-1",
        "督办函-责任机关待核-督办-4",
        "催办函-政法委",
        "催办函-公安机关",
        "执法监督意见书-政法委",
        "资料补充函-检察院",
        "资料补充函-责任机关待核",
        "评查报告",
    ],
)
def test_a_letter_says_all_it_should(letters, name):
    beside(f"{name}.txt", text_of(letters.documents[f"{name}.docx"]) + "\n")


@pytest.mark.parametrize("kind", Kind)
def test_a_letter_leaves_no_tag_and_accuses_nobody(letters, kind):
    found = {name: text_of(data) for name, data in letters.documents.items() if name.startswith(kind.value)}
    assert found
    for text in found.values():
        assert not [mark for mark in ("{{", "}}", "{%", "%}", "None", "[]") if mark in text]
        assert not [word for word in ACCUSING if word in text]
        assert "【待填：成文日期】" in text
        assert "不认定任何人的责任" in text or kind is Kind.SUPPLY


def test_the_same_run_gives_the_same_parts(report, letters):
    again = written("docx", report, Wish())
    assert list(again.documents) == list(letters.documents)
    for name, data in again.documents.items():
        assert parts_of(data) == parts_of(letters.documents[name])
        assert data == letters.documents[name]
    assert again.beside == letters.beside


def test_nobody_who_opens_a_letter_sees_the_clock(letters):
    facts = opened(letters.documents["评查报告.docx"]).core_properties
    assert (str(facts.created), str(facts.modified)) == ("2026-11-25 00:00:00+00:00", "2026-11-25 00:00:00+00:00")
    assert (facts.title, facts.author) == ("评查报告", "")


PETITION = """
case: 信访-1
kind: 信访事项
covers: [交办信访事项, 反馈办理结果, 归档, 提交办结报告]
events:
  - {id: e1, date: 2026-03-03, act: 交办信访事项, actor: 信访部门, 接收单位: 行政机关, 指定期限: 30日}
  - {id: e2, date: 2026-03-26, act: 提交办结报告, actor: 行政机关}
"""


def test_the_articles_by_which_time_is_counted_stand_once_with_the_norm(tmp_path):
    found = written("docx", run_of(tmp_path, PETITION, "2026-04-10", ("petition",)), Wish()).documents
    for name in ("督办函-行政机关-信访-1.docx", "催办函-行政机关.docx", "执法监督意见书-行政机关.docx"):
        text = text_of(found[name])
        assert "算法依据" not in text
        assert text.count("期限的算法：") == 1
        assert text.count("《中华人民共和国民法典》第二百零一条第一款") == 1


def test_articles_that_count_the_time_of_several_norms_are_quoted_once_in_a_letter(tmp_path):
    """The same duty under the old rules and under the new ones."""
    case = (
        "case: 信访-{0}\nkind: 信访事项\ncovers: [受理信访事项, 信访办结, 批准延长信访办理]\n"
        "events:\n  - {{id: e1, date: {0}-03-04, act: 受理信访事项, actor: 行政机关, 办理途径: 信访程序, "
        "法律行政法规另有规定: 否}}\n"
    )
    cases = "---\n".join(case.format(year) for year in (2021, 2026))
    found = written("docx", run_of(tmp_path, cases, "2026-11-10", ("petition",)), Wish("催办函")).documents
    text = text_of(found["催办函-责任机关待核.docx"])
    assert text.count("限期办结的依据：") == 2
    assert text.count("《中华人民共和国民法典》第二百零一条第一款") == 1
    assert text.count("。期限的算法：同「限期办结」。") == 1
