"""Compressed sources: read as if they were plain, and never shorter than they are without a word."""

import csv
import gzip
import io
import zlib
from types import SimpleNamespace

import pytest

from checker.cases.compressed import unpacked
from checker.cases.formats import csv as csv_format
from checker.cases.formats import unknown
from checker.cases.reading import ReadOptions, read_cases

CASE = '{"case": "%s", "events": [{"act": "登记", "date": "2024-03-05"}]}'
CONTENTS = {
    "a.yaml": "案件: 甲\n事件: [{行为: 登记, 日期: 2024-03-05}]\n",
    "a.json": CASE % "甲",
    "a.jsonl": CASE % "甲" + "\n",
    "a.ndjson": CASE % "甲" + "\n",
    "a.csv": "案件,行为,日期\n甲,登记,2024-03-05\n",
    "a": CASE % "甲" + "\n",
}
MANY = "".join(CASE % n + "\n" for n in range(3000)).encode()


@pytest.mark.parametrize("name", [*CONTENTS])
def test_every_format_is_read_from_gzip(read, name):
    plain = read(CONTENTS[name], name)
    packed = read(gzip.compress(CONTENTS[name].encode()), f"{name}.gz")
    assert [case.id for case in packed.cases] == ["甲"]
    assert [case.events[0].act for case in packed.cases] == [case.events[0].act for case in plain.cases]
    assert packed.codes == plain.codes == []


def test_parquet_is_read_from_gzip(read):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    file = io.BytesIO()
    pq.write_table(pa.table({"case": ["甲"], "act": ["登记"], "date": ["2024-03-05"]}), file)
    packed = gzip.compress(file.getvalue())
    assert [case.id for case in read(packed, "a.parquet.gz").cases] == ["甲"]
    assert [one.code for one in read(packed[:-9], "a.parquet.gz").diagnostics] == ["gzip-cut-short"]


def test_the_content_tells_that_it_is_compressed(read):
    assert [case.id for case in read(gzip.compress(CONTENTS["a.csv"].encode()), "a.csv").cases] == ["甲"]
    assert read(CONTENTS["a.csv"], "a.csv.gz").codes == ["not-gzip@None"]
    assert read(b"", "a.csv.gz").codes == ["empty-file@None"]


def test_members_one_after_the_other_are_one_stream(read):
    half = MANY.index(b"\n", len(MANY) // 2) - 10
    packed = gzip.compress(MANY[:half]) + gzip.compress(MANY[half:]) + b"\0" * 100
    result = read(packed, "a.jsonl.gz")
    assert (len(result.cases), result.codes) == (3000, [])


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda data: data[: len(data) // 2], "gzip-cut-short"),
        (lambda data: data[:-4], "gzip-cut-short"),
        (lambda data: data[:-8] + bytes([data[-8] ^ 1]) + data[-7:], "gzip-checksum"),
        (lambda data: data[:-1] + bytes([data[-1] ^ 1]), "gzip-checksum"),
        (lambda data: data + b"more", "gzip-trailing"),
        (lambda data: data + data[:10] + b"\x07" * 20, "gzip-damaged"),  # a block of no known sort
    ],
)
def test_what_comes_before_the_damage_is_read_and_the_damage_told(read, spoil, code):
    packed = spoil(gzip.compress(MANY, mtime=0))
    result = read(packed, "a.jsonl.gz")
    assert [case.id for case in result.cases] == [str(n) for n in range(len(result.cases))]
    ours = [one for one in result.diagnostics if one.code.startswith("gzip")]
    assert [one.code for one in ours] == [code]
    whole = gzip_lines(packed)
    assert len(result.cases) + len(result.bad) - 1 == whole
    assert ours[0].at.line == whole + 1
    assert f"{whole} 行" in ours[0].message
    assert (result.summary.read, result.summary.left_out) == (len(result.cases), len(result.bad))


def gzip_lines(packed):
    """How many whole lines can be got out of a damaged stream, by asking for one byte at a time."""
    found = 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as stream:
            while byte := stream.read1(1):
                found += byte == b"\n"
    except (OSError, EOFError, zlib.error):
        return found
    raise AssertionError


def test_a_table_cut_short_gives_no_case_that_might_lack_rows(read):
    rows = "".join(f"{n},登记,2024-03-05\n" for n in range(3000))
    packed = gzip.compress(f"案件,行为,日期\n{rows}".encode())
    result = read(packed[: len(packed) // 2], "a.csv.gz")
    assert result.cases == []
    assert [one.code for one in result.diagnostics] == ["gzip-cut-short"]


def test_standard_input_may_be_compressed(monkeypatch, vocabulary):
    for data in (MANY, gzip.compress(MANY)):
        stdin = SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(data)))
        monkeypatch.setattr("checker.cases.source.sys.stdin", stdin)
        stream = read_cases(["-"], vocabulary, ReadOptions())
        assert len(list(stream)) == stream.summary.read == 3000


class Zeros(io.RawIOBase):
    """Bytes without end, as a bomb gives them; more than may be asked for is a failure."""

    given = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        self.given += len(buffer)
        assert self.given < 1_000_000, "read on and on"
        buffer[:] = b"0" * len(buffer)
        return len(buffer)


def test_a_line_without_end_does_not_fill_the_memory(monkeypatch, vocabulary):
    setup = SimpleNamespace(layout=ReadOptions().layout, vocabulary=vocabulary, ledger=None)
    for module in ("formats.csv", "formats.unknown", "formats.jsonl_ndjson", "yaml_documents", "decoding"):
        monkeypatch.setattr(f"checker.cases.{module}.LARGEST", 100_000)
    for reader in (csv_format, unknown):
        items = list(reader.read(io.BufferedReader(Zeros()), "a", setup))
        assert [one.code for item in items for one in item.diagnostics] in (["bad-csv"], ["too-large"])


def test_decompression_stops_where_nobody_asks_for_more():
    with unpacked(io.BytesIO(gzip.compress(b"0" * 50_000_000))) as stream:
        assert len(stream.read1(10)) == 10
        assert stream.raw._bytes < 1_000_000


def test_a_csv_reader_still_takes_long_lines_in_quotes(read):
    text = io.StringIO()
    csv.writer(text).writerows([["案件", "行为", "日期", "说明"], ["甲", "交办", "2024-03-05", "一\n二\r\n三"]])
    assert read(text.getvalue(), "a.csv").cases[0].events[0].attributes["说明"] == "一\n二\r\n三"
