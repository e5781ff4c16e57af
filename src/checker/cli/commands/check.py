"""``checker check``: cases against rules."""

import datetime as dt
from typing import TYPE_CHECKING, Any, TextIO

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.layouts import read_options
from checker.cli.options import as_of_option, calendar_option, colour_option, layout_options, rules_options
from checker.reports.formats import format_names

if TYPE_CHECKING:
    from checker.api import Run
    from checker.reports.content import Totals, Writer


@click.command(cls=Command, help="检查案件记录。\n\nCASES 是文件、文件夹，或者表示标准输入的「-」。")
@click.argument("cases", nargs=-1, required=True, type=Filled(), metavar="CASES…")
@rules_options
@as_of_option
@click.option(
    "--only",
    default="violations",
    type=OneOf("violations", "all"),
    help="列出哪些：violations（默认，不符合规范的）、all（全部规范实例）",
)
@click.option(
    "--format",
    "form",
    default="text",
    type=OneOf(*format_names()),
    help="格式：text（默认，给人读的报告）、jsonl（每行一个结论）",
)
@click.option("--output", type=Filled(), metavar="FILE", help="结果写入文件，默认写到标准输出")
@click.option(
    "--engine",
    default="auto",
    type=OneOf("auto", "durable", "row"),
    help="引擎：auto（默认，1000 件以内用 durable，更多的用 row）、durable（durable-rules）、row（逐案求值）；结论相同",
)
@calendar_option
@layout_options
@colour_option
def command(cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Compile, read, check, report."""
    from checker import api
    from checker.cli.diagnostics import note, show
    from checker.cli.inputs import refuse_overwriting
    from checker.cli.output import is_coloured, results
    from checker.reports.formats import writer

    others = [path for path in (site, given["calendar"], given["mapping"]) if path is not None]
    refuse_overwriting(given["output"], cases, packs, others)
    options = read_options(given["columns"], given["mapping"])
    rules, warnings = api.compile_rules(packs, site)
    show(warnings)
    as_of = given["as_of"] or dt.date.today()
    calendar = api.calendar_named(given["calendar"])
    only_violations = given["only"] == "violations"
    run = api.check(rules, cases, as_of, calendar, given["engine"], only_violations, options)
    if run.notice is not None:
        note(f"提示：{run.notice.rstrip('。')}；本次改用逐案求值，结论相同。")
    with results(given["output"]) as stream:
        _report(run, writer(given["form"], is_coloured(given["color"], stream)), stream)
    if given["form"] != "text" or given["output"] is not None:
        from checker.reports.sums import one_line

        note(f"截至 {as_of}：{one_line(run.totals)}")
    return _exit_code(run.totals)


def _report(run: "Run", writer: "Writer", stream: TextIO) -> None:
    from checker.cli.diagnostics import note, show
    from checker.cli.output import print_lines
    from checker.cli.progress import shown
    from checker.cli.streams import writing
    from checker.reports.content import CaseReport

    print_lines(stream, writer.begin(run.head))
    for item in shown(run, run.head.cases, stream):
        if isinstance(item, CaseReport):
            show(item.case.remarks)
            print_lines(stream, writer.case(item))
            if item.failure is not None:
                note(f"故障：案件「{item.case.id}」{item.failure}")
        else:
            show(item.diagnostics)
    print_lines(stream, writer.end(run.totals))
    with writing():
        stream.flush()


def _exit_code(totals: "Totals") -> int:
    from checker.cli.diagnostics import note

    if totals.failed:
        return Exit.FAULT
    if not totals.read and not totals.left_out:
        note("错误：没有读到任何案件。")
        return Exit.WRONG
    if totals.left_out:
        return Exit.WRONG
    return Exit.FOUND if totals.violations else Exit.OK
