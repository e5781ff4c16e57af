"""``checker test``: fixtures."""

import click

from checker.cli.chinese import Command, Filled
from checker.cli.exits import Exit
from checker.cli.options import calendar_option, colour_option, rules_options


@click.command(
    cls=Command,
    help="运行用例，核对期望的结论。\n\nPATHS 是用例的文件或文件夹；"
    "不写时运行各规则包自己的用例（fixtures/ 下与规则包同名的文件夹）。",
)
@click.argument("paths", nargs=-1, metavar="[PATHS…]", type=Filled())
@rules_options
@click.option("--allow-uncovered", is_flag=True, help="有规范没有用例时也算通过")
@calendar_option
@colour_option
def command(
    paths: tuple[str, ...], packs: tuple[str, ...], site: str | None, allow_uncovered: bool, calendar: str, color: str
) -> int:
    """Plan which paths go with which packs, run, report."""
    from checker import api
    from checker.cli.diagnostics import show
    from checker.cli.fixture_report import run_lines, total_lines
    from checker.cli.output import is_coloured, print_lines
    from checker.cli.streams import standard_output

    stdout = standard_output()
    table = api.calendar_named(calendar)
    coloured = is_coloured(color, stdout)
    runs = []
    for batch in api.plan_fixtures(paths, packs):
        rules, warnings = api.compile_rules(batch.packs, site)
        show(warnings)
        run = api.run_fixtures(rules, batch.paths, table)
        for outcome in run.outcomes:
            show(outcome.bad.diagnostics if outcome.bad is not None else ())
            show(outcome.fixture.case.remarks if outcome.fixture is not None else ())
        print_lines(stdout, run_lines(run, coloured, batch.is_whole))
        runs.append((run, batch.is_whole and not allow_uncovered))
    print_lines(stdout, total_lines([run for run, _ in runs]))
    if any(outcome.bad is not None for run, _ in runs for outcome in run.outcomes):
        return Exit.WRONG
    failed = any(not outcome.passed for run, _ in runs for outcome in run.outcomes)
    bare = any(run.uncovered and must for run, must in runs)
    return Exit.FOUND if failed or bare else Exit.OK
