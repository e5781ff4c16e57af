"""Running sums of an indicator: what certainly counts, what may, and between which bounds the result lies."""

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from checker.engines.facts import Truth
from checker.engines.ground.periods_of_year import printed_at
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction
from checker.model.figures import Figure, Lacking, PeriodFigure

ONE = Decimal(1)


class Item(NamedTuple):
    """One case or event that may be there at all.

    ``belongs`` is whether it is there and, with a base, lies in it; ``counts`` whether it counts if so. ``weight`` None
    is a number that the record does not state. ``period`` is the index of a calendar period, None where the date is not
    certain. ``missing`` are the kinds of facts that would settle what is unknown of it.
    """

    counts: Truth
    belongs: Truth
    weight: Decimal | None = ONE
    period: int | None = None
    missing: frozenset[str] = frozenset()


class Tally:
    """The sums of the items added so far; constant in size.

    Sums of weights by what an item may come to: ``either`` lies in the base and may count, ``beside`` may lie in the
    base and does not count, ``joint`` counts if it lies in the base, ``loose`` may do one without the other.
    """

    __slots__ = (
        "base",
        "base_open",
        "beside",
        "bounded",
        "either",
        "is_share",
        "joint",
        "loose",
        "missing",
        "most",
        "open",
        "total",
    )

    def __init__(self, is_share: bool) -> None:
        self.is_share = is_share
        self.total = self.base = Decimal(0)
        self.open = self.base_open = 0
        self.most = Decimal(0)
        self.either = self.beside = self.joint = self.loose = Decimal(0)
        self.bounded = True
        self.missing: Counter[str] = Counter()

    def add(self, item: Item) -> None:
        """One more item."""
        counts = conjunction((item.counts, item.belongs))
        if item.belongs is NO or (counts is NO and not self.is_share):
            return
        self.missing.update(item.missing)
        if item.weight is None:
            self.open += counts is not NO
            self.base_open += 1
            self.bounded = False
            return
        if counts is YES:
            self.total += item.weight
        elif counts is MAYBE:
            self.open += 1
            self.most += item.weight
        self.bounded = self.bounded and item.weight >= 0
        self._share(item, counts, item.weight)

    def _share(self, item: Item, counts: Truth, weight: Decimal) -> None:
        if item.belongs is YES:
            self.base += weight
            self.either += weight if counts is MAYBE else 0
            return
        self.base_open += 1
        if item.counts is YES:
            self.joint += weight
        elif item.counts is MAYBE:
            self.loose += weight
        else:
            self.beside += weight

    def merge(self, other: "Tally") -> None:
        """Add the sums of other items."""
        for name in ("total", "base", "open", "base_open", "most", "either", "beside", "joint", "loose"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.bounded = self.bounded and other.bounded
        self.missing.update(other.missing)

    def most_missing(self) -> tuple[Lacking, ...]:
        """What is missing, and of how many cases or events; the commonest first."""
        found = sorted(self.missing.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Lacking(fact=fact, items=items) for fact, items in found)

    def figure(self, *, is_complete: bool = False) -> Figure:
        """The figure; where all that may count was added (``is_complete``), with its bounds.

        Without a base what certainly counts is the lower bound anyway. Numbers below nothing leave no bounds.
        """
        low: Decimal | None = None if self.is_share or not self.bounded else self.total
        high: Decimal | None = None
        if is_complete and self.bounded:
            low, high = self._share_bounds() if self.is_share else (self.total, self.total + self.most)
        return Figure(
            total=self.total,
            undecided=self.open,
            base=self.base if self.is_share else None,
            base_undecided=self.base_open if self.is_share else None,
            low=low,
            high=high,
        )

    def _share_bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """Over every completion in which the base is something; no weight is below nothing here."""
        most_beside = self.base + self.beside + self.loose
        most_counted = self.base + self.loose + self.joint
        low = self.total / most_beside if most_beside else (ONE if self.joint else None)
        if most_counted:
            return low, (self.total + self.either + self.loose + self.joint) / most_counted
        return low, Decimal(0) if self.beside else None


class Breakdown:
    """Tallies by calendar period. Every period between the first and the last that is known of is listed."""

    __slots__ = ("_first", "_is_share", "_last", "_tallies")

    def __init__(self, is_share: bool) -> None:
        self._is_share = is_share
        self._tallies: dict[int | None, Tally] = {}
        self._first: int | None = None
        self._last: int | None = None

    def add(self, item: Item) -> None:
        """Put one item into its period."""
        if item.belongs is NO or (item.counts is NO and not self._is_share):
            return
        self._tallies.setdefault(item.period, Tally(self._is_share)).add(item)
        if item.period is not None:
            self.reach(item.period, item.period)

    def reach(self, first: int, last: int) -> None:
        """These periods and all between them are known of, even if nothing falls into them."""
        self._first = first if self._first is None else min(self._first, first)
        self._last = last if self._last is None else max(self._last, last)

    def merge(self, other: "Breakdown") -> None:
        """Add the tallies of other items."""
        for period, tally in other._tallies.items():
            self._tallies.setdefault(period, Tally(self._is_share)).merge(tally)
        if other._first is not None and other._last is not None:
            self.reach(other._first, other._last)

    def figures(self, months: int) -> tuple[PeriodFigure, ...]:
        """The figures in order of time; what has no certain date last."""
        found, nothing = [], Tally(self._is_share)
        if self._first is not None and self._last is not None:
            for index in range(self._first, self._last + 1):
                figure = self._tallies.get(index, nothing).figure()
                found.append(PeriodFigure(period=printed_at(index, months), figure=figure))
        if None in self._tallies:
            figure = self._tallies[None].figure()
            found.append(PeriodFigure(period=None, figure=figure))
        return tuple(found)
