"""Random case records as users might write them, right and wrong, and archives read both ways."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from checker.cases.keys import ANSWER, CASE, EVENT, EXTENT
from checker.cases.portions import Chunk, Portion, Setup, load, place_of, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.engines.archive.packing import text_of, unpack
from checker.model.case import Case
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary
from strategies import words as w
from strategies.cases import records

VOCABULARY = w.VOCABULARY.model_copy(
    update={
        "acts": {
            **w.VOCABULARY.acts,
            "H": Act(
                name="H",
                attributes={
                    "对象": ValueType(name="人员"),
                    "结果": ValueType(name="枚举", choices=("同意", "退回")),
                    "单位": ValueType(name="机关", many=True),
                    "某日": ValueType(name="日期", many=True),
                    "数额": ValueType(name="数"),
                    "是": ValueType(name="是否"),
                },
            ),
        },
        "case_attributes": {
            **w.VOCABULARY.case_attributes,
            "标的": ValueType(name="数"),
            "经办": ValueType(name="人员", many=True),
        },
    }
)

Data = dict[str, Any]
"""A record as JSON has it."""

ODD = (
    None,
    True,
    False,
    0,
    7,
    -1,
    2**63,
    Decimal("12.50"),
    Decimal("1e3"),
    Decimal("-0.0"),
    "",
    " ",
    "同意",
    "法院",
    "法院、政法委",
    "e1",
    "e2",
    "违反:x",
    "2024-03-05",
    "2024-02-30",
    "2024-03-05T09:30",
    "2024-03-05 09:30:15.5",
    "2024-03-05T23:30Z",
    "2024年3月5日",
    "1899-12-31",
    "2024/3/5",
    "不见\u200b",
    "null",
    ': null, "x":[',
    'a"b\\c',
    "\x7f",
    "字" * 201,
    [],
    ["法院"],
    ["法院", None],
    ["法院", 1],
    [[]],
    {},
    {"x": 1},
    "30日",
    "一个月",
    "是",
    "12",
)
odd = st.sampled_from(ODD)
names = st.sampled_from((*EVENT, *EVENT.values(), *w.ATTRIBUTES, "是", "标的", "来源", "无此项", "time", "known-none"))


def record(case: Case, draw: st.DrawFn) -> Data:
    """The case in one of the ways in which it can be written."""
    chinese = draw(st.booleans())

    def key(table: dict[str, str], name: str) -> str:
        return table[name] if chinese else name

    data: Data = {key(CASE, "case"): case.id}
    if case.kind is not None:
        data[key(CASE, "kind")] = case.kind
    if case.covers is not None:
        data[key(CASE, "covers")] = sorted(case.covers)
    if case.attributes:
        data[key(CASE, "attributes")] = {name: _value(value) for name, value in case.attributes.items()}
    if case.extent is not None:
        first, last = case.extent.first.isoformat(), case.extent.last and case.extent.last.isoformat()
        as_list = [first] if last is None else [first, last]
        ends = {key(EXTENT, "first"): first} | ({} if last is None else {key(EXTENT, "last"): last})
        data[key(CASE, "extent")] = as_list if draw(st.booleans()) else ends
    if not case.ordered:
        data[key(CASE, "ordered")] = draw(st.sampled_from((False, "否", "false")))
    if case.answers:
        data[key(CASE, "answers")] = [
            {
                key(ANSWER, "norm"): answer.norm,
                key(ANSWER, "event"): answer.event,
                key(ANSWER, "answer"): answer.answer if chinese else text_of(answer.answer),
                **({} if answer.date is None else {key(ANSWER, "date"): answer.date.isoformat()}),
            }
            for answer in case.answers
        ]
    data[key(CASE, "events")] = [_event(event, key, draw) for event in case.events]
    return data


def _event(event, key, draw: st.DrawFn) -> Data:
    data: Data = {key(EVENT, "act"): event.act}
    if event.date is not None:
        time = "" if event.time is None else f"T{event.time.isoformat()}"
        data[key(EVENT, "date")] = event.date.isoformat() + time
    if event.actors is not None:
        alone = len(event.actors) == 1 and draw(st.booleans())
        data[key(EVENT, "actor")] = event.actors[0] if alone else list(event.actors)
    if event.document is not None:
        data[key(EVENT, "document")] = list(event.document)
    if draw(st.booleans()):
        data[key(EVENT, "id")] = event.id
    return data | {name: _value(value) for name, value in event.attributes.items()}


def _value(value: object) -> object:
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    if value is None or isinstance(value, bool | int | Decimal):
        return value
    return text_of(value)


@st.composite
def spoilt(draw: st.DrawFn, data: Data) -> Data:
    """Something in the record replaced, added or left out."""
    events = next((data[name] for name in ("events", "事件") if isinstance(data.get(name), list)), [])
    place = draw(st.sampled_from([data, *(event for event in events if isinstance(event, dict))]))
    match draw(st.integers(0, 3)):
        case 0:
            place[draw(st.sampled_from([*place, *CASE, *CASE.values()]))] = draw(odd)
        case 1:
            place[draw(names)] = draw(odd)
        case 2:
            place.pop(draw(st.sampled_from(list(place))), None)
        case _:
            events.append(draw(st.one_of(odd, st.just({"act": "H", "id": "e1"}), st.just({"act": "H", "是": True}))))
    return data


@st.composite
def archives(draw: st.DrawFn, most: int = 12) -> list[Data]:
    """Records in the order of an archive; about one in three has something odd about it."""
    found = []
    for n in range(draw(st.integers(1, most))):
        case = draw(records(draw(st.sampled_from(w.BASES)), ["甲", "乙"]))
        events = tuple(event for event in case.events if event.date is not None or event.time is None)
        data = record(case.model_copy(update={"id": f"案{n}", "events": events}), draw)
        for _ in range(draw(st.sampled_from((0, 0, 0, 0, 1, 2)))):
            data = draw(spoilt(data))
        found.append(data)
    return found


def bare(case: Case) -> Case:
    events = tuple(event.model_copy(update={"place": None}) for event in case.events)
    return case.model_copy(update={"place": None, "remarks": (), "events": events})


def by_row(path: str, zone: str | None = None, vocabulary: Vocabulary = VOCABULARY) -> list[object]:
    """What the reader of single records gives: cases without places, places, remarks; records left out."""
    stream = read_cases([path], vocabulary, ReadOptions(unique=False, time_zone=zone))
    return [(bare(item), item.place, item.remarks) if isinstance(item, Case) else item for item in stream]


def in_bulk(path: str, zone: str | None = None, vocabulary: Vocabulary = VOCABULARY) -> list[object]:
    """The same through portions."""
    setup = Setup(vocabulary, ReadOptions(time_zone=zone))
    found: list[object] = []
    for portion in portions([path], setup):
        if isinstance(portion, Portion):
            found += _items(portion, load(portion, setup), vocabulary)
        else:
            found.append(portion)
    return found


def _items(portion: Portion, chunk: Chunk, vocabulary: Vocabulary) -> Iterator[object]:
    chunk.cases.validate(full=True)
    bad = list(chunk.bad)
    for row, case in enumerate(unpack(chunk.cases, vocabulary)):
        while bad and bad[0][0] <= row:
            yield bad.pop(0)[1]
        yield case, place_of(portion, chunk, row), tuple(remark for at, remark in chunk.remarks if at == row)
    yield from (one for _, one in bad)


def problems(items: list[object]) -> int:
    """How many records were left out."""
    return sum(isinstance(item, BadCase) for item in items)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
