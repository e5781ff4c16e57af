"""``checker check`` into a report that needs the whole run: all cases are checked first, then it is written."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from checker.cli.request import Request

if TYPE_CHECKING:
    from checker.host.beside import Beside
    from checker.host.single import Run
    from checker.reports.content import CaseReport, RunReport, Totals
    from checker.reports.documents import Files, Wish, Written

MOST: Final = 100_000
"""Cases that one such report holds; nobody reads more, and they are all in memory."""


def check_document(request: Request, run: "Run", wish: "Wish") -> "Totals":
    """Check, report, and give the sums."""
    from checker.cli.diagnostics import note
    from checker.reports.documents import ready, written

    _refuse_among(ready(request.form, wish), request.output)
    if run.notice is not None:
        note(f"提示：{run.notice.rstrip('。')}；本次改用逐案求值，结论相同。")
    beside = _beside(request, run)
    report = _gathered(request, run)
    if beside is not None:
        report = report._replace(statistics=beside.statistics(run.totals))
        run.totals.uncounted = len(beside.uncounted)
        for line in beside.uncounted:
            note(line)
    _write(written(request.form, report, wish), request)
    return run.totals


def _beside(request: Request, run: "Run") -> "Beside | None":
    """The census of the run, for a page that shows the whole."""
    if request.form != "html":
        return None
    from checker.engines.census.asked import FIRST_YEAR
    from checker.host.beside import Beside

    if request.listing.as_of.year < FIRST_YEAR:
        return None

    beside = Beside(request.listing)
    run.observe = beside.observe
    return beside


def _gathered(request: Request, run: "Run") -> "RunReport":
    """The whole run. UsageError beyond :data:`MOST` cases."""
    import sys

    from checker.cli.diagnostics import note, show
    from checker.cli.ledger_tables import tables_of
    from checker.cli.progress import shown
    from checker.model.diagnostic import Diagnostic
    from checker.reports.content import CaseReport, RunReport
    from checker.reports.redaction import Profile, redacted_message

    profile = request.listing.profile
    cases: list[CaseReport] = []
    unread: list[Diagnostic] = []
    for item in shown(run, run.head.cases, sys.stdout):
        if not isinstance(item, CaseReport):
            show(item.diagnostics)
            unread.extend(redacted_message(one, profile) for one in item.diagnostics)
            continue
        show(item.case.remarks)
        if item.failure is not None:
            note(f"故障：案件「{item.case.id}」{item.failure}")
        cases.append(item)
        _refuse_more(cases, request.form)
    head = run.head._replace(cases=len(cases))
    sources = request.cases if profile is Profile.FULL else ()  # no copy is made of what is masked
    return RunReport(head, tuple(cases), tuple(unread), run.totals, sources, tables=tables_of)


def _refuse_among(read: tuple[str, ...], output: str | None) -> None:
    """UsageError where results would replace a file of the user's that they are made with, or lie beside it."""
    for path in read if output is not None else ():
        here, there = Path(output or "").resolve(), Path(path).resolve()
        if here in (there, there.parent):
            raise click.UsageError(f"「--output」的「{output}」里有所用的模板「{path}」，换一个地方写结果")


def _refuse_more(cases: "list[CaseReport]", form: str) -> None:
    if len(cases) > MOST:
        raise click.UsageError(
            f"「--format {form}」一次最多写 {MOST}件；更多的案件用 jsonl、parquet 写出结论，或者用 checker stats 看全局"
        )


def _write(found: "Written", request: Request) -> None:
    from checker.cli.diagnostics import note
    from checker.cli.output import replacing, results
    from checker.cli.streams import writing
    from checker.reports.documents import Files, Noted

    match found:
        case Files():
            _write_files(found, request)
        case Noted():
            _write(found.content, request)
            for line in found.notes:
                note(line)
        case str():
            with results(request.output) as stream, writing():
                stream.write(found)
        case bytes():
            target = _target(request)
            with replacing(target) as beside, writing(f"文件「{target}」"):
                beside.write_bytes(found)


def _target(request: Request) -> str:
    from checker.cli.output import is_file

    if request.output is None or not (is_file(request.output) or Path(request.output).is_dir()):
        raise click.UsageError(f"「--format {request.form}」的结果不是文字，须用「--output」写入文件")
    return request.output


def _write_files(found: "Files", request: Request) -> None:
    """A folder, or a file where the output is named like one and there is one document."""
    from checker.cli.diagnostics import note

    output, form = request.output, request.form
    if output is None:
        raise click.UsageError(f"「--format {form}」写出几个文件，须用「--output」写明文件夹")
    if not output.lower().endswith(f".{form}") or Path(output).is_dir():
        _write_folder({**found.documents, **found.beside}, output)
        _tell_of_others(found, output, form)
    elif len(found.documents) > 1:
        raise click.UsageError(
            f"共有 {len(found.documents)}个文件，「{output}」只能写一个；「--output」写成文件夹，或者少选几种"
        )
    else:
        for content in found.documents.values():
            _write(content, request)
    for line in found.notes:
        note(line)


def _tell_of_others(found: "Files", folder: str, form: str) -> None:
    """What lies there of earlier runs may have been settled since; nobody should send it out by mistake."""
    from checker.cli.diagnostics import note

    others = [path.name for path in Path(folder).glob(f"*.{form}") if path.name not in found.documents]
    if others:
        note(
            f"提示：文件夹「{folder}」里另有 {len(others)}个 {form} 文件不是这次写的，没有改动；这次写的见所附的清单。"
        )


def _write_folder(files: Mapping[str, bytes], folder: str) -> None:
    """Several files: a folder of that name, made if there is none; of what is in it only these are replaced."""
    from checker.cli.output import replacing
    from checker.cli.streams import writing

    with writing(f"文件夹「{folder}」"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        target = str(Path(folder) / name)
        with replacing(target) as beside, writing(f"文件「{target}」"):
            beside.write_bytes(content)
