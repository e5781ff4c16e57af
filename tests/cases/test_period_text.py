import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.period_text import parse_numeral, parse_period
from checker.model.values import Part, Unit

Y, M, D, W, H = Unit.YEAR, Unit.MONTH, Unit.DAY, Unit.WORKDAY, Unit.HOUR


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("30日", [(30, D)]),
        ("３０ 天", [(30, D)]),
        ("30个自然日", [(30, D)]),
        ("15个工作日", [(15, W)]),
        ("五工作日", [(5, W)]),
        ("一个月", [(1, M)]),
        ("两个半月", [(2, M), (15, D)]),
        ("半个月", [(15, D)]),
        ("半年", [(6, M)]),
        ("一年半", [(1, Y), (6, M)]),
        ("1年6个月", [(1, Y), (6, M)]),
        ("一年零六个月", [(1, Y), (6, M)]),
        ("3个月5日", [(3, M), (5, D)]),
        ("两个季度", [(6, M)]),
        ("2周", [(14, D)]),
        ("24小时", [(24, H)]),
        ("四十八时", [(48, H)]),
        ("一百零五日", [(105, D)]),
        ("二百五十日", [(250, D)]),
        ("十日", [(10, D)]),
        ("0日", [(0, D)]),
    ],
)
def test_periods(text, parts):
    assert parse_period(text).parts == tuple(Part(n=n, unit=unit) for n, unit in parts)


@pytest.mark.parametrize(
    "text",
    [
        "", "30", "日", "-1日", "1.5个月", "半日", "半月", "半小时", "一个年", "5日3个月", "24小时1日", "30日内",
        "3月5日", "一百五日", "十百日", "999999999日", "2日2日", "一个半年", "半年半",
    ],
)  # fmt: skip
def test_what_is_no_period(text):
    assert parse_period(text) is None


@given(st.integers(0, 9999))
@settings(max_examples=200, deadline=None)
def test_numerals_written_out_read_back(n):
    assert parse_numeral(chinese(n)) == n
    assert parse_numeral(str(n)) == n


@given(st.text(alphabet="0123456789一二三十百千万零半个年月日工作时小周季度 ", max_size=12))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_period_or_none(text):
    period = parse_period(text)
    assert period is None or all(0 <= part.n <= 100_000 for part in period.parts)


def chinese(n):
    """n below 10,000, written by the book."""
    text, zero = "", False
    for size, place in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // size % 10
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + place
        zero = digit == 0
    return text or "零"
