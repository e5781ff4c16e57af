"""Runs and registers of the tests' own."""

import datetime as dt
from hashlib import sha256

from checker.model.case import Case, Event
from checker.model.finding import Finding, Verdict
from checker.register.opening import register_at
from checker.register.recording import record
from checker.register.seen import Basis, Seen

NORM = "duban/按期办结"


def day(text):
    return dt.date.fromisoformat(f"2026-{text}")


def case(name):
    return Case(id=name, events=(Event(id="甲", position=1, act="交办", date=day("01-05")),))


def finding(name, verdict="overdue", norm=NORM, due="03-01", **more):
    given = {"anchor": "甲", "bearer": "法院", "version": "2024-01-01", "days": 9} | more
    due = day(due) if due else None
    return Finding(case=name, norm=norm, verdict=Verdict(verdict), due=due, **given)


def seen(as_of, found, known=(), norms=(NORM,), left=(), failed=()):
    """A run at a date: ``found`` maps each case looked at to (verdict, more) or a verdict, or to a list of findings."""
    run = Seen(Basis(day(as_of), "0.2", "规则", "cn", frozenset(norms)), known)
    for name, what in found.items():
        findings = [finding(name, what)] if isinstance(what, str) else what
        run.case(case(name), findings)
    for name in left:
        run.left(name)
    run.failed.update(failed)
    run.results = sha256(repr(sorted((name, str(what)) for name, what in found.items())).encode()).hexdigest()
    return run


def recorded(where, *runs):
    from checker.register.recording import watched_ids

    register = register_at(str(where))
    for as_of, found, *more in runs:
        record(register, seen(as_of, found, watched_ids(register), **(more[0] if more else {})))
    return register
