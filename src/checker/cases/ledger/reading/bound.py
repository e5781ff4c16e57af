"""A mapping laid over the sheets of one ledger: which sheet is read by which part of it, and what no longer fits."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.cases.ledger.grid import Book, Grid
from checker.cases.ledger.headers import Header, find_header, matching, named
from checker.cases.ledger.mapping import LedgerMapping, SheetMapping


class Bound(NamedTuple):
    """A sheet that is read, with its part of the mapping; ``number`` is the place of that part in the file."""

    grid: Grid
    sheet: SheetMapping
    header: Header
    number: int

    def column(self, head: str) -> int:
        """Where a column stands, from 1."""
        return self.header.columns[head]


class Fit(NamedTuple):
    """What is read, what is left out by decision, and what does not fit, one sentence each."""

    bound: tuple[Bound, ...]
    left: tuple[str, ...]
    differences: tuple[str, ...]


def filled(book: Book) -> list[Grid]:
    """The sheets with anything in them."""
    return [grid for grid in book.grids if any(cell is not None for row in grid.rows for cell in row)]


def fitted(mapping: LedgerMapping, book: Book) -> Fit:
    """The mapping on a ledger. Sheets are known by name, and by their headers where they have another name."""
    bound: list[Bound] = []
    left: list[str] = []
    differences: list[str] = []
    for grid in filled(book):
        own = next((sheet for sheet in mapping.sheets if sheet.title == grid.title), None)
        if own is not None and own.read is False:
            left.append(grid.title)
            continue
        found = _bound(grid, own, mapping)
        if found is not None:
            bound.append(found)
        else:
            differences += _differences(grid, own)
    used = {one.number for one in bound}
    lost = [sheet for n, sheet in enumerate(mapping.sheets) if sheet.read is not False and n not in used]
    present = {grid.title for grid in filled(book)}
    differences += [f"对照里的工作表「{sheet.title}」不在这份台账里" for sheet in lost if sheet.title not in present]
    return Fit(tuple(bound), tuple(left), tuple(differences))


def _bound(grid: Grid, own: SheetMapping | None, mapping: LedgerMapping) -> Bound | None:
    others = () if grid.hidden else mapping.sheets
    for sheet in (own, *others):
        if sheet is None or sheet.read is not True or not sheet.header:
            continue
        header = matching(grid, sheet.header, sheet.header_rows)
        if header is not None:
            return Bound(grid, sheet, header, mapping.sheets.index(sheet))
    return None


def _differences(grid: Grid, own: SheetMapping | None) -> Iterator[str]:
    name = f"工作表「{grid.title}」" if grid.title else "表"
    if own is None:
        yield f"{'隐藏的' if grid.hidden else ''}{name}不在对照里"
        return
    if own.read is None:
        yield f"{name}还没有决定读不读"
        return
    if not own.header:
        yield f"{name}的表头没有写在对照的「来源」里，重新运行 checker intake 补上"
        return
    heads = set(own.header)
    found = find_header(grid, heads.__contains__)
    now = list(found.names.values()) if found else []
    gone, new = _without(named(own.header), now), _without(named(now), own.header)
    if gone:
        yield f"{name}少了列{_listed(gone)}"
    if new:
        yield f"{name}多了列{_listed(new)}"
    if not gone and not new:
        yield f"{name}各列的次序变了"


def _without(names: Sequence[str], others: Sequence[str]) -> list[str]:
    return [name for name in names if name not in others]


def _listed(names: Sequence[str]) -> str:
    return "、".join(f"「{name}」" for name in names[:10]) + ("等" if len(names) > 10 else "")
