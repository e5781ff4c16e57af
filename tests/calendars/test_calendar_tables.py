"""Working-day tables: the shipped one day by day, users' own, and every mistake with its line."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from checker.calendars.reading import read_table
from checker.calendars.shipped import load_calendar, shipped_calendar, shipped_names
from checker.model.diagnostic import DataError

ITALY = """\
名称: 意大利
周末: [周六, 星期天]
年份:
  2026:
    依据: Legge 27 maggio 1949, n. 260
    放假: [01-01, 01-06, 2026-04-06, "04-25、05-01", 06-02]
"""
OVERLAY = """\
name: 某自治州
extends: cn
years:
  2026:
    source: 自治州人民政府放假通知
    off: 04-20~04-21
    work: [04-18]
  2027:
    source: 自治州人民政府放假通知
    off: 04-09
"""


def load(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "table.yaml"
    path.write_bytes(text.encode(encoding))
    return load_calendar(path)


def test_shipped_table_agrees_with_chinesecalendar_day_by_day():
    calendar = shipped_calendar()
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_what_cn_knows():
    calendar = shipped_calendar()
    assert [calendar.knows(year) for year in (2003, 2004, 2026, 2027)] == [False, True, True, False]
    assert (calendar.longest_rest, calendar.most_holidays) == (10, 23)
    assert all(row.source for row in calendar.table.years.values())
    assert sorted(calendar.table.years) == list(range(2004, 2027))


def test_shipped_calendar_is_one_object():
    assert shipped_calendar("cn") is shipped_calendar("cn")
    assert shipped_names() == ("cn", "weekends")
    assert repr(shipped_calendar("cn")) == "Calendar('中国大陆')"


def test_weekends_only_never_lacks_a_year():
    calendar = shipped_calendar("weekends")
    day = date(1990, 1, 1)
    assert all(calendar.is_workday(day + timedelta(i)) == ((day + timedelta(i)).weekday() < 5) for i in range(3000))
    assert calendar.knows(1)
    assert calendar.knows(9999)
    assert calendar.missing(1, date.max.toordinal()) is None


def test_first_and_nth_working_days():
    calendar = shipped_calendar()

    def ordinal(text):
        return date.fromisoformat(text).toordinal()

    assert calendar.roll(ordinal("2026-02-15")) == ordinal("2026-02-24")
    assert calendar.roll(ordinal("2026-02-14")) == ordinal("2026-02-14")
    assert calendar.after(ordinal("2026-02-12"), 5) == ordinal("2026-02-26")
    assert calendar.before(ordinal("2026-02-26"), 5) == ordinal("2026-02-12")
    assert calendar.after(ordinal("2026-02-15"), 0) == calendar.before(ordinal("2026-02-15"), 0)
    assert calendar.count(ordinal("2026-02-12"), ordinal("2026-02-26")) == 6
    assert calendar.count(ordinal("2026-02-26"), ordinal("2026-02-12")) == 0


def test_unknown_shipped_name():
    with pytest.raises(DataError) as caught:
        shipped_calendar("cm")
    assert caught.value.diagnostics[0].expected == "cn、weekends"


def test_own_table_in_chinese(tmp_path):
    calendar = load(tmp_path, ITALY)
    assert calendar.name == "意大利"
    assert not calendar.is_workday(date(2026, 1, 6))
    assert calendar.is_workday(date(2026, 2, 17))
    assert calendar.knows(2026)
    assert not calendar.knows(2025)
    # 04-25 is a Saturday: it takes no working day off.
    assert calendar.most_holidays == 5


def test_own_table_with_another_weekend(tmp_path):
    calendar = load(tmp_path, "name: 甲\nweekend: 周五\nyears: {2026: {source: 乙}}\n")
    assert not calendar.is_workday(date(2026, 11, 20))
    assert calendar.is_workday(date(2026, 11, 21))
    assert calendar.is_workday(date(2031, 11, 22))
    assert calendar.longest_rest == 1


def test_overlay(tmp_path):
    calendar, base = load(tmp_path, OVERLAY), shipped_calendar()
    changed = {date(2026, 4, 18): True, date(2026, 4, 20): False, date(2026, 4, 21): False, date(2027, 4, 9): False}
    for i in range(800):
        day = date(2026, 1, 1) + timedelta(days=i)
        assert calendar.is_workday(day) == changed.get(day, base.is_workday(day)), day
    assert calendar.table.years[2026].source == "chinesecalendar 1.11.0；自治州人民政府放假通知"


def test_local_days_do_not_make_a_year_known(tmp_path):
    assert not load(tmp_path, OVERLAY).knows(2027)
    assert load(tmp_path, OVERLAY + "    complete: 是\n").knows(2027)


def test_overlay_restores_a_working_day(tmp_path):
    text = "name: 甲\nextends: cn\nyears: {2026: {source: 乙, work: 2026-10-07, off: 10-10}}\n"
    calendar = load(tmp_path, text)
    assert calendar.is_workday(date(2026, 10, 7))
    assert not calendar.is_workday(date(2026, 10, 10))


def test_years_between_rows_are_unknown(tmp_path):
    text = "name: 甲\nyears: {2020: {source: 乙}, 2023: {source: 丙}}\n"
    calendar = load(tmp_path, text)
    first, last = date(2020, 5, 1).toordinal(), date(2023, 5, 1).toordinal()
    assert calendar.missing(first, last) == 2021
    assert list(calendar.missing_years(first, last)) == [2021, 2022]
    assert calendar.missing(first, first) is None
    assert calendar.loose.is_workday(date(2021, 5, 1).toordinal())
    assert not calendar.loose.is_workday(date(2023, 5, 6).toordinal())


ROW = "name: 甲\nyears:\n  2026:\n    source: 乙\n"
MISTAKES = [
    ("", "calendar-empty", None, ""),
    ("name: [", "calendar-not-yaml", 2, ""),
    ("[1, 2]", "calendar-not-mapping", 1, ""),
    ("years: {2026: {source: 乙}}", "calendar-no-name", 1, ""),
    ("name: 甲", "calendar-no-years", 1, ""),
    ("name: 甲\nyears: []", "calendar-not-mapping", 2, ""),
    ("name: 甲\nyaers: {}\nall_years: true", "calendar-unknown-key", 2, "yaers"),
    ("name: 甲\n名称: 乙\nall_years: true", "calendar-repeated-key", 2, "名称"),
    ("name: 甲\nall_years: 也许", "calendar-not-truth", 2, "也许"),
    ("name: 甲\nall_years: true\nweekend: [周六, 周八]", "calendar-not-weekday", 3, "周八"),
    (
        "name: 甲\nall_years: true\nweekend: [周一, 周二, 周三, 周四, 周五, 周六, 周日]",
        "calendar-no-workday",
        3,
        "",
    ),
    ("name: 甲\nextends: xx\nyears: {2026: {source: 乙}}", "calendar-unknown-base", 2, "xx"),
    ("name: 甲\nextends: cn\nweekend: 周五\nyears: {2026: {source: 乙}}", "calendar-overlay-head", 3, "周五"),
    ("name: 甲\nyears:\n  26: {source: 乙}\n  2026: {source: 乙}", "calendar-not-year", 3, "26"),
    (ROW + "  2026:\n    source: 乙\n", "calendar-repeated-year", 5, "2026"),
    ("name: 甲\nyears:\n  2026:\n    off: 01-01\n", "calendar-no-source", 4, ""),
    ("name: 甲\nyears:\n  2026: 01-01\n", "calendar-not-mapping", 3, "01-01"),
    (ROW + "    off: 元旦\n", "calendar-not-day", 5, "元旦"),
    (ROW + "    off: [[01-01]]\n", "calendar-not-day", 5, ""),
    (ROW + "    off: 02-30\n", "calendar-no-such-day", 5, "02-30"),
    (ROW + "    off:\n      - 01-01\n      - 2025-05-01\n", "calendar-other-year", 7, "2025-05-01"),
    (ROW + "    off: 05-03至05-01\n", "calendar-reversed", 5, "05-03至05-01"),
    (ROW + "    off: 01-03\n    work: 01-03\n", "calendar-both", 6, "01-03"),
    (ROW + "    work: 03-04\n", "calendar-needless-work", 5, "03-04"),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "quote"), MISTAKES, ids=[m[1] + f"-{i}" for i, m in enumerate(MISTAKES)]
)
def test_mistakes(tmp_path, text, code, line, quote):
    with pytest.raises(DataError) as caught:
        load(tmp_path, text)
    found = [d for d in caught.value.diagnostics if d.code == code]
    assert len(found) == 1
    assert (found[0].at.line, found[0].quote) == (line, quote)
    assert found[0].at.file.endswith("table.yaml")
    assert found[0].message
    assert not found[0].message.endswith("。")


def test_all_mistakes_at_once():
    with pytest.raises(DataError) as caught:
        read_table(ROW + "    off: [元旦, 13-01]\n    works: 01-04\n", "甲.yaml", {})
    assert [d.message for d in caught.value.diagnostics] == [
        "2026 年不认得的键「works」",
        "「元旦」不是日期",
        "2026 年没有「13-01」这一天",
    ]
    assert caught.value.diagnostics[0].help == "改为「work」"


def test_wrong_encoding_and_missing_file(tmp_path):
    with pytest.raises(DataError, match="不是 UTF-8 编码"):
        load(tmp_path, "name: 甲", "gb18030")
    with pytest.raises(DataError, match="打不开工作日表"):
        load_calendar(tmp_path / "none.yaml")
