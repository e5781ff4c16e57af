"""The archive engine: a compiled rule set that evaluates whole batches of cases.

What is certain and in order is decided for all cases of a batch at once; the rest (undated events, forms and situations
that only the row evaluator knows) case by case, norm by norm, so that the findings are those of the row evaluator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa

from checker.calendars.calendar import Calendar
from checker.engines.archive.anchors import applying
from checker.engines.archive.building import Builder
from checker.engines.archive.columns import Columns
from checker.engines.archive.emission import Emitted, emit
from checker.engines.archive.evaluating import evaluate
from checker.engines.archive.fallback import Fallback, by_row
from checker.engines.archive.instances import EXEMPT, IS_VIOLATION, UNDETERMINED, UNLISTED, Instances
from checker.engines.archive.results import VERDICTS, BatchResult
from checker.engines.archive.rules import Rule
from checker.engines.archive.schema import FINDINGS
from checker.engines.archive.truth import NO, Bools, Ints
from checker.engines.run import prepare
from checker.model.dependencies import depends_on
from checker.model.norm import Norm, OnEvent, OnPeriod, RuleSet


@dataclass(slots=True)
class _Progress:
    """A batch on its way through the strata.

    ``left`` are, by norm position, the cases of the row evaluator; ``deemed`` those in which 视为 may have acted.
    """

    columns: Columns
    left: dict[int, Bools]
    deemed: Bools
    done: list[tuple[Rule, Instances]] = field(default_factory=list)


class Kernel:
    """A rule set ready for batches; immutable but for what it remembers of due dates, serves any number of them."""

    def __init__(self, rules: RuleSet, calendar: Calendar) -> None:
        """Compile every norm once."""
        self.rules = rules
        self.program = prepare(rules, calendar)
        builder = Builder(rules, calendar)
        self._compiled = [builder.rule(position, norm) for position, norm in enumerate(rules.norms)]
        self._applies = [builder.applies(norm) for norm in rules.norms]
        waits = depends_on(rules.norms, rules.packs)
        positions: dict[str, list[int]] = {}
        for position, norm in enumerate(rules.norms):
            positions.setdefault(norm.id, []).append(position)
        self._needs = [[p for name in waits[norm.id] for p in positions.get(name, ())] for norm in rules.norms]
        self._strata = [self._sorted(stratum) for stratum in rules.strata]
        self._fallback = Fallback(self.program, self._needs, {p: positions[n.id] for p, n in enumerate(rules.norms)})

    def _sorted(self, stratum: tuple[int, ...]) -> list[int]:
        """Norms of priority before those they override, as the row evaluator takes them."""
        above = {rule.position: len(rule.overridden_by) for rule in self.program.rules}
        return sorted(stratum, key=lambda position: (above[position], position))

    @property
    def slow(self) -> tuple[Norm, ...]:
        """The norms with a form that is evaluated case by case."""
        return tuple(norm for norm, rule in zip(self.rules.norms, self._compiled, strict=True) if rule is None)

    def evaluate(
        self, cases: pa.RecordBatch, as_of: date, *, everything: bool = False, verdicts_only: bool = False
    ) -> BatchResult:
        """The findings of a batch of case records (schema: ``case_schema``) at a date.

        Only violations are listed, unless ``everything`` is asked for; all instances are counted. With
        ``verdicts_only`` everything is listed, and of the exempt and undetermined nothing but norm, anchor, verdict and
        bearer holds: that spares the row evaluator, who knows the rest.
        """
        shown = everything or verdicts_only
        columns = Columns(cases, self.rules.vocabulary, as_of.toordinal())
        left = {position: columns.odd.copy() for position in range(len(self.rules.norms))}
        progress = _Progress(columns, left, np.zeros(columns.size, np.bool_))
        for stratum in self._strata:
            deemed = [self._norm(position, progress, everything) for position in stratum]
            self._hand_over(progress, deemed)
        result = BatchResult(
            pa.RecordBatch.from_pylist([], schema=FINDINGS),
            np.zeros((len(self.rules.norms), len(VERDICTS)), np.int64),
            np.zeros(len(self.rules.norms), np.int64),
            np.zeros((cases.num_rows, len(VERDICTS)), np.int64),
        )
        emitted = [self._counted(rule, one, progress, shown, result) for rule, one in progress.done]
        emitted.append(by_row(self._fallback, columns, progress.left, as_of, shown, result))
        _join(emitted, result)
        # What is remembered of a batch refers back to it: without this its arrays would wait for the collector.
        columns.memory.clear()
        return result

    def _norm(self, position: int, progress: _Progress, everything: bool) -> Ints:
        """Evaluate one norm; the cases in which its 视为 may have happened."""
        columns, left = progress.columns, progress.left[position]
        for needed in self._needs[position]:
            left |= progress.left[needed]
        rule = self._compiled[position]
        if rule is None:
            left |= self._touched(position, columns)
            return _NONE
        found = evaluate(rule, columns)
        left[found.odd] = True
        for instances in found.instances:
            if everything:
                hidden = (instances.verdict == UNDETERMINED) | (instances.verdict == EXEMPT)
                left[instances.scope.case[hidden]] = True
            progress.done.append((rule, instances))
        columns.memory.setdefault(("past", rule.id), []).extend(found.instances)
        return found.deemed

    def _touched(self, position: int, columns: Columns) -> Bools:
        """The cases in which a norm of the row evaluator's may have an anchor."""
        norm = self.rules.norms[position]
        result = np.ones(columns.size, np.bool_)
        if isinstance(norm.anchor, OnEvent):
            result[:] = False
            result[columns.case[columns.of_acts(norm.anchor.pattern.acts)]] = True
        elif not isinstance(norm.anchor, OnPeriod):
            result[:] = False
            for needed in self._needs[position]:
                for instances in columns.memory.get(("past", self.rules.norms[needed].id), ()):
                    result[instances.scope.case] = True
        applies = self._applies[position]
        return result if applies is None else result & (applying(applies, columns) != NO)

    def _hand_over(self, progress: _Progress, deemed: list[Ints]) -> None:
        """Where something was deemed, later strata are the row evaluator's."""
        for cases in deemed:
            progress.deemed[cases] = True
        done = {rule.position for rule, _ in progress.done}
        for position in progress.left.keys() - done:
            progress.left[position] |= progress.deemed

    def _counted(
        self, rule: Rule, instances: Instances, progress: _Progress, everything: bool, result: BatchResult
    ) -> Emitted:
        case, verdict = instances.scope.case, instances.verdict
        mine = ~progress.left[rule.position][case]
        opened = np.unique(case[mine])
        listed = np.flatnonzero(mine & (verdict != UNLISTED))
        result.triggered[rule.position] += len(opened)
        result.verdicts[rule.position] += np.bincount(verdict[listed], minlength=len(VERDICTS))
        np.add.at(result.case_verdicts, (case[listed], verdict[listed]), 1)
        shown = listed if everything else listed[IS_VIOLATION[verdict[listed]]]
        return emit(rule, instances, shown)


_NONE: Ints = np.zeros(0, np.int64)


def _join(emitted: list[Emitted], result: BatchResult) -> None:
    """All findings in the order of rows, norms and anchors."""
    some = [one for one in emitted if one.findings.num_rows]
    if not some:
        return
    order = np.concatenate([one.order for one in some], axis=1)
    places = np.lexsort((order[2], order[1], order[0]))
    table = pa.Table.from_batches([one.findings for one in some]).combine_chunks()
    result.findings = table.to_batches()[0].take(pa.array(places))
    result.positions = order[1][places]
    result.days = np.concatenate([one.days for one in some])[places]
