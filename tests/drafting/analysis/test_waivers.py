"""Answers reviewed and let stand; an entry that meets nothing is an error, and so is one without a reason."""

from pathlib import Path

import pytest

from checker import api
from checker.calendars.shipped import shipped_calendar
from checker.drafting.analysis.running import analyse
from checker.drafting.analysis.waivers import complaints, read_waivers, reviewed
from checker.model.diagnostic import DataError

HOME = Path(__file__).parent
PACK = HOME / "faulty" / "report-upon-report.norm"
ENDLESS = "- {kind: endless, norms: [t/续报], reason: 本来没有终点, by: 甲}\n"
OTHER = "- {kind: contradiction, norms: [t/续报], reason: 已改, by: 甲}\n"


def review(tmp_path, text, kinds=()):
    path = tmp_path / "复核.yaml"
    path.write_text(text, encoding="utf-8")
    rules, _ = api.compile_rules([str(PACK)])
    return reviewed(analyse(rules, shipped_calendar(), only=kinds), read_waivers(str(path)), kinds)


def test_what_was_reviewed_no_longer_stands(tmp_path):
    found = review(tmp_path, ENDLESS)
    assert found.left == ()
    assert [(one.kind, waiver.reason, waiver.by) for one, waiver in found.waived] == [("endless", "本来没有终点", "甲")]
    assert found.unmatched == ()


def test_an_entry_that_meets_nothing_is_told_with_its_line(tmp_path):
    found = review(tmp_path, ENDLESS + OTHER)
    (complaint,) = complaints(found.unmatched)
    assert complaint.message == "复核登记的「contradiction」（t/续报）没有对应的分析结果"
    assert complaint.at.line == 2


def test_entries_of_kinds_that_were_not_asked_for_are_passed_over(tmp_path):
    assert review(tmp_path, ENDLESS + OTHER, ("endless",)).unmatched == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind: endless\n", "复核登记须是列表，一项一条"),
        ("- endless\n", "复核登记的一项须写明各键"),
        ("- {kind: endless, norms: [t/a], by: 甲}\n", "复核登记的一项没有写 reason"),
        ("- {kind: endless, norms: [t/a], reason: 因为}\n", "复核登记的一项没有写 by"),
        ("- {kind: endless, norms: t/a, reason: 因为, by: 甲}\n", "复核登记的 norms 须是列表"),
        ("- {kind: gap, reason: 因为, by: 甲}\n", "复核登记的一项没有写 norms，也没有写 about"),
        ("- {kind: gap, about: 乙, why: 无, reason: 因为, by: 甲}\n", "复核登记没有「why」这一项"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path, text, message):
    with pytest.raises(DataError) as caught:
        review(tmp_path, text)
    assert [one.message for one in caught.value.diagnostics] == [message]
