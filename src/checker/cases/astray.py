"""Rows that may belong to any case of their table: what they tell, no case can be said to lack.

Such is a row that names no case, that names one as no case can be called, or that has too few or too many cells where
these may stand before the name.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from checker.cases.columns import Layout
from checker.cases.problems import Refusal
from checker.cases.table import BrokenOffError, Cell, Row, Table, act_of, case_text, clean, covers_of
from checker.cases.typed import LONGEST_NAME, read_name

UNKNOWN: Final = ""
"""Stands among acts for that of a row of which it is not known what it tells; no act is called so."""


@dataclass(slots=True)
class Ahead:
    """What must be known of a table before the first of its cases is given: a row further down may bear on it.

    ``acts`` are those that are astray. ``again`` has the cases whose rows should stand together and do not, with the
    line from which on there are more.
    """

    acts: set[str] = field(default_factory=set)
    again: dict[str, int] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)
    _last: str = ""

    def begins(self, case: str, line: int) -> None:
        """A stretch of rows of a case; it may be the one that is going on."""
        if case == self._last:
            return
        if case in self._closed:
            self.again.setdefault(case, line)
        self._closed.add(case)
        self._last = case


def look_ahead(opened: Table, rows: Iterable[Row]) -> Ahead:
    """What can be known as far as the table can be read."""
    found = Ahead()
    with suppress(BrokenOffError):
        for line, cells in rows:
            found.acts |= acts_of(opened, cells)
            if case := case_of(opened, cells):
                found.begins(case, line)
    return found


def case_of(opened: Table, cells: Sequence[Cell]) -> str:
    """The case that a row names; empty where it names none."""
    at = opened.roles["case"]
    return case_text(cells[at]) if at < len(cells) else ""


def acts_of(opened: Table, cells: Sequence[Cell]) -> frozenset[str] | set[str]:
    """The act of a row that may belong to any case; none of a row whose case is known, or that is to be ignored."""
    at = opened.roles["case"]
    if len(cells) == opened.width:
        if is_name(case_text(cells[at])):
            return _NONE
        return acts_told(opened.layout, (clean(cells[opened.roles["act"]]),))
    if at < len(cells) and not is_shifted(opened) and is_name(case_text(cells[at])):
        return _NONE
    return {UNKNOWN}


_NONE: Final[frozenset[str]] = frozenset()


def is_name(case: str) -> bool:
    """Whether a case may be called so."""
    return (0 < len(case) <= LONGEST_NAME and case.isprintable()) or not isinstance(read_name(case, ""), Refusal)


def is_shifted(opened: Table) -> bool:
    """Whether the case of a row of the wrong width is in doubt, since cells may lack or be too many before it."""
    return opened.roles["case"] > 0


def acts_told(layout: Layout, cells: Iterable[Cell]) -> set[str]:
    """The acts that clean cells of the act column tell; UNKNOWN among them where one is not to be understood."""
    acts = (act_of(layout, cell) for cell in cells)
    return {UNKNOWN if isinstance(act, Refusal) else act for act in acts if act is not None}


def covering(opened: Table, astray: AbstractSet[str]) -> Table:
    """The table whose cases cover no act that is astray; nothing at all where one is not known or suspends a period."""
    if not astray:
        return opened
    acts, suspending = opened.vocabulary.acts, opened.vocabulary.suspending
    given = covers_of(opened.layout)
    left = acts.keys() - astray if astray <= acts.keys() - suspending else frozenset[str]()
    # What nobody declared stays, to be told in each case.
    covers = tuple(act for act in (acts if given is None else given) if act in left or act not in acts)
    return replace(opened, layout=opened.layout.model_copy(update={"covers": covers}))
