"""What an indicator comes to over many cases: figures with all that could not be decided."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from checker.model.node import Node
from checker.model.place import Place

FEW: Final = 10
"""A share of fewer than so many is given as two numbers, never as a percentage."""

UNDATED: Final = "日期不明"
"""How the figure of what has no certain date is called."""


class Figure(Node):
    """One number, or one share.

    ``total`` is what certainly counts, ``undecided`` how many cases or events may count besides. ``base`` and
    ``base_undecided`` are the same of what the share is of; None without one. ``low`` and ``high`` bound the number
    (without a base) or the share (with one) over every completion of the records; None where there is no bound.
    """

    total: Decimal
    undecided: int
    base: Decimal | None = None
    base_undecided: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def share(self) -> Decimal | None:
        """Total by base; None without a base, and where the base is nothing."""
        return None if not self.base else self.total / self.base

    @property
    def is_small(self) -> bool:
        """Whether the base is too small for a percentage to mean anything."""
        return self.base is not None and self.base < FEW

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left undecided in it."""
        return not self.undecided and not self.base_undecided


class PeriodFigure(Node):
    """The figure of one calendar period, printed ``2024Q1``; None: what has no certain date."""

    period: str | None
    figure: Figure


class Lacking(Node):
    """A kind of fact (``交办.主体``, ``案件.来源``, ``行为.办结`` not covered) that so many undecided items lack."""

    fact: str
    items: int


class IndicatorFigures(Node):
    """What one indicator comes to at a date.

    ``uncovered`` is how many cases have records that do not cover what is counted: each may hold more than is seen.
    ``missing`` says what would settle the undecided ones.
    """

    indicator: str
    as_of: dt.date
    whole: Figure
    uncovered: int = 0
    missing: tuple[Lacking, ...] = ()
    periods: tuple[PeriodFigure, ...] = ()


class FigureExpectation(Node):
    """What a drafter expects of one indicator: only the values and periods given must agree.

    ``values`` are keyed like the fields of :class:`Figure`, with ``uncovered``; ``periods`` by their printed form
    (日期不明 for what has no certain date), each with its total and, for a share, its base.
    """

    indicator: str
    values: Mapping[str, Decimal]
    periods: Mapping[str, tuple[Decimal, ...]] = {}
    place: Place | None = None


class ArchiveExpectation(Node):
    """Archives, the date they are counted at, and the figures expected."""

    place: Place
    paths: tuple[str, ...]
    as_of: dt.date
    figures: tuple[FigureExpectation, ...]
