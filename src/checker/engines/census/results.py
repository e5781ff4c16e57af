"""Sums to tables: rows in the order of the register, figures of this period beside those of a year before."""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import Final

from checker.engines.census.asked import Along, Asked
from checker.engines.census.cells import TIMED, VERDICTS, Cell, Cells, Key
from checker.engines.census.dimensions import Register
from checker.engines.ground.periods_of_year import index_at, printed_at
from checker.model.figures import UNDATED
from checker.model.statistics import CaseCounts, Figures, Row, Spread, Table, Timeliness

_NOTHING: Final = Cell()
ALL, NOW, BEFORE = range(3)


def table_of(along: Along, spans: Sequence[Cells], asked: Asked, register: Register) -> Table:
    """One table, every group that has anything in it."""

    def place(key: Key) -> tuple[tuple[int, str], ...]:
        return tuple(register.place(one, name) for one, name in zip(along, key, strict=True))

    period = next((n for n, one in enumerate(along) if one.axis.months), None)
    keys = sorted(spans[ALL], key=place)
    if period is None:
        rows = [_row(key, spans) for key in keys]
    else:
        calendar = _Calendar(period, along[period].axis.months, spans, asked)
        rows = [calendar.row(key) for key in keys]
    return Table(dimensions=tuple(one.name for one in along), has_period=period is not None, rows=tuple(rows))


def whole_row(spans: Sequence[Cells]) -> Row:
    """The sums of everything."""
    return _row((), spans)


def _row(key: Key, spans: Sequence[Cells]) -> Row:
    """A group; nothing is compared with a year of which there is no record at all."""
    whole, now, before = (figures(cells.get(key, _NOTHING)) for cells in spans)
    return Row(key=key, whole=whole, now=now, before=before) if spans[BEFORE] else Row(key=key, whole=whole)


class _Calendar:
    """Rows of which one name is a calendar period: each against the same a year before."""

    def __init__(self, place: int, months: int, spans: Sequence[Cells], asked: Asked) -> None:
        """``place`` is that of the period among the names."""
        self._place, self._spans = place, spans
        dated = [key[place] for key in spans[ALL] if key[place] != UNDATED]
        self._first = min(dated, default="")
        self._running = printed_at(index_at(asked.as_of.toordinal(), months), months)
        self._is_told = _is_told(asked, months)

    def row(self, key: Key) -> Row:
        """The row of a period; of one that is not over yet, up to the as-of date on both sides."""
        name, whole = key[self._place], figures(self._spans[ALL][key])
        if name == UNDATED or name > self._running:
            return Row(key=key, whole=whole)
        earlier = (*key[: self._place], f"{int(name[:4]) - 1:04d}{name[4:]}", *key[self._place + 1 :])
        if earlier[self._place] < self._first or (name == self._running and not self._is_told):
            return Row(key=key, whole=whole)
        if name < self._running:
            return Row(key=key, whole=whole, now=whole, before=self._figures(ALL, earlier))
        return Row(key=key, whole=whole, now=self._figures(NOW, key), before=self._figures(BEFORE, earlier))

    def _figures(self, span: int, key: Key) -> Figures:
        return figures(self._spans[span].get(key, _NOTHING))


def _is_told(asked: Asked, months: int) -> bool:
    """Whether the spans hold the whole of the running period up to the as-of date, and its like a year before."""
    running = index_at(asked.as_of.toordinal(), months)
    first = asked.now.first
    begins = index_at(first.toordinal(), months)
    is_start = (first.month - 1) % months == 0
    return asked.now.last == asked.as_of and (begins < running or (begins == running and is_start))


def figures(cell: Cell) -> Figures:
    """The figures of a group."""
    return Figures(
        verdicts=dict(zip(VERDICTS, cell.verdicts, strict=True)),
        cases=cases_of(cell),
        timely=Timeliness(**{verdict.value: n for verdict, n in zip(TIMED, cell.timed, strict=True)}),
        late=spread(cell.late),
        overdue=spread(cell.overdue),
        example=cell.example,
    )


def cases_of(cell: Cell) -> CaseCounts:
    """Its cases by what they come to."""
    return CaseCounts(**dict(zip(CaseCounts.model_fields, cell.cases, strict=True)))


def spread(days: Counter[int]) -> Spread:
    """Median (of an even number the middle between two) and 90th percentile (nearest rank)."""
    n = sum(days.values())
    if not n:
        return Spread(n=0)
    middle = (_ranked(days, (n + 1) // 2) + _ranked(days, n // 2 + 1)) / 2
    return Spread(n=n, median=middle, p90=_ranked(days, ceil(n * 9 / 10)))


def _ranked(days: Counter[int], rank: int) -> int:
    """The number at this place, from 1, of all in order."""
    below = 0
    for value in sorted(days):
        below += days[value]
        if below >= rank:
            return value
    raise ValueError(rank)
