"""Sums to tables: rows in the order of the register, figures of this period beside those of a year before."""

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import Final

from checker.engines.census.asked import Along, Asked, year_before
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
        rows = [_period_row(key, period, along[period].axis.months, spans, asked) for key in keys]
    return Table(dimensions=tuple(one.name for one in along), has_period=period is not None, rows=tuple(rows))


def whole_row(spans: Sequence[Cells]) -> Row:
    """The sums of everything."""
    return _row((), spans)


def _row(key: Key, spans: Sequence[Cells]) -> Row:
    whole, now, before = (figures(cells.get(key, _NOTHING)) for cells in spans)
    return Row(key=key, whole=whole, now=now, before=before)


def _period_row(key: Key, place: int, months: int, spans: Sequence[Cells], asked: Asked) -> Row:
    """A calendar period against the same a year before; the one that still runs only up to the same day.

    The latter is known only where this period and the one a year before are those asked for.
    """
    whole = figures(spans[ALL][key])
    name = key[place]
    if name == UNDATED:
        return Row(key=key, whole=whole)
    earlier = list(key)
    earlier[place] = f"{int(name[:4]) - 1:04d}{name[4:]}"
    running = printed_at(index_at(asked.as_of.toordinal(), months), months)
    if name < running:
        before = spans[ALL].get(tuple(earlier), _NOTHING)
        return Row(key=key, whole=whole, now=whole, before=figures(before))
    if name > running or not _is_told(asked, months):
        return Row(key=key, whole=whole)
    now, before = spans[NOW].get(key, _NOTHING), spans[BEFORE].get(tuple(earlier), _NOTHING)
    return Row(key=key, whole=whole, now=figures(now), before=figures(before))


def _is_told(asked: Asked, months: int) -> bool:
    """Whether the spans hold the running period up to the as-of date, and its like a year before to the same day."""
    first = index_at(asked.as_of.toordinal(), months)
    begins = index_at(asked.now.first.toordinal(), months) <= first
    fits = asked.now.last == asked.as_of and asked.before.last >= year_before(asked.as_of)
    # Within one period nothing of it may have been left out at the beginning.
    starts = asked.now.first.day == 1 and (asked.now.first.month - 1) % months == 0
    return begins and fits and (starts or index_at(asked.now.first.toordinal(), months) < first)


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
