"""What one row says, and what in it is in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from checker.cases.ledger.grid import shown
from checker.cases.ledger.reading.bound import Bound
from checker.cases.problems import Refusal, quoted
from checker.model.diagnostic import Diagnostic, Level, Note
from checker.model.place import Place

KEPT_UNKNOWN: Final = "本案已读入，这一项按不知道处理"


class Ending(StrEnum):
    """What becomes of a row."""

    READ = "已读入"
    DOUBTFUL = "有疑问"
    UNREAD = "未读入"


class Spot(NamedTuple):
    """A cell, or (column None) a row, of a sheet that is read."""

    bound: Bound
    row: int
    column: int | None


class Told(NamedTuple):
    """An event that a row tells. ``slot`` tells the columns of one act in a row apart; ``date`` None: day unknown."""

    act: str
    slot: int
    date: object
    actors: list[str] | None
    attributes: dict[str, object]
    spot: Spot
    spots: Mapping[str, Spot] = {}


@dataclass(slots=True)
class Facts:
    """One row. ``merge`` numbers the merged cell of its case, if it stands in one.

    ``uncovered``: acts of which it cannot be told whether the row tells them; ``all_uncovered``: of none it can.
    """

    spot: Spot
    file: str
    merge: int | None = None
    events: list[Told] = field(default_factory=list)
    uncovered: set[str] = field(default_factory=set)
    all_uncovered: bool = False
    kind: tuple[object, Spot] | None = None
    attributes: dict[str, tuple[object, Spot]] = field(default_factory=dict)
    doubts: list[Diagnostic] = field(default_factory=list)

    def doubt(self, refusal: Refusal, column: int | None, meanwhile: str, also: tuple[Spot, str] | None = None) -> None:
        """Note that a cell could not be used for certain, and what that came to."""
        bound, row, _ = self.spot
        at = bound.grid.place(self.file, row, column)
        if any(one.at == at and one.code == refusal.code for one in self.doubts):
            return  # a column that says two things is in doubt once
        raw = "" if column is None else shown(bound.grid.cell(row, column))
        notes = () if also is None else (Note(at=place(also[0], self.file), text=also[1]),)
        head = bound.header.names.get(column or 0)
        self.doubts.append(
            Diagnostic(
                code=refusal.code,
                level=Level.WARNING,
                message=f"列「{head}」：{refusal.message}" if head else refusal.message,
                at=at,
                quote=quoted(raw),
                expected=refusal.expected,
                help=refusal.help,
                meanwhile=meanwhile,
                notes=notes,
            )
        )

    def at(self, column: int | None) -> Spot:
        """A cell of this row."""
        return Spot(self.spot.bound, self.spot.row, column)


def place(spot: Spot, file: str) -> Place:
    """A spot as messages name it."""
    return spot.bound.grid.place(file, spot.row, spot.column)
