"""``checker check`` over an archive: portions over the cores, results in order, finished parts kept until the end."""

import os
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from checker.cli.request import PARQUET, Request

if TYPE_CHECKING:
    from checker.host.archive import ArchiveRun
    from checker.host.plan import Plan
    from checker.host.single import Run
    from checker.host.store import Store
    from checker.reports.content import Totals, Writer


def check_archive(request: Request, begun: "Run | None" = None) -> "Totals":
    """Check, report, and give the sums; ``begun`` has read the first cases of what can be read only once."""
    from checker.cli.output import is_coloured, is_file, refuse_unwritable, results

    if request.form == PARQUET and (request.output is None or not is_file(request.output)):
        raise click.UsageError("「--format parquet」的结果不是文字，须用「--output FILE」写入文件")
    if request.output is None or not is_file(request.output):
        with results(request.output) as stream:
            run = _run(request, _plan(request, is_coloured(request.colour, stream)), None, begun)
            with closing(_told(run, request, stream)) as bodies:
                _write_text(run, request, bodies, stream)
        return run.totals
    refuse_unwritable(request.output)
    plan = _plan(request, request.colour == "always")
    store = None if begun is not None else _store(request, plan)
    run = _run(request, plan, store, begun)
    if store is None:
        with closing(_told(run, request, None)) as bodies:
            _write_file(run, request, bodies)
        return run.totals
    with closing(store), _resumable(store, request):
        with closing(_told(run, request, None)) as bodies:
            for _ in bodies:
                pass
        _write_file(run, request, run.bodies())
        store.remove()
    return run.totals


def _plan(request: Request, colour: bool) -> "Plan":
    from checker.cases import portions
    from checker.host.plan import Plan

    setup = portions.Setup(request.listing.rules.vocabulary, request.options, portions.CASES)
    return Plan(request.listing, setup, request.form, colour)


def _run(request: Request, plan: "Plan", store: "Store | None", begun: "Run | None") -> "ArchiveRun":
    from checker.host.archive import ArchiveRun, items_left, items_under
    from checker.host.pool import cores

    items = items_under(plan, request.cases) if begun is None else items_left(plan, begun)
    return ArchiveRun(plan, items, request.jobs or cores(), store)


def _store(request: Request, plan: "Plan") -> "Store | None":
    """Where finished parts are kept; None, and a sentence, where a second run could not go on with them."""
    from checker.cli.diagnostics import note
    from checker.host.identity import identity
    from checker.host.store import Store

    assert request.output is not None
    target = Path(os.path.realpath(request.output))
    if any(os.path.isdir(path) and target.is_relative_to(os.path.realpath(path)) for path in request.cases):
        note("提示：结果写在案件的文件夹里，中断后不能接着办；写到别处就可以。")
        return None
    rests_on = identity(plan, request.cases)
    if rests_on is None:
        note("提示：案件只能读一次（标准输入等），中断后不能接着办。")
        return None
    store = Store(Path(f"{target}.parts"), rests_on, request.restart)
    if store.held:
        note(f"接着办上次没有办完的检查：前 {store.held} 部分已经办完。")
    return store


@contextmanager
def _resumable(store: "Store", request: Request) -> Iterator[None]:
    """Whatever ends the run before its end: say what is kept of it."""
    from checker.cli.diagnostics import note

    try:
        yield
    except BaseException:
        if not store.held:
            store.remove()
            raise
        dated = "" if request.dated else f"，另写明「--as-of {request.listing.as_of}」"
        note(f"已办完的 {store.held} 部分留在「{store.folder}」；用同样的命令{dated}再运行一次，就接着办。")
        raise


def _told(run: "ArchiveRun", request: Request, stream: TextIO | None) -> Generator[bytes, None, None]:
    """The results as they come; what is to be told beside them goes to standard error."""
    from checker.cli.archive_progress import followed
    from checker.cli.diagnostics import note, show

    for step in followed(run, request.cases, stream):
        for notice in step.notices:
            if isinstance(notice, str):
                note(notice)
            else:
                show((notice,))
        yield step.body


def _write_file(run: "ArchiveRun", request: Request, bodies: Iterator[bytes]) -> None:
    from checker.cli.output import replacing, results
    from checker.cli.streams import writing

    assert request.output is not None
    if request.form != PARQUET:
        with results(request.output) as stream:
            _write_text(run, request, bodies, stream)
        return
    from checker.host.parquet import write

    with replacing(request.output) as beside, writing(f"文件「{request.output}」"), open(beside, "xb") as file:
        write(file, bodies, lambda: _metadata(run, request))


def _metadata(run: "ArchiveRun", request: Request) -> dict[str, str]:
    import json

    from checker import __version__
    from checker.host.identity import rules_digest
    from checker.reports.summary import summary

    assert run.head is not None
    found = summary(run.head, run.totals, rules_digest(request.listing.rules), __version__)
    texts = {key: one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for key, one in found.items()}
    return {f"checker.{key}": text for key, text in texts.items()}


def _write_text(run: "ArchiveRun", request: Request, bodies: Iterator[bytes], stream: TextIO) -> None:
    """The head as soon as it is known, the results, the sums."""
    from checker.cli.output import is_coloured, print_lines
    from checker.cli.streams import writing
    from checker.reports.formats import writer

    made = writer(request.form, is_coloured(request.colour, stream))
    held: list[bytes] = []
    begun = False
    for body in bodies:
        held.append(body)
        if run.head is not None:
            begun = begun or _begin(run, made, stream)
            _print(held, stream)
    if not begun:
        _begin(run, made, stream)
    _print(held, stream)
    print_lines(stream, made.end(run.totals))
    with writing():
        stream.flush()


def _begin(run: "ArchiveRun", made: "Writer", stream: TextIO) -> bool:
    from checker.cli.output import print_lines

    assert run.head is not None
    print_lines(stream, made.begin(run.head))
    return True


def _print(bodies: list[bytes], stream: TextIO) -> None:
    from checker.cli.streams import writing

    with writing():
        for body in bodies:
            stream.write(body.decode("utf-8"))
    bodies.clear()
