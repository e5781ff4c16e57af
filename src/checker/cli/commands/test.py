"""``checker test``: fixtures."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled
from checker.cli.day import Day
from checker.cli.exits import Exit
from checker.cli.options import calendar_option, colour_option, rules_options
from checker.cli.share import Percent

if TYPE_CHECKING:
    from checker.cli.fixture_batches import Ran
    from checker.counts import ArchiveOutcome
    from checker.fixture_runs import FixtureOutcome


@click.command(
    cls=Command,
    help="运行用例，核对期望的结论。\n\nPATHS 是用例的文件或文件夹；"
    "规则的文件夹（如 rules）表示其中各规则包自己的用例；"
    "不写时运行全部随附规则包的用例（fixtures/ 下与规则包同名的文件夹）和整案用例（fixtures/ 下其余的文件夹）。",
)
@click.argument("paths", nargs=-1, metavar="[PATHS…]", type=Filled())
@rules_options
@click.option("-k", "text", default="", metavar="TEXT", help="只运行案件编号里有这些字的用例")
@click.option(
    "--norm", "norms", multiple=True, type=Filled(), metavar="ID", help="只运行期望写到这条规范的用例；可以写几个"
)
@click.option("--allow-uncovered", is_flag=True, help="有规范或者指标没有用例时也算通过")
@click.option("--show", "is_shown", is_flag=True, help="列出每个用例的全部结论及其推导，不论是否通过")
@click.option("--coverage", "is_measured", is_flag=True, help="列出每条规范的覆盖：用例试过的比例，还有什么没有试过")
@click.option("--coverage-html", "html", type=Filled(), metavar="FILE", help="覆盖写成一页 HTML")
@click.option("--coverage-json", "json", type=Filled(), metavar="FILE", help="覆盖写成 JSON")
@click.option(
    "--min-coverage",
    "shares",
    multiple=True,
    type=Percent(),
    metavar="PERCENT",
    help="每条规范至少要试过的百分比，如 90；只管一类要点的，如 edges=100；可以写几个。不足的列出，退出码是 1",
)
@click.option(
    "--to-excel",
    "excel",
    type=Filled(),
    metavar="FILE",
    help="不运行，把一个规则包的用例写成 Excel 工作簿",
)
@click.option("--accept", "is_accepted", is_flag=True, help="把没有通过的 YAML 用例的期望改成实际的结论，先列出再询问")
@click.option("--yes", "is_sure", is_flag=True, help="与 --accept 同用：不询问就改")
@click.option("--today", type=Day(), metavar="DATE", help="按哪一日判断待办是否到期，默认今日")
@calendar_option
@colour_option
def command(paths: tuple[str, ...], packs: tuple[str, ...], site: str | None, color: str, **given: Any) -> int:  # noqa: ANN401
    """Plan which paths go with which packs, run, report; compare the packs with their texts and the locked list."""
    from checker import api
    from checker.cli.annotations import annotate
    from checker.cli.archive_report import archive_totals
    from checker.cli.fixture_batches import Request, run_batches
    from checker.cli.fixture_failures import failures
    from checker.cli.fixture_report import total_lines
    from checker.cli.locked import tell_of_lock
    from checker.cli.output import is_coloured, print_lines
    from checker.cli.streams import standard_output

    if given["is_accepted"]:
        _refuse_accepting(paths, given["is_sure"])
    stdout = standard_output()
    request = Request(
        batches=api.plan_fixtures(paths, packs),
        site=site,
        calendar=api.calendar_named(given["calendar"]),
        choice=api.Choice(given["text"], frozenset(given["norms"])),
        today=given["today"] or dt.date.today(),
        is_shown=given["is_shown"],
        is_coloured=is_coloured(color, stdout),
        is_measured=bool(given["is_measured"] or given["html"] or given["json"] or given["shares"]),
    )
    if given["excel"] is not None:
        from checker.cli.fixture_excel import write_excel

        return write_excel(request, given["excel"])
    ran = run_batches(request, stdout)
    for run, _ in ran.runs:
        annotate(failures(run if not given["allow_uncovered"] else run._replace(uncovered=(), unexpected=())))
    print_lines(stdout, total_lines([run for run, _ in ran.runs], ran.stale, _is_whole(ran)))
    print_lines(stdout, archive_totals([run for run, _ in ran.runs]))
    if given["is_accepted"]:
        from checker.cli.fixture_accepting import accept

        runs = [run for run, _ in ran.runs]
        return accept(runs, stdout, is_sure=given["is_sure"], is_coloured=request.is_coloured)
    is_broken = tell_of_lock(paths, packs, stdout)
    is_short = _measured(ran, request, given) if request.is_measured else False
    return _exit_code(ran, allow_uncovered=given["allow_uncovered"], is_short=is_short or is_broken)


def _is_whole(ran: "Ran") -> bool:
    """Whether all fixtures of every norm ran; fixtures that belong to no one pack ask for nothing more."""
    held = {norm.id for run, whole in ran.runs if whole for norm in run.rules.norms}
    return all(norm.id in held for run, _ in ran.runs for norm in run.rules.norms)


def _refuse_accepting(paths: tuple[str, ...], is_sure: bool) -> None:
    """What is found becomes what is expected only where somebody looks on."""
    from checker.cli.fixture_accepting import is_interactive

    if not paths:
        raise click.UsageError("「--accept」要写明改哪些用例的文件或文件夹")
    if not is_sure and not is_interactive():
        raise click.UsageError("「--accept」要在终端上看过改动再改；不在终端上又确要改的，写「--yes」")


def _measured(ran: "Ran", request: Any, given: dict[str, Any]) -> bool:  # noqa: ANN401
    """Say what the fixtures try, in all the ways asked for; whether a norm falls short of a threshold."""
    from checker.cli import coverage_report as report
    from checker.cli.annotations import annotate
    from checker.cli.output import print_lines, results
    from checker.cli.streams import standard_output
    from checker.drafting.coverage.results import collected, shortfalls

    found = collected(ran.watchers, request.choice.norms or None)
    stdout = standard_output()
    print_lines(stdout, report.coverage_lines(found, request.is_coloured) if given["is_measured"] else ())
    for path, text in ((given["html"], report.coverage_html), (given["json"], report.coverage_json)):
        if path is not None:
            with results(path) as stream:
                stream.write(text(found))
    short = shortfalls(found, given["shares"])
    print_lines(stdout, report.shortfall_lines(short, request.is_coloured))
    annotate(report.shortfall_diagnostics(short))
    return bool(short)


def _exit_code(ran: "Ran", *, allow_uncovered: bool, is_short: bool) -> int:
    """What could not be run weighs more than what failed; a run that tried nothing is no green run."""
    singles = [outcome for run, _ in ran.runs for outcome in run.outcomes]
    archives = [one for run, _ in ran.runs for one in run.archives]
    outcomes: Sequence[FixtureOutcome | ArchiveOutcome] = [*singles, *archives]
    if not outcomes or any(outcome.bad for outcome in outcomes):
        return Exit.WRONG
    bare = not allow_uncovered and any((run.uncovered or run.unexpected) and whole for run, whole in ran.runs)
    failed = not all(one.is_fine for one in singles) or not all(one.passed for one in archives)
    return Exit.FOUND if bare or failed or ran.stale or is_short else Exit.OK
