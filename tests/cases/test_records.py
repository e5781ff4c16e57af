import datetime as dt
from decimal import Decimal

import pytest

from checker.model.case import Answer, Extent
from checker.model.diagnostic import Level
from checker.model.values import Part, Period, Unit

WHOLE = """\
案件: DB-1
类型: 督办
涵盖: [登记, 审批]
属性: {来源: 领导批示}
起止: {起: 2024-01-01, 止: 2024年12月31日}
有序: 否
事件:
  - {日期: 2024-03-05, 行为: 登记, 主体: 政法委}
  - {编号: x, 日期: 2024-03-06T09:30, 行为: 审批, 主体: [政法委, 承办人], 结论: 同意}
  - {行为: 提请协调, 文书: [案件情况]}
认定:
  - {规范: duban/效果统一, 事件: x, 回答: 是, 认定人: 审核员甲, 日期: 2024-07-01}
"""


def test_chinese_and_english_keys_mean_the_same(read):
    english = WHOLE
    for chinese, name in [
        ("案件:", "case:"), ("类型", "kind"), ("涵盖", "covers"), ("属性", "attributes"), ("起止", "extent"),
        ("起:", "first:"), ("止:", "last:"), ("有序", "ordered"), ("事件:\n", "events:\n"), ("日期", "date"),
        ("行为", "act"), ("主体", "actor"), ("编号", "id"), ("文书", "document"), ("认定:", "answers:"),
        ("规范", "norm"), ("事件: x", "event: x"), ("回答", "answer"), ("认定人", "by"),
    ]:  # fmt: skip
        english = english.replace(chinese, name)
    assert "行为" not in english
    one, other = read(WHOLE).cases[0], read(english).cases[0]
    assert one.model_copy(update={"events": (), "place": None}) == other.model_copy(
        update={"events": (), "place": None}
    )
    assert [e.model_copy(update={"place": None}) for e in one.events] == [
        e.model_copy(update={"place": None}) for e in other.events
    ]


@pytest.mark.parametrize("keys", ['"date": null, "日期": "2024-03-05"', '"日期": "2024-03-05", "date": null'])
def test_a_null_under_the_other_name_says_nothing(read, keys):
    line = '{"case": "甲", "事件": null, "events": [{"act": "登记", %s}], "案件": null}\n'
    for name in ("case.json", "case.jsonl"):
        assert [event.date for event in read(line % keys, name).cases[0].events] == [dt.date(2024, 3, 5)]


def test_a_whole_case(read):
    case = read(WHOLE).cases[0]
    assert (case.id, case.kind, case.covers, case.ordered) == ("DB-1", "督办", {"登记", "审批"}, False)
    assert case.attributes == {"来源": "领导批示"}
    assert case.extent == Extent(first=dt.date(2024, 1, 1), last=dt.date(2024, 12, 31))
    first, second, third = case.events
    assert (first.id, first.position, first.date, first.time, first.actors) == (
        "e1", 1, dt.date(2024, 3, 5), None, ("政法委",),
    )  # fmt: skip
    assert (second.id, second.time, second.actors) == ("x", dt.time(9, 30), ("政法委", "承办人"))
    assert (third.id, third.date, third.actors, third.document) == ("e3", None, None, ("案件情况",))
    assert [event.place.line for event in case.events] == [8, 9, 10]
    assert case.answers == (
        Answer(norm="duban/效果统一", event="x", answer=True, by="审核员甲", date=dt.date(2024, 7, 1)),
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("承办单位: 虎林市人民法院", "虎林市人民法院"),
        ("期限: 一个半月", Period(parts=(Part(n=1, unit=Unit.MONTH), Part(n=15, unit=Unit.DAY)))),
        ("金额: 0012", 12),
        ("金额: 12.50", Decimal("12.50")),
        ("金额: 1:30", None),
        ("金额: 0x1F", None),
        ("金额: '12'", None),
        ("金额: .inf", None),
        ("金额: 1e9999", None),
        ("交邮日: 2024-03-05", dt.date(2024, 3, 5)),
        ("交邮日: 2024-02-30", None),
        ("期限: 24小时", None),
        ("在押: 是", True),
        ("在押: false", False),
        ("在押: yes", None),
        ("在押: 'true'", None),
        ("说明: no", "no"),
        ("说明: 12:30", "12:30"),
        ("说明: 0777", "0777"),
        ("说明: 2024-03-05", "2024-03-05"),
        ("经办: 甲", "甲"),
        ("事项: [定性, 事实认定]", ("定性", "事实认定")),
        ("事项: 定性、事实认定", ("定性", "事实认定")),
        ("事项: 定性", ("定性",)),
        ("事项: []", ()),
        ("事项: [定性, null]", None),
        ("承办单位: [法院]", None),
    ],
)
def test_values_are_read_as_their_declared_type(read, text, value):
    result = read(f"case: a\nevents:\n- act: 交办\n  {text}\n")
    if value is None:
        assert result.codes == [f"{result.diagnostics[0].code}@4"]
    else:
        (found,) = result.cases[0].events[0].attributes.values()
        assert found == value
        assert type(found) is type(value)


def test_null_is_known_to_be_none_and_silence_is_unknown(read):
    event = read("case: a\nevents:\n- {act: 交办, 期限: null, 说明: , date: null}\n").cases[0].events[0]
    assert event.attributes == {"期限": None, "说明": None}
    assert event.date is None


@pytest.mark.parametrize(
    ("line", "code", "help_text"),
    [
        ("colour: red", "unknown-key", ""),
        ("evnts: []", "unknown-key", "是不是「events」？"),
        ("案件: b", "duplicate-key", "只留一个"),
        ("kind: 督力", "unknown-kind", "是不是「督办」？"),
        ("covers: [登己]", "unknown-act", "是不是「登记」？"),
        ("covers: 登记", "wrong-shape", ""),
        ("attributes: {来原: 领导批示}", "unknown-attribute", "是不是「来源」？"),
        ("attributes: {来源: 领导}", "unknown-value", "是不是「领导批示」？"),
        ("attributes: [1]", "wrong-shape", ""),
        ("ordered: maybe", "wrong-type", ""),
        ("extent: [2024-05-01, 2024-01-01]", "bad-extent", ""),
        ("extent: []", "bad-extent", ""),
        ("events: 登记", "wrong-shape", ""),
        ("events: [登记]", "wrong-shape", ""),
        ("events:", "no-events", "没有事件的写空的列（[]）"),
        ("事件: null", "no-events", "没有事件的写空的列（[]）"),
        ("events: [{date: 2024-01-01}]", "missing-act", ""),
        ("events: [{act: 登己}]", "unknown-act", "是不是「登记」？"),
        ("events: [{act: 登记, actor: 政法为}]", "unknown-actor", "是不是「政法委」？"),
        ("events: [{act: 登记, actor: []}]", "empty-actor", "主体未知时删去这一项"),
        ("events: [{act: 登记, 结论: 同意}]", "unknown-attribute", ""),
        ("events: [{act: 审批, 结伦: 同意}]", "unknown-attribute", "是不是「结论」？"),
        ("events: [{act: 提请协调, document: [争仪问题]}]", "unknown-part", "是不是「争议问题」？"),
        ("events: [{act: 登记, date: 2024-02-30}]", "impossible-date", ""),
        ("events: [{act: 登记, date: 2月30日}]", "bad-date", ""),
        ("events: [{act: 登记, date: 2024/3/5}]", "bad-date", "写作 2024-03-05"),
        ("events: [{act: 登记, date: 2024-03-05T25:00}]", "impossible-time", ""),
        ("events: [{act: 登记, date: 9999-12-31}]", "year-out-of-range", "没有日期的，删去这一项，不要用占位的年份"),
        ("events: [{act: 登记, id: ''}]", "empty-name", ""),
        ("events: [{act: 登记, id: '违反:x'}]", "reserved-id", "换一个编号"),
        (
            "events: [{act: 登记, id: x}, {act: 登记, id: x}]",
            "duplicate-event",
            "换一个编号，或删去编号由程序按次序给出",
        ),
        ("events: [{act: 登记, id: e2}, {act: 登记}]", "duplicate-event", "换一个编号，或删去编号由程序按次序给出"),
        ("answers: [{norm: p/n, event: '违反:p/n@e1', answer: 也许}]", "bad-answer", ""),
        ("answers: [{event: 2024Q1, answer: 是}]", "missing-key", ""),
    ],
)
def test_each_mistake_has_its_sentence(read, line, code, help_text):
    result = read(f"case: a\n{line}\n")
    assert result.codes == [f"{code}@2"]
    (diagnostic,) = result.diagnostics
    assert diagnostic.help == help_text
    assert diagnostic.meanwhile == "本案未检查，其余照常"
    assert result.summary.left_out == 1


def test_an_answer_about_no_event_of_the_record_is_a_remark_and_spoils_nothing(read):
    result = read("case: a\nanswers: [{norm: p/n, event: e9, answer: 是}]\n")
    (case,) = result.cases
    (remark,) = case.remarks
    assert (remark.level, remark.code, remark.at.line) == (Level.WARNING, "unknown-event", 2)
    assert "「e9」不在本案记录中" in remark.message
    assert "没有用上" in remark.meanwhile


def test_the_first_use_of_a_duplicate_is_shown_too(read):
    result = read("case: a\nevents:\n- {act: 登记, id: x}\n- {act: 登记, id: x}\n")
    assert [(d.at.line, d.notes[0].at.line) for d in result.diagnostics] == [(4, 3)]


def test_case_id_is_required_short_and_visible(read):
    assert read("kind: 督办\n").codes == ["missing-case@1"]
    assert read("case: ''\n").codes == ["empty-name@1"]
    assert read('case: "a\\u202Eb"\n').codes == ["unprintable@1"]
    huge = read('{"case": "' + "A" * 1_000_000 + '"}', "huge.json")
    assert huge.codes == ["name-too-long@1"]
    assert len(huge.diagnostics[0].quote) < 100


def test_all_problems_of_a_case_are_told_up_to_a_bound(read):
    result = read("case: a\nevents:\n" + "- {act: 登己}\n" * 50)
    assert len(result.diagnostics) == 21
    assert result.diagnostics[-1].message == "本案另有 30 处问题未列出"


def test_instants_with_an_offset_need_a_named_zone(read):
    text = "case: a\nevents: [{act: 登记, date: '2024-03-05T23:30Z'}]\n"
    assert read(text).codes == ["offset-without-zone@2"]
    event = read(text, time_zone="Asia/Shanghai").cases[0].events[0]
    assert (event.date, event.time) == (dt.date(2024, 3, 6), dt.time(7, 30))
