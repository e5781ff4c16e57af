"""``checker check``: cases against rules."""

import datetime as dt
from typing import TYPE_CHECKING, Any, cast

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.following import begin_following, follow_options
from checker.cli.layouts import read_options
from checker.cli.options import (
    archive_options,
    as_of_option,
    calendar_option,
    colour_option,
    layout_options,
    only_option,
    rules_options,
    sums_options,
)
from checker.cli.request import PARQUET, Request
from checker.reports.documents import document_names
from checker.reports.formats import format_names

if TYPE_CHECKING:
    from checker.calendars.calendar import Calendar
    from checker.host.single import EngineName
    from checker.reports.content import Totals

PROFILES = ("内部全量", "单位通报", "对外")
"""The words of ``--redact``; importing where they mean something would slow every help page down."""


@click.command(cls=Command, help="检查案件记录。\n\nCASES 是文件、文件夹，或者表示标准输入的「-」。")
@click.argument("cases", nargs=-1, required=True, type=Filled(), metavar="CASES…")
@rules_options
@as_of_option
@only_option
@click.option(
    "--format",
    "form",
    default="text",
    type=OneOf(*format_names(), PARQUET, *document_names()),
    help="格式：text（默认，给人读的报告）、jsonl（每行一个结论）、parquet（一列一项，不带说明）；"
    f"查完才写的整份报告：{'、'.join(document_names())}",
)
@click.option("--brief", is_flag=True, help="不写结论的说明，只写结论本身")
@click.option("--output", type=Filled(), metavar="FILE", help="结果写入文件，默认写到标准输出")
@click.option("--letter", type=Filled(), metavar="NAME|FILE", help="docx 写哪一种文书，或者用哪一个模板文件")
@click.option(
    "--redact",
    default=PROFILES[0],
    type=OneOf(*PROFILES),
    help="报告给谁看：内部全量（默认）、单位通报（人员和自由文字写成代号）、对外（另不写文件的路径）",
)
@sums_options
@follow_options
@click.option(
    "--engine",
    default="auto",
    type=OneOf("auto", "durable", "row", "archive"),
    help="引擎：auto（默认，1000 件以内用 durable，更多的用 archive）、durable（durable-rules）、"
    "row（逐案求值）、archive（批量求值）；结论相同",
)
@archive_options
@calendar_option
@layout_options
@colour_option
def command(cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Compile, read, check, report."""
    from checker import api
    from checker.cli.diagnostics import note, show
    from checker.reports.redaction import Profile
    from checker.reports.showing import Listing

    _refuse(cases, packs, site, given)
    following = begin_following(cases, packs, site, given)
    options = read_options(given["columns"], given["mapping"])
    rules, warnings = api.compile_rules(packs, site)
    show(warnings)
    as_of = given["as_of"] or dt.date.today()
    calendar = api.calendar_named(given["calendar"])
    brief = given["brief"] or given["form"] == PARQUET
    whole = given["form"] in document_names()
    listing = Listing(rules, calendar, as_of, given["only"] == "violations", brief, whole, Profile(given["redact"]))
    if options.zone is not None:
        note(f"提示：带有时差的时刻一律按时区「{options.zone}」换算成当地的日期。")
    _tell_of_future(as_of)
    _tell_of_calendar(calendar, as_of.year)
    request = Request(
        listing,
        cases,
        options,
        given["form"],
        None if given["output"] == "-" else given["output"],
        given["color"],
        given["jobs"],
        given["restart"],
        given["as_of"] is not None,
    )
    totals = _checked(request, given["engine"]) if not whole else _documented(request, given)
    _sum_up(request, totals, given)
    if following is not None:
        following.finish(request, totals)
    return _exit_code(totals)


def _tell_of_future(as_of: dt.date) -> None:
    """A day that has not come: what will be recorded until then cannot be seen yet."""
    from checker.cli.diagnostics import note

    if as_of > dt.date.today():
        note(f"提示：截至日期 {as_of} 在今天之后；其间可能有的记录还看不见，按没有推算。")


def _tell_of_calendar(calendar: "Calendar", year: int) -> None:
    """Where the table ends too early due dates may move: each finding says so, and here it is said once."""
    from checker.cli.diagnostics import note

    if not calendar.knows(year):
        note(
            f"提示：工作日表「{calendar.name}」没有 {year} 年；要用到它的期限按周末推算，标明暂定，"
            "因此定不下来的列为资料不足。补上这一年的工作日表再检查一次。"
        )


def _refuse(cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, given: dict[str, Any]) -> None:
    """UsageError for what cannot be written where it is asked for, before any work."""
    from checker.cli.inputs import refuse_overwriting

    others = [path for path in (site, given["calendar"], given["mapping"]) if path is not None]
    refuse_overwriting(given["output"], cases, packs, others)
    refuse_overwriting(given["summary"], cases, packs, others, "--summary")
    if given["form"] == PARQUET and given["engine"] not in ("auto", "archive"):
        raise click.UsageError("「--format parquet」由批量求值写出，「--engine」用 auto 或者 archive")
    if given["form"] in document_names() and given["engine"] == "archive":
        raise click.UsageError(f"「--format {given['form']}」由逐案求值写出，「--engine」用 auto、durable 或者 row")
    if given["form"] == PARQUET and given["redact"] != PROFILES[0]:
        raise click.UsageError("「--format parquet」写的是原样的结论，「--redact」用别的格式")
    if given["letter"] is not None and given["form"] != "docx":
        raise click.UsageError("「--letter」只用于「--format docx」")


def _checked(request: Request, engine: str) -> "Totals":
    """Choose the engine, and check with it."""
    from checker.cli.archive_check import check_archive
    from checker.cli.diagnostics import note
    from checker.cli.single_check import check_single
    from checker.host.choice import is_large, lacking
    from checker.host.single import Run

    lacks = lacking()
    if engine == "archive" or request.form == PARQUET:
        _require_archive(lacks)
        return check_archive(request)
    if engine == "auto" and lacks is None and is_large(request.cases):
        return check_archive(request)
    run = Run(request.listing, request.cases, cast("EngineName", engine), request.options)
    if engine == "auto" and not run.is_few:
        if lacks is None:
            return check_archive(request, run if "-" in request.cases else None)
        note(f"提示：{lacks}；本次改用逐案求值，结论相同。")
    return check_single(request, run)


def _documented(request: Request, given: dict[str, Any]) -> "Totals":
    """Check case by case, and write what needs the whole run."""
    from checker.cli.document_check import check_document
    from checker.host.single import Run
    from checker.reports.documents import Wish

    run = Run(request.listing, request.cases, cast("EngineName", given["engine"]), request.options)
    return check_document(request, run, Wish(given["letter"]))


def _require_archive(lacks: str | None) -> None:
    from checker.model.diagnostic import Diagnostic, EngineFault

    if lacks is not None:
        raise EngineFault((Diagnostic(code="engine-unavailable", message=f"{lacks}。"),))


def _sum_up(request: Request, totals: "Totals", given: dict[str, Any]) -> None:
    """What stands beside the results: sums on standard error, counts in a file."""
    from checker.cli.diagnostics import note

    head = request.listing.head(totals.read)
    if given["by_norm"]:
        from checker.reports.summary import norm_lines

        for line in norm_lines(head, totals):
            note(line)
    if given["summary"] is not None:
        import json

        from checker import __version__
        from checker.cli.output import print_lines, results
        from checker.host.identity import rules_digest
        from checker.reports.summary import summary

        found = summary(head, totals, rules_digest(request.listing.rules), __version__)
        with results(given["summary"]) as stream:
            print_lines(stream, [json.dumps(found, ensure_ascii=False, indent=1)])
    if request.form != "text" or request.output is not None:
        from checker.reports.sums import one_line

        note(f"截至 {head.as_of}：{one_line(totals)}")


def _exit_code(totals: "Totals") -> int:
    from checker.cli.diagnostics import note

    if totals.failed or totals.uncounted:
        return Exit.FAULT
    if not totals.read and not totals.left_out:
        note("错误：没有读到任何案件。")
        return Exit.WRONG
    if totals.left_out:
        return Exit.WRONG
    return Exit.FOUND if totals.violations else Exit.OK
