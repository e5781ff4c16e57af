"""Dates of ledgers: every accepted way of writing beside what it gives, every refused one beside its reason."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.cases.ledger.grid import ErrorCell, Formula
from checker.cases.ledger.values.clock import read_time
from checker.cases.ledger.values.dates import read_date
from checker.cases.problems import Refusal

MARCH_5 = """
2024年3月5日 | 2024年3月5号 | 2024年03月05日 | 2024 年 3 月 5 日 | 2024年 3月 5日
２０２４年３月５日 | 2024年3⽉5⽇ | 2024年3月5日。
2024-3-5 | 2024-03-05 | 2024－3－5 | 2024—3—5 | 2024–3–5 | 2024 - 3 - 5 | ２０２４－０３－０５
2024.3.5 | 2024.03.05 | 2024．3．5 | 2024。3。5 | 2024·3·5 | 2024.3.5. | 2024.3.5日 | 2024. 3. 5
2024/3/5 | 2024/03/05 | 2024／3／5 | 2024、3、5
20240305 | ２０２４０３０５
二〇二四年三月五日 | 二零二四年三月五日 | 二○二四年三月五日 | 二Ｏ二四年三月五日
二O二四年三月五号 | 二〇二四 年 三 月 五 日 | 贰零贰肆年叁月伍日 | 二〇二四年零三月零五日
2024年三月五日 | 二〇二四年3月5日
2024年3月5日（星期二） | 2024年3月5日(周二) | 2024年3月5日 星期二 | 2024-3-5 周二 | 2024.3.5（礼拜二）
\u200b2024-3-5\ufeff | \u00a02024-3-5\u3000 | 2024-3-5\t | \u202a2024-3-5\u202c
2024-03-05 00:00:00 | 2024-03-05T00:00:00
"""
OTHERS = {
    "二〇二四年三月廿五日": dt.date(2024, 3, 25),
    "二〇二四年三月廿日": dt.date(2024, 3, 20),
    "二〇二四年三月二十日": dt.date(2024, 3, 20),
    "二〇二四年三月卅一日": dt.date(2024, 3, 31),
    "二〇二四年三月三十一日": dt.date(2024, 3, 31),
    "二〇二四年十月十日": dt.date(2024, 10, 10),
    "二〇二四年十二月十一日": dt.date(2024, 12, 11),
    "二〇二四年拾贰月拾壹日": dt.date(2024, 12, 11),
    "2024年2月29日": dt.date(2024, 2, 29),
    "1949-10-01": dt.date(1949, 10, 1),
}
TIMES = {
    "2024-3-5 9:30": dt.time(9, 30),
    "2024-03-05T09:30:15": dt.time(9, 30, 15),
    "2024/3/5 09:30:15.250": dt.time(9, 30, 15, 250_000),
    "2024年3月5日9:30": dt.time(9, 30),
    "2024年3月5日 上午9时30分": dt.time(9, 30),
    "2024年3月5日上午9时": dt.time(9),
    "2024年3月5日下午3点半": dt.time(15, 30),
    "2024年3月5日下午15:30": dt.time(15, 30),
    "2024年3月5日中午12点": dt.time(12),
    "2024年3月5日中午1点": dt.time(13),
    "2024年3月5日晚8时": dt.time(20),
    "2024年3月5日（星期二）9：30": dt.time(9, 30),
    "2024-3-5 3:30 PM": dt.time(15, 30),
    "20240305 09:30": dt.time(9, 30),
}
REFUSED = {
    "blank": ["", "  ", "\u3000", "\u200b"],
    "not-yet": ["待定", "未定", "（待定）", "尚未办结", "暂无", "办理中"],
    "none": ["无", "—", "——", "-", "/", "不适用"],
    "not-known": ["不详", "待查", "？"],
    "two-digit-year": ["24.3.5", "24-3-5", "24/3/5", "24年3月5日", "二四年三月五日", "240305", "'24.3.5"],
    "order-unclear": ["3/5/2024", "25/3/2024", "3-5-2024", "03.05.2024"],
    "month-only": ["2024年3月", "2024-03", "2024.3", "202403", "二〇二四年三月", "2024年3月上旬", "2024年3月底"],
    "year-only": ["2024年", "2024", "2024年底", "2024年第一季度"],
    "no-year": ["3月5日", "3.5", "3-5", "三月五日", "2月30日", "5日", "3月5"],
    "impossible-date": [
        "2024年2月30日",
        "2023-02-29",
        "2024-13-01",
        "2024.4.31",
        "20240230",
        "2024-0-5",
        "2024年3月0日",
    ],
    "two-dates": [
        "2024-3-5、2024-3-8",
        "2024年3月5日至3月8日",
        "2024年3月5日、8月1日",
        "2024.3.5-3.8",
        "2024年3月5日到8日",
        "2024-3-5\n2024-3-8",
    ],
    "more-than-date": [
        "2024年3月5日收到",
        "2024年3月5日前",
        "约2024-3-5",
        "2024-3-5（已批）",
        "收文：2024.3.5",
        "延至2024年3月5日",
    ],
    "lunar-date": [
        "三月初五",
        "农历三月初五",
        "二〇二四年三月初五",
        "正月十五",
        "二〇二四年腊月廿三",
        "农历2024年3月5日",
        "2024年三月廿五",
    ],
    "other-era": ["民国113年3月5日", "甲辰年三月五日", "令和6年3月5日"],
    "wrong-weekday": ["2024年3月5日（星期三）", "2024-3-5 周日"],
    "year-out-of-range": ["1900-01-01", "1900年1月1日", "9999-12-31", "2199-12-31", "0001-01-01", "1900/1/1"],
    "offset": ["2024-03-05T09:30:00+08:00", "2024-03-05 09:30Z"],
    "bad-time": ["2024-3-5 上午13:30", "2024-3-5 晚上12点", "2024年3月5日上午12时"],
    "impossible-time": ["2024-3-5 25:00", "2024-3-5 24:00", "2024-3-5 9:75"],
    "bad-date": [
        "2024-3/5",
        "2024-3-59:30",
        "Mar 5, 2024",
        "昨天",
        "2024 3 5",
        "2024305",
        "二〇二四年三月一五日",
        "=TODAY()",
        "x" * 30,
    ],
    "serial-not-asked": ["45356"],
}
CELLS = {
    dt.date(2024, 3, 5): (dt.date(2024, 3, 5), None),
    dt.datetime(2024, 3, 5, 9, 30): (dt.date(2024, 3, 5), dt.time(9, 30)),
    dt.datetime(2024, 3, 5): (dt.date(2024, 3, 5), None),
    20240305.0: (dt.date(2024, 3, 5), None),
}
REFUSED_CELLS = [
    (None, "blank"),
    (Formula(), "formula-without-result"),
    (ErrorCell("#REF!"), "error-cell"),
    (True, "bad-date"),
    (dt.time(9, 30), "bad-date"),
    (dt.timedelta(days=3), "bad-date"),
    (45356.0, "serial-not-asked"),
    (30.0, "number-not-date"),
    (2024.3, "number-not-date"),
    (240305.0, "number-not-date"),
    (20240230.0, "impossible-date"),
    (-5, "number-not-date"),
    (float("inf"), "number-not-date"),
    (float("nan"), "number-not-date"),
    (1e300, "number-not-date"),
    (99991231, "year-out-of-range"),
    (dt.date(1900, 1, 1), "year-out-of-range"),
    (dt.datetime(9999, 12, 31), "year-out-of-range"),
]


def code(answer):
    return answer.code if isinstance(answer, Refusal) else answer


@pytest.mark.parametrize(
    "text", [one.strip(" ") for line in MARCH_5.strip("\n").split("\n") for one in line.split(" | ")]
)
def test_one_day_in_every_way(text):
    assert read_date(text) == (dt.date(2024, 3, 5), None)


@pytest.mark.parametrize(("text", "day"), OTHERS.items())
def test_other_days(text, day):
    assert read_date(text) == (day, None)


@pytest.mark.parametrize(("text", "time"), TIMES.items())
def test_days_with_a_time(text, time):
    assert read_date(text) == (dt.date(2024, 3, 5), time)


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in REFUSED.items() for text in texts])
def test_refused_with_the_reason(reason, text):
    for serial in (False, True):
        answer = read_date(text, serial=serial)
        assert code(answer) == reason or (reason == "serial-not-asked" and serial)


@pytest.mark.parametrize(("raw", "moment"), CELLS.items())
def test_cells_that_are_dates(raw, moment):
    assert read_date(raw) == moment


@pytest.mark.parametrize(("raw", "reason"), REFUSED_CELLS)
def test_cells_that_are_none(raw, reason):
    assert code(read_date(raw)) == reason


def test_days_counted_by_excel_only_where_asked():
    day = dt.date(2024, 3, 5)
    assert read_date(45356.0, serial=True) == (day, None)
    assert read_date(45356.395833333336, serial=True) == (day, dt.time(9, 30))
    assert read_date("45356", serial=True) == (day, None)
    assert read_date(43894.0, serial=True, date1904=True) == (day, None)
    assert [code(read_date(n, serial=True)) for n in (0, 1, 30, 3650, 24305, 99999)] == ["number-not-date"] * 6


def test_what_a_message_says():
    assert read_date("3/5/2024") == Refusal(
        "order-unclear",
        "「3/5/2024」的月和日次序不明",
        expected="2024-03-05、2024.3.5、2024年3月5日 或 二〇二四年三月五日",
        help="是「2024年3月5日」还是「2024年5月3日」？写明年、月、日",
    )
    assert (
        read_date("2024年3月5日（星期三）").message == "「2024年3月5日（星期三）」的星期与日期不合：2024-03-05 是星期二"
    )
    assert read_date("2024.3.5收到").help == "只留「2024.3.5」，其余写到备注列"


@pytest.mark.parametrize(
    ("raw", "time"),
    [
        ("9:30", dt.time(9, 30)),
        ("上午9时30分", dt.time(9, 30)),
        ("９：３０", dt.time(9, 30)),
        ("9点整", dt.time(9)),
        (dt.time(9, 30), dt.time(9, 30)),
        ("下午 3:05", dt.time(15, 5)),
        ("9", "bad-time"),
        ("0.4", "bad-time"),
        (0.4, "bad-time"),
        ("25:00", "impossible-time"),
        (None, "blank"),
        ("待定", "not-yet"),
    ],
)
def test_times_of_day(raw, time):
    assert code(read_time(raw)) == time


DIGITS = "〇一二三四五六七八九"
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2050, 12, 31))


def numeral(n):
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (
        DIGITS[ones] if ones or not tens else ""
    )


def ways(day):
    y, m, d = day.year, day.month, day.day
    chinese = "".join(DIGITS[int(c)] for c in str(y))
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    plain = [f"{y}{s}{m}{s}{d}" for s in "-./、－．／。"] + [
        f"{y}-{m:02}-{d:02}",
        f"{y}{m:02}{d:02}",
        f"{y}年{m}月{d}日",
        f"{y}年{m}月{d}号",
    ]
    spoken = [
        f"{chinese}年{numeral(m)}月{numeral(d)}日",
        f"{y}年{numeral(m)}月{numeral(d)}日",
        f"{chinese.replace('〇', '零')}年{numeral(m)}月{numeral(d)}日",
    ]
    weekday = f"{y}年{m}月{d}日（星期{'一二三四五六日'[day.weekday()]}）"
    return [*plain, *spoken, weekday, *(one.translate(wide) for one in plain), f" {y} 年 {m} 月 {d} 日 "]


@given(DAYS)
def test_every_day_reads_back_in_every_way(day):
    assert {way: read_date(way) for way in ways(day)} == dict.fromkeys(ways(day), (day, None))
    counted = (day - dt.date(1899, 12, 30)).days
    assert read_date(float(counted), serial=True) == (day, None)
    assert read_date(float(counted - 1462), serial=True, date1904=True) == (day, None)


@given(DAYS, st.sampled_from("-./、－．／"))
def test_what_can_be_read_in_two_ways_never_reads(day, sep):
    y, m, d = day.year, day.month, day.day
    short = y % 100
    others = [
        f"{short:02}{sep}{m}{sep}{d}",
        f"{m}{sep}{d}{sep}{y}",
        f"{d}{sep}{m}{sep}{y}",
        f"{y}{sep}{m}",
        f"{m}{sep}{d}",
        f"{short:02}{m:02}{d:02}",
    ]
    words = [
        f"{y}年{m}月",
        f"{m}月{d}日",
        f"{short:02}年{m}月{d}日",
        f"{y}年{m}月{d}日前",
        f"{y}年{m}月{d}日、{y}年{m}月{d}日",
        f"农历{y}年{m}月{d}日",
    ]
    wrong = f"{y}年{m}月{d}日（星期{'一二三四五六日'[(day.weekday() + 1) % 7]}）"
    for text in (*others, *words, wrong):
        assert isinstance(read_date(text, serial=True), Refusal), text


@given(
    st.text(alphabet="0123456789０１２３４５６７８９年月日号.-/、:： 〇一二三十廿上下午时分星期T\u200b初", max_size=22)
)
def test_any_text_is_read_or_refused(text):
    answer = read_date(text, serial=True)
    assert isinstance(answer, Refusal | tuple)
    if isinstance(answer, tuple):
        assert 1949 <= answer[0].year <= 2099
