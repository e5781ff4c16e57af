"""The rows of an event table brought together by case."""

from collections.abc import Iterable, Iterator

from checker.cases.astray import acts_of, covering
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord
from checker.cases.table import Row, Table, case_text, missing_case, record


def records(opened: Table, rows: Iterable[Row]) -> Iterator[RawRecord | BadCase]:
    """The rows' cases: as they end where the layout says ``grouped``, else in the order of their first rows.

    Those given as they end cover what ``opened`` says: whoever asks must have looked ahead for rows that are astray.
    """
    if opened.layout.grouped:
        yield from _streamed(opened, rows)
        return
    found: dict[str, list[Row]] = {}
    astray: set[str] = set()
    for row in rows:
        line, cells = row
        case = _case_of(opened, row)
        if case:
            found.setdefault(case, []).append(row)
        else:
            yield missing_case(opened, line)
        astray |= acts_of(opened, cells)
    left = covering(opened, astray)
    for case in list(found):
        yield record(left, case, found.pop(case))


def _streamed(opened: Table, rows: Iterable[Row]) -> Iterator[RawRecord | BadCase]:
    closed: dict[str, int] = {}
    own: list[Row] = []
    name = ""
    for row in rows:
        case = _case_of(opened, row)
        if not case:
            yield missing_case(opened, row[0])
            continue
        if own and case != name:
            yield record(opened, name, own, closed.get(name))
            closed[name] = own[-1][0]
            own = []
        name = case
        own.append(row)
    if own:
        yield record(opened, name, own, closed.get(name))


def _case_of(opened: Table, row: Row) -> str:
    """The case that a row names; empty where it names none."""
    cells, at = row[1], opened.roles["case"]
    return case_text(cells[at]) if at < len(cells) else ""
