"""The years that ledgers are about: others are slips of the pen or placeholders."""

from typing import Final

from checker.cases.dates import Moment
from checker.cases.problems import Refusal

FIRST_YEAR: Final = 1949
LAST_YEAR: Final = 2099
EXPECTED: Final = "2024-03-05、2024.3.5、2024年3月5日 或 二〇二四年三月五日"


def in_range(moment: Moment) -> Moment | Refusal:
    """The moment, unless its year is none of a ledger."""
    if FIRST_YEAR <= moment[0].year <= LAST_YEAR:
        return moment
    return Refusal(
        "year-out-of-range",
        f"「{moment[0].isoformat()}」的年份不在台账会有的年份里",
        expected=f"{FIRST_YEAR} 年至 {LAST_YEAR} 年",
        help="没有日期的留空，不用 1900 年、9999 年之类占位",
    )
