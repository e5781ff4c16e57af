"""Evaluated cases into sums, one by one."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from checker.engines.census.asked import SPANS, UNDUE, Asked
from checker.engines.census.cells import CLASS, PLACE, TIMED, VIOLATED, Cell, Cells, Key, Sums
from checker.engines.census.dimensions import Axis, Dimension, Register
from checker.engines.census.stages import has_deadline
from checker.engines.ground.periods_of_year import index_at, printed_at
from checker.engines.instance import Instance
from checker.engines.run import Evaluation
from checker.model.case import Case
from checker.model.figures import UNDATED
from checker.model.finding import Finding, Verdict
from checker.model.norm import RuleSet
from checker.model.values import Value

_OPEN: Final = (Verdict.PENDING, Verdict.UNDETERMINED)
_PAST_DUE: Final = (Verdict.LATE, Verdict.OVERDUE)


class Observation(NamedTuple):
    """One finding as it is counted.

    ``day`` (an ordinal) is that of its period, None where it is not known. ``verdict``, ``timed`` and ``kind`` are
    places in a :class:`Cell`; ``timed`` is None, and ``days`` (past due) too, of what counts under no deadline.
    """

    position: int
    unit: str
    day: int | None
    verdict: int
    kind: int
    timed: int | None
    is_late: bool
    days: int | None


class Observer:
    """Counts evaluated cases; ``sums`` has what was counted so far."""

    def __init__(self, rules: RuleSet, asked: Asked) -> None:
        """Nothing is counted yet."""
        self._asked, self._register = asked, Register(rules)
        self._windows = asked.windows
        self._timed = [has_deadline(norm.requirement) for norm in rules.norms]
        names = list(dict.fromkeys(one for along in asked.counted for one in along))
        # Names are worked out once an observation, and each table takes its own by their places.
        self._names = [(one, one.axis.months, bool(one.attributes) or one.axis is Axis.KIND) for one in names]
        self._tables = [tuple(names.index(one) for one in along) for along in asked.counted]
        self.sums = Sums(len(self._tables))

    def add(self, evaluation: Evaluation) -> None:
        """One case; one without a conclusion is counted nowhere."""
        if evaluation.failure is not None or not evaluation.findings:
            return
        case = evaluation.case
        of_case = [self._of_case(one, case) if is_case else None for one, _, is_case in self._names]
        pairs = zip(evaluation.instances, evaluation.findings, strict=True)
        observed = [self._observed(i, f) for i, f in pairs]
        seen = [(one, self._spans(one), self._named(of_case, one)) for one in observed]
        for along, spans in zip(self._tables, self.sums.tables, strict=True):
            classes: list[dict[Key, int]] = [{} for _ in range(SPANS)]
            for one, inside, names in seen:
                key = tuple([names[place] for place in along])
                for span in inside:
                    _count(_cell(spans[span], key), one)
                    classes[span][key] = min(classes[span].get(key, one.kind), one.kind)
            for cells, found in zip(spans, classes, strict=True):
                _settle(case.id, cells, found.items())

    def _observed(self, instance: Instance, finding: Finding) -> Observation:
        due = finding.due.date() if isinstance(finding.due, dt.datetime) else finding.due
        day = instance.anchor.day
        if self._asked.by_due and due is not None and finding.verdict not in UNDUE:
            day = due.toordinal()
        unit, verdict = self._register.unit(finding.bearer), finding.verdict
        timed = self._place(instance.position, verdict, due is not None)
        days = finding.days if timed is not None and verdict in _PAST_DUE else None
        kind, is_late = CLASS[verdict], verdict is Verdict.LATE
        return Observation(instance.position, unit, day, PLACE[verdict], kind, timed, is_late, days)

    def _place(self, position: int, verdict: Verdict, is_due: bool) -> int | None:
        if not self._timed[position] or verdict not in TIMED or not (is_due or verdict in _OPEN):
            return None
        return TIMED.index(verdict)

    def _spans(self, one: Observation) -> list[int]:
        inside = [0]
        if one.day is not None:
            inside += [n for n, (a, b) in enumerate(self._windows, 1) if a <= one.day <= b]
        return inside

    def _named(self, of_case: Sequence[str | None], one: Observation) -> list[str]:
        pairs = zip(of_case, self._names, strict=True)
        return [self._name(name, months, one) if said is None else said for said, (name, months, _) in pairs]

    def _name(self, dimension: Dimension, months: int, one: Observation) -> str:
        if dimension.axis is Axis.UNIT:
            return one.unit
        if not months:
            return self._register.of_norm(dimension, one.position)
        return UNDATED if one.day is None else printed_at(index_at(one.day, months), months)

    def _of_case(self, dimension: Dimension, case: Case) -> str:
        if dimension.axis is Axis.KIND:
            return self._register.value("类型", case.kind)
        said = next(_said(case, dimension.attributes, self._asked.as_of), None)
        return self._register.value(*(said or ("", None)))


def _count(cell: Cell, one: Observation) -> None:
    cell.verdicts[one.verdict] += 1
    if one.timed is not None:
        cell.timed[one.timed] += 1
        if one.days is not None:
            (cell.late if one.is_late else cell.overdue)[one.days] += 1


def _cell(cells: Cells, key: Key) -> Cell:
    found = cells.get(key)
    if found is None:
        found = cells[key] = Cell()
    return found


def _settle(case: str, cells: dict[Key, Cell], found: Iterable[tuple[Key, int]]) -> None:
    for key, kind in found:
        cell = cells[key]
        cell.cases[kind] += 1
        if kind == VIOLATED and cell.example is None:
            cell.example = case


def _said(case: Case, names: tuple[str, ...], as_of: dt.date) -> Iterator[tuple[str, str]]:
    """What the case says of the attributes, then what its events say, in the order of the record."""
    for name in names:
        if text := _text(case.attributes.get(name)):
            yield name, text
    for name in names:
        for event in case.events:
            if (event.date is None or event.date <= as_of) and (text := _text(event.attributes.get(name))):
                yield name, text


def _text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case tuple():
            return "、".join(_text(one) for one in value)
        case _:
            return str(value)
