"""Nested Parquet read in bulk gives the cases, and the messages, that reading row by row gives."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.intake import VOCABULARY, bare, by_row, in_bulk, problems
from checker.cases.keys import CASE
from checker.cases.portions import Portion, Setup, load, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions
from checker.engines.archive.packing import pack
from checker.model.case import Case
from strategies import words as w
from strategies.cases import records

slow = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

ODD_TEXTS = ("e1", "违反:x", "", " ", "无此词", "2024-03-05", "不\u200b见")
MOMENTS = (dt.datetime(2024, 3, 5), dt.datetime(2024, 3, 5, 23, 30), dt.datetime(1960, 1, 1, 1))
DAYS = (dt.date(2024, 3, 5), dt.date(1900, 1, 2))
SAID = ("2024-03-05", "2024-03-05T09:30", "2024年3月5日", "2024-03-05 23:30:15")
TEXT_TYPES = (pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()))
DATE_TYPES = {
    pa.date32(): (DAYS, (dt.date(2200, 1, 1),)),
    pa.date64(): (DAYS, (dt.date(1899, 1, 1),)),
    pa.timestamp("us"): (MOMENTS, (dt.datetime(1899, 12, 31, 23),)),
    pa.timestamp("ns"): (MOMENTS, (dt.datetime(2200, 1, 1),)),
    pa.timestamp("s", "UTC"): (MOMENTS, (dt.datetime(2199, 12, 31, 23),)),
    pa.string(): (SAID, ("2024-02-30", "2024-03-05T23:30Z", "")),
}
NUMBER_TYPES = {
    pa.int64(): ((1, 2**40), (-3,)),
    pa.float64(): ((1.5, 2.0, 0.1), (1e300, float("nan"))),
    pa.float32(): ((0.5, 0.1), (float("inf"),)),
    pa.decimal128(10, 2): ((Decimal("12.50"), Decimal("3.00")), (Decimal(0),)),
}
TRUTH_TYPES = {pa.bool_(): ((True, False), (True,)), pa.string(): (("是", "否"), ("yes",))}
Columns = dict[str, tuple[pa.DataType, st.SearchStrategy]]


@dataclass(frozen=True)
class Table:
    """One table on its way: whether it holds anything odd."""

    draw: st.DrawFn
    is_odd: bool

    def values(self, good, odd) -> st.SearchStrategy:
        """About one in twenty is odd, or null, in an odd table."""
        wrong = st.one_of(st.none(), st.sampled_from(odd))
        if not self.is_odd:
            return st.sampled_from(good)
        return st.integers(0, 19).flatmap(lambda n: wrong if n == 19 else st.sampled_from(good))

    def column(self, kinds, may_be_lists: bool = False) -> tuple[pa.DataType, st.SearchStrategy]:
        kind = self.draw(st.sampled_from(list(kinds)))
        values = self.values(*kinds[kind])
        if may_be_lists and self.draw(st.booleans()):
            return pa.list_(kind), st.lists(values, min_size=1, max_size=2)
        return kind, values

    def texts(self, *good: str, may_be_lists: bool = False) -> tuple[pa.DataType, st.SearchStrategy]:
        return self.column(dict.fromkeys(TEXT_TYPES, (good, ODD_TEXTS)), may_be_lists)

    def struct(self, columns: Columns, required: tuple[str, ...] = ()) -> tuple[pa.DataType, st.SearchStrategy]:
        """A type of some of the columns; rows now and then leave out what is not required."""
        kept = {name: one for name, one in columns.items() if name in required or self.draw(st.integers(0, 4))}
        rows = {
            name: values if name in required else st.one_of(values, values, st.none())
            for name, (_, values) in kept.items()
        }
        return pa.struct([(name, kind) for name, (kind, _) in kept.items()]), st.fixed_dictionaries(rows)

    def lists(self, item: tuple[pa.DataType, st.SearchStrategy], most: int) -> tuple[pa.DataType, st.SearchStrategy]:
        return pa.list_(item[0]), st.lists(item[1], max_size=most)

    def events(self) -> tuple[pa.DataType, st.SearchStrategy]:
        is_h = self.draw(st.booleans())
        dates = self.column(DATE_TYPES)
        columns: Columns = {
            "act": self.texts("H", "H") if is_h else self.texts("A", "B"),
            "date": dates,
            "id": (pa.string(), st.integers(0, 10**6).map(str)) if self.draw(st.booleans()) else self.texts("e1", "e2"),
            "actor": self.texts("法院", "政法委", may_be_lists=True),
            "document": self.texts("x" if is_h else "事实", may_be_lists=True),
            "结果": self.texts("同意"),
            "数额": self.column(NUMBER_TYPES),
            "单位": self.texts("法院", may_be_lists=is_h),
            "对象": self.texts("甲", "乙"),
            "某日": self.column(DATE_TYPES, may_be_lists=is_h),
        }
        if is_h:
            columns["是"] = self.column(TRUTH_TYPES)
        else:
            columns |= {
                "期限": self.texts("30日", "一个半月"),
                "各单位": self.texts("法院、政法委", "法院", may_be_lists=True),
            }
        if self.draw(st.integers(0, 3)) == 0:
            columns["time"] = (pa.time64("us"), st.just(dt.time(9, 30)))
        if self.draw(st.integers(0, 2)) == 0:
            columns["known-none"] = (
                pa.list_(pa.string()),
                st.lists(self.values(("结果", "对象"), ODD_TEXTS), max_size=1),
            )
        return self.struct(columns, ("act",))

    def cases(self) -> tuple[pa.DataType, st.SearchStrategy]:
        of_case: Columns = {
            "来源": self.texts("信访"),
            "标的": self.column(NUMBER_TYPES),
            "经办": self.texts("甲", "乙", may_be_lists=True),
        }
        answer: Columns = {
            "norm": self.texts("甲"),
            "event": self.texts("e1", "2024Q1", "起止"),
            "answer": self.column(TRUTH_TYPES),
            "by": self.texts("某甲"),
            "date": self.column(DATE_TYPES),
        }
        columns: Columns = {
            "case": (pa.string(), st.integers(0, 99).map(str)),
            "kind": self.texts(*w.KINDS),
            "covers": (pa.list_(pa.string()), st.lists(self.values(("A", "B"), ODD_TEXTS), max_size=2)),
            "ordered": self.column(TRUTH_TYPES),
            "extent": (pa.list_(pa.date32()), st.lists(self.values(DAYS, DAYS), min_size=1, max_size=1)),
            "attributes": self.struct(of_case, ("来源",)),
            "answers": self.lists(self.struct(answer, ("norm", "event", "answer")), 1),
            "events": self.lists(self.events(), 4),
        }
        chinese = self.draw(st.booleans())
        kind, rows = self.struct(columns, ("case", "events"))
        if not chinese:
            return kind, rows
        named = pa.struct([pa.field(CASE[field.name], field.type) for field in kind])
        return named, rows.map(lambda row: {CASE[name]: value for name, value in row.items()})


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    kind, rows = Table(draw, draw(st.booleans())).cases()
    found = draw(st.lists(rows, min_size=1, max_size=12))
    columns = [pa.array([row[field.name] for row in found], field.type) for field in kind]
    return pa.table(columns, schema=pa.schema(list(kind)))


@given(tables(), st.sampled_from((None, "Asia/Shanghai")), st.sampled_from((3, 100)))
@slow
def test_any_table_is_read_as_row_by_row(tmp_path, table, zone, rows):
    path = tmp_path / "cases.parquet"
    pq.write_table(table, path, row_group_size=rows)
    assert in_bulk(str(path), zone) == by_row(str(path), zone)


@given(st.data())
@slow
def test_packed_cases_come_back_from_a_file(tmp_path, data):
    found = [data.draw(records(data.draw(st.sampled_from(w.BASES)), ["甲"])) for _ in range(4)]
    timed = [tuple(e for e in case.events if e.date or not e.time) for case in found]
    cases = [_numbered(case, events, f"案{n}") for n, (case, events) in enumerate(zip(found, timed, strict=True))]
    path = tmp_path / "cases.parquet"
    pq.write_table(pa.Table.from_batches([pack(cases, VOCABULARY)]), path)
    items = in_bulk(str(path))
    assert [item[0] for item in items] == [bare(case) for case in cases]
    assert items == by_row(str(path))


def _numbered(case: Case, events: tuple, name: str) -> Case:
    moved = tuple(e.model_copy(update={"position": n, "id": f"e{n}"}) for n, e in enumerate(events, 1))
    return case.model_copy(update={"id": name, "events": moved})


CASES = [
    {"case": str(n), "events": [{"act": "A", "date": dt.date(2024, 3, 5), "actor": ["法院"], "结果": "同意"}]}
    for n in range(40)
]


def written(path: Path, rows: list[dict] = CASES, **how: object) -> str:
    pq.write_table(pa.Table.from_pylist(rows), path, **how)
    return str(path)


def pieces(path: str) -> list[Portion | BadCase]:
    return [one for one in portions([path], Setup(VOCABULARY, ReadOptions())) if not isinstance(one, str)]


def test_small_row_groups_go_together_and_large_ones_in_pieces(tmp_path, monkeypatch):
    path = written(tmp_path / "cases.parquet", row_group_size=4)
    assert len(pieces(path)) == 1
    for module in ("columnar.parquet_file", "portions.parquet"):
        monkeypatch.setattr(f"checker.cases.{module}.STRETCH", 10)
    assert [len(one.where) for one in pieces(path)] == [2, 2, 2, 2, 2]
    whole = written(tmp_path / "whole.parquet")
    assert [len(one.where) for one in pieces(whole)] == [1, 1, 1, 1]
    for file in (path, whole):
        assert [item[1].line for item in in_bulk(file)] == list(range(1, 41))
        assert in_bulk(file) == by_row(file)


def test_stretches_may_be_read_in_any_order(tmp_path, monkeypatch):
    for module in ("columnar.parquet_file", "portions.parquet"):
        monkeypatch.setattr(f"checker.cases.{module}.STRETCH", 7)
    path = written(tmp_path / "cases.parquet")
    setup = Setup(VOCABULARY, ReadOptions())
    read = {one.where: load(one, setup).cases["case"].to_pylist() for one in reversed(pieces(path))}
    assert [name for one in pieces(path) for name in read[one.where]] == [str(n) for n in range(40)]


def test_a_case_in_two_row_groups_comes_twice(tmp_path):
    path = written(tmp_path / "cases.parquet", [CASES[0], CASES[1], CASES[0]], row_group_size=1)
    assert [item[0].id for item in in_bulk(path)] == ["0", "1", "0"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"案号": "1", "events": [{"act": "A"}]}], ["没有案件编号一列"]),
        ([{"case": "1", "events": [{"date": "2024-03-05"}]}], ["「events」里没有行为一列"]),
        ([{"case": "1", "events": ["A"]}], ["列「events」的类型 list<element: string> 不能读取"]),
        (
            [{"case": b"1", "events": [{"act": 3, "date": 20240305}], "attributes": "x"}],
            [
                "列「case」的类型 binary 不能读取",
                "列「events.act」的类型 int64 不能读取",
                "列「events.date」的类型 int64 不能读取",
                "列「attributes」的类型 string 不能读取",
            ],
        ),
    ],
    ids=["no case", "no act", "no events", "wrong types"],
)
def test_a_column_that_is_missing_or_of_a_wrong_type_is_named(tmp_path, rows, said):
    path = written(tmp_path / "cases.parquet", rows)
    (bad,) = in_bulk(path)
    assert [bad] == by_row(path)
    assert [one.message for one in bad.diagnostics] == said
    assert {one.meanwhile for one in bad.diagnostics} == {"这部分未读入，其余照常"}


def spoil(path: str, group: int, column: str) -> None:
    """Overwrite the pages of one column in one row group."""
    group = pq.ParquetFile(path).metadata.row_group(group)
    found = next(group.column(n) for n in range(group.num_columns) if group.column(n).path_in_schema == column)
    start = found.dictionary_page_offset or found.data_page_offset
    with open(path, "r+b") as file:
        file.seek(start)
        file.write(b"\xff" * found.total_compressed_size)


def test_a_spoilt_row_group_is_named_and_the_others_are_read(tmp_path):
    path = written(tmp_path / "cases.parquet", row_group_size=10)
    spoil(path, 2, "events.list.element.date")
    items = in_bulk(path)
    assert items == by_row(path)
    assert [item[0].id for item in items if not isinstance(item, BadCase)] == [
        str(n) for n in (*range(20), *range(30, 40))
    ]
    assert problems(items) == 1
    (said,) = items[20].diagnostics
    assert said.message == "第 3 个行组的列「events.list.element.date」已损坏，第 21 至 30 行（10 案）读不出来"
    assert (said.at.file, said.at.line) == (path, 21)


@pytest.mark.parametrize("kept", [0, 3, 100, -5])
def test_a_truncated_file_is_said_to_be(tmp_path, kept):
    path = tmp_path / "cases.parquet"
    written(path)
    path.write_bytes(path.read_bytes()[:kept])
    (bad,) = in_bulk(str(path))
    assert [bad] == by_row(str(path))
    assert bad.diagnostics[0].message == "内容不是完整的 Parquet 文件"


def test_a_file_that_is_gone_by_the_time_is_said_to_be(tmp_path):
    path = Path(written(tmp_path / "cases.parquet"))
    (portion,) = pieces(str(path))
    path.unlink()
    ((_, bad),) = load(portion, Setup(VOCABULARY, ReadOptions())).bad
    assert bad.diagnostics[0].code == "bad-parquet"


def test_an_event_table_goes_on_as_before(tmp_path):
    rows = [{"案件": "1", "行为": "A", "日期": "2024-03-05"}, {"案件": "1", "行为": "B", "日期": "2024-03-06"}]
    path = written(tmp_path / "cases.parquet", rows)
    assert [len(item[0].events) for item in in_bulk(path)] == [2]
    assert in_bulk(path) == by_row(path)
