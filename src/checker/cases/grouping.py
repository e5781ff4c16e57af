"""The rows of an event table brought together by case."""

from collections.abc import Iterable, Iterator, Mapping

from checker.cases.astray import Ahead, acts_of, case_of, covering
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord
from checker.cases.table import Apart, Row, Table, missing_case, record


def streamed(opened: Table, rows: Iterable[Row], ahead: Ahead) -> Iterator[RawRecord | BadCase]:
    """The cases of rows that stand together, as they end."""
    left, again = covering(opened, ahead.acts), ahead.again
    closed: dict[str, int] = {}
    own: list[Row] = []
    name = ""
    for row in rows:
        case = case_of(opened, row[1])
        if not case:
            yield missing_case(opened, row[0])
            continue
        if own and case != name:
            yield record(left, name, own, _apart(name, closed, again))
            closed[name] = own[-1][0]
            own = []
        name = case
        own.append(row)
    if own:
        yield record(left, name, own, _apart(name, closed, again))


def _apart(case: str, closed: Mapping[str, int], again: Mapping[str, int]) -> Apart | None:
    """Where the other rows of a case are, of which there should be none."""
    if case in closed:
        return Apart(earlier=closed[case])
    return Apart(later=again[case]) if case in again else None


def records(opened: Table, rows: Iterable[Row]) -> Iterator[RawRecord | BadCase]:
    """The cases of rows in any order, in that of their first rows."""
    found: dict[str, list[Row]] = {}
    astray: set[str] = set()
    for row in rows:
        line, cells = row
        case = case_of(opened, cells)
        if case:
            found.setdefault(case, []).append(row)
        else:
            yield missing_case(opened, line)
        astray |= acts_of(opened, cells)
    left = covering(opened, astray)
    for case in list(found):
        yield record(left, case, found.pop(case))
