"""The register read: findings as they stand, what happened to each, and what each run said."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select
from sqlalchemy.engine import Connection

from checker.model.finding import Verdict
from checker.model.node import Node
from checker.register.opening import Register, reading
from checker.register.reconciling import What
from checker.register.schema import findings, history, observations, runs
from checker.register.statuses import Status


class Entry(Node):
    """A finding as it stands. ``present``: the last run that looked at its case and norm saw it."""

    id: str
    identity: str
    case_id: str
    norm: str
    anchor: str
    unit: str | None
    category: str | None
    severity: str | None
    version: str
    verdict: Verdict
    due: str | None
    breached_on: str | None
    days: int | None
    first_run: int
    first_seen: str
    last_run: int
    last_seen: str
    present: bool
    status: Status
    closed_on: str | None
    for_good: bool

    @property
    def is_open(self) -> bool:
        """Whether anything is left to do: it is closed only by a person."""
        return self.status is not Status.CLOSED


class Change(Node):
    """One line of the history of a finding; ``run`` is given where the program set the status."""

    number: int
    id: str
    status: Status
    by_whom: str
    on_day: str
    reason: str
    note: str
    for_good: bool
    run: int | None


class Observation(Node):
    """What one run said of one finding; ``verdict`` None: it found nothing there. ``before`` tells what changed."""

    run: int
    id: str
    what: What
    verdict: Verdict | None
    due: str | None
    days: int | None
    version: str | None
    before: str | None


class RunRow(Node):
    """One run as it was recorded; the last five count known findings that it left as they were."""

    number: int
    key: str
    as_of: str
    version: str
    rules: str
    calendar: str
    results: str
    looked: int
    left_out: int
    failed: int
    outside: int
    unasked: int
    unread: int
    earlier: int
    unsettled: int


class Said(NamedTuple):
    """How often a run said something of the findings of a unit and a norm."""

    unit: str | None
    norm: str
    what: What
    times: int


class Reconciliation(NamedTuple):
    """What a run said of the findings of the register, each with how it stands now."""

    run: RunRow
    said: tuple[tuple[Entry, Observation], ...]


class Everything(NamedTuple):
    """A register as a whole."""

    runs: tuple[RunRow, ...]
    entries: tuple[Entry, ...]
    observations: tuple[Observation, ...]
    history: tuple[Change, ...]


def everything(register: Register) -> Everything:
    """All there is, in an order that is the same in every database."""
    with reading(register) as connection:
        return Everything(
            tuple(RunRow(**row) for row in _rows(connection, runs, "number")),
            tuple(sorted((_entry(row) for row in _rows(connection, findings)), key=_place)),
            tuple(Observation(**row) for row in _rows(connection, observations, "run", "id")),
            tuple(Change(**row) for row in _rows(connection, history, "number")),
        )


def entries(register: Register) -> tuple[Entry, ...]:
    """All findings as they stand, by case, norm and id."""
    with reading(register) as connection:
        return tuple(sorted((_entry(row) for row in _rows(connection, findings)), key=_place))


def sums(register: Register, number: int) -> tuple[RunRow, tuple[Said, ...]]:
    """How often a run said what, by unit and norm. DataError where there is no such run."""
    columns = (findings.c.unit, findings.c.norm, observations.c.what)
    counted = select(*columns, func.count()).join_from(observations, findings, observations.c.id == findings.c.id)
    with reading(register) as connection:
        run = _run(register, connection, number)
        rows = connection.execute(counted.where(observations.c.run == number).group_by(*columns))
        return run, tuple(Said(unit, norm, What(what), count) for unit, norm, what, count in rows)


def _run(register: Register, connection: Connection, number: int) -> RunRow:
    row = connection.execute(select(runs).where(runs.c.number == number)).mappings().first()
    if row is None:
        raise register.error("no-run", f"登记册里没有第 {number} 次检查")
    return RunRow(**row)


def reconciliation(register: Register, number: int) -> Reconciliation:
    """What a run said of each finding. DataError where there is no such run."""
    with reading(register) as connection:
        run = _run(register, connection, number)
        said = connection.execute(select(observations).where(observations.c.run == number)).mappings()
        seen = {one["id"]: Observation(**one) for one in said}
        stand = {row["id"]: _entry(row) for row in _rows(connection, findings) if row["id"] in seen}
    pairs = [(stand[short], one) for short, one in seen.items()]
    return Reconciliation(run, tuple(sorted(pairs, key=lambda pair: _place(pair[0]))))


def _rows(connection: Connection, table: Table, *order: str) -> Iterable[Mapping[str, Any]]:
    chosen = select(table).order_by(*[table.c[name] for name in order])
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _entry(row: Mapping[str, Any]) -> Entry:
    return Entry(**row)


def _place(entry: Entry) -> tuple[str, str, str]:
    return entry.case_id, entry.norm, entry.id
