"""``checker lint``: how rules are written."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit

if TYPE_CHECKING:
    from checker.language.lints import LintReport
    from checker.model.diagnostic import Diagnostic


@click.command(
    cls=Command,
    help="检查规则怎样写：缺起点、缺主体、数与引文不符、没有用到的词、几乎相同的规范等。\n\n"
    "PATHS 是规则包：.norm 文件、文件夹，或者随附规则包的标识；不写的，检查全部随附的规则包。"
    "一起检查的规则包互相用到的词、规范都算。",
)
@click.argument("paths", nargs=-1, metavar="[PATHS…]", type=Filled())
@click.option("--select", multiple=True, type=Filled(), metavar="CODES", help="只检查这几项，用逗号隔开")
@click.option("--ignore", multiple=True, type=Filled(), metavar="CODES", help="不检查这几项，用逗号隔开")
@click.option("--format", "form", default="text", type=OneOf("text", "jsonl"), help="格式：text（默认）、jsonl")
@click.option("--explain", type=Filled(), metavar="CODE", help="说明这一项检查什么、为什么、怎样判定，附示例")
@click.option("--site", type=Filled(), metavar="FILE", help="本地登记文件（YAML），同 check")
def command(paths: tuple[str, ...], form: str, explain: str | None, site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Compile, run the lints, print what they found."""
    from checker import api
    from checker.cli.annotations import annotate
    from checker.cli.diagnostics import note, show
    from checker.cli.output import print_lines
    from checker.cli.streams import standard_output
    from checker.language.linting.page_text import page_lines
    from checker.language.lints import all_lints
    from checker.model.diagnostic import Level

    stdout = standard_output()
    lints = {one.code: one for one in all_lints()}
    if explain is not None:
        (code,) = _codes((explain,), tuple(lints)) or ("",)
        print_lines(stdout, page_lines(lints[code]))
        return Exit.OK
    chosen = _codes(given["select"], tuple(lints)) or tuple(lints)
    ignored = _codes(given["ignore"], tuple(lints))
    rules, warnings, report = api.lint(paths, site, [code for code in chosen if code not in ignored])
    show(warnings)
    print_lines(stdout, json_lines(report) if form == "jsonl" else text_lines(report))
    annotate(report.hits)
    note(f"共检查 {len(rules.norms)}条规范：{counts(report)}。")
    return Exit.FOUND if any(hit.level is not Level.NOTE for hit in report.hits) else Exit.OK


def _codes(given: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    from checker.language.nearest import did_you_mean

    found = tuple(code.strip() for one in given for code in one.replace("，", ",").split(",") if code.strip())
    for code in found:
        if code not in known:
            help = did_you_mean(code, known) or f"可写的有：{'、'.join(known)}。"
            raise click.UsageError(f"没有「{code}」这一项检查；{help.rstrip('。')}")
    return found


def text_lines(report: "LintReport") -> Iterator[str]:
    """Each hit with its place, the line it points into, and its code."""
    from functools import cache

    from checker.cli.diagnostics import rendered, text_of

    text = cache(text_of)
    for hit in report.hits:
        yield from rendered(hit, text(getattr(hit.at, "file", "")))
        yield f"  检查项：{hit.code}"


def json_lines(report: "LintReport") -> Iterator[str]:
    """One object a hit, the keys in this order."""
    for hit in report.hits:
        yield json.dumps(_row(hit), ensure_ascii=False)


def _row(hit: "Diagnostic") -> dict[str, object]:
    at = hit.at
    place = {key: getattr(at, key, None) for key in ("file", "line", "column", "end_line", "end_column")}
    return {
        "code": hit.code,
        "level": str(hit.level),
        **place,
        "message": hit.message,
        "quote": hit.quote,
        "help": hit.help,
    }


def counts(report: "LintReport") -> str:
    """How many of each level, and how many are allowed in the files."""
    from checker.language.render import LEVELS

    found = "，".join(f"{word} {sum(hit.level is level for hit in report.hits)}处" for level, word in LEVELS.items())
    return f"{found}；另有 {len(report.waived)}处在文件里注明允许"
