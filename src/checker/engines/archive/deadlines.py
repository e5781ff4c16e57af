"""Due dates, many at a time: what the calendar answers for a start and an amount is asked once and looked up."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.due import Due, due_day
from checker.calendars.grid import OutOfRange
from checker.calendars.spans import Span
from checker.engines.archive.days import KNOWN, MISSING, Days
from checker.engines.archive.truth import Bools, Ints
from checker.model.norm import Counting

_FROM: Final = dt.date(1980, 1, 1).toordinal()
_SIZE: Final = dt.date(2101, 1, 1).toordinal() - _FROM
MOST: Final = 400
"""Amounts whose due dates are kept; each takes a fifth of a megabyte."""

_UNASKED: Final = 0
_APART: Final = -1
"""The due date has a range, or none can be computed: it stands in ``apart``."""

_Row = tuple[int, int, int, int, bool]


@dataclass(slots=True)
class _Table:
    """Due dates of one amount by their start; the usual years in an array."""

    usual: npt.NDArray[np.int32] = field(default_factory=lambda: np.zeros(_SIZE, np.int32))
    apart: dict[int, _Row] = field(default_factory=dict)


class Deadlines:
    """Answers of one calendar, kept for as long as a kernel lives."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._tables: dict[tuple[Amount, bool, bool, bool], _Table] = {}

    def due(self, start: Ints, amount: Amount, counting: Counting) -> Days:
        """The end of an amount counted from each day; MISSING beyond the calendar."""
        key = (amount, counting.next_day, counting.roll, counting.month_end)
        table = self._tables.get(key)
        if table is None:
            if len(self._tables) >= MOST:
                # Records may state any number of different periods: the amount first asked for makes room.
                del self._tables[next(iter(self._tables))]
            table = self._tables[key] = _Table()
        place = start - _FROM
        usual = (place >= 0) & (place < _SIZE)
        day = np.where(usual, table.usual[np.clip(place, 0, _SIZE - 1)], _APART).astype(np.int64)
        unasked = np.unique(start[day == _UNASKED])
        if len(unasked):
            for one in unasked.tolist():
                self._ask(table, one, amount, counting)
            day = np.where(usual, table.usual[np.clip(place, 0, _SIZE - 1)], _APART).astype(np.int64)
        found = Days.plain(day)
        rare = np.flatnonzero(day == _APART)
        return self._with_rare(found, rare, start, table, amount, counting) if len(rare) else found

    def lengthened(
        self, start: Ints, amounts: Sequence[Amount], counting: Sequence[Counting], spans: Sequence[tuple[Span, ...]]
    ) -> Days:
        """The same with excluded intervals, one by one; equal questions are asked once."""
        answers: dict[object, _Row] = {}
        rows = []
        for day, amount, how, out in zip(start.tolist(), amounts, counting, spans, strict=True):
            key = (day, amount, how.roll, out)
            if key not in answers:
                answers[key] = self._answer(day, amount, how, out)
            rows.append(answers[key])
        return _days(rows)

    def _ask(self, table: _Table, start: int, amount: Amount, counting: Counting) -> None:
        row = self._answer(start, amount, counting, ())
        place = start - _FROM
        if row[0] == KNOWN and row[2] == row[3] and not row[4]:
            table.usual[place] = row[1]
        else:
            table.usual[place] = _APART
            table.apart[start] = row

    def _answer(self, start: int, amount: Amount, counting: Counting, spans: tuple[Span, ...]) -> _Row:
        try:
            due: Due = due_day(self.calendar, start, amount, counting, spans)
        except OutOfRange:
            return (MISSING, 0, 0, 0, False)
        return (KNOWN, due.day, due.low, due.high, due.provisional)

    def _with_rare(
        self, found: Days, rare: Ints, start: Ints, table: _Table, amount: Amount, counting: Counting
    ) -> Days:
        distinct, inverse = np.unique(start[rare], return_inverse=True)
        rows = []
        for one in distinct.tolist():
            if one not in table.apart:
                table.apart[one] = self._answer(one, amount, counting, ())
            rows.append(table.apart[one])
        special = _days([rows[place] for place in inverse.tolist()])
        return found.placed(rare, special)


def _days(rows: Sequence[_Row]) -> Days:
    table = np.array([row[:4] for row in rows], np.int64).reshape(-1, 4)
    provisional = np.array([row[4] for row in rows], np.bool_)
    return Days(table[:, 0], table[:, 1], table[:, 2], table[:, 3], provisional)


def nothing(size: int) -> Days:
    """No due date anywhere."""
    zero = np.zeros(size, np.int64)
    return Days(np.full(size, MISSING), zero, zero, zero, np.zeros(size, np.bool_))


def is_known(due: Days) -> Bools:
    """Where there is a due date."""
    known: Bools = due.state == KNOWN
    return known


def spread(days: Days, rows: Bools) -> Days:
    """Days of some rows as days of all; the others are unknown."""
    return nothing(len(rows)).placed(rows, days)
