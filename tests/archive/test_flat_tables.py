"""Event tables read in portions give exactly what the readers by rows give, whatever is wrong with them."""

import csv
import datetime as dt
import io
import pickle
import tempfile
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.cases.columns import Layout
from checker.cases.event_record import words
from checker.cases.flat import reading, regrouping
from checker.cases.flat.sources import csv_stretches, parquet_stretches
from checker.cases.formats import Setup as FormatSetup
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.cases.source import Source
from checker.engines.archive.packing import unpack
from checker.model.place import Place
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary

TEXT = ValueType(name="文本")
VOCABULARY = Vocabulary(
    organs={"政法委": None, "法院": None, "虎林市人民法院": "法院"},
    persons=("承办人",),
    acts={
        "登记": Act(name="登记", attributes={"说明": ValueType(name="文本", many=True)}),
        "审批": Act(name="审批", attributes={"结论": ValueType(name="枚举", choices=("同意", "不同意"))}),
        "交办": Act(
            name="交办",
            attributes={
                "结论": TEXT,
                "承办单位": ValueType(name="机关"),
                "期限": ValueType(name="期间"),
                "金额": ValueType(name="数"),
                "交邮日": ValueType(name="日期"),
                "在押": ValueType(name="是否"),
                "说明": TEXT,
                "事项": ValueType(name="枚举", choices=("定性", "证据采信"), many=True),
            },
        ),
        "协调会": Act(name="协调会"),
    },
    case_attributes={
        "来源": ValueType(name="枚举", choices=("领导批示", "上级交办")),
        "标的": ValueType(name="数"),
    },
    kinds=("督办", "协调"),
)
ATTRIBUTES = ("结论", "承办单位", "期限", "金额", "交邮日", "在押", "说明", "事项")
CELLS = {
    "案件": ("A", "B", "C", " A ", "丙 1", "", "  ", "A\u200b", "长" * 201),
    "行为": ("登记", "审批", "交办", "协调会", " 交办 ", "备注", "登己", "", "协调会议"),
    "日期": (
        "2024-03-05",
        "2024年3月6日",
        "2024-03-07T23:30Z",
        "2024-03-08 09:30",
        "2024-02-30",
        "x",
        "",
        "9999-01-01",
    ),
    "时刻": ("", "", "09:30", "24:10"),
    "主体": ("政法委", "政法委、承办人", "法院、", "政法为", "", " "),
    "类型": ("督办", "督办", "督办 ", "协调", "督查", ""),
    "编号": ("", "", "", "e1", "e2", "e3", "e01", "e99", "x", " x", "违反:x", "y"),
    "结论": ("同意", "不同意", "同义", "", "另\n行"),
    "承办单位": ("法院", "虎林市人民法院", "某院", ""),
    "期限": ("30日", "一个半月", "24小时", "30", ""),
    "金额": ("1", "1.50", "-0.0", "1e3", "1e9999", "一", ""),
    "交邮日": ("2024-03-05", "2024-03-05T20:00+00:00", "3月", ""),
    "在押": ("是", "false", "yes", ""),
    "说明": ("甲、乙", "一\n二", "\x07", '"', "字" * 10_001, ""),
    "事项": ("定性", "定性、证据采信", "定性，证据采信", ""),
    "源": ("领导批示", "领导批示", " 领导批示", "上级交办", "乱", ""),
    "标的": ("1", "1", "1.0", "x", ""),
}
USUAL = {name: values[0] for name, values in CELLS.items()}


def zoned(**given):
    return Layout(case_attributes={"源": "来源", "标的": "标的"}, **given)


LAYOUTS = st.sampled_from(
    (
        Layout(),
        Layout(grouped=True),
        zoned(time_zone="Asia/Shanghai"),
        zoned(time_zone="Asia/Shanghai", grouped=True, dates_only=True, ordered=False),
        zoned(acts={"登记": "登记", "交办": "交办", "审批": "审批"}, ignore=["备注"]),
        zoned(acts={"登记": "登记", "交办": "交办"}, ignore=["备注", "审批"], covers=("登记",), grouped=True),
        zoned(covers=("登己",)),
        Layout(columns={"case": "案件", "act": "行为", "date": "日期"}, attributes={"说明": "说明", "结论": "说明"}),
        Layout(columns={"case": "案件", "act": "行为", "date": "交邮日", "kind": "类型"}, date_format="%Y-%m-%d"),
        Layout(case_attributes={"源": "来源", "结论": "来源"}, attributes={}),
    )
)


@st.composite
def row(draw, names):
    """Mostly what is right, and a few cells that may be anything."""
    cells = dict(USUAL) | {"案件": draw(st.sampled_from("ABCD")), "编号": ""}
    cells["行为"] = draw(st.sampled_from(CELLS["行为"][:4]))
    for name in draw(st.lists(st.sampled_from(names), max_size=draw(st.sampled_from((0, 0, 1, 3))))):
        cells[name] = draw(st.sampled_from(CELLS[name]))
    return [cells[name] for name in names]


@st.composite
def tables(draw):
    names = ("案件", "行为", "日期", *draw(st.permutations(tuple(CELLS)[3:])))
    return names, draw(st.lists(row(names), max_size=12))


def bare(item):
    if isinstance(item, BadCase):
        return item
    events = tuple(event.model_copy(update={"place": None}) for event in item.events)
    return item.model_copy(update={"events": events})


def by_rows(path, layout):
    options = ReadOptions(layout=layout, unique=False)
    return [bare(item) for item in read_cases([str(path)], VOCABULARY, options)]


def in_portions(path, layout, stretches):
    """The same through stretches; what is yielded must survive the way to another process."""
    source = Source(str(path), path.suffix, lambda: path.open("rb"))
    found = []
    for item in stretches(source, FormatSetup(layout, VOCABULARY)):
        if isinstance(item, BadCase):
            found.append(item)
            continue
        read = reading.read(pickle.loads(pickle.dumps(item)), str(path), words(VOCABULARY, layout.time_zone))
        found += placed(read, str(path))
    return found


def placed(read, name):
    cases = unpack(read.cases, VOCABULARY)
    cases = [
        case.model_copy(update={"place": Place(file=name, line=line)})
        for case, line in zip(cases, read.lines, strict=True)
    ]
    bad = list(read.bad)
    found = []
    for n in range(len(cases) + 1):
        found += [item for before, item in bad if before == n]
        found += cases[n : n + 1]
    assert len(found) == len(cases) + len(bad)
    return found


@pytest.fixture(autouse=True, params=[(20_000, 100_000), (2, 3)], ids=["whole", "cut"])
def _small_stretches(request, monkeypatch):
    monkeypatch.setattr(regrouping, "CASES", request.param[0])
    monkeypatch.setattr(regrouping, "ROWS", request.param[1])


def written(names, rows, **given):
    stream = io.StringIO()
    csv.writer(stream, **given).writerows([names, *rows])
    return stream.getvalue()


@given(tables(), LAYOUTS, st.data())
@settings(max_examples=250, deadline=None)
def test_csv_tables_with_anything_wrong(table, layout, data):
    names, rows = table
    text = written(names, [one[: data.draw(st.sampled_from((99, 99, 99, 99, 3)))] for one in rows])
    if data.draw(st.sampled_from((False, False, False, True))):
        text = text[: data.draw(st.integers(0, len(text)))]
    if data.draw(st.sampled_from((False, False, False, True))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(('"', "\n", "\r", "\0", ",", "\r\n"))) + text[at:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(text.encode() + data.draw(st.sampled_from((b"", b"", b"\xff\n"))))
        assert in_portions(path, layout, csv_stretches) == by_rows(path, layout)


COLUMNS = {
    "案件": (pa.array(["A", " A", "B", None]), pa.array([1, 1, 2, None]), pa.array([1.5, 1.5, -0.0, None])),
    "行为": (pa.array(["交办", "登记", "交办", "审批"]), pa.array(["交办", "登己", None, "交办"]).dictionary_encode()),
    "日期": (
        pa.array([dt.date(2024, 3, 5), None, dt.date(2024, 3, 6), dt.date(9999, 1, 1)]),
        pa.array([dt.datetime(2024, 3, 5, 1), None, None, dt.datetime(2024, 3, 6)], pa.timestamp("ns")),
        pa.array([dt.datetime(2024, 3, 5, 20), None, None, None], pa.timestamp("us", "UTC")),
        pa.array(["2024-03-05", "x", None, "2024-03-06"]),
        pa.array([5, None, None, None]),
    ),
    "时刻": (pa.array([dt.time(9), None, None, None]), pa.nulls(4)),
    "编号": (pa.array([1, 2, 1, None]), pa.array(["e2", "e1", None, "x"])),
    "金额": (
        pa.array([0.1, -0.0, 0.0, float("nan")]),
        pa.array([Decimal("1.50"), None, Decimal("2.00"), None]),
        pa.array([1, 2, None, 3]),
        pa.array([True, None, None, False]),
        pa.array([0.1, float("inf"), None, 1], pa.float32()),
    ),
    "在押": (pa.array([True, False, None, True]), pa.array(["是", "是", None, "x"])),
    "交邮日": (pa.array([dt.datetime(2024, 3, 5, 20), None, None, None], pa.timestamp("us", "UTC")), pa.nulls(4)),
    "结论": (pa.array(["同意", None, "同义", "同意"]), pa.array([dt.date(2024, 1, 1), None, None, None])),
    "标的": (pa.array([1.0, 1.0, None, 2.0]), pa.array([1, 2, 3, 4])),
    "源": (pa.array(["领导批示"] * 4), pa.nulls(4)),
}


@given(st.data(), LAYOUTS)
@settings(max_examples=200, deadline=None)
def test_parquet_tables_of_any_types(data, layout):
    names = [*list(COLUMNS)[:3], *data.draw(st.lists(st.sampled_from(list(COLUMNS)[3:]), unique=True))]
    rows = pa.array(data.draw(st.lists(st.integers(0, 3), max_size=10)), pa.int64())
    columns = {name: data.draw(st.sampled_from(COLUMNS[name])).take(rows) for name in names}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.parquet"
        pq.write_table(pa.table(columns), path, row_group_size=data.draw(st.integers(1, 5)))
        if data.draw(st.sampled_from((False, False, False, True))):
            path.write_bytes(path.read_bytes()[: data.draw(st.integers(0, path.stat().st_size - 1))])
        assert in_portions(path, layout, parquet_stretches) == by_rows(path, layout)
