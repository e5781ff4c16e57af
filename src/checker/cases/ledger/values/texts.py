"""Running text of a cell."""

import datetime as dt
from typing import Final

from checker.cases.ledger.values.absent import is_blank, no_value
from checker.cases.ledger.values.characters import visible
from checker.cases.problems import Refusal, named

__all__ = ["is_blank", "read_text", "whole_number"]

LARGEST_EXACT: Final = 10**15
"""Excel keeps 15 digits of a number; what is longer has lost its last ones."""
_CODES: Final = ("formula-without-result", "error-cell", "blank")


def read_text(raw: object) -> str | Refusal:
    """The text of a cell: trimmed, line ends kept, without what does not show. 无 and 待定 are texts too."""
    refusal = no_value(raw, "文字")
    if refusal is not None and refusal.code in _CODES:
        return refusal
    match raw:
        case str():
            return "\n".join(visible(line) for line in raw.strip().splitlines())
        case bool():
            return "是" if raw else "否"
        case int() | float():
            number = whole_number(raw)
            return number if isinstance(number, Refusal) else str(number)
        case dt.datetime() if raw.time() == dt.time():
            return raw.date().isoformat()
        case _:
            return str(raw)


def whole_number(raw: float) -> int | float | Refusal:
    """The number without the float that the workbook kept it in; Refusal where digits are lost."""
    if abs(raw) >= LARGEST_EXACT:
        return Refusal(
            "rounded-number",
            f"{named(f'{raw:.0f}')}超过 15 位，表格软件存成数字时已丢掉末尾几位",
            expected="文本格式的号码",
            help="把这一列设为文本格式，重新填写这个号码",
        )
    return int(raw) if float(raw).is_integer() else raw
