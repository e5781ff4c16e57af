"""What reading the rows of one sheet needs, worked out once."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from checker.cases.ledger.grid import Book, Grid, Merge, shown
from checker.cases.ledger.mapping import EventColumns, FromColumn, Given
from checker.cases.ledger.reading.bound import Bound
from checker.cases.ledger.reading.facts import KEPT_UNKNOWN, Facts
from checker.cases.ledger.reading.values import Values
from checker.cases.problems import Refusal
from checker.cases.typed import Plain
from checker.model.place import letters
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

_NOTHING: Final = object()


class Plan(NamedTuple):
    """One sheet, its mapping and the words."""

    book: Book
    bound: Bound
    vocabulary: Vocabulary
    values: Values
    lone: Mapping[str, str]
    """Columns that say something of one act alone, and of nothing else: act by column."""
    spread: Mapping[int, Sequence[Merge]]
    """Cells with something in them that are merged over several columns, by row."""
    beside: tuple[int, ...] = ()
    """Columns that are not read, and hold no names: notes that may tell of an act."""

    @property
    def case_column(self) -> int:
        """Where the case numbers stand."""
        return self.bound.column(self.bound.sheet.case or "")

    def cell(self, row: int, head: str) -> object:
        """What stands in a column of a row; None for a blank one."""
        return self.bound.grid.cell(row, self.bound.column(head))

    def shared(self, row: int, head: str) -> Refusal | None:
        """Why a blank cell is none: it is part of a merged cell that begins in another column."""
        column = self.bound.column(head)
        for merge in self.spread.get(row, ()):
            if merge.left <= column <= merge.right:
                first = self.bound.header.names.get(merge.left, letters(merge.left))
                message = f"这一格与列「{first}」的格子合并在一起，不知道所写的是不是也属于这一列"
                return Refusal("merged-cell", message, help="取消合并，各列分别填写")
        return None

    def attribute(self, facts: Facts, given: Given, kind: ValueType) -> tuple[bool, object]:
        """Whether the row says it, and the value; what cannot be used is doubted and not said."""
        if not isinstance(given, FromColumn):
            return True, Plain(given)
        raw = self.cell(facts.spot.row, given.column)
        if raw is None:
            return False, None
        found = self.values.attribute(raw, given, kind)
        if isinstance(found, Refusal):
            facts.doubt(found, self.bound.column(given.column), KEPT_UNKNOWN)
            return False, None
        return True, found

    def actors(self, facts: Facts, event: EventColumns) -> list[str] | None:
        """Who acted; None where the row does not say it for certain."""
        given = event.actor
        if given is None:
            return None
        if not isinstance(given, FromColumn):
            return [piece.strip() for piece in given.split("、")]
        raw = self.cell(facts.spot.row, given.column)
        if raw is None:
            return None
        found = self.values.actors(raw, given)
        if isinstance(found, Refusal):
            if found.code != "none":
                facts.doubt(found, self.bound.column(given.column), "本案已读入，由谁做的按不知道处理")
            return None
        return list(found) if isinstance(found, list) else None

    def of_case(self, facts: Facts) -> None:
        """The kind and the attributes of the case that the row gives."""
        sheet, row = self.bound.sheet, facts.spot.row
        if isinstance(sheet.kind, FromColumn):
            raw = self.cell(row, sheet.kind.column)
            found = _NOTHING if raw is None else self.values.kind(raw, sheet.kind)
            column = self.bound.column(sheet.kind.column)
            if isinstance(found, Refusal):
                facts.doubt(found, column, KEPT_UNKNOWN)
            elif found is not _NOTHING:
                facts.kind = (found, facts.at(column))
        elif sheet.kind is not None:
            facts.kind = (Plain(sheet.kind), facts.spot)
        for name, given in sheet.case_attributes.items():
            is_said, value = self.attribute(facts, given, self.vocabulary.case_attributes[name])
            if is_said:
                spot = facts.at(self.bound.column(given.column)) if isinstance(given, FromColumn) else facts.spot
                facts.attributes[name] = (value, spot)


def plan(book: Book, bound: Bound, vocabulary: Vocabulary, values: Values) -> Plan:
    """The plan of a sheet."""
    heads = (*bound.sheet.ignored, *bound.sheet.unmapped)
    beside = tuple(bound.column(head) for head in heads if head in bound.header.columns)
    return Plan(book, bound, vocabulary, values, _lone(bound), _spread(bound.grid), beside)


def _spread(grid: Grid) -> dict[int, list[Merge]]:
    found: dict[int, list[Merge]] = defaultdict(list)
    for merge in grid.merged:
        if merge.right > merge.left and grid.cell(merge.top, merge.left) is not None:
            for row in range(merge.top, min(merge.bottom, len(grid.rows)) + 1):
                found[row].append(merge)
    return dict(found)


def _lone(bound: Bound) -> dict[str, str]:
    sheet = bound.sheet
    users: Counter[str] = Counter(given.column for given in sheet.given if isinstance(given, FromColumn))
    found: dict[str, str] = {}
    for event in sheet.events:
        for given in event.attributes.values():
            if isinstance(given, FromColumn) and users[given.column] == 1 and event.act:
                found[given.column] = event.act
    return found


def text_of(raw: object) -> str:
    """A cell as a word."""
    return shown(raw).strip()
