"""``checker stats``: the whole of many cases."""

import datetime as dt
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.layouts import read_options
from checker.cli.number import Percentage, Positive
from checker.cli.options import as_of_option, calendar_option, colour_option, layout_options, rules_options
from checker.reports.stats import format_names

if TYPE_CHECKING:
    from checker.host.census import Asking, Census
    from checker.model.norm import RuleSet
    from checker.model.statistics import Statistics

DEFAULT = "承办单位,类型,环节,来源,规范,年度,季度"
"""The tables, unless told otherwise."""


@click.command(
    cls=Command,
    help="看许多案件的全局：按承办单位、类型、环节、来源、时间分组，按期率、共性问题、同比和指标。\n\n"
    "CASES 是文件、文件夹，或者表示标准输入的「-」。只列单位，不列个人；不打分，不排名。",
)
@click.argument("cases", nargs=-1, required=True, type=Filled(), metavar="CASES…")
@rules_options
@as_of_option
@click.option(
    "--by",
    default=None,
    metavar="DIM,…",
    help="分组：承办单位、类型、环节、来源、规范、规则包、性质、情节、年度、半年、季度、月份，或者词汇里的枚举、机关、是否"
    "三类属性；交叉分组用「×」，如 承办单位×季度。默认 " + DEFAULT,
)
@click.option("--source", metavar="NAME", help="写明案件来源的属性；默认找「监督来源」「来源」")
@click.option("--period", metavar="PERIOD", help="本期，与上年同期比：2025、2025H1、2025Q3、2025-11；默认截至日那一年")
@click.option(
    "--dated-by",
    default="due",
    type=OneOf("due", "anchor"),
    help="归入哪一期：due（默认，按届满日，没有的按触发日）、anchor（按触发日）",
)
@click.option("--common-cases", default=5, type=Positive(), metavar="N", help="共性问题：不符合的案件至少几件，默认 5")
@click.option(
    "--common-share",
    default=10,
    type=Percentage(),
    metavar="PERCENT",
    help="共性问题：占比的下限至少百分之几，默认 10",
)
@click.option("--common-units", default=2, type=Positive(), metavar="N", help="共性问题：至少涉及几个单位，默认 2")
@click.option(
    "--format",
    "form",
    default="text",
    type=OneOf(*format_names()),
    help="格式：text（默认，给人读的报告）、html（带图的网页）、xlsx（Excel）、markdown、jsonl（每行一组数）",
)
@click.option("--output", type=Filled(), metavar="FILE", help="结果写入文件，默认写到标准输出；xlsx 须写明")
@click.option(
    "--engine",
    default="auto",
    type=OneOf("auto", "row", "archive"),
    help="引擎：auto（默认，文件合计超过 2 MB 的用 archive）、row（逐案求值）、archive（批量求值）；结果相同",
)
@click.option("--jobs", type=Positive(), metavar="N", help="批量求值用几个进程，默认与可用的处理器核数相同")
@calendar_option
@layout_options
@colour_option
def command(cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Compile, read, count, report."""
    from checker import api
    from checker.cli.diagnostics import note, show
    from checker.cli.inputs import refuse_overwriting

    others = [path for path in (site, given["calendar"], given["mapping"]) if path is not None]
    refuse_overwriting(given["output"], cases, packs, others)
    if given["form"] == "xlsx" and given["output"] in (None, "-"):
        raise click.UsageError("「--format xlsx」的结果不是文字，须用「--output FILE」写入文件")
    options = read_options(given["columns"], given["mapping"])
    rules, warnings = api.compile_rules(packs, site)
    show(warnings)
    asking = _asking(rules, cases, given)._replace(options=options)
    census = _census(asking, given["engine"], given["jobs"])
    _read(census, cases)
    told = census.result()
    _write(told, rules, given)
    if given["form"] != "text" or given["output"] is not None:
        triggered = told.whole.whole.cases.triggered
        note(f"截至 {told.as_of}：读入 {told.read}件，未读入 {told.left_out}处；触发规范的 {triggered}件。")
    return _exit_code(told)


def _asking(rules: "RuleSet", cases: tuple[str, ...], given: dict[str, Any]) -> "Asking":
    from checker.api import calendar_named
    from checker.engines.census.asked import Asked, windows
    from checker.engines.census.dimensions import crossed, source_attributes
    from checker.engines.census.telling import Basis
    from checker.host.census import Asking
    from checker.model.statistics import Thresholds

    as_of = given["as_of"] or dt.date.today()
    sources = source_attributes(rules, given["source"])
    by = _split(DEFAULT if given["by"] is None else given["by"])
    if given["by"] is None and not sources:
        by.remove("来源")
    wanted = dict.fromkeys(crossed(one.split("×"), rules, sources) for one in by)
    now, before = windows(as_of, given["period"])
    asked = Asked(tuple(wanted), as_of, now, before, given["dated_by"] == "due")
    at = Thresholds(cases=given["common_cases"], share=given["common_share"] / 100, units=given["common_units"])
    calendar = calendar_named(given["calendar"])
    return Asking(Basis(rules, calendar.name, asked, sources, at), calendar, cases)


def _split(by: str) -> list[str]:
    """``承办单位×季度,来源`` with either comma, either cross, and blanks round them."""
    crossed = by.replace("，", ",").replace("、", ",").replace("*", "×")
    return ["×".join(name.strip() for name in one.split("×")) for one in crossed.split(",") if one.strip()]


def _census(asking: "Asking", engine: str, jobs: int | None) -> "Census":
    from checker.host.census import MANY, ArchiveCensus, RowCensus
    from checker.host.choice import lacking, sizes
    from checker.host.pool import cores
    from checker.model.diagnostic import Diagnostic, EngineFault

    lacks = lacking()
    if engine == "archive" and lacks is not None:
        raise EngineFault((Diagnostic(code="engine-unavailable", message=f"{lacks}。"),))
    is_large = engine == "auto" and lacks is None and sum(sizes(asking.paths)) > MANY
    return ArchiveCensus(asking, jobs or cores()) if engine == "archive" or is_large else RowCensus(asking)


def _read(census: "Census", cases: tuple[str, ...]) -> None:
    """Count every case; what is to be told goes to standard error."""
    from checker.cli.archive_progress import followed
    from checker.cli.diagnostics import note, show

    for told in followed(census, cases, None, "统计"):
        for notice in told.notices:
            if isinstance(notice, str):
                note(notice)
            else:
                show((notice,))


def _write(told: "Statistics", rules: "RuleSet", given: dict[str, Any]) -> None:
    from checker.cli.output import is_coloured, replacing, results
    from checker.cli.streams import writing
    from checker.reports.stat_words import Survey
    from checker.reports.stats import written

    survey, output = Survey(told, rules), given["output"]
    if given["form"] == "xlsx":
        with replacing(output) as beside, writing(f"文件「{output}」"):
            beside.write_bytes(bytes(written("xlsx", survey)))  # type: ignore[arg-type]
        return
    with results(output) as stream, writing():
        stream.write(str(written(given["form"], survey, is_coloured(given["color"], stream))))


def _exit_code(told: "Statistics") -> int:
    from checker.cli.diagnostics import note

    if told.failed or told.uncounted:
        return Exit.FAULT
    if not told.read and not told.left_out:
        note("错误：没有读到任何案件。")
        return Exit.WRONG
    return Exit.WRONG if told.left_out else Exit.OK
