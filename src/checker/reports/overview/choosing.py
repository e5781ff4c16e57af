"""Which cases a page shows in full, so that it can still be opened and read."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, NamedTuple

from checker.reports.content import CaseReport
from checker.reports.overview.lamps import Lamp, lamp_of_case

MOST_CASES: Final = 400
MOST_FINDINGS: Final = 4000
"""Cases and findings that one page shows in full; whichever is reached first ends it."""


class Lit(NamedTuple):
    """A case with its lamp."""

    lamp: Lamp
    report: CaseReport


class Choice(NamedTuple):
    """Every case of a run once: shown in full, named but left out of the page, or without anything to show."""

    full: tuple[Lit, ...]
    left_out: tuple[Lit, ...]
    quiet: tuple[CaseReport, ...]

    def count(self, lamp: Lamp) -> int:
        """How many cases have this lamp."""
        quiet = len(self.quiet) if lamp is Lamp.GREEN else 0
        return quiet + sum(one.lamp is lamp for one in (*self.full, *self.left_out))


def chosen(reports: Sequence[CaseReport], as_of: dt.date) -> Choice:
    """By lamp, then in the order of the input; one case at least is shown whatever its size."""
    order = list(Lamp)
    lit = [Lit(lamp_of_case(report, as_of), report) for report in reports if _has_something(report)]
    lit.sort(key=lambda one: order.index(one.lamp))
    taken = findings = 0
    for one in lit[:MOST_CASES]:
        findings += len(one.report.shown)
        if taken and findings > MOST_FINDINGS:
            break
        taken += 1
    quiet = tuple(report for report in reports if not _has_something(report))
    return Choice(tuple(lit[:taken]), tuple(lit[taken:]), quiet)


def _has_something(report: CaseReport) -> bool:
    return bool(report.shown) or report.failure is not None
