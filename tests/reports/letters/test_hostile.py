"""Whatever a record says, a letter shows it as text, and Word can open it."""

import json

import pytest
from lxml import etree

from checker.reports.documents import Wish, written
from reports.letters.making import CASES, addressed, parts_of, run_of, text_of

NASTY = {
    "markup": "</w:t></w:r><w:p>甲",
    "entity": "甲&amp;乙&#x41;<!--",
    "tag": "{{ 截至 }}{% for x in 事项 %}",
    "docxtpl": "{%tr for 项 in 事项 %}{_{ }_}",
    "comment": "{# 甲 #}{{r 乙 }}",
    "formula": "=cmd|' /C calc'!A0",
}


@pytest.mark.parametrize("nasty", NASTY.values(), ids=NASTY)
def test_a_case_is_called_what_the_record_calls_it(tmp_path, nasty):
    quoted = json.dumps(nasty, ensure_ascii=False)
    report = run_of(tmp_path, CASES.replace("case: 督办-1\n", f"case: {quoted}\n"))
    assert len(report.cases) == 4
    shown = nasty.replace("{_{", "{{").replace("}_}", "}}")
    for name, data in written("docx", report, Wish()).documents.items():
        for part, content in parts_of(data).items():
            if part.endswith((".xml", ".rels")):
                etree.fromstring(content)
        if "公安机关" in name:
            assert shown in text_of(data)


def test_a_unit_is_called_what_the_record_calls_it(tmp_path):
    name = "某省某市某区" * 20 + "<w:b/>&{{ 截至 }}\u202e\a\f\t\uffff委员会"
    report = addressed(run_of(tmp_path), {"公安机关": name})
    found = written("docx", report, Wish("催办函")).documents
    texts = [text_of(data) for data in found.values()]
    shown = "".join("�" if sign in "\u202e\a\f\t\uffff" else sign for sign in name)
    assert any(shown in text for text in texts)
    assert not any("\u202e" in text for text in texts)


def test_forty_findings_stand_in_one_letter_under_heads_that_are_repeated(tmp_path):
    one = CASES.partition("---\n")[0]
    report = run_of(tmp_path, "---\n".join(one.replace("督办-1", f"督办-{n}") for n in range(1, 21)))
    found = written("docx", report, Wish("催办函")).documents["催办函-公安机关.docx"]
    text = text_of(found)
    assert text.count("未见「公安机关办结」的记录；") == 20
    assert text.count("未见「公安机关说明原因」的记录；") == 20
    assert text.count("按期办结的依据：") == 1
    root = etree.fromstring(parts_of(found)["word/document.xml"])
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    (table,) = root.iter(f"{word}tbl")
    rows = list(table.iter(f"{word}tr"))
    assert len(rows) == 41
    assert [row.find(f"{word}trPr/{word}tblHeader") is not None for row in rows] == [True] + [False] * 40
    assert all(row.find(f"{word}trPr/{word}cantSplit") is not None for row in rows)


def test_without_explanations_letters_are_short_and_whole(tmp_path):
    """``--brief`` lists findings without a sentence."""
    report = run_of(tmp_path)
    bare = tuple(one._replace(shown=tuple(s._replace(reasons=()) for s in one.shown)) for one in report.cases)
    for data in written("docx", report._replace(cases=bare), Wish()).documents.values():
        assert not [mark for mark in ("：。", "；。", "（）", "{{") if mark in text_of(data)]
