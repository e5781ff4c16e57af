"""What every report is made from: the head of a run, one case at a time, the sums at its end."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from checker.explain.context import Reason
from checker.explain.course import Course
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic
from checker.model.figures import IndicatorFigures
from checker.model.finding import Finding, Verdict
from checker.model.norm import Category, Norm, RuleSet
from checker.model.statistics import Statistics
from checker.reports.redaction import Profile


class Head(NamedTuple):
    """What was checked against what. ``cases`` is None where the input is too long to be counted beforehand.

    ``profile``: for whom the report is made.
    """

    as_of: dt.date
    rules: RuleSet
    calendar: str
    cases: int | None
    only_violations: bool
    profile: Profile = Profile.FULL


class Shown(NamedTuple):
    """A finding that the report lists, with its explanation in sentences.

    ``course`` is the window that was counted, for pictures; None for a norm without one, and in brief reports.
    """

    finding: Finding
    norm: Norm
    reasons: tuple[Reason, ...]
    course: Course | None = None


class CaseReport(NamedTuple):
    """One checked case. ``failure`` is a sentence where an engine died on it: then there is no verdict at all.

    ``owed`` counts the same instances as ``verdicts`` by who owes the duty and verdict, where the whole run is kept.
    """

    case: Case
    shown: tuple[Shown, ...]
    verdicts: Counter[Verdict]
    failure: str | None = None
    owed: Mapping[tuple[str | None, Verdict], int] = {}


class Sheet(NamedTuple):
    """The figures of all indicators, with what they were taken from."""

    as_of: dt.date
    rules: RuleSet
    calendar: str
    read: int
    left_out: int
    failed: int
    figures: tuple[IndicatorFigures, ...]


@dataclass(slots=True)
class Totals:
    """The sums of a run. ``triggered`` and ``untriggered`` count pairs of a case and a version of a norm.

    ``norms`` counts instances by position of the norm in the rule set and by verdict, ``unopened`` by position the
    cases in which no anchor opened the norm. ``uncounted`` cases are, for a fault of ours, in no indicator of the run.
    """

    read: int = 0
    left_out: int = 0
    failed: int = 0
    skipped: int = 0
    triggered: int = 0
    untriggered: int = 0
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    categories: Counter[Category] = field(default_factory=Counter)
    norms: Counter[tuple[int, Verdict]] = field(default_factory=Counter)
    unopened: Counter[int] = field(default_factory=Counter)
    uncounted: int = 0

    @property
    def violations(self) -> int:
        """Findings with a violation verdict."""
        return sum(n for verdict, n in self.verdicts.items() if verdict.is_violation)


class Table(NamedTuple):
    """One sheet of a ledger as its reader opened it: values by row, row 1 first, and the cells that are shown as one.

    ``merges``: top, left, bottom, right, from 1, both ends included; what stands under a merge is blank. ``lines`` are
    the lines of a text on which the rows begin.
    """

    name: str
    rows: Sequence[Sequence[object]]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    state: Literal["visible", "hidden"] = "visible"
    lines: tuple[int, ...] = ()


def no_tables(path: str) -> tuple[Table, ...] | None:
    """Where nothing can open a ledger again."""
    del path
    return None


class RunReport(NamedTuple):
    """A whole run, for the formats that need all of it at once.

    ``cases`` are all that were checked, in the order of the input; ``shown`` of each holds its violations and whatever
    is still open (待履行, 资料不足, 待人工认定), or all findings where the head asks for all. ``unread`` is what was
    left out, as it was told; ``sources`` are the paths that were given. ``statistics`` is the whole of the cases, where
    the format shows it; there is no person in it. ``tables`` opens a ledger among the sources again, for a copy; None
    where it cannot be opened.
    """

    head: Head
    cases: tuple[CaseReport, ...]
    unread: tuple[Diagnostic, ...]
    totals: Totals
    sources: tuple[str, ...] = ()
    statistics: Statistics | None = None
    tables: Callable[[str], tuple[Table, ...] | None] = no_tables


class Writer(Protocol):
    """The door of a format: lines without their line ends."""

    def begin(self, head: Head) -> Iterator[str]:
        """What stands before the first case."""

    def case(self, report: CaseReport) -> Iterator[str]:
        """One case."""

    def end(self, totals: Totals) -> Iterator[str]:
        """What stands after the last case."""
