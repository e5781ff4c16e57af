"""A run put into the register, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.engine import Connection

from checker.model.finding import Verdict
from checker.model.naming import bases, printed
from checker.register.opening import Register, changing, is_there, reading
from checker.register.reconciling import Known, Step, Untouched, What, reconcile
from checker.register.schema import cases, findings, history, observations, runs
from checker.register.seen import Facts, Seen
from checker.register.statuses import Status

PROGRAM: Final = "程序"
"""Who sets a status that no person set."""

_FOUND: Final = "检查中发现"


class Recorded(NamedTuple):
    """The number of the run in the register; ``is_again``: it was there before, and nothing was written."""

    number: int
    is_again: bool


def watched_ids(register: Register) -> frozenset[str]:
    """The ids of all findings so far, and of those they rest on; none where there is no register yet."""
    if not is_there(register):
        return frozenset()
    with reading(register) as connection:
        known = list(connection.execute(select(findings.c.identity)).scalars())
    return frozenset(printed(text) for one in known for text in (one, *bases(one)))


def record(register: Register, seen: Seen) -> Recorded:
    """Put a run into the register, which is made where there is none."""
    with changing(register, is_new_allowed=True) as connection:
        looked_at = _looked_at(connection)
        again = _same_run(connection, seen, looked_at)
        if again is not None:
            return Recorded(again, is_again=True)
        number = (connection.execute(select(func.max(runs.c.number))).scalar() or 0) + 1
        steps, untouched = reconcile(_known(connection), seen, {case: day for case, (_, day) in looked_at.items()})
        _write_run(connection, number, seen, untouched)
        _write_cases(connection, number, seen, looked_at)
        _write_steps(connection, number, seen, steps)
        return Recorded(number, is_again=False)


def _looked_at(connection: Connection) -> dict[str, tuple[int, str]]:
    """The last run of each case and its date."""
    rows = connection.execute(select(cases.c.case_id, cases.c.last_run, cases.c.as_of))
    return {case: (run, day) for case, run, day in rows}


def _same_run(connection: Connection, seen: Seen, looked_at: Mapping[str, tuple[int, str]]) -> int | None:
    """The run that saw the same, if nothing was seen of any of its cases since."""
    numbers = {looked_at[case][0] if case in looked_at else None for case in seen.looked}
    if not seen.looked:
        numbers = {connection.execute(select(func.max(runs.c.number))).scalar()}
    if len(numbers) != 1:
        return None
    (number,) = numbers
    key = connection.execute(select(runs.c.key).where(runs.c.number == number)).scalar()
    return number if key == seen.key else None


def _known(connection: Connection) -> list[Known]:
    columns = [findings.c[name] for name in Known._fields]
    return [
        Known(*row)._replace(verdict=Verdict(row.verdict), status=Status(row.status))
        for row in connection.execute(select(*columns))
    ]


def _write_run(connection: Connection, number: int, seen: Seen, untouched: Untouched) -> None:
    basis = seen.basis
    row = {
        "number": number,
        "key": seen.key,
        "as_of": basis.as_of.isoformat(),
        "version": basis.version,
        "rules": basis.rules,
        "calendar": basis.calendar,
        "results": seen.results,
        "looked": len(seen.looked),
        "left_out": seen.unread,
        "failed": len(seen.failed),
    }
    connection.execute(insert(runs), [row | untouched._asdict()])


def _write_cases(connection: Connection, number: int, seen: Seen, looked_at: Mapping[str, tuple[int, str]]) -> None:
    day = seen.basis.as_of.isoformat()
    fresh = [{"case_id": c, "last_run": number, "as_of": day} for c in sorted(seen.looked) if c not in looked_at]
    later = [
        {"b_case": c, "last_run": number, "as_of": day}
        for c in sorted(seen.looked)
        if c in looked_at and looked_at[c][1] <= day
    ]
    _many(connection, insert(cases), fresh)
    _many(connection, update(cases).where(cases.c.case_id == bindparam("b_case")), later)


def _write_steps(connection: Connection, number: int, seen: Seen, steps: Sequence[Step]) -> None:
    day = seen.basis.as_of.isoformat()
    fresh = [_fresh(step, number, day) for step in steps if step.what is What.NEW]
    there = [_facts(step.sighting.finding, number, day) | {"b_id": step.id} for step in _still(steps) if step.sighting]
    gone = [{"b_id": step.id} for step in steps if step.what is What.GONE]
    reopened = [{"b_id": step.id} for step in steps if step.reopens]
    this = findings.c.id == bindparam("b_id")
    _many(connection, insert(findings), fresh)
    _many(connection, update(findings).where(this), there)
    _many(connection, update(findings).where(this).values(present=False), gone)
    _many(connection, update(findings).where(this).values(status=Status.CHECKING.value, closed_on=None), reopened)
    _many(connection, insert(observations), [_observation(step, number) for step in steps])
    _many(connection, insert(history), _entries(connection, number, day, steps))


def _still(steps: Iterable[Step]) -> list[Step]:
    return [step for step in steps if step.what not in (What.NEW, What.GONE)]


def _many(connection: Connection, statement: Any, rows: Sequence[Mapping[str, object]]) -> None:  # noqa: ANN401
    if rows:
        connection.execute(statement, list(rows))


def _fresh(step: Step, number: int, day: str) -> dict[str, object]:
    assert step.sighting is not None
    finding = step.sighting.finding
    return {
        "id": step.id,
        "identity": step.sighting.identity,
        "case_id": finding.case,
        "norm": finding.norm,
        "first_run": number,
        "first_seen": day,
        "status": Status.CHECKING.value,
        "closed_on": None,
        "for_good": False,
        **_facts(finding, number, day),
    }


def _facts(finding: Facts, number: int, day: str) -> dict[str, object]:
    return {
        "anchor": finding.anchor,
        "unit": finding.bearer,
        "category": finding.category,
        "severity": finding.severity,
        "version": finding.version,
        "verdict": finding.verdict.value,
        "due": finding.due,
        "breached_on": finding.breached_on,
        "days": finding.days,
        "last_run": number,
        "last_seen": day,
        "present": True,
    }


def _observation(step: Step, number: int) -> dict[str, object]:
    finding = step.sighting.finding if step.sighting is not None else None
    return {
        "run": number,
        "id": step.id,
        "what": step.what.value,
        "verdict": finding.verdict.value if finding is not None else None,
        "due": finding.due if finding is not None else None,
        "days": finding.days if finding is not None else None,
        "version": finding.version if finding is not None else None,
        "before": step.before or None,
    }


def _entries(connection: Connection, number: int, day: str, steps: Sequence[Step]) -> list[dict[str, object]]:
    """The first entry of a new finding, and one more where it was opened again."""
    last = connection.execute(select(func.max(history.c.number))).scalar() or 0
    reasons = [(step.id, step.reopens or _FOUND) for step in steps if step.reopens or step.what is What.NEW]
    return [
        {
            "number": last + place,
            "id": short,
            "status": Status.CHECKING.value,
            "by_whom": PROGRAM,
            "on_day": day,
            "reason": reason,
            "note": "",
            "for_good": False,
            "run": number,
        }
        for place, (short, reason) in enumerate(reasons, 1)
    ]
