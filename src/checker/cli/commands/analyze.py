"""``checker analyze``: a rule set looked through before it is issued."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.number import Positive
from checker.cli.options import calendar_option, colour_option, rules_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checker.drafting.analysis.results import Result


@click.command(
    cls=Command,
    help="印发之前分析一套规则：矛盾、两难、无从适用、无用的例外、重复、空白、期限早于触发、循环不止、效力空档等。\n\n"
    "PACK 是 .norm 文件、文件夹，或者随附规则包的标识，与 --rules 相同；都不写时分析全部随附的规则包。"
    "每一项或者附案件，可以照样重演，或者写明证明的范围，或者写明未能判定。",
)
@click.argument("named", nargs=-1, metavar="[PACK…]", type=Filled())
@rules_options
@click.option("--only", metavar="KIND,…", type=Filled(), help="只作哪几种分析，如 contradiction,gap；默认全作")
@click.option("--strict", is_flag=True, help="提示和未能判定的也算发现，退出码是 1")
@click.option("--waivers", type=Filled(), metavar="FILE", help="复核登记（YAML）：看过而不改的各项，写明理由和复核人")
@click.option("--write", "folder", type=Filled(), metavar="DIR", help="把附的案件逐一写成用例（YAML）")
@click.option("--seconds", type=Positive(), metavar="N", help="证明器的一问至多几秒，默认 10")
@click.option("--events", type=Positive(), metavar="N", help="证明的范围：案件至多几个行为，默认 5")
@click.option("--jobs", type=Positive(), metavar="N", help="用几个进程，默认与可用的处理器核数相同")
@click.option(
    "--format",
    "form",
    default="text",
    type=OneOf("text", "jsonl", "markdown"),
    help="格式：text（默认）、jsonl、markdown",
)
@click.option("--output", type=Filled(), metavar="FILE", help="结果写入文件，默认写到标准输出")
@calendar_option
@colour_option
def command(packs: tuple[str, ...], site: str | None, output: str | None, color: str, **given: Any) -> int:  # noqa: ANN401
    """Compile, analyse, set against the waivers, print, write the cases."""
    from checker import api
    from checker.cli import analysis_report as report
    from checker.cli.annotations import annotate
    from checker.cli.diagnostics import show
    from checker.cli.inputs import refuse_overwriting
    from checker.cli.output import is_coloured, print_lines, results
    from checker.drafting.analysis.running import all_kinds, analyse
    from checker.drafting.analysis.waivers import complaints, read_waivers, reviewed

    chosen = (*given["named"], *packs)
    refuse_overwriting(output, (), chosen, [one for one in (site, given["waivers"]) if one is not None])
    kinds = _kinds(given["only"], tuple(all_kinds()))
    waivers = read_waivers(given["waivers"]) if given["waivers"] else ()
    rules, warnings = api.compile_rules(chosen or api.shipped_packs(), site)
    show(warnings)
    calendar = api.calendar_named(given["calendar"])
    found = analyse(rules, calendar, _bound(given), kinds, given["jobs"] or _cores())
    review = reviewed(found, waivers, kinds)
    show(complaints(review.unmatched))
    with results(output) as stream:
        if given["form"] == "jsonl":
            print_lines(stream, report.json_lines(review, all_kinds()))
        elif given["form"] == "markdown":
            print_lines(stream, report.markdown_lines(review, all_kinds()))
        else:
            print_lines(stream, report.text_lines(review, all_kinds(), is_coloured(color, stream)))
    annotate(report.annotated(review.left, all_kinds()))
    if given["folder"] is not None:
        _write(given["folder"], rules, calendar, review.left)
    if review.unmatched:
        return Exit.WRONG
    return Exit.FOUND if report.grave(review.left, all_kinds(), given["strict"]) else Exit.OK


def _kinds(text: str | None, known: tuple[str, ...]) -> tuple[str, ...]:
    names = tuple(one.strip() for one in (text or "").split(",") if one.strip())
    for name in names:
        if name not in known:
            raise click.UsageError(f"没有「{name}」这种分析；可选：{'、'.join(known)}")
    return names


def _bound(given: "dict[str, Any]"):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from checker.drafting.answers import Bound

    asked = {"events": given["events"], "seconds": given["seconds"]}
    return Bound(**{key: value for key, value in asked.items() if value is not None})


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _write(folder: str, rules: Any, calendar: Any, found: "Sequence[Result]") -> None:  # noqa: ANN401
    from checker.cli.diagnostics import note
    from checker.cli.output import print_lines, results
    from checker.drafting.analysis.fixtures import fixture_files

    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"建不了文件夹「{folder}」：{error.strerror}") from error
    written = 0
    for file in fixture_files(rules, calendar, found):
        with results(str(Path(folder) / file.name)) as stream:
            print_lines(stream, file.text.splitlines())
        written += 1
    note(f"写下用例 {written} 个，在「{folder}」。")
