"""What indicators come to over an archive, against what drafters expect."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from checker.model.figures import UNDATED, ArchiveExpectation, Figure, FigureExpectation, IndicatorFigures, PeriodFigure


class Off(NamedTuple):
    """One number that is not as expected; ``actual`` is empty where there is no such number."""

    key: str
    expected: str
    actual: str


class FigureMiss(NamedTuple):
    """An expectation that the figures do not meet; ``known`` is False where the packs have no such indicator."""

    expectation: FigureExpectation
    known: bool
    off: tuple[Off, ...]


def misses(expectation: ArchiveExpectation, found: Sequence[IndicatorFigures]) -> tuple[FigureMiss, ...]:
    """Every expectation that is not met, in order."""
    figures = {one.indicator: one for one in found}
    result = []
    for wanted in expectation.figures:
        held = figures.get(wanted.indicator)
        off = () if held is None else tuple(_off(wanted, held))
        if held is None or off:
            result.append(FigureMiss(wanted, held is not None, off))
    return tuple(result)


def unexpected(expectations: Sequence[ArchiveExpectation], indicators: Sequence[str]) -> tuple[str, ...]:
    """The indicators of which no archive expects anything."""
    named = {figure.indicator for one in expectations for figure in one.figures}
    return tuple(one for one in indicators if one not in named)


def _off(wanted: FigureExpectation, held: IndicatorFigures) -> Iterator[Off]:
    for key, value in wanted.values.items():
        actual = held.uncovered if key == "uncovered" else getattr(held.whole, key)
        if actual is None or actual != value:
            yield Off(key, str(value), "" if actual is None else str(actual))
    periods = {_named(one): _numbers(one.figure) for one in held.periods}
    for period, numbers in wanted.periods.items():
        found = periods.get(period, ())
        if found[: len(numbers)] != numbers:
            yield Off(period, _shown(numbers), _shown(found))


def _named(one: PeriodFigure) -> str:
    return UNDATED if one.period is None else one.period


def _numbers(figure: Figure) -> tuple[Decimal, ...]:
    return (figure.total,) if figure.base is None else (figure.total, figure.base)


def _shown(numbers: Sequence[Decimal]) -> str:
    return "、".join(map(str, numbers))
