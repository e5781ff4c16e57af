"""A census over all cases under some paths: case by case, or an archive in portions; the result is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from checker.calendars.calendar import Calendar
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.engines.census.cells import Sums
from checker.engines.census.observing import Observer
from checker.engines.census.telling import Basis, Read, statistics
from checker.engines.counting import Count
from checker.engines.run import Evaluation, evaluate_batch, prepare
from checker.host.troubles import uncounted
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic
from checker.model.statistics import Statistics
from checker.reports.content import Totals

if TYPE_CHECKING:
    from checker.cases.portions import Portion
    from checker.host.batch_sums import Added

MANY: Final = 2 << 20
"""Bytes from which on an archive in portions is counted faster than case by case."""

_BATCH: Final = 100


class Told(NamedTuple):
    """What came next: what is to be told, and the portion that is done with it, if one is."""

    notices: tuple[Diagnostic | str, ...] = ()
    portion: Portion | None = None


class Asking(NamedTuple):
    """Which cases are counted, and under what."""

    basis: Basis
    calendar: Calendar
    paths: Sequence[str]
    options: ReadOptions = ReadOptions()


class RowCensus:
    """Case by case in this process, in steady memory: iterate once, then ask for the result."""

    def __init__(self, asking: Asking) -> None:
        """Nothing is read yet."""
        self._asking = asking
        rules, asked = asking.basis.rules, asking.basis.asked
        self._stream = read_cases(asking.paths, rules.vocabulary, asking.options)
        self._observer = Observer(rules, asked)
        self._count = Count(rules, asking.calendar, asked.as_of) if rules.indicators else None
        self._uncounted = 0
        self.totals = Totals()

    def __iter__(self) -> Iterator[Told]:
        """Every case, and everything that is none."""
        rules, as_of = self._asking.basis.rules, self._asking.basis.asked.as_of
        program = prepare(rules, self._asking.calendar)
        items = iter(self._stream)
        while batch := list(islice(items, _BATCH)):
            cases = [item for item in batch if isinstance(item, Case)]
            evaluations = iter(evaluate_batch(program, cases, as_of))
            for item in batch:
                yield Told(item.diagnostics) if isinstance(item, BadCase) else self._added(next(evaluations))
        self.totals.left_out, self.totals.skipped = self._stream.summary.left_out, len(self._stream.summary.skipped)

    def _added(self, evaluation: Evaluation) -> Told:
        totals, case = self.totals, evaluation.case
        notices: list[Diagnostic | str] = [*case.remarks]
        totals.read += 1
        if evaluation.failure is not None:
            totals.failed += 1
            notices.append(f"故障：案件「{case.id}」{evaluation.failure.message}")
        else:
            silent = len(evaluation.counts.without_anchor)
            totals.untriggered += silent
            totals.triggered += len(self._asking.basis.rules.norms) - silent
            self._observer.add(evaluation)
        return Told((*notices, *self._counted(case)))

    def _counted(self, case: Case) -> Iterator[str]:
        if self._count is None:
            return
        try:
            self._count.add(case)
        except Exception as error:  # a fault of ours on one case spoils no other
            self._uncounted += 1
            yield uncounted(case.id, error)

    def result(self) -> Statistics:
        """What was counted so far."""
        figures = () if self._count is None else self._count.figures()
        return statistics(self._asking.basis, self._observer.sums, read_of(self.totals, self._uncounted), figures)


class ArchiveCensus:
    """An archive in portions over processes: iterate once, then ask for the result."""

    def __init__(self, asking: Asking, jobs: int) -> None:
        """Nothing is read yet."""
        from checker.cases import portions
        from checker.host.archive import ArchiveRun, items_under
        from checker.host.plan import SUMS, Plan
        from checker.reports.showing import Listing

        basis = asking.basis
        listing = Listing(basis.rules, asking.calendar, basis.asked.as_of, brief=True)
        setup = portions.Setup(basis.rules.vocabulary, asking.options, portions.CASES)
        plan = Plan(listing, setup, SUMS, asked=basis.asked)
        self._run = ArchiveRun(plan, items_under(plan, asking.paths), jobs)
        self._basis = basis
        self._sums = Sums(len(basis.asked.counted))
        self._count = Count(basis.rules, asking.calendar, basis.asked.as_of)
        self._uncounted = 0

    @property
    def totals(self) -> Totals:
        """The sums so far."""
        return self._run.totals

    def __iter__(self) -> Iterator[Told]:
        """Portion by portion."""
        from checker.host.batch_sums import added

        for step in self._run:
            notices = step.notices
            if step.body:
                found = added(step.body)
                self._merge(found)
                notices = (*notices, *found.uncounted)
            yield Told(notices, step.portion)

    def _merge(self, found: Added) -> None:
        self._sums.merge(found.sums)
        self._uncounted += len(found.uncounted)
        if found.indicators:
            self._count.merge(found.indicators)

    def result(self) -> Statistics:
        """What was counted so far."""
        read = read_of(self.totals, self._uncounted)
        return statistics(self._basis, self._sums, read, self._count.figures())


Census = RowCensus | ArchiveCensus


def read_of(totals: Totals, uncounted: int = 0) -> Read:
    """The counts of a run."""
    return Read(
        totals.read,
        totals.left_out,
        totals.failed,
        totals.skipped,
        totals.triggered,
        totals.untriggered,
        uncounted,
    )
