"""Of a ledger with one row a case: the column in which the date of an act would stand."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from checker.model.requirements import Deem, Occur
from checker.reports.annotated.spots import Spots
from checker.reports.content import RunReport, Shown

_AFTER: Final = ("", "日期", "时间", "日", "年月日", "之日")


class ActColumns:
    """Learnt from where the acts of all cases stand, else from the heads."""

    def __init__(self, report: RunReport, spots: Spots) -> None:
        """Only a sheet in which rows hold several events is one with a column an act."""
        self._spots = spots
        in_row: Counter[tuple[str, int]] = Counter()
        columns: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for one in report.cases:
            for event in one.case.events:
                spot = spots.of(event.place)
                if spot is not None and spot.column is not None:
                    in_row[spot.sheet, spot.row] += 1
                    columns[spot.sheet, event.act][spot.column] += 1
        wide = {sheet for (sheet, _), events in in_row.items() if events > 1}
        owners = Counter((sheet, column) for (sheet, _), found in columns.items() for column in found)
        self._learnt = {
            (sheet, act): column
            for (sheet, act), found in columns.items()
            for column, _ in found.most_common(1)
            if sheet in wide and owners[sheet, column] == 1
        }

    def of(self, sheet: str, act: str) -> int | None:
        """The column; None where the sheet has none for the act."""
        learnt = self._learnt.get((sheet, act))
        if learnt is not None or sheet not in self._spots.layouts:
            return learnt
        heads = self._spots.layouts[sheet].heads
        return next((heads[act + rest] for rest in _AFTER if act + rest in heads), None)


def awaited(shown: Shown) -> Iterator[str]:
    """The acts that a duty waits for."""
    requirement = shown.norm.requirement
    if isinstance(requirement, Occur):
        yield from dict.fromkeys(act for group in requirement.groups for one in group for act in one.acts)
    elif isinstance(requirement, Deem):
        yield from dict.fromkeys(act for one in requirement.unless for act in one.acts)
