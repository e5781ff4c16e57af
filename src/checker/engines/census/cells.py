"""Running sums of groups: constant in size for each group, merged in the order of the input."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from checker.engines.census.asked import SPANS
from checker.model.finding import Verdict

VERDICTS: Final = tuple(Verdict)
PLACE: Final = {verdict: place for place, verdict in enumerate(VERDICTS)}

TIMED: Final = (Verdict.MET, Verdict.LATE, Verdict.OVERDUE, Verdict.PENDING, Verdict.UNDETERMINED)
"""Verdicts of instances with a deadline that are counted apart."""

VIOLATED, UNSETTLED, HELD, KEPT, JUDGED, SPARED = range(6)
"""What a case comes to in a group, the first that fits: see :class:`checker.model.statistics.CaseCounts`."""
CLASS: Final = {
    Verdict.MET: KEPT,
    Verdict.LATE: VIOLATED,
    Verdict.OVERDUE: VIOLATED,
    Verdict.BREACHED: VIOLATED,
    Verdict.PENDING: HELD,
    Verdict.EXEMPT: SPARED,
    Verdict.UNDETERMINED: UNSETTLED,
    Verdict.REVIEW: JUDGED,
}
CLASSES: Final = 6


@dataclass(slots=True)
class Cell:
    """One group. ``verdicts``, ``timed`` and ``cases`` stand in the order of the constants above.

    ``late`` and ``overdue`` count instances by their days past due. ``example``: the first case with a violation.
    """

    verdicts: list[int] = field(default_factory=lambda: [0] * len(VERDICTS))
    timed: list[int] = field(default_factory=lambda: [0] * len(TIMED))
    cases: list[int] = field(default_factory=lambda: [0] * CLASSES)
    late: Counter[int] = field(default_factory=Counter)
    overdue: Counter[int] = field(default_factory=Counter)
    example: str | None = None

    def merge(self, other: "Cell") -> None:
        """Add what came later in the input."""
        for mine, theirs in ((self.verdicts, other.verdicts), (self.timed, other.timed), (self.cases, other.cases)):
            mine[:] = [a + b for a, b in zip(mine, theirs, strict=True)]
        self.late.update(other.late)
        self.overdue.update(other.overdue)
        if self.example is None:
            self.example = other.example


Key = tuple[str, ...]
Cells = dict[Key, Cell]


class Sums:
    """For each table and each span the groups found so far."""

    __slots__ = ("tables",)

    def __init__(self, tables: int) -> None:
        """Nothing yet."""
        self.tables: list[tuple[Cells, ...]] = [tuple({} for _ in range(SPANS)) for _ in range(tables)]

    def merge(self, other: "Sums") -> None:
        """Add the sums of what came later in the input."""
        for mine, theirs in zip(self._spans(), other._spans(), strict=True):
            for key, cell in theirs.items():
                held = mine.get(key)
                if held is None:
                    mine[key] = cell
                else:
                    held.merge(cell)

    def _spans(self) -> Iterable[Cells]:
        return (cells for spans in self.tables for cells in spans)
