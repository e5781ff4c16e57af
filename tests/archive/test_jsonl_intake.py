"""JSON Lines read in bulk give the cases, and the messages, that reading line by line gives."""

import gzip
import json
import re
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.intake import VOCABULARY, Data, archives, by_row, in_bulk, problems
from checker.cases.portions import Setup, jsonl_ndjson, load, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions
from checker.cases.source import Source

PIECES = [
    *(
        b"\x00",
        b"\xff",
        b"[",
        b"{",
        b'"',
        b"'",
        b"\n",
        b"\r\n",
        b"\n\n",
        b"null",
        b" null",
        b"NaN",
        b"-Infinity",
        b"01",
    ),
    *(
        b"1e999",
        b"12.50",
        b"\xef\xbb\xbf",
        b",",
        b"\\ud800",
        b"\\u007fn",
        b"\x7fn",
        b"}",
        b"]",
        b'"case":"x",',
        b"true",
    ),
    *(b'":null', b'": [', b"\xed\xa0\x80", b"} {", b"}\n{", b"\t", b"\\u0000", b"99999999999999999999"),
]
slow = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def line(data: Data, compact: bool, ascii_only: bool) -> str:
    gaps = (",", ":") if compact else (", ", ": ")
    text = json.dumps(data, ensure_ascii=ascii_only, separators=gaps, default=lambda number: f"@{number}@")
    return re.sub('"@(.*?)@"', r"\1", text)


@st.composite
def files(draw: st.DrawFn) -> bytes:
    lines = [line(data, draw(st.booleans()), draw(st.booleans())) for data in draw(archives())]
    for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
        lines.insert(
            draw(st.integers(0, len(lines))), draw(st.sampled_from(("", " ", "\u3000", "[]", "null", '"x"', "1")))
        )
    end = draw(st.sampled_from(("\n", "\n", "\r\n")))
    text = draw(st.sampled_from(("", "", "\ufeff"))) + end.join(lines) + draw(st.sampled_from(("", end)))
    content = text.encode()
    for _ in range(draw(st.sampled_from((0, 0, 1, 3)))):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.sampled_from(PIECES)) + content[at + draw(st.integers(0, 6)) :]
    return content


@pytest.mark.parametrize("size", [16 << 20, 700])
@given(files(), st.sampled_from((None, "Asia/Shanghai")))
@slow
def test_any_file_is_read_as_line_by_line(tmp_path, monkeypatch, size, content, zone):
    monkeypatch.setattr(jsonl_ndjson, "SIZE", size)
    path = tmp_path / "cases.jsonl"
    path.write_bytes(content)
    assert in_bulk(str(path), zone) == by_row(str(path), zone)


CLEAN = [
    {"case": "甲", "events": [{"act": "A", "date": "2024-03-05", "actor": "法院", "数额": 1, "结果": None}]},
    {"case": "乙", "events": [{"act": "A", "date": "2024-03-05T09:30", "actor": ["法院", "政法委"], "数额": 2}]},
    {"case": "丙", "kind": "督办", "attributes": {"来源": None, "标的": Decimal("12.50")}, "events": []},
    {"案件": 4, "事件": [{"行为": "H", "编号": "甲", "是": True, "单位": "法院、政法委", "某日": ["2024-01-01"]}]},
    {"case": "己", "案件": None, "events": [{"act": "A", "行为": None, "日期": "2024-03-05", "date": None}]},
    {"案件": "戊", "事件": [{"行为": "H", "是": "否", "数额": Decimal("3.0")}, {"行为": "F", "编号": "e7"}]},
]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("compact", [False, True])
def test_clean_lines_need_no_reading_one_by_one(tmp_path, monkeypatch, compact, ascii_only):
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(line(data, compact, ascii_only) for data in CLEAN), encoding="utf-8")
    expected = by_row(str(path))
    assert problems(expected) == 0
    monkeypatch.setattr(jsonl_ndjson, "read_line", None)
    assert in_bulk(str(path)) == expected


def test_a_number_of_too_many_digits_spoils_only_its_record(tmp_path):
    path = tmp_path / "cases.jsonl"
    numbers = ("3", "9" * 4_300, "9" * 4_301, "-" + "9" * 5_000, "7")
    line = '{"case":"%d","attributes":{"标的":%s},"events":[{"act":"H","数额":%s}]}\n'
    path.write_text("".join(line % (n, one, one) for n, one in enumerate(numbers)), encoding="utf-8")
    found = in_bulk(str(path))
    assert found == by_row(str(path))
    assert [isinstance(item, BadCase) for item in found] == [False, False, True, True, False]


def test_a_null_is_told_from_no_events(tmp_path):
    path = tmp_path / "cases.jsonl"
    rows = (
        {"events": []},
        {},
        {"events": None},
        {"事件": None},
        {"events": None, "事件": []},
        {"事件": None, "events": []},
    )
    path.write_text("".join(json.dumps({"case": str(n), **row}) + "\n" for n, row in enumerate(rows)), encoding="utf-8")
    found = in_bulk(str(path))
    assert found == by_row(str(path))
    assert [isinstance(item, BadCase) for item in found] == [False, False, True, True, False, False]


@pytest.mark.parametrize(
    "content",
    [b"", b"\n \n", b"\xef\xbb\xbf", '{"case":"甲"}\n'.encode("utf-16"), b'{"case":"a"}\n{"case":"b"', b" " * 9000],
    ids=["empty", "blank", "mark", "utf-16", "truncated", "long blank"],
)
def test_unusual_files(tmp_path, content):
    path = tmp_path / "cases.jsonl"
    path.write_bytes(content)
    assert in_bulk(str(path)) == by_row(str(path)) != []


def test_a_line_that_is_too_long_spoils_only_itself(tmp_path, monkeypatch):
    for module in ("decoding", "formats.jsonl_ndjson", "portions.jsonl_ndjson"):
        monkeypatch.setattr(f"checker.cases.{module}.LARGEST", 200)
    monkeypatch.setattr(jsonl_ndjson, "SIZE", 50)
    path = tmp_path / "cases.jsonl"
    path.write_text('{"case":"a"}\n{"case":"%s"}\n{"case":"b"}\n' % ("x" * 5000), encoding="utf-8")
    found = in_bulk(str(path))
    assert found == by_row(str(path))
    assert [isinstance(item, BadCase) for item in found] == [False, True, False]


def test_numbers_of_lines_are_those_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl_ndjson, "SIZE", 64)
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(f'{{"case":"{n}"}}' for n in range(1, 100)), encoding="utf-8")
    assert [item[1].line for item in in_bulk(str(path))] == list(range(1, 100))
    path.write_text("\n".join("x" for _ in range(1, 100)), encoding="utf-8")
    assert [item.place.line for item in in_bulk(str(path))] == list(range(1, 100))


def test_a_source_that_is_no_plain_file_is_carried(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl_ndjson, "SIZE", 64)
    path = tmp_path / "cases.jsonl.gz"
    path.write_bytes(gzip.compress(b"".join(b'{"case":"%d"}\n' % n for n in range(50))))
    setup = Setup(VOCABULARY, ReadOptions())
    source = Source(str(path), ".jsonl", partial(gzip.open, path))
    chunks = [load(portion, setup) for portion in jsonl_ndjson.portions(source, setup)]
    assert len(chunks) > 5
    assert [name for chunk in chunks for name in chunk.cases["case"].to_pylist()] == [str(n) for n in range(50)]
    assert [number for chunk in chunks for number in chunk.lines] == list(range(1, 51))


def test_a_file_that_is_gone_is_said_to_be(tmp_path):

    path = tmp_path / "cases.jsonl"
    path.write_text('{"case":"a"}\n', encoding="utf-8")
    setup = Setup(VOCABULARY, ReadOptions())
    (portion,) = portions([str(path)], setup)
    path.unlink()
    chunk = load(portion, setup)
    assert chunk.cases.num_rows == 0
    ((_, bad),) = chunk.bad
    assert bad.diagnostics[0].code == "unreadable"
