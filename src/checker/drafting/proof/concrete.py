"""From a model of the solver to a case record, and from formulas to findings: what the engine is held against."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import z3

from checker.drafting.proof.instance import Instance
from checker.drafting.proof.rows import cited
from checker.drafting.proof.terms import WIDTH, Bool, Day
from checker.drafting.proof.world import Ev, Options, World
from checker.model.case import Answer, Case, Event
from checker.model.finding import Finding, Verdict
from checker.model.values import Value


class Said(NamedTuple):
    """The fields of a finding that formulas speak of; ``version`` tells versions apart."""

    norm: str
    version: str
    anchor: str
    verdict: Verdict
    due: dt.date | dt.datetime | None
    breached_on: dt.date | None
    days: int | None
    fulfilled_by: str | None
    category: Any
    severity: Any
    bearer: str | None


def said_of(finding: Finding) -> Said:
    """The same of a finding of the engine."""
    return Said(
        finding.norm, finding.version, finding.anchor, finding.verdict, finding.due, finding.breached_on, finding.days,
        finding.fulfilled_by, finding.category, finding.severity, finding.bearer,
    )  # fmt: skip


class Model:
    """One model of the solver over a world; without one, every variable has its first value."""

    def __init__(self, world: World, model: z3.ModelRef) -> None:
        self.world = world
        self._model = model

    def holds(self, formula: Bool) -> bool:
        """Whether a formula is true in it."""
        if isinstance(formula, bool):
            return formula
        return bool(z3.is_true(self._model.eval(formula, model_completion=True)))

    def number(self, day: Day) -> int:
        """A day's offset, or a number of days that may be negative."""
        if isinstance(day.term, int):
            return day.term
        value: int = self._model.eval(day.term, model_completion=True).as_long()
        return value - (1 << WIDTH) if value > 1 << (WIDTH - 1) and day.low < 0 else value

    def date(self, day: Day) -> dt.date:
        """A day as a date."""
        return self.world.date(self.number(day))

    def value(self, options: Options) -> Any:  # noqa: ANN401 - a value of the record
        """What the options come to; None where none holds."""
        for guard, value in options:
            if self.holds(guard):
                return self.date(value) if isinstance(value, Day) else value
        return None

    def put_into(self, formula: Bool, world: World) -> Bool:
        """A formula with the values of this model for whatever is the world's own, not shared with another."""
        if isinstance(formula, bool) or world.growth is None:
            return formula
        pairs = [(one, self._model.eval(one, model_completion=True)) for one in _variables(formula)
                 if str(one).startswith(world.growth.tag)]  # fmt: skip
        return z3.simplify(z3.substitute(formula, *pairs))

    @property
    def as_of(self) -> dt.date:
        """The date at which the case is read."""
        return self.date(self.world.as_of)

    def case(self, name: str) -> Case:
        """The case record, with whatever was read of it."""
        world = self.world
        known = {key[1]: options for key, options in world.choices.items() if key[0] == "case"}
        attributes = {name: self.value(options) for name, options in known.items()}
        attributes |= {key[1]: self.date(day) for key, day in world.dates.items() if key[0] == "case date"}
        for key, none in world.bools.items():
            if key[0] == "none" and key[1][0] == "case date" and self.holds(none):
                attributes[key[1][1]] = None
        return Case(
            id=name,
            kind=self.value(world.choices.get(("kind",), [])),
            attributes=attributes,
            events=tuple(self._event(number) for number in range(world.size)),
            answers=tuple(self._answers()),
            extent=world.extent,
        )

    def _event(self, number: int) -> Event:
        world = self.world
        act: str = self.value(world.choices["act", number])
        declared = world.universe.vocabulary.acts[act].attributes
        actors = world.choices.get(("actors", number))
        parts = {key[2]: held for key, held in world.bools.items() if key[0] == "part" and key[1] == number}
        return Event(
            id=f"e{number + 1}",
            position=number + 1,
            act=act,
            date=self.date(world.events[number].day),
            actors=None if actors is None else self.value(actors),
            document=tuple(part for part, held in parts.items() if self.holds(held)) if parts else None,
            attributes={name: value for name, value in self._attributes(number) if name in declared},
        )

    def _attributes(self, number: int) -> Iterable[tuple[str, Value]]:
        world = self.world
        act = self.value(world.choices["act", number])
        for key, options in world.choices.items():
            if key[0] == "attribute" and key[1] == number:
                _, _, name, values = key
                declared = world.universe.vocabulary.acts[act].attributes.get(name)
                if declared is not None and world.universe.values_of(name, declared) == values:
                    yield name, self.value(options)
        for key, day in world.dates.items():
            if key[0] == "date" and key[1] == number:
                none = world.bools.get(("none", key))
                yield key[2], None if none is not None and self.holds(none) else self.date(day)

    def _answers(self) -> Iterable[Answer]:
        for key, given in self.world.bools.items():
            if key[0] == "given" and self.holds(given):
                _, norm, printed = key
                yes = self.world.bools["yes", norm, printed]
                yield Answer(norm=norm, event=printed, answer=self.holds(yes))

    def findings(self, instances: Iterable[Instance]) -> list[Said]:
        """What the formulas say of the instances in this model."""
        found = []
        for one in instances:
            verdict = next((v for v, guard in one.verdicts.items() if self.holds(guard)), None)
            if verdict is not None:
                found.append(self._said(one, verdict))
        return found

    def _said(self, one: Instance, verdict: Verdict) -> Said:
        violated = verdict.is_violation
        last = self._fulfilling(one) if verdict in (Verdict.MET, Verdict.LATE) else None
        return Said(
            norm=one.norm.id,
            version=one.norm.version,
            anchor=one.printed,
            verdict=verdict,
            due=self._due(one),
            breached_on=self.date(one.breached_on) if self.holds(one.is_breached) else None,
            days=self._days(one, verdict, None if last is None else last[1]),
            fulfilled_by=None if last is None else last[0].id,
            category=one.norm.breach.category if violated else None,
            severity=one.norm.breach.severity if violated else None,
            bearer=self.value(one.bearer()),
        )

    def _fulfilling(self, one: Instance) -> tuple[Ev, dt.date] | None:
        return next((
            (event, self.date(day)) for event, (guard, day) in cited(one).items() if self.holds(guard)
        ), None)  # fmt: skip

    def _due(self, one: Instance) -> dt.date | dt.datetime | None:
        if one.timing is None or not self.holds(one.timing.timed):
            return None
        day, hour = self.date(one.timing.due.day), self.value(one.timing.due.hour)
        return day if hour is None else dt.datetime.combine(day, dt.time(hour))

    def _days(self, one: Instance, verdict: Verdict, acted: dt.date | None) -> int | None:
        due = self._due(one)
        if one.timing is not None and verdict is Verdict.PENDING and self.holds(one.timing.stopped):
            return -self.number(one.timing.remaining())
        if due is None:
            return None
        due = due.date() if isinstance(due, dt.datetime) else due
        if verdict is Verdict.LATE:
            return None if acted is None else (acted - due).days
        return (self.as_of - due).days if verdict in (Verdict.OVERDUE, Verdict.PENDING) else None


def _variables(formula: Bool) -> Iterable[Any]:
    """The variables of a formula, each once."""
    seen: set[int] = set()
    waiting = [formula]
    while waiting:
        node = waiting.pop()
        if node.get_id() not in seen:
            seen.add(node.get_id())
            if z3.is_const(node) and node.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                yield node
            waiting += node.children()
