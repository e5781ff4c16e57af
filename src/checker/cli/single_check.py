"""``checker check`` case by case: results as they come."""

from typing import TYPE_CHECKING, TextIO

from checker.cli.request import Request

if TYPE_CHECKING:
    from checker.host.single import Run
    from checker.reports.content import Totals, Writer


def check_single(request: Request, run: "Run") -> "Totals":
    """Check, report, and give the sums."""
    from checker.cli.diagnostics import note
    from checker.cli.output import is_coloured, results
    from checker.reports.formats import writer

    if run.notice is not None:
        note(f"提示：{run.notice.rstrip('。')}；本次改用逐案求值，结论相同。")
    with results(request.output) as stream:
        _report(run, writer(request.form, is_coloured(request.colour, stream)), stream)
    return run.totals


def _report(run: "Run", writer: "Writer", stream: TextIO) -> None:
    from checker.cli.diagnostics import note, show
    from checker.cli.output import print_lines
    from checker.cli.progress import shown
    from checker.cli.streams import writing
    from checker.reports.content import CaseReport

    print_lines(stream, writer.begin(run.head))
    for item in shown(run, run.head.cases, stream):
        if isinstance(item, CaseReport):
            show(item.case.remarks)
            print_lines(stream, writer.case(item))
            if item.failure is not None:
                note(f"故障：案件「{item.case.id}」{item.failure}")
        else:
            show(item.diagnostics)
    print_lines(stream, writer.end(run.totals))
    with writing():
        stream.flush()
