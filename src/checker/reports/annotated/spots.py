"""From the places that records and messages name to cells of the ledger."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from checker.model.case import Case, Event
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place
from checker.reports.annotated.layout import Layout, cell_of
from checker.reports.content import RunReport, Table

_DATE_HEADS: Final = ("日期", "date", "时间", "办理日期", "发生日期")


class Spot(NamedTuple):
    """A cell; ``column`` is None where only the row is told."""

    sheet: str
    row: int
    column: int | None


class Spots:
    """The sheets of one ledger, and where in them the records of a run stand."""

    def __init__(self, report: RunReport, path: str, grids: Sequence[Table]) -> None:
        """``path`` is what places call the ledger."""
        self._path = path
        self._grids = {grid.name: grid for grid in grids}
        self.layouts = {name: Layout(self._grids[name], *found) for name, found in self._used(report).items()}

    def of(self, place: Place | None) -> Spot | None:
        """The cell that a place names; None where it names none of this ledger."""
        if place is None or place.file != self._path:
            return None
        sheet = place.sheet if place.sheet is not None else self._only()
        if sheet not in self._grids:
            return None
        if place.cell is not None:
            found = cell_of(place.cell)
            return Spot(sheet, *found) if found is not None else None
        lines = self._grids[sheet].lines
        return Spot(sheet, bisect_right(lines, place.line), None) if place.line is not None and lines else None

    def of_event(self, event: Event) -> Spot | None:
        """The cell with the date of an event; its row, where the sheet has no column for dates."""
        spot = self.of(event.place)
        if spot is None or spot.sheet not in self.layouts:
            return spot
        layout = self.layouts[spot.sheet]
        dates = [layout.heads[head] for head in _DATE_HEADS if head in layout.heads]
        if spot.column in dates or not dates:
            return spot
        own = layout.value(layout.head or 0, spot.column) if spot.column is not None else ""
        is_dated = isinstance(own, str) and ("日" in own or "时间" in own)
        return spot if is_dated else spot._replace(column=dates[0])

    def home(self, case: Case) -> Spot | None:
        """The row that stands for a case."""
        places = (case.place, *(event.place for event in case.events))
        return next((spot for place in places if (spot := self.of(place)) is not None), None)

    def _only(self) -> str:
        return next(iter(self._grids)) if len(self._grids) == 1 else ""

    def _used(self, report: RunReport) -> dict[str, tuple[set[int], set[int]]]:
        """Rows and columns of each sheet in which records stand; of messages, where there is no record."""
        found: Mapping[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
        for place in _places(report):
            self._note(found, place)
        known = dict(found)
        rest: Mapping[str, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
        for told in messages(report):
            if isinstance(told.at, Place):
                self._note(rest, told.at)
        return {**rest, **known}

    def _note(self, found: Mapping[str, tuple[set[int], set[int]]], place: Place) -> None:
        spot = self.of(place)
        if spot is not None:
            found[spot.sheet][0].add(spot.row)
            if spot.column is not None:
                found[spot.sheet][1].add(spot.column)


def messages(report: RunReport) -> Iterator[Diagnostic]:
    """All that was told about the data."""
    yield from report.unread
    for one in report.cases:
        yield from one.case.remarks


def _places(report: RunReport) -> Iterator[Place]:
    for one in report.cases:
        for place in (one.case.place, *(event.place for event in one.case.events)):
            if place is not None:
                yield place
