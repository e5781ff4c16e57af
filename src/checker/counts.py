"""The public verbs of indicators: count over many cases at a date, and compare archives with what is expected."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.calendars.calendar import Calendar
from checker.calendars.shipped import shipped_calendar
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.drafting.archives import FigureMiss, misses, unexpected
from checker.engines.counting import Count
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic, RulesError
from checker.model.figures import ArchiveExpectation
from checker.model.norm import RuleSet
from checker.reports.content import Sheet


class Uncounted(NamedTuple):
    """A case on which the program failed: it is in no figure."""

    case: Case
    message: str


class IndicatorRun:
    """One count over many cases: iterate once, then read ``sheet``. Nothing is kept of a case but what it adds."""

    def __init__(
        self, rules: RuleSet, paths: Sequence[str], as_of: dt.date, calendar: Calendar, options: ReadOptions | None
    ) -> None:
        """Nothing is read before the first case is asked for. RulesError if there is nothing to count."""
        if not rules.indicators:
            message, help_ = "所用的规则包里没有指标。", "用「--rules」写明有指标的规则包，如 macro。"
            raise RulesError((Diagnostic(code="no-indicators", message=message, help=help_),))
        self._rules, self._as_of, self._calendar = rules, as_of, calendar
        self._stream = read_cases(paths, rules.vocabulary, options)
        self._count = Count(rules, calendar, as_of)
        self._failed = 0

    def __iter__(self) -> Iterator[Case | BadCase | Uncounted]:
        """Every case once, as it is counted."""
        for item in self._stream:
            yield self._counted(item) if isinstance(item, Case) else item

    def _counted(self, case: Case) -> Case | Uncounted:
        try:
            self._count.add(case)
        except Exception as error:  # a fault of ours on one case spoils no other
            self._failed += 1
            return Uncounted(case, f"计数时程序出错（{type(error).__name__}：{error}），本案没有计入")
        return case

    @property
    def sheet(self) -> Sheet:
        """The figures so far, with what they were taken from."""
        summary = self._stream.summary
        return Sheet(
            self._as_of,
            self._rules,
            self._calendar.name,
            summary.read - self._failed,
            summary.left_out,
            self._failed,
            self._count.figures(),
        )


def count(
    rules: RuleSet,
    paths: Sequence[str],
    as_of: dt.date,
    calendar: Calendar | None = None,
    options: ReadOptions | None = None,
) -> IndicatorRun:
    """Count the indicators over the cases under the paths at a date; iterate over what it returns."""
    return IndicatorRun(rules, paths, as_of, calendar or shipped_calendar(), options)


class ArchiveOutcome(NamedTuple):
    """The figures of an archive against what is expected. ``bad`` says what could not be read of either."""

    expectation: ArchiveExpectation | None
    misses: tuple[FigureMiss, ...]
    bad: tuple[BadCase, ...]

    @property
    def passed(self) -> bool:
        """Read, and as expected."""
        return not self.bad and not self.misses


def run_archives(
    rules: RuleSet, items: Sequence[ArchiveExpectation | BadCase], calendar: Calendar
) -> tuple[tuple[ArchiveOutcome, ...], tuple[str, ...]]:
    """Count every archive at its date and compare; and the ids of indicators of which no archive expects anything."""
    outcomes = tuple(_run_archive(rules, calendar, item) for item in items)
    expected = [item for item in items if isinstance(item, ArchiveExpectation)]
    return outcomes, unexpected(expected, [one.id for one in rules.indicators])


def _run_archive(rules: RuleSet, calendar: Calendar, item: ArchiveExpectation | BadCase) -> ArchiveOutcome:
    if isinstance(item, BadCase):
        return ArchiveOutcome(None, (), (item,))
    if not rules.indicators:
        return ArchiveOutcome(item, misses(item, ()), ())
    run = count(rules, item.paths, item.as_of, calendar)
    bad = tuple(one for one in run if isinstance(one, BadCase))
    return ArchiveOutcome(item, misses(item, run.sheet.figures), bad)
