"""``checker cluster``: an archive on a cluster, through Spark."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.options import as_of_option, calendar_option, only_option, rules_options

if TYPE_CHECKING:
    from checker.cluster.frames import Terms
    from checker.cluster.summary import Summary


@click.command(
    cls=Command,
    help="在集群上检查成批的案件记录（Spark）。\n\nCASES 是 Spark 能读的文件或文件夹，可以是 hdfs://、s3a:// 等地址。",
)
@click.argument("cases", nargs=-1, required=True, type=Filled(), metavar="CASES…")
@click.option("--output", required=True, type=Filled(), metavar="FOLDER", help="结果文件夹，须是还没有的")
@rules_options
@as_of_option
@only_option
@click.option(
    "--input",
    "stored",
    default="auto",
    type=OneOf("auto", "parquet", "jsonl"),
    help="输入格式：auto（默认，按文件名后缀）、parquet（一行一案）、jsonl（一行一案的 JSON Lines）",
)
@click.option(
    "--format", "form", default="parquet", type=OneOf("parquet", "jsonl"), help="结论的格式：parquet（默认）、jsonl"
)
@click.option("--ordered", is_flag=True, help="结论按输入的次序排列；须在节点之间搬动结论")
@click.option("--unique", is_flag=True, help="查出重复的案件编号；须在节点之间搬动编号")
@click.option(
    "--master", type=Filled(), metavar="URL", help="Spark 的主节点，如 yarn、local[4]；默认按 Spark 自己的配置"
)
@calendar_option
def command(cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Compile here, check there, count here."""
    from checker import api
    from checker.cli.diagnostics import note, show
    from checker.cluster.frames import Terms

    rules, warnings = api.compile_rules(packs, site)
    show(warnings)
    as_of = given["as_of"] or dt.date.today()
    calendar = api.calendar_named(given["calendar"])
    terms = Terms(rules, as_of, calendar, everything=given["only"] == "all", seen=given["unique"])
    summary = _run(cases, terms, given)
    show(summary.problems)
    if summary.unlisted:
        note(f"另有 {summary.unlisted}处没有列出，见「{given['output']}/problems」。")
    show(summary.duplicates)
    from checker.reports.sums import one_line

    note(f"截至 {as_of}：{one_line(summary.totals)}")
    note(f"结果写入「{given['output']}」。")
    return _exit_code(summary)


def _run(cases: tuple[str, ...], terms: "Terms", given: dict[str, Any]) -> "Summary":
    from checker.cluster.archives import check_paths, look, refuse_output, write
    from checker.cluster.sessions import session, understood
    from checker.cluster.summary import kept, summed

    with session(given["master"]) as spark:
        refuse_output(spark, given["output"], cases)
        named = given["stored"] != "auto"
        formats, skipped = ((given["stored"],), 0) if named else look(spark, cases)
        outcome = check_paths(spark, cases, terms, formats, named)
        with kept(outcome):
            sums = write(outcome, terms, given["output"], given["form"], given["ordered"])
            with understood("结论已经写完，小结没有做成"):
                return summed(outcome, terms, sums, skipped)


def _exit_code(summary: "Summary") -> int:
    from checker.cli.diagnostics import note

    totals = summary.totals
    if totals.failed:
        return Exit.FAULT
    if not totals.read and not totals.left_out:
        note("错误：没有读到任何案件。")
        return Exit.WRONG
    if totals.left_out or summary.duplicates:
        return Exit.WRONG
    return Exit.FOUND if totals.violations else Exit.OK
