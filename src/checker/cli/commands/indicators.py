"""``checker indicators``: numbers over many cases."""

import datetime as dt
from typing import TYPE_CHECKING, Any, TextIO

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.layouts import read_options
from checker.cli.options import as_of_option, calendar_option, colour_option, layout_options, rules_options

if TYPE_CHECKING:
    from checker.counts import IndicatorRun
    from checker.reports.content import Sheet


@click.command(
    cls=Command,
    help="按指标统计许多案件。\n\nCASES 是文件、文件夹，或者表示标准输入的「-」。"
    "指标只反映工作量和记录的情况，不评价人，也没有违反不违反。",
)
@click.argument("cases", nargs=-1, required=True, type=Filled(), metavar="CASES…")
@rules_options
@as_of_option
@click.option(
    "--format",
    "form",
    default="text",
    type=OneOf("text", "jsonl"),
    help="格式：text（默认，给人读的报告）、jsonl（每行一个指标）",
)
@click.option("--output", type=Filled(), metavar="FILE", help="结果写入文件，默认写到标准输出")
@calendar_option
@layout_options
@colour_option
def command(cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Compile, read, count, report."""
    from checker import counts
    from checker.api import calendar_named, compile_rules
    from checker.cli.diagnostics import note, show
    from checker.cli.inputs import refuse_overwriting
    from checker.cli.output import is_coloured, print_lines, results
    from checker.cli.streams import writing
    from checker.reports.indicator_jsonl import sheet_jsonl
    from checker.reports.indicator_text import sheet_lines

    others = [path for path in (site, given["calendar"], given["mapping"]) if path is not None]
    refuse_overwriting(given["output"], cases, packs, others)
    options = read_options(given["columns"], given["mapping"])
    rules, warnings = compile_rules(packs, site)
    show(warnings)
    as_of = given["as_of"] or dt.date.today()
    run = counts.count(rules, cases, as_of, calendar_named(given["calendar"]), options)
    with results(given["output"]) as stream:
        _read(run, stream)
        sheet = run.sheet
        is_text = given["form"] == "text"
        coloured = is_text and is_coloured(given["color"], stream)
        print_lines(stream, sheet_lines(sheet, coloured) if is_text else sheet_jsonl(sheet))
        with writing():
            stream.flush()
    if not is_text or given["output"] is not None:
        note(f"截至 {as_of}：读入 {sheet.read}件，未读入 {sheet.left_out}处；指标 {len(sheet.figures)}项。")
    return _exit_code(sheet)


def _read(run: "IndicatorRun", stream: TextIO) -> None:
    """Count every case; what could not be read or counted is told on standard error."""
    from checker.cases.problems import BadCase
    from checker.cli.diagnostics import note, show
    from checker.cli.progress import shown
    from checker.counts import Uncounted

    for item in shown(run, None, stream):
        if isinstance(item, BadCase):
            show(item.diagnostics)
        elif isinstance(item, Uncounted):
            note(f"故障：案件「{item.case.id}」{item.message}")
        else:
            show(item.remarks)


def _exit_code(sheet: "Sheet") -> int:
    from checker.cli.diagnostics import note

    if sheet.failed:
        return Exit.FAULT
    if not sheet.read and not sheet.left_out:
        note("错误：没有读到任何案件。")
        return Exit.WRONG
    return Exit.WRONG if sheet.left_out else Exit.OK
