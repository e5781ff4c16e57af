"""Evaluated cases into sums, one by one."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

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


class Observation(NamedTuple):
    """One finding as it is counted.

    ``day`` (an ordinal) is that of its period, None where it is not known; ``is_due``: it has a due date.
    """

    position: int
    verdict: Verdict
    unit: str
    day: int | None
    is_due: bool
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
                    self._count(_cell(spans[span], key), one)
                    classes[span][key] = min(classes[span].get(key, CLASS[one.verdict]), CLASS[one.verdict])
            for cells, found in zip(spans, classes, strict=True):
                _settle(case.id, cells, found.items())

    def _observed(self, instance: Instance, finding: Finding) -> Observation:
        due = finding.due.date() if isinstance(finding.due, dt.datetime) else finding.due
        day = instance.anchor.day
        if self._asked.by_due and due is not None and finding.verdict not in UNDUE:
            day = due.toordinal()
        unit = self._register.unit(finding.bearer)
        return Observation(instance.position, finding.verdict, unit, day, due is not None, finding.days)

    def _spans(self, one: Observation) -> list[int]:
        inside = [0]
        if one.day is not None:
            inside += [n for n, (a, b) in enumerate(self._windows, 1) if a <= one.day <= b]
        return inside

    def _count(self, cell: Cell, one: Observation) -> None:
        cell.verdicts[PLACE[one.verdict]] += 1
        if not self._timed[one.position] or one.verdict not in TIMED:
            return
        if one.verdict in (Verdict.PENDING, Verdict.UNDETERMINED):
            cell.timed[TIMED.index(one.verdict)] += 1
        elif one.is_due:
            cell.timed[TIMED.index(one.verdict)] += 1
            if one.days is not None and one.verdict is not Verdict.MET:
                (cell.late if one.verdict is Verdict.LATE else cell.overdue)[one.days] += 1

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
