"""Lines of a page: two columns a Chinese character, ASCII words whole, marks where they belong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reports.layout import WIDTH, clean, pad, table, width, wrap


@pytest.mark.parametrize(("text", "columns"), [("", 0), ("abc", 3), ("交办", 4), ("e3（交办）", 10), ("e\u0301", 1)])
def test_width(text, columns):
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("交办之日起算", 6, ["交办之", "日起算"]),
        ("截至 2026-07-01 未见", 14, ["截至", "2026-07-01 未", "见"]),
        ("应当有，审批", 6, ["应当", "有，审", "批"]),
        ("所谓「审批」", 6, ["所谓", "「审", "批」"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("", 10, [""]),
        ("甲\n乙\x1b[31m", 20, ["甲�乙�[31m"]),
    ],
)
def test_wrap(text, columns, lines):
    assert wrap(text, columns=columns) == lines


def test_prefixes_count():
    assert wrap("交办之日起算", "一 ", "   ", columns=9) == ["一 交办之", "   日起算"]


@given(st.text(alphabet="ab-1交办，。「」（） \u3000e\u0301\u202e\n", max_size=80), st.integers(12, 30))
def test_no_line_is_wider_and_nothing_is_lost(text, columns):
    lines = wrap(text, "  ", "    ", columns)
    assert max(map(width, lines)) <= columns
    kept = "".join("".join(line.split()) for line in lines)
    assert kept == "".join(clean(text).split())


@given(st.lists(st.from_regex(r"[a-z0-9-]{1,10}", fullmatch=True), max_size=20))
def test_ascii_words_stay_whole(words):
    lines = wrap(" ".join(words), columns=20)
    assert " ".join(lines).split() == words


def test_table_aligns_and_wraps():
    assert table([("甲", "一"), ("乙乙", "二")]) == ["  甲    一", "  乙乙  二"]
    wide = table([("甲" * 60, "乙" * 60)])
    assert len(wide) > 1
    assert max(map(width, wide)) <= WIDTH


def test_pad():
    assert pad("交办", 6) == "交办  "
