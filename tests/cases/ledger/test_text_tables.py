"""Ledgers as text: which encoding, what parts the cells, which row and line they stand in."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.ledger.opening import open_book
from checker.cases.problems import BadCase

TABLE = "案号,承办单位,日期\n甲,法院,2024年3月5日\n"
ROWS = (("案号", "承办单位", "日期"), ("甲", "法院", "2024年3月5日"))


def opened(text, encoding="utf-8"):
    return open_book(io.BytesIO(text if isinstance(text, bytes) else text.encode(encoding)), "a.csv")


def rows(text, encoding="utf-8"):
    return opened(text, encoding).grids[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding):
    assert rows(TABLE, encoding) == ROWS


def test_utf16_of_both_byte_orders():
    assert rows(b"\xff\xfe" + TABLE.encode("utf-16-le")) == rows(b"\xfe\xff" + TABLE.encode("utf-16-be")) == ROWS


def test_a_rare_character_of_gb18030():
    assert rows("姓名,值\n㐂𠀀,1\n", "gb18030") == (("姓名", "值"), ("㐂𠀀", "1"))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a\tb,c\td\n1\t2,3\t4\n5\t6\t7\n", ("1", "2,3", "4")),
        ("a;b;c\n1,5;2;3\n", ("1,5", "2", "3")),
        ("a，b，c\n1，2，3\n", ("1", "2", "3")),
        ("sep=;\na;b\n1;2\n", ("1", "2")),
        ("编号\t,名,日期\n甲\t,乙,1\n丙\t,丁,2\n", ("甲\t", "乙", "1")),
        ("一列\n甲，乙\n丙\n", ("甲，乙",)),
        ("某某台账（标题）\n案号,日期\n甲,2024\n乙,2025\n", ("案号", "日期")),
    ],
)
def test_what_parts_the_cells(text, row):
    assert rows(text)[1] == row


def test_two_signs_that_part_equally_well_are_refused():
    (problem,) = opened("a;b,c\n1;2,3\n").diagnostics
    assert (problem.code, problem.message) == ("unclear-delimiter", "分不清各列是用「,」「;」中哪一个分开的")


def test_rows_and_lines_are_counted_apart():
    grid = opened('标题,\n\n案号,日期\n"甲\n的案",2024\n乙,2025\n').grids[0]
    assert grid.rows == (("标题", None), (), ("案号", "日期"), ("甲\n的案", "2024"), ("乙", "2025"))
    assert grid.lines == (1, 2, 3, 4, 6)
    assert opened("sep=,\na,b\n").grids[0].lines == (2,)


def test_what_looks_like_a_formula_is_text():
    cells = ("=1+1", "+8613", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0")
    assert rows("一,二,三,四,五\n" + ",".join(cells) + "\n")[1] == cells


@pytest.mark.parametrize(
    ("data", "code", "line", "message"),
    [
        (b"", "empty-file", None, "文件是空的（0 字节）"),
        (b'a,b\n1,2\n"c,d\n5,6\n', "bad-csv", 3, "从这里起不合 CSV 的写法（内容在引号里中断）"),
        (b'a,b\n1,2\n"c"d,e\n', "bad-csv", 3, "从这里起不合 CSV 的写法（引号后面还有别的字）"),
        (TABLE.encode("utf-16-le"), "not-a-table", None, "内容既不是表格也不是文本"),
        (b"a,b\n\x01\x02,c\n", "not-a-table", None, "内容既不是表格也不是文本"),
        (b"a,b\n\xff\xff\xff,c\n", "wrong-encoding", None, "内容不是能认的编码"),
        (b"a,b\n" + b"," * 2_100_000, "too-large", 2, "超过 2000000 格"),
    ],
)
def test_what_is_no_table(data, code, line, message):
    book = opened(data)
    assert isinstance(book, BadCase)
    (problem,) = book.diagnostics
    assert (problem.code, problem.at.line, problem.message) == (code, line, message)


CELL = st.text(alphabet='案号2024年,;\t"\n 甲=+-@，', max_size=8).filter(lambda text: not text or not text.isspace())
TABLES = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=3, max_size=8)
)


@given(TABLES, st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_whatever_is_written_comes_back(table, delimiter, encoding):
    """Where the program is told what parts the cells, it needs no luck."""
    stream = io.StringIO()
    stream.write(f"sep={delimiter}\n")
    csv.writer(stream, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(table)
    expected = tuple(tuple(cell or None for cell in row) for row in table)
    assert rows(stream.getvalue(), encoding) == expected
