"""A person's decision on a finding, added to its history."""

import datetime as dt

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from checker.model.diagnostic import DataError, Diagnostic
from checker.model.node import Node
from checker.register.entries import Change, Entry
from checker.register.opening import Register, changing
from checker.register.recording import PROGRAM
from checker.register.schema import findings, history
from checker.register.statuses import Status, objection


class Decision(Node):
    """What somebody decided. ``by`` is a role or a stable pseudonym; ``for_good`` closes whatever later runs see."""

    status: Status
    by: str
    on: dt.date
    reason: str = ""
    note: str = ""
    for_good: bool = False


def decide(register: Register, ids: tuple[str, ...], decision: Decision, today: dt.date) -> tuple[Change, ...]:
    """Put a decision on some findings, all or none of them; DataError with every reason why not."""
    _refuse(register, decision, today)
    with changing(register) as connection:
        made: list[Change] = []
        problems: list[Diagnostic] = []
        for short in dict.fromkeys(ids):
            try:
                made.append(_one(register, connection, short, decision))
            except DataError as error:
                problems += error.diagnostics
        if problems:
            raise DataError(tuple(problems))
    return tuple(made)


def _refuse(register: Register, decision: Decision, today: dt.date) -> None:
    if decision.on > today:
        raise register.error("future-day", f"日期 {decision.on} 还没有到", "核对 --on")
    if decision.for_good and decision.status is not Status.CLOSED:
        raise register.error("not-closed", f"「不再打开」只用于「{Status.CLOSED}」", "去掉 --for-good")
    if not decision.by.strip() or decision.by == PROGRAM:
        raise register.error("no-person", "没有写明由谁决定", "写角色或者代号，如「法制科」")


def _one(register: Register, connection: Connection, short: str, decision: Decision) -> Change:
    row = connection.execute(select(findings).where(findings.c.id == short)).mappings().first()
    if row is None:
        raise register.error("no-such-finding", f"登记册里没有编号 {short}", "用 checker register list 查看各编号")
    entry = Entry(**row)
    found = objection(entry.status, decision.status, decision.reason, decision.note)
    if found is not None:
        told = {"message": f"编号 {short}：{found.message}", "meanwhile": "登记册没有改动"}
        raise DataError((found.model_copy(update=told),))
    latest = connection.execute(
        select(func.max(history.c.on_day)).where(history.c.id == short, history.c.run.is_(None))
    ).scalar()
    if latest is not None and latest > decision.on.isoformat():
        message = f"编号 {short}：上一次是 {latest} 记的，这次写的是 {decision.on}"
        raise register.error("earlier-day", message, "核对 --on；补记从前的情况，写在 --note 里")
    return _written(connection, entry, decision)


def _written(connection: Connection, entry: Entry, decision: Decision) -> Change:
    number = (connection.execute(select(func.max(history.c.number))).scalar() or 0) + 1
    closes = decision.status is Status.CLOSED and entry.status is not Status.CLOSED
    for_good = decision.for_good or (entry.for_good and decision.status is Status.CLOSED)
    change = Change(
        number=number,
        id=entry.id,
        status=decision.status,
        by_whom=decision.by,
        on_day=decision.on.isoformat(),
        reason=decision.reason,
        note=decision.note,
        for_good=for_good,
        run=None,
    )
    closed_on = decision.on.isoformat() if closes else entry.closed_on if decision.status is Status.CLOSED else None
    connection.execute(insert(history), [change.model_dump(mode="json")])
    now = {"status": decision.status.value, "closed_on": closed_on, "for_good": for_good}
    connection.execute(update(findings).where(findings.c.id == entry.id).values(**now))
    return change
