"""``checker diff``: what a change of the rules comes to."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.layouts import read_options
from checker.cli.number import Positive
from checker.cli.options import as_of_option, calendar_option, colour_option, layout_options, rules_options
from checker.reports.changes import format_names

if TYPE_CHECKING:
    from checker.cases.reading import ReadOptions
    from checker.cli.comparing import Compiled
    from checker.drafting.comparing.expected import Expected
    from checker.host.flipping import Asked
    from checker.model.changes import ChangeReport, Flips, RulesChange
    from checker.model.diagnostic import Diagnostic


@click.command(
    cls=Command,
    help="比较新旧两套规则：哪些规范的含义变了，各举一个案件，给出两边的结论。\n\n"
    "OLD、NEW 是规则的文件或文件夹、随附规则包的标识，或者 git 的版本，如 HEAD~3:rules/duban；"
    "只写版本的，用「--rules」写明路径。",
)
@click.argument("old", type=Filled(), metavar="OLD")
@click.argument("new", type=Filled(), metavar="NEW")
@rules_options
@click.option(
    "--cases",
    multiple=True,
    type=Filled(),
    metavar="CASES",
    help="以往的案件：按两套规则各检查一次，列出翻转的结论；可以写几个",
)
@as_of_option
@click.option("--samples", default=3, type=Positive(), metavar="N", help="每种翻转举几个例子，默认 3")
@click.option("--expected", type=Filled(), metavar="FILE", help="预期的改动（YAML）；不在其中的算没有说明")
@click.option("--accept", is_flag=True, help="把这次的改动写成「--expected」的文件，理由留待填写")
@click.option("--invariants", type=Filled(), metavar="FILE", help="锁定的清单，默认是规则文件夹里的 invariants.yaml")
@click.option("--seconds", default=40, type=Positive(), metavar="N", help="找案件和证明一共用多少秒，默认 40")
@click.option("--no-proof", is_flag=True, help="不求证明，找不到案件的列为未能判定")
@click.option("--no-witness", is_flag=True, help="不找案件，只比较规则")
@click.option(
    "--format",
    "form",
    default="text",
    type=OneOf(*format_names()),
    help="格式：text（默认）、markdown（用于合并请求）、html（单页）、xlsx（Excel，须有 --output）、jsonl",
)
@click.option("--output", type=Filled(), metavar="FILE", help="结果写入文件，默认写到标准输出")
@calendar_option
@layout_options
@colour_option
def command(old: str, new: str, packs: tuple[str, ...], site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Lay both sides out, compare, report."""
    from checker import api
    from checker.cli.annotations import annotate
    from checker.cli.comparing import Seeds, Wish, changes, compiled, held, marks
    from checker.cli.diagnostics import show
    from checker.drafting.comparing.expected import gate
    from checker.host.revisions import rules_at
    from checker.model.changes import ChangeReport

    _refuse(old, new, given)
    expected = _expected(given)
    calendar = api.calendar_named(given["calendar"])
    with rules_at(old, packs) as before, rules_at(new, packs) as after:
        sides = (compiled(before, site), compiled(after, site, given["invariants"]))
        wish = Wish(calendar, given["seconds"], not given["no_witness"], not given["no_proof"])
        seeds = Seeds(sides[1].rules, sides[0].rules)
        found = changes(*sides, wish, seeds)
        flips = _flips(sides, found, given) if given["cases"] else None
        listed = held(*sides, found, wish, seeds, site)
    told = gate(expected, found, flips)
    report = ChangeReport(
        rules=found,
        flips=flips,
        breakages=listed.breakages,
        locked=listed.locked,
        unexplained=told.unexplained,
        has_expectations=given["expected"] is not None,
    )
    if given["accept"]:
        _accept(report, expected, given["expected"])
    show(told.stale)
    annotate(() if given["accept"] else marks(sides[1], told.norms, listed.breakages))
    _write(report, given)
    return _exit_code(report, bool(told.stale), given["accept"])


def _refuse(old: str, new: str, given: dict[str, Any]) -> None:
    from checker.cli.inputs import refuse_overwriting

    if given["accept"] and given["expected"] is None:
        raise click.UsageError("「--accept」要与「--expected FILE」同用")
    if given["form"] == "xlsx" and given["output"] in (None, "-"):
        raise click.UsageError("「--format xlsx」的结果不是文字，须用「--output FILE」写入文件")
    others = [given[key] for key in ("expected", "invariants", "mapping") if given[key] is not None]
    refuse_overwriting(given["output"], given["cases"], (old, new), others)


def _expected(given: dict[str, Any]) -> "tuple[Expected, ...]":
    """What is expected; with ``--accept`` the file need not be there yet."""
    from checker.drafting.comparing.expected_file import read_expected

    path = given["expected"]
    if path is None or (given["accept"] and not Path(path).exists()):
        return ()
    return read_expected(Path(path))


def _flips(sides: "tuple[Compiled, Compiled]", found: "RulesChange", given: dict[str, Any]) -> "Flips":
    """Both rule sets over the cases; what is to be told goes to standard error."""
    from checker import api
    from checker.host.choice import is_large, lacking
    from checker.host.flipping import Asked, RowFlips, read_alike
    from checker.model.changes import ChangeKind

    asked = Asked(
        sides[0].rules,
        sides[1].rules,
        frozenset(c.id for c in found.changes if c.kind not in (ChangeKind.TEXT, ChangeKind.METADATA)),
        {change.was: change.id for change in found.changes if change.was is not None},
        api.calendar_named(given["calendar"]),
        given["as_of"] or dt.date.today(),
        given["samples"],
    )
    options = read_options(given["columns"], given["mapping"])
    if (
        lacking() is None
        and is_large(given["cases"])
        and read_alike(sides[0].rules.vocabulary, sides[1].rules.vocabulary)
    ):
        return _batches(asked, given["cases"], options)
    run = RowFlips(asked, given["cases"], options)
    for notice in run:
        _tell(notice)
    return run.tally.result()


def _batches(asked: "Asked", paths: tuple[str, ...], options: "ReadOptions") -> "Flips":
    from checker.cli.archive_progress import followed
    from checker.host.flip_batches import BatchFlips

    run = BatchFlips(asked, paths, options)
    for told in followed(run, paths, None, "比较"):
        for notice in told.notices:
            _tell(notice)
    return run.tally.result()


def _tell(notice: "Diagnostic | str") -> None:
    from checker.cli.diagnostics import note, show

    if isinstance(notice, str):
        note(notice)
    else:
        show((notice,))


def _accept(report: "ChangeReport", expected: "tuple[Expected, ...]", path: str) -> None:
    from checker.cli.diagnostics import note
    from checker.cli.output import print_lines, results
    from checker.drafting.comparing.expected import expected_text

    with results(path) as stream:
        print_lines(stream, expected_text(report.rules, report.flips, expected).splitlines())
    note(f"已写下「{path}」；逐条核对，填上理由。")


def _write(report: "ChangeReport", given: dict[str, Any]) -> None:
    from checker.cli.output import is_coloured, replacing, results
    from checker.cli.streams import standard_output, writing
    from checker.reports.changes import written

    output = given["output"]
    if given["form"] == "xlsx":
        with replacing(output) as beside, writing(f"文件「{output}」"):
            beside.write_bytes(bytes(written("xlsx", report)))  # type: ignore[arg-type]
        return
    stream_or_file = standard_output() if output in (None, "-") else None
    colour = stream_or_file is not None and is_coloured(given["color"], stream_or_file)
    text = written(given["form"], report, colour or given["color"] == "always")
    with results(output) as stream, writing():
        stream.write(str(text))


def _exit_code(report: "ChangeReport", stale: bool, accepted: bool) -> int:
    if report.flips is not None and report.flips.failed:
        return Exit.FAULT
    if stale and not accepted:
        return Exit.WRONG
    if report.flips is not None and (_is_empty(report.flips) or report.flips.left_out):
        return Exit.WRONG
    if report.breakages:
        return Exit.FOUND
    return Exit.FOUND if report.unexplained and not accepted else Exit.OK


def _is_empty(flips: "Flips") -> bool:
    """Whether there was no case at all; to compare nothing is no green comparison."""
    from checker.cli.diagnostics import note

    is_empty = not flips.read + flips.only_old + flips.only_new
    if is_empty:
        note("错误：没有读到任何案件。")
    return is_empty
