"""What the program says of a finding, and the same in a letter."""

import datetime as dt

import pytest

from checker.model.case import Event
from checker.reports.documents import Wish, written
from checker.reports.letters.plain import plain
from reports.letters.making import run_of, text_of

ROOT = Event(id="交办", position=1, act="交办", date=dt.date(2026, 3, 10), actors=("政法委",))
AGAIN = ROOT.model_copy(update={"id": "交办2", "position": 4})
NAMED = Event(id="e2", position=2, act="审批", date=dt.date(2026, 3, 2), time=dt.time(9, 5), actors=None)
UNDATED = Event(id="e3", position=3, act="办结", actors=("法院",))


@pytest.mark.parametrize(
    ("said", "written_so"),
    [
        ("2026-03-10 政法委 交办", "2026年3月10日政法委交办"),
        ("在触发事件之前有 2026-03-02 09:05 审批（e2）", "在该次交办之前有2026年3月2日09时05分审批"),
        ("有 2026-03-10 政法委 交办（交办2）", "有2026年3月10日政法委交办"),
        ("有 日期不明的 法院 办结（e3）", "有日期不明的法院办结"),
        ("截至 2026-11-05 未见「法院 办结」的记录", "截至2026年11月5日未见「法院办结」的记录"),
        ("自 2026-03-10 次日起算，第1日为 2026-03-11", "自2026年3月10日次日起算，第1日为2026年3月11日"),
        ("记录所写的「触发事件的 期限」，此处为 30日", "交办时指定的期限，此处为30日"),
        ("记录所写的「触发事件的 宽限」", "交办时写明的「宽限」"),
        ("90日（参数「办结期限」），「办结期限」的出处：示范取值", "办结期限为90日，出处：示范取值"),
        (
            "记录所写的「触发事件的 期限」、90日（参数「办结期限」） 中届满日较早者，「办结期限」的出处：示范",
            "交办时指定的期限、90日（办结期限）中届满日较早者，「办结期限」的出处：示范",
        ),
        ("未见符合「触发事件所列承办单位 办结」的记录", "未见符合「承办单位办结」的记录"),
        ("记录不符合「duban/按期办结」", "记录不符合「按期办结」"),
        ("duban《督办规程（示范）》【示范】；条文现行", "《督办规程（示范）》【示范】；条文现行"),
        ("「但 已 有 承办单位 办结 的，不适用」不成立", "「但已有承办单位办结的，不适用」不成立"),
        ("案号 丁政督〔2026〕28号、A-2026-03-10、2026-03-10-1", "案号丁政督〔2026〕28号、A-2026-03-10、2026-03-10-1"),
    ],
)
def test_a_sentence_in_a_letter(said, written_so):
    assert plain(said, ROOT, (ROOT, NAMED, UNDATED, AGAIN)) == written_so


@pytest.mark.parametrize(
    ("said", "written_so"),
    [
        ("记录所写的「触发事件的 期限」", "记录所写的「期限」"),
        ("由 触发事件的主体 为之，在触发事件之前", "由有关机关为之，在有关事项之前"),
    ],
)
def test_a_sentence_of_a_duty_that_no_event_set_off(said, written_so):
    assert plain(said, None) == written_so


CASE = """
case: 丁政督〔2026〕28号
kind: 督办
covers: [登记, 审批, 交办, 办结, 结果报告, 说明原因, 督查, 催办, 提出异议, 延期批准, 延期申请]
events:
  - {id: 登记, date: 2026-03-01, act: 登记, actor: 政法委}
  - {id: 审批, date: 2026-03-02, act: 审批, actor: 政法委, 结论: 同意}
  - {id: 交办, date: 2026-03-10, act: 交办, actor: 政法委, 承办单位: 法院, 期限: 30日, 来源: 领导批示}
"""


@pytest.mark.parametrize("packs", [("duban",), ("duban", "petition", "record", "scope")])
def test_letters_speak_no_words_of_the_program(tmp_path, packs):
    found = written("docx", run_of(tmp_path, CASE, "2026-11-20", packs), Wish()).documents
    assert len(found) == 8
    for name, data in found.items():
        text = text_of(data)
        for word in ("2026-", "触发", "参数「", "duban", "交办（", "（e"):
            assert word not in text, (name, word)


def test_a_letter_says_why_there_is_no_due_date_yet(tmp_path):
    found = written("docx", run_of(tmp_path, CASE, "2026-11-20"), Wish()).documents
    text = text_of(found["督办函-法院-丁政督〔2026〕28号.docx"])
    assert "限期报告\n待定\n尚未起算：法院办结以后起算\n" in text
    assert "4. 限期报告：报告期限为7日，出处：参照" in text
    assert "交办时指定的期限，此处为30日。自2026年3月10日次日起算" in text
