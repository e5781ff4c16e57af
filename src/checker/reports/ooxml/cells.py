"""Values as cells: numbers and dates as such, everything a user wrote as text."""

import datetime as dt
from typing import Final, NamedTuple

from checker.reports.cell_text import as_xml, is_formula_like
from checker.reports.ooxml.styles import DATE, MOMENT, Look, Styles
from checker.reports.pages.page import Value

_DAY_ZERO: Final = dt.datetime(1899, 12, 30)
_DAY_ZERO_1904: Final = dt.datetime(1904, 1, 1)
_FIRST_SERIAL: Final = 61
"""Before 1900-03-01 programs count a day that never was: such dates are written as text."""


class Writing(NamedTuple):
    """What cells are written with: the styles of the workbook, its first day, the prefix of its names."""

    styles: Styles
    from_1904: bool = False
    prefix: str = ""


def cell(at: str, value: Value, look: Look, writing: Writing, base: int | None = None) -> str:
    """One cell as XML; an empty one is written too, since it has a look. ``base`` is the look it stands on."""
    serial = _serial(value, writing)
    if serial is not None:
        code = MOMENT if isinstance(value, dt.datetime) else DATE
        return _number(at, serial, writing.styles.of(look._replace(number=code), base), writing.prefix)
    match value:
        case None | "":
            return f'<{writing.prefix}c r="{at}" s="{writing.styles.of(look, base)}"/>'
        case bool():
            p, style = writing.prefix, writing.styles.of(look, base)
            return f'<{p}c r="{at}" s="{style}" t="b"><{p}v>{int(value)}</{p}v></{p}c>'
        case int() | float():
            return _number(at, repr(value), writing.styles.of(look, base), writing.prefix)
        case _:
            return _text(at, str(value), look, writing, base)


def _number(at: str, digits: str, style: int, p: str) -> str:
    return f'<{p}c r="{at}" s="{style}"><{p}v>{digits}</{p}v></{p}c>'


def _text(at: str, text: str, look: Look, writing: Writing, base: int | None) -> str:
    p = writing.prefix
    style = writing.styles.of(look._replace(guard=is_formula_like(text)), base)
    inner = f'<{p}is><{p}t xml:space="preserve">{as_xml(text)}</{p}t></{p}is>'
    return f'<{p}c r="{at}" s="{style}" t="inlineStr">{inner}</{p}c>'


def _serial(value: Value, writing: Writing) -> str | None:
    """The number that a date is kept as; None for what is none, or too early for one."""
    if not isinstance(value, dt.date):
        return None
    moment = value if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())
    span = moment.replace(tzinfo=None) - (_DAY_ZERO_1904 if writing.from_1904 else _DAY_ZERO)
    if span.days < (0 if writing.from_1904 else _FIRST_SERIAL):
        return None
    return str(span.days) if not span.seconds else repr(span.days + span.seconds / 86400)
