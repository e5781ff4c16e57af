"""``checker convert``: cases of any format once into a file that is read fast."""

from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled
from checker.cli.exits import Exit
from checker.cli.layouts import read_options
from checker.cli.options import layout_options, rules_options

if TYPE_CHECKING:
    from checker.cases.reading import ReadOptions
    from checker.host.converting import Conversion, Counts
    from checker.model.norm import RuleSet

_LISTED = 1000
"""Names of files that are kept in the result; of more only their number."""


@click.command(
    cls=Command,
    help="把案件记录转成一个文件，供以后快速读取。\n\n"
    "INPUT 是文件、文件夹、文件名的模式，或者表示标准输入的「-」，各种格式都可以；"
    "结果的格式看名称：.parquet（嵌套的 Parquet）、.jsonl、.jsonl.gz。",
)
@click.argument("cases", nargs=-1, required=True, type=Filled(), metavar="INPUT…")
@click.option("--output", required=True, type=Filled(), metavar="FILE", help="写到哪个文件")
@rules_options
@layout_options
def command(cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Compile for the words, read, write."""
    from checker import api
    from checker.cli.diagnostics import note, show
    from checker.cli.inputs import refuse_overwriting

    output: str = given["output"]
    suffix = _suffix(output)
    _require_archive()
    refuse_overwriting(output, cases, packs, [path for path in (site, given["mapping"]) if path is not None])
    options = read_options(given["columns"], given["mapping"])
    rules, warnings = api.compile_rules(packs, site)
    show(warnings)
    zone = "没有指定，带时差的时刻不接受" if options.zone is None else options.zone
    note(f"时区：{zone}。")
    totals = _convert(cases, output, suffix, rules, options)
    note(f"读入 {totals.read}件，未读入 {totals.left_out}处，跳过文件 {totals.skipped}个。")
    if totals.read:
        note(f"已写入「{output}」。")
        return Exit.WRONG if totals.left_out else Exit.OK
    note("错误：没有读到任何案件，没有写文件。")
    return Exit.WRONG


def _suffix(output: str) -> str:
    from checker.cli.output import is_file
    from checker.host.case_files import SUFFIXES, suffix_of

    suffix = suffix_of(output)
    if suffix is None:
        raise click.UsageError(f"不知道「{output}」要什么格式：名称须以 {'、'.join(SUFFIXES)} 结尾")
    if not is_file(output):
        raise click.UsageError(f"「{output}」不是文件，转换的结果须写入文件")
    return suffix


def _require_archive() -> None:
    from checker.host.choice import lacking
    from checker.model.diagnostic import Diagnostic, EngineFault

    lacks = lacking()
    if lacks is not None:
        raise EngineFault((Diagnostic(code="engine-unavailable", message=f"{lacks}。"),))


def _convert(cases: tuple[str, ...], output: str, suffix: str, rules: "RuleSet", options: "ReadOptions") -> "Counts":
    """Through, into a file beside the output that takes its place only if all went well."""
    import tempfile
    from contextlib import ExitStack

    from checker.cases.portions import Setup
    from checker.cli.output import Unwanted, replacing
    from checker.cli.streams import writing
    from checker.host.case_files import writing_cases
    from checker.host.converting import Conversion, Counts

    totals = Counts()
    try:
        with replacing(output) as beside, writing(f"文件「{output}」"), ExitStack() as files:
            file = files.enter_context(open(beside, "xb"))
            spool = files.enter_context(tempfile.TemporaryFile(dir=beside.parent))
            with writing_cases(rules.vocabulary, suffix, file, spool, lambda: _metadata(totals, options)) as sink:
                run = Conversion(cases, Setup(rules.vocabulary, options), sink, totals)
                _tell(run, cases)
            if not totals.read:
                raise Unwanted
    except Unwanted:
        pass
    return totals


def _tell(run: "Conversion", cases: tuple[str, ...]) -> None:
    from checker.cli.archive_progress import followed
    from checker.cli.diagnostics import note, show

    for step in followed(run, cases, None, "转换"):
        for notice in step.notices:
            if isinstance(notice, str):
                note(notice)
            else:
                show((notice,))


def _metadata(totals: "Counts", options: "ReadOptions") -> dict[str, str]:
    import json

    from checker import __version__

    names = list(totals.sources)
    return {
        "checker.version": __version__,
        "checker.time_zone": options.zone or "",
        "checker.cases": str(totals.read),
        "checker.left_out": str(totals.left_out),
        "checker.files": str(len(names)),
        "checker.sources": json.dumps(names[:_LISTED], ensure_ascii=False),
    }
