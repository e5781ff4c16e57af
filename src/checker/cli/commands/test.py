"""``checker test``: fixtures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled
from checker.cli.exits import Exit
from checker.cli.options import calendar_option, colour_option, rules_options

if TYPE_CHECKING:
    from checker.api import FixtureOutcome, FixtureRun
    from checker.counts import ArchiveOutcome


@click.command(
    cls=Command,
    help="运行用例，核对期望的结论。\n\nPATHS 是用例的文件或文件夹；"
    "规则的文件夹（如 rules）表示其中各规则包自己的用例；"
    "不写时运行全部随附规则包的用例（fixtures/ 下与规则包同名的文件夹）和整案用例（fixtures/ 下其余的文件夹）。",
)
@click.argument("paths", nargs=-1, metavar="[PATHS…]", type=Filled())
@rules_options
@click.option("--allow-uncovered", is_flag=True, help="有规范或者指标没有用例时也算通过")
@click.option("--show", "is_shown", is_flag=True, help="列出每个用例的全部结论及其推导，不论是否通过")
@calendar_option
@colour_option
def command(paths: tuple[str, ...], packs: tuple[str, ...], site: str | None, color: str, **given: Any) -> int:  # noqa: ANN401
    """Plan which paths go with which packs, run, report; compare the packs with their texts."""
    from checker import api
    from checker.cli.annotations import annotate
    from checker.cli.archive_report import archive_lines, archive_totals
    from checker.cli.diagnostics import show
    from checker.cli.fixture_failures import failures
    from checker.cli.fixture_report import run_lines, shown_lines, total_lines
    from checker.cli.output import is_coloured, print_lines
    from checker.cli.streams import standard_output

    stdout = standard_output()
    table = api.calendar_named(given["calendar"])
    coloured = is_coloured(color, stdout)
    runs, stale = [], 0
    for batch in api.plan_fixtures(paths, packs):
        rules, warnings = api.compile_rules(batch.packs, site, batch.named)
        show(warnings)
        run = api.run_fixtures(rules, batch.paths, table, given["is_shown"])
        run = run if batch.is_whole else run._replace(uncovered=(), unexpected=())
        for outcome in run.outcomes:
            show(outcome.bad.diagnostics if outcome.bad is not None else ())
            show(outcome.fixture.case.remarks if outcome.fixture is not None else ())
        for archive in run.archives:
            show(problem for bad in archive.bad for problem in bad.diagnostics)
        stale += sum(warning.code == "stale-quote" for warning in warnings)
        if batch.is_whole:
            problems = api.articles(rules).problems
            show(problems)
            stale += len(problems)
        print_lines(stdout, shown_lines(run, coloured) if given["is_shown"] else ())
        print_lines(stdout, run_lines(run, coloured))
        print_lines(stdout, archive_lines(run, coloured))
        annotate(failures(run if not given["allow_uncovered"] else run._replace(uncovered=(), unexpected=())))
        runs.append((run, batch.is_whole and not given["allow_uncovered"]))
    print_lines(stdout, total_lines([run for run, _ in runs], stale))
    print_lines(stdout, archive_totals([run for run, _ in runs]))
    return _exit_code(runs, stale)


def _exit_code(runs: "Sequence[tuple[FixtureRun, bool]]", stale: int) -> int:
    """``runs`` with whether everything in the packs must have a fixture."""
    singles = [outcome for run, _ in runs for outcome in run.outcomes]
    outcomes: list[FixtureOutcome | ArchiveOutcome] = [*singles, *(one for run, _ in runs for one in run.archives)]
    if any(outcome.bad for outcome in outcomes):
        return Exit.WRONG
    bare = any((run.uncovered or run.unexpected) and must for run, must in runs)
    return Exit.FOUND if bare or stale or not all(outcome.passed for outcome in outcomes) else Exit.OK
