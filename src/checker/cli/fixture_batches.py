"""``checker test``, one rule set after the other: compile, run, print what failed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TextIO

from checker import api
from checker.api import Choice, FixtureBatch, FixtureRun
from checker.calendars.calendar import Calendar
from checker.cli.archive_report import archive_lines
from checker.cli.diagnostics import note, show
from checker.cli.fixture_report import run_lines, shown_lines
from checker.cli.output import print_lines
from checker.drafting.coverage.watching import Watcher
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.norm import RuleSet


class Request(NamedTuple):
    """What is asked for."""

    batches: tuple[FixtureBatch, ...]
    site: str | None
    calendar: Calendar
    choice: Choice
    today: dt.date
    is_shown: bool
    is_coloured: bool
    is_measured: bool


class Ran(NamedTuple):
    """Each run, with whether all its norms should have fixtures; what watched; how many places are stale."""

    runs: Sequence[tuple[FixtureRun, bool]]
    watchers: Sequence[Watcher]
    stale: int


def run_batches(request: Request, stdout: TextIO) -> Ran:
    """Run each batch and print its failures. DataError where a norm that was asked for is in none of the packs."""
    runs: list[tuple[FixtureRun, bool]] = []
    watchers: list[Watcher] = []
    stale = 0
    compiled = [_compiled(batch, request.site) for batch in request.batches]
    _refuse_unknown(request.choice, [rules for rules, _ in compiled])
    for batch, (rules, warnings) in zip(request.batches, compiled, strict=True):
        watcher = Watcher(rules, request.calendar) if request.is_measured else None
        run = api.run_fixtures(
            rules, batch.paths, request.calendar, request.is_shown,
            choice=request.choice, today=request.today, watcher=watcher,
        )  # fmt: skip
        whole = batch.is_whole and request.choice.is_all
        run = run if whole else run._replace(uncovered=(), unexpected=())
        _tell(run)
        stale += sum(warning.code == "stale-quote" for warning in warnings)
        stale += _texts(rules) if whole else 0
        print_lines(stdout, shown_lines(run, request.is_coloured) if request.is_shown else ())
        print_lines(stdout, run_lines(run, request.is_coloured))
        print_lines(stdout, archive_lines(run, request.is_coloured))
        runs.append((run, whole))
        watchers += [watcher] if watcher is not None else []
    if not any(run.outcomes or run.archives for run, _ in runs):
        _tell_nothing(request.choice, sum(run.left_out for run, _ in runs))
    return Ran(runs, watchers, stale)


def _compiled(batch: FixtureBatch, site: str | None) -> tuple[RuleSet, tuple[Diagnostic, ...]]:
    rules, warnings = api.compile_rules(batch.packs, site, batch.named)
    show(warnings)
    return rules, warnings


def _refuse_unknown(choice: Choice, packs: Iterable[RuleSet]) -> None:
    known = list(dict.fromkeys(norm.id for rules in packs for norm in rules.norms))
    for norm in sorted(choice.norms.difference(known)):
        message = f"受测的规则包里没有规范「{norm}」"
        raise DataError((Diagnostic(code="unknown-norm", message=message, help=api.nearest(norm, known)),))


def _tell(run: FixtureRun) -> None:
    """What could not be read, the remarks of what could, and the files passed over."""
    for outcome in run.outcomes:
        show(outcome.bad.diagnostics if outcome.bad is not None else ())
        show(outcome.fixture.case.remarks if outcome.fixture is not None else ())
    for archive in run.archives:
        show(problem for bad in archive.bad for problem in bad.diagnostics)
    if run.skipped:
        note(f"跳过 {len(run.skipped)}个不是用例格式的文件：{'、'.join(run.skipped)}")


def _texts(rules: RuleSet) -> int:
    problems = api.articles(rules).problems
    show(problems)
    return len(problems)


def _tell_nothing(choice: Choice, left_out: int) -> None:
    if choice.is_all:
        note("错误：没有运行任何用例。")
    else:
        note(f"错误：没有选中任何用例，{left_out}个都不符合「-k」「--norm」所选。")
