"""What the findings of many cases come to: tables of figures, each with what it is a share of."""

import datetime as dt
from collections.abc import Mapping
from math import sqrt

from checker.model.figures import FEW, IndicatorFigures
from checker.model.finding import Verdict
from checker.model.node import Node

_Z = 1.959964
"""Of the normal distribution: 95 % lie within so many deviations on either side."""


class Share(Node):
    """So many of so many. No share of few is a percentage; what it may be by chance is Wilson's interval of 95 %."""

    part: int
    base: int

    @property
    def share(self) -> float | None:
        """None where the base is nothing."""
        return self.part / self.base if self.base else None

    @property
    def is_small(self) -> bool:
        """Whether the base is too small for a percentage."""
        return self.base < FEW

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval; everything is possible where the base is nothing."""
        if not self.base:
            return 0.0, 1.0
        n, p, z = self.base, self.part / self.base, _Z * _Z
        middle = (p + z / (2 * n)) / (1 + z / n)
        half = _Z * sqrt(p * (1 - p) / n + z / (4 * n * n)) / (1 + z / n)
        # At the ends the interval reaches the end itself, whatever rounding says.
        low = 0.0 if self.part == 0 else max(0.0, middle - half)
        return low, 1.0 if self.part == self.base else min(1.0, middle + half)


class Spread(Node):
    """Of so many numbers of days the median and the 90th percentile (the nearest rank); None of nothing."""

    n: int
    median: float | None = None
    p90: int | None = None


class CaseCounts(Node):
    """Cases by what they come to; each is counted once, under the first that fits.

    ``violated``: a violation; ``unsettled``: facts are missing for something; ``pending``: something is not due;
    ``met``: something is met, and all the rest exempt or for a person to judge; ``review``: nothing but what a person
    must judge, or exempt; ``exempt``: all of it exempt.
    """

    violated: int = 0
    unsettled: int = 0
    pending: int = 0
    met: int = 0
    review: int = 0
    exempt: int = 0

    @property
    def triggered(self) -> int:
        """All of them."""
        return self.violated + self.unsettled + self.pending + self.met + self.review + self.exempt

    @property
    def found(self) -> Share:
        """The cases in which a violation was found, of all: no less, since more may be wrong than the records show."""
        return Share(part=self.violated, base=self.triggered)

    @property
    def breach(self) -> Share:
        """Of one norm: the cases with a violation among those that are decided; the undecided count as neither.

        Of several norms together this would leave out whoever has a gap in one of them, and say too much.
        """
        return Share(part=self.violated, base=self.violated + self.met)


class Timeliness(Node):
    """Instances with a deadline. ``pending`` and ``undetermined`` are neither in time nor late."""

    met: int = 0
    late: int = 0
    overdue: int = 0
    pending: int = 0
    undetermined: int = 0

    @property
    def in_time(self) -> Share:
        """按期率: met of met, late and overdue."""
        return Share(part=self.met, base=self.met + self.late + self.overdue)


class Figures(Node):
    """What one group comes to.

    ``verdicts`` counts instances, all eight of them. ``late`` are the days past due of what was done late, ``overdue``
    those of what was not done up to the as-of date. ``example`` is the first case with a violation.
    """

    verdicts: Mapping[Verdict, int]
    cases: CaseCounts = CaseCounts()
    timely: Timeliness = Timeliness()
    late: Spread = Spread(n=0)
    overdue: Spread = Spread(n=0)
    example: str | None = None

    @property
    def instances(self) -> int:
        """All instances."""
        return sum(self.verdicts.values())

    @property
    def violations(self) -> int:
        """Instances with a violation verdict."""
        return sum(n for verdict, n in self.verdicts.items() if verdict.is_violation)


class Row(Node):
    """One group: its name on each dimension, all of it, its part in this period, and in the same period a year before.

    Where a dimension is itself a period, ``now`` is that period (up to the as-of date) and ``before`` the one a year
    earlier (up to the same day); both are None where there is nothing to compare.
    """

    key: tuple[str, ...]
    whole: Figures
    now: Figures | None = None
    before: Figures | None = None


class Table(Node):
    """Groups along some dimensions, in the order of the register, never in that of their figures."""

    dimensions: tuple[str, ...]
    has_period: bool
    rows: tuple[Row, ...]


class NormProblem(Node):
    """A norm with violations: in how many cases and units, and whether that is called a common problem.

    ``units`` is of the units that have a decided case of the norm those with a violation.
    """

    norm: str
    cases: CaseCounts
    units: Share
    is_common: bool
    example: str | None = None


class UnitProblem(Node):
    """A norm that one unit violates in clearly more of its cases than all other units together."""

    unit: str
    norm: str
    own: Share
    others: Share
    example: str | None = None


class Thresholds(Node):
    """From when on a problem is called common: so many cases, such a share at least, in so many units.

    Where fewer units have a decided case, all of them. ``share`` is held against the lower end of the interval.
    ``adequate`` cases on both sides are needed before a unit is held against the others.
    """

    cases: int = 5
    share: float = 0.1
    units: int = 2
    adequate: int = 20


class Window(Node):
    """A stretch of days, both included, with its name."""

    name: str
    first: dt.date
    last: dt.date


class Statistics(Node):
    """All of it. ``read`` counts cases; of ``failed`` there is no conclusion, and they stand in no table.

    ``by_due``: an instance belongs to the period in which it falls due, and
    where it has no due date to that of its anchor; otherwise always to that of its anchor. ``sources`` are the
    attributes that say where a case comes from. ``compared`` is how many pairs of unit and norm had adequate numbers.
    ``uncounted`` cases are in the tables but, for a fault of ours, in no indicator.
    """

    as_of: dt.date
    packs: tuple[str, ...]
    calendar: str
    read: int
    left_out: int
    failed: int
    skipped: int
    triggered: int
    untriggered: int
    by_due: bool
    now: Window
    before: Window
    whole: Row
    tables: tuple[Table, ...]
    thresholds: Thresholds
    problems: tuple[NormProblem, ...]
    unit_problems: tuple[UnitProblem, ...]
    compared: int
    sources: tuple[str, ...]
    uncounted: int = 0
    indicators: tuple[IndicatorFigures, ...] = ()
