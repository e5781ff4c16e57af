"""Dates written under the line, as many as find room."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.reports.timeline.scale import Scale

_ROOM: Final = 64.0
"""The least distance of two written dates, in the units of the picture."""
_CUT: Final = 24.0
"""Half the room of the number of days under a shortened stretch."""
_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200)


class Tick(NamedTuple):
    """A date under the line."""

    x: float
    text: str


def ticks_of(scale: Scale, left: float, width: float, right: float) -> tuple[Tick, ...]:
    """Dates at even distances where the line is to scale; none where it is shortened, nor so that one passes ``right``.

    The first has its year, whatever the others have.
    """
    day = scale.day_width() * width
    cuts = [left + (one.start + one.end) / 2 * width for one in scale.breaks]
    found: list[Tick] = []
    for first, last in scale.stretches():
        for date, text in _dates(dt.date.fromordinal(first), dt.date.fromordinal(last), day):
            x = left + scale.at(date) * width
            words = text if found else _full(date, text)
            has_room = all(x + _ROOM <= cut - _CUT or x >= cut + _CUT for cut in cuts) and x + _ROOM <= right
            if has_room and (not found or x - found[-1].x >= _ROOM):
                found.append(Tick(round(x, 1), words))
    return tuple(found)


def _full(date: dt.date, text: str) -> str:
    return date.isoformat() if text.startswith(f"{date:%m-%d}") else text


def _dates(first: dt.date, last: dt.date, day: float) -> Iterator[tuple[dt.date, str]]:
    if day * 10 >= _ROOM:
        step = next(step for step in (1, 2, 5, 10) if step * day >= _ROOM)
        yield from _days(first, last, step)
        return
    months = next((step for step in _MONTHS if step * 30 * day >= _ROOM), _MONTHS[-1])
    yield from _month_starts(first, last, months)


def _days(first: dt.date, last: dt.date, step: int) -> Iterator[tuple[dt.date, str]]:
    """Every so many days from the first of each month, so long as the next first is not too near."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        date = dt.date.fromordinal(ordinal)
        if (date.day - 1) % step == 0 and monthrange(date.year, date.month)[1] - date.day + 1 >= step:
            yield date, date.isoformat() if date.day == 1 else f"{date:%m-%d}"


def _month_starts(first: dt.date, last: dt.date, step: int) -> Iterator[tuple[dt.date, str]]:
    begin = first.year * 12 + first.month - 1 + (first.day > 1)
    end = last.year * 12 + last.month - 1
    for month in range(-(-begin // step) * step, end + 1, step):
        date = dt.date(month // 12, month % 12 + 1, 1)
        yield date, f"{date.year}年" if step % 12 == 0 else f"{date.year}-{date.month:02}"
