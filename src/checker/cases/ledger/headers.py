"""Where a sheet's header stands: below its titles, in one row or several, each column with one name."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from checker.cases.ledger.grid import Grid
from checker.model.place import column_number, letters

DEEPEST: Final = 40
"""Rows looked at for a header."""
MOST_ROWS: Final = 3
"""Rows that one header may have."""
BETWEEN: Final = "／"
"""Joins the name of a group of columns with the name of one: 交办／日期."""

_UNNAMED: Final = re.compile(r"（([A-Z]{1,3})列无表头）")
_LONGEST: Final = 30
_SPACE: Final = re.compile(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])")

Known = Callable[[str], bool]
"""Whether a name is a word that heads columns."""


class Header(NamedTuple):
    """Rows from 1, both ends included; ``names`` by column from 1, those without one left out; ``columns`` by name."""

    top: int
    bottom: int
    names: dict[int, str]
    columns: dict[str, int]


def label(raw: object) -> str:
    """A cell as the name of a column, without the blanks and line ends that spread it out."""
    text = unicodedata.normalize("NFKC", str(raw)) if isinstance(raw, str) else ""
    return _SPACE.sub("", "".join(c for c in text if c.isprintable() or c.isspace())).strip("：: ").strip()


def find_header(grid: Grid, known: Known) -> Header | None:
    """The header of a sheet; None where no row looks like one."""
    best, points = 0, (0, 0)
    for row in range(1, min(len(grid.rows), DEEPEST) + 1):
        labels = _labels(grid, row)
        found = (sum(map(known, labels.values())), len(set(labels.values())))
        if _may_head(grid, row, labels) and found[0] > points[0]:
            best, points = row, found
    if points[0] < 2:
        best = _first_full(grid)
    return _extended(grid, best, known) if best else None


def header_at(grid: Grid, rows: Sequence[int]) -> Header | None:
    """The header that a person says stands in these rows."""
    if not rows or rows[0] < 1 or rows[-1] > len(grid.rows):
        return None
    return _header(grid, rows[0], rows[-1])


def named(names: Iterable[str]) -> list[str]:
    """The names that somebody gave, without those of columns that have none."""
    return [name for name in names if not _UNNAMED.fullmatch(name)]


def matching(grid: Grid, names: Sequence[str], rows: Sequence[int]) -> Header | None:
    """The header whose names are these, in the rows it is said to be in or wherever they stand now."""
    depth = max(1, rows[-1] - rows[0] + 1) if rows else 1
    tops = [rows[0]] if rows else []
    for top in [*tops, *range(1, min(len(grid.rows), DEEPEST) + 1)]:
        if top + depth - 1 <= len(grid.rows):
            found = _header(grid, top, top + depth - 1)
            if named(found.names.values()) == named(names):
                return _only(found, names)
    return None


def _only(found: Header, names: Sequence[str]) -> Header:
    """The header with the columns that were asked for; what stands beside them has no head."""
    kept = {column: name for column, name in found.names.items() if name in names}
    beside = (said for name in names if (said := _UNNAMED.fullmatch(name)) is not None)
    kept |= {column_number(said[1]): said[0] for said in beside}
    return _with_columns(found.top, found.bottom, dict(sorted(kept.items())))


def _with_columns(top: int, bottom: int, names: dict[int, str]) -> Header:
    return Header(top, bottom, names, {name: column for column, name in names.items()})


def _labels(grid: Grid, row: int) -> dict[int, str]:
    found = ((column, label(raw)) for column, raw in enumerate(grid.rows[row - 1], start=1))
    return {column: text for column, text in found if text}


def _filled(grid: Grid, row: int) -> Iterator[object]:
    return (raw for raw in grid.rows[row - 1] if raw is not None)


def _may_head(grid: Grid, row: int, labels: dict[int, str]) -> bool:
    if len(set(labels.values())) < 2 or any(len(text) > _LONGEST for text in labels.values()):
        return False
    return not any(isinstance(raw, dt.date | float | bool) for raw in _filled(grid, row))


def _first_full(grid: Grid) -> int:
    """Where no word is known: the first row of texts that is as wide as most of the table."""
    counts = [sum(1 for _ in _filled(grid, row)) for row in range(1, len(grid.rows) + 1)]
    usual = max(counts, default=0)
    for row in range(1, min(len(grid.rows), DEEPEST) + 1):
        labels = _labels(grid, row)
        if len(labels) * 2 > usual and len(labels) == counts[row - 1] and _may_head(grid, row, labels):
            return row
    return 0


def _extended(grid: Grid, row: int, known: Known) -> Header:
    """The rows above and below that belong to the same header."""
    top = bottom = row
    while top > 1 and bottom - top + 1 < MOST_ROWS and _is_group_row(grid, top - 1, top, known):
        top -= 1
    while bottom < len(grid.rows) and bottom - top + 1 < MOST_ROWS and _is_group_row(grid, bottom, bottom + 1, known):
        bottom += 1
    return _header(grid, top, bottom)


def _is_group_row(grid: Grid, upper: int, lower: int, known: Known) -> bool:
    """Whether the upper of two rows names groups of the columns that the lower one names."""
    above, below = _labels(grid, upper), _labels(grid, lower)
    if not _may_head(grid, lower, below) or len(set(above.values())) < 2 or any(":" in text for text in above.values()):
        return False
    if any(isinstance(raw, dt.date | float | int) for raw in _filled(grid, upper)):
        return False
    joined = [m for m in grid.merged if m.left == m.right and m.top <= upper < lower <= m.bottom]
    if joined:
        return True
    under = [column for column in below if column not in above and _parent(grid, upper, column) is not None]
    named = [column for column in under if known(below[column])] or [
        column for column in under if known(f"{_parent(grid, upper, column)}{below[column]}")
    ]
    alone = [column for column in above if column in below and column + 1 not in under]
    return bool(named) and not any(known(below[column]) and known(above[column]) for column in alone)


def _parent(grid: Grid, row: int, column: int) -> str | None:
    """The name of the group that a cell of a header row stands in: its own, its merge's, else the one to the left."""
    own = label(grid.cell(row, column))
    if own:
        return own
    merge = next((m for m in grid.merged if m.top <= row <= m.bottom and m.left <= column <= m.right), None)
    if merge is not None:
        return label(grid.cell(merge.top, merge.left)) or None
    if any(m.top <= row <= m.bottom and m.right > m.left for m in grid.merged):
        return None  # whoever merges some groups merges all that are wider than a column
    left = (label(grid.cell(row, one)) for one in range(column - 1, 0, -1))
    return next((text for text in left if text), None)


def _header(grid: Grid, top: int, bottom: int) -> Header:
    names: dict[int, str] = {}
    seen: Counter[str] = Counter()
    for column in range(1, grid.width + 1):
        name = _name(grid, top, bottom, column)
        if not name and _has_cells(grid, bottom, column):
            name = f"（{letters(column)}列无表头）"  # as _UNNAMED reads it
        if name:
            seen[name] += 1
            names[column] = name if seen[name] == 1 else f"{name}（{seen[name]}）"
    return _with_columns(top, bottom, names)


def _name(grid: Grid, top: int, bottom: int, column: int) -> str:
    last = label(grid.cell(bottom, column))
    parts = [_parent(grid, row, column) if last else label(grid.cell(row, column)) for row in range(top, bottom)]
    found: list[str] = []
    for part in [*parts, last]:
        if part and part not in found[-1:]:
            found.append(part)
    return BETWEEN.join(found)


def _has_cells(grid: Grid, below: int, column: int) -> bool:
    return any(column <= len(row) and row[column - 1] is not None for row in grid.rows[below:])
