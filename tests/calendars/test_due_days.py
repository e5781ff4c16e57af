"""Due dates with their derivations: input and every sentence side by side."""

from datetime import date

import pytest

from checker.calendars.amount import Amount, amount_of, amount_text, half_month, months
from checker.calendars.calendar import Calendar
from checker.calendars.derive import derive, derive_back, derive_stated
from checker.calendars.due import Due, back, due_day, shift
from checker.calendars.grid import MAX_ORDINAL, OutOfRange
from checker.calendars.shipped import shipped_calendar
from checker.calendars.table import Table
from checker.model.norm import Counting
from checker.model.values import Part, Period, Unit

CN = shipped_calendar()
CIVIL = Counting()
SAME_DAY = Counting(next_day=False)
CUSTODY = Counting(month_end=True, roll=False)


def d(text):
    return date.fromisoformat(text)


def spans(*texts):
    return [(d(first), d(resumed)) for first, resumed in (text.split("/") for text in texts)]


DERIVATIONS = [
    (
        "a working last day",
        ("2024-03-07", Amount(days=90), CIVIL, ()),
        "2024-06-05",
        ["自 2024-03-07 次日起算，第1日为 2024-03-08", "加 90日，至 2024-06-05（星期三）"],
    ),
    (
        "rolled over a holiday",
        ("2026-07-03", Amount(days=90), CIVIL, ()),
        "2026-10-08",
        [
            "自 2026-07-03 次日起算，第1日为 2026-07-04",
            "加 90日，至 2026-10-01（星期四）",
            "末日 2026-10-01（星期四）为休假日，顺延至 2026-10-08（星期四）",
        ],
    ),
    (
        "an adjusted Saturday",
        ("2025-12-16", Amount(days=60), CIVIL, ()),
        "2026-02-14",
        [
            "自 2025-12-16 次日起算，第1日为 2025-12-17",
            "加 60日，至 2026-02-14（星期六）",
            "末日 2026-02-14（星期六）为调休上班日，不顺延",
        ],
    ),
    (
        "custody does not roll",
        ("2026-03-31", Amount(months=1), CUSTODY, ()),
        "2026-04-30",
        ["自 2026-03-31 次日起算，第1日为 2026-04-01", "加 1个月，起算日为月末，至到期月最后一日 2026-04-30（星期四）"],
    ),
    (
        "custody ends on a holiday",
        ("2026-09-01", Amount(months=1), CUSTODY, ()),
        "2026-10-01",
        [
            "自 2026-09-01 次日起算，第1日为 2026-09-02",
            "加 1个月，到期月的对应日为 2026-10-01（星期四）",
            "末日 2026-10-01（星期四）为休假日，本期间不顺延",
        ],
    ),
    (
        "no corresponding day, unknown year",
        ("2026-08-31", Amount(months=6), CIVIL, ()),
        "2027-03-01",
        [
            "自 2026-08-31 次日起算，第1日为 2026-09-01",
            "加 6个月，到期月没有对应日，取月末日 2027-02-28（星期日）",
            "末日 2027-02-28（星期日）为休假日，顺延至 2027-03-01（星期一）",
            "2027 年调休安排未入库，按周末推算，暂定，最早 2027-02-28，最迟 2027-03-10",
        ],
    ),
    (
        "the start is day 1",
        ("2026-03-02", Amount(days=5), SAME_DAY, ()),
        "2026-03-06",
        [
            "自 2026-03-02 当日起算，第1日为 2026-03-02",
            "加 5日，至 2026-03-07（星期六）",
            "当日起算，起日已计入，末日提前1日，为 2026-03-06（星期五）",
        ],
    ),
    (
        "working days over the Spring Festival",
        ("2026-02-12", Amount(workdays=5), CIVIL, ()),
        "2026-02-26",
        ["自 2026-02-12 次日起算，第1日为 2026-02-13", "数 5个工作日，至 2026-02-26（星期四），其间休息日 9日不计"],
    ),
    (
        "working days lose only working days",
        ("2026-03-02", Amount(workdays=5), CIVIL, spans("2026-03-05/2026-03-10")),
        "2026-03-12",
        [
            "自 2026-03-02 次日起算，第1日为 2026-03-03",
            "2026-03-05 至 2026-03-09 不计入，其间工作日 3日跳过",
            "数 5个工作日，至 2026-03-12（星期四）",
        ],
    ),
    (
        "an exclusion moves the end, a later one does not",
        ("2026-03-02", Amount(days=10), CIVIL, spans("2026-03-05/2026-03-06", "2026-03-14/2026-04-14")),
        "2026-03-13",
        [
            "自 2026-03-02 次日起算，第1日为 2026-03-03",
            "加 10日，至 2026-03-12（星期四）",
            "2026-03-05 共 1日不计入，末日移至 2026-03-13（星期五）",
            "2026-03-14 开始的不计入期间晚于届满日 2026-03-13，不影响期限",
        ],
    ),
    (
        "an exclusion begins on the day the end has rolled to",
        ("2026-03-02", Amount(days=12), CIVIL, spans("2026-03-16/2026-03-19")),
        "2026-03-19",
        [
            "自 2026-03-02 次日起算，第1日为 2026-03-03",
            "加 12日，至 2026-03-14（星期六）",
            "末日 2026-03-14 为休假日，已顺延，2026-03-16 至 2026-03-18 共 3日不计入，末日移至 2026-03-19（星期四）",
        ],
    ),
    (
        "months, days and working days in one period",
        ("2026-01-31", Amount(months=1, days=15, workdays=2), CIVIL, spans("2026-03-20/2026-05-01")),
        "2026-03-17",
        [
            "自 2026-01-31 次日起算，第1日为 2026-02-01",
            "加 1个月，到期月没有对应日，取月末日 2026-02-28（星期六）",
            "加 15日，至 2026-03-15（星期日）",
            "数 2个工作日，至 2026-03-17（星期二）",
            "2026-03-20 开始的不计入期间晚于届满日 2026-03-17，不影响期限",
        ],
    ),
]


@pytest.mark.parametrize(
    ("given", "day", "sentences"), [row[1:] for row in DERIVATIONS], ids=[r[0] for r in DERIVATIONS]
)
def test_derivation(given, day, sentences):
    start, amount, counting, exclusions = given
    found = derive(CN, d(start), amount, counting, exclusions)
    assert (found.day, list(found.sentences())) == (d(day), sentences)


def test_backward_derivation():
    found = derive_back(CN, d("2026-06-30"), Amount(months=1, workdays=5))
    assert found.sentences() == ("自 2026-06-30 向前倒数 1个月5个工作日，至 2026-05-25（星期一），倒数不顺延",)


def test_backward_into_an_unknown_year():
    found = derive_back(CN, d("2027-01-06"), Amount(workdays=5))
    assert found.provisional
    assert found.missing_year == 2027
    assert found.low < found.day == d("2026-12-30") < found.high == d("2027-01-01")
    assert found.sentences()[1].startswith("2027 年调休安排未入库，按周末推算，暂定")


def test_extension_counts_from_the_original_start():
    # 1月31日 + 1月 + 1月 is 3月31日, not 2月28日 + 1月.
    amount = amount_of(months(1), months(1))
    assert derive(CN, d("2026-01-31"), amount, Counting(roll=False)).day == d("2026-03-31")


def test_months_go_before_days_however_they_are_written():
    written = Period(parts=(Part(n=15, unit=Unit.DAY), Part(n=1, unit=Unit.MONTH), Part(n=1, unit=Unit.YEAR)))
    assert amount_of(written) == Amount(months=13, days=15)
    assert amount_of(months(1), half_month()) == Amount(months=1, days=15)
    assert amount_text(amount_of(written)) == "1年1个月15日"
    assert amount_text(Amount()) == "0日"


def test_hours_stand_alone():
    with pytest.raises(ValueError, match="never mix"):
        amount_of(months(1), Period(parts=(Part(n=24, unit=Unit.HOUR),)))
    with pytest.raises(ValueError, match="due_instant"):
        due_day(CN, d("2026-03-02").toordinal(), Amount(hours=24), CIVIL)


@pytest.mark.parametrize("counting", [CIVIL, SAME_DAY])
def test_an_empty_period_ends_on_its_start(counting):
    monday = d("2026-03-02").toordinal()
    assert due_day(CN, monday, Amount(), counting) == Due(monday, monday, monday, monday)


def test_the_start_counts_as_working_day_one_when_the_day_itself_counts():
    assert derive(CN, d("2026-03-02"), Amount(workdays=5), SAME_DAY).day == d("2026-03-06")
    assert derive(CN, d("2026-03-01"), Amount(workdays=5), SAME_DAY).day == d("2026-03-06")


def test_exclusions_in_the_natural_part_of_a_mixed_period():
    amount = Amount(days=3, workdays=2)
    found = derive(CN, d("2026-03-02"), amount, CIVIL, spans("2026-03-04/2026-03-06", "2026-03-09/2026-03-10"))
    assert found.day == d("2026-03-11")


@pytest.mark.parametrize("amount", [Amount(days=10**18), Amount(months=12 * 8000), Amount(workdays=10**9)])
def test_out_of_range(amount):
    with pytest.raises(OutOfRange):
        due_day(CN, d("2026-03-02").toordinal(), amount, CIVIL)
    with pytest.raises(OutOfRange):
        back(CN, d("2026-03-02").toordinal(), amount)


def test_out_of_range_by_exclusion():
    start = d("2026-03-02").toordinal()
    with pytest.raises(OutOfRange):
        due_day(CN, start, Amount(days=10), CIVIL, ((start + 3, MAX_ORDINAL),))


def test_the_last_year_of_all():
    last = date(9999, 12, 30).toordinal()
    assert due_day(CN, last, Amount(days=1), CIVIL) == Due(
        MAX_ORDINAL, MAX_ORDINAL, MAX_ORDINAL, MAX_ORDINAL, True, 9999
    )
    assert due_day(CN, last, Amount(workdays=1), CIVIL).high == MAX_ORDINAL
    assert back(CN, 3, Amount(workdays=2)).low == 1


def test_a_date_that_needs_no_table_is_never_provisional():
    start = d("2030-03-02").toordinal()
    assert due_day(CN, start, Amount(months=1), CUSTODY) == Due(*[d("2030-04-02").toordinal()] * 4)
    assert shift(CN, start, Amount(days=3), backward=False) == Due(*[start + 3] * 4)
    assert shift(CN, start, Amount(days=3), backward=True) == Due(*[start - 3] * 4)


def test_rest_days_that_run_into_an_unknown_year():
    # 2022-12-31 is a Saturday; with 2023 unknown the end can be 2023-01-01 at the earliest.
    table = Table(name="至2022", years={y: row for y, row in CN.table.years.items() if y < 2023})
    found = derive(Calendar(table), d("2022-12-21"), Amount(days=10), CIVIL)
    assert (found.raw, found.day, found.low, found.high) == (
        d("2022-12-31"),
        d("2023-01-02"),
        d("2023-01-01"),
        d("2023-01-10"),
    )


def test_a_rolled_end_in_an_unknown_year_decides_whether_an_exclusion_counts():
    # With 2022 unknown, 2022-12-31 may have been worked; then the exclusion of 2023-01-03 came too late.
    table = Table(name="缺2022", years={y: row for y, row in CN.table.years.items() if y != 2022})
    found = derive(Calendar(table), d("2022-12-21"), Amount(days=10), CIVIL, spans("2023-01-03/2023-01-05"))
    assert (found.day, found.low, found.missing_year) == (d("2023-01-05"), d("2022-12-31"), 2022)


def test_an_exclusion_over_the_whole_unknown_year_leaves_nothing_to_guess():
    table = Table(name="缺2022", years={y: row for y, row in CN.table.years.items() if y != 2022})
    amount, exclusions = Amount(workdays=10), spans("2021-12-30/2023-01-01")
    found = derive(Calendar(table), d("2021-12-24"), amount, CIVIL, exclusions)
    assert not found.provisional
    assert found.day == derive(CN, d("2021-12-24"), amount, CIVIL, exclusions).day


STATED = [
    (
        Amount(),
        (),
        "2026-05-03",
        ["记录载明末日为 2026-05-03（星期日）", "末日 2026-05-03（星期日）为休假日，本期间不顺延"],
    ),
    (
        Amount(days=10),
        ("2026-04-01/2026-04-03",),
        "2026-05-15",
        [
            "记录载明末日为 2026-05-03（星期日）",
            "加 10日，至 2026-05-13（星期三）",
            "2026-04-01 至 2026-04-02 共 2日不计入，末日移至 2026-05-15（星期五）",
        ],
    ),
    (
        Amount(workdays=1),
        ("2026-03-01/2026-03-03",),
        "2026-05-06",
        ["记录载明末日为 2026-05-03（星期日）", "数 1个工作日，至 2026-05-06（星期三），其间休息日 2日不计"],
    ),
]


@pytest.mark.parametrize(("amount", "exclusions", "day", "sentences"), STATED)
def test_a_stated_last_day(amount, exclusions, day, sentences):
    found = derive_stated(CN, d("2026-03-05"), d("2026-05-03"), amount, spans(*exclusions))
    assert (found.day, list(found.sentences())) == (d(day), sentences)
