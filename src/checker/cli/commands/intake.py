"""``checker intake``: ledgers looked at, and the mapping that says which column is what."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.exits import Exit
from checker.cli.options import rules_options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from checker.cases.ledger.looking import Look
    from checker.model.norm import RuleSet

_ROWS = re.compile(r"(?:(?P<sheet>.+)[=＝])?(?P<first>[1-9]\d{0,6})(?:[-–—~](?P<last>[1-9]\d{0,6}))?")
_MOST_ROWS = 10


@click.command(
    cls=Command,
    help="看台账：认出表头，提出哪一列是什么的对照文件，列出各行读成什么、哪些读不出来。\n\n"
    "LEDGER 是台账的文件（.xlsx、.xls、.et、.ods、.csv 等），或者放台账的文件夹。"
    "对照写在台账旁边，名为「台账名.对照.yaml」；核对、修改以后用「--confirm」确认，「checker check」才读这份台账。",
)
@click.argument("ledgers", nargs=-1, required=True, type=Filled(), metavar="LEDGER…")
@rules_options
@click.option(
    "--mapping", type=Filled(), metavar="FILE", help="对照文件写在（读自）哪里，默认在台账旁边；只能看一份台账"
)
@click.option("--confirm", "is_confirmed", is_flag=True, help="已经核对过对照文件：在其中记下「已确认: 是」")
@click.option("--show", "is_shown", is_flag=True, help="只看，不写对照文件")
@click.option(
    "--header",
    "headers",
    multiple=True,
    type=Filled(),
    metavar="[SHEET=]ROWS",
    help="表头认错了的，写明在第几行，如 3、3-4、督办台账=3-4；可以写几个",
)
@click.option(
    "--format",
    "form",
    default="text",
    type=OneOf("text", "jsonl"),
    help="格式：text（默认）、jsonl（每行一处问题或一份小计）",
)
@click.option("--output", type=Filled(), metavar="FILE", help="看到的写入文件，默认写到标准输出")
@click.option("--messages", type=Filled(), metavar="FILE", help="全部问题另写入文件（JSON Lines），不论有多少处")
def command(ledgers: tuple[str, ...], packs: tuple[str, ...], site: str | None, **given: Any) -> int:  # noqa: ANN401
    """Look at each ledger, tell, and write its mapping."""
    from checker import api
    from checker.cli.diagnostics import show
    from checker.cli.inputs import refuse_overwriting
    from checker.cli.intake_files import ledgers_under
    from checker.cli.output import print_lines, results

    rows = _rows(given["headers"])
    others = [path for path in (site, given["mapping"]) if path is not None]
    for option in ("output", "messages"):
        refuse_overwriting(given[option], ledgers, packs, others, f"--{option}")
    rules, warnings = api.compile_rules(packs, site)
    show(warnings)
    paths, worst = ledgers_under(ledgers)
    if given["mapping"] is not None and len(paths) > 1:
        raise click.UsageError("「--mapping」只能用于一份台账")
    looks: list[Look] = []
    with results(given["output"]) as stream:
        for path in paths:
            found = _look(path, rules, given["mapping"], rows)
            if isinstance(found, int):
                worst = max(worst, found)
                continue
            if looks and given["form"] == "text":
                print_lines(stream, [""])
            looks.append(found)
            worst = max(worst, _told(found, given, stream))
    if given["messages"] is not None:
        _write_messages(looks, given["messages"])
    return worst


def _rows(headers: "Sequence[str]") -> "Mapping[str, Sequence[int]]":
    """``督办台账=3-4`` by sheet; UsageError where it is not of that form."""
    found: dict[str, Sequence[int]] = {}
    for text in headers:
        said = _ROWS.fullmatch(text.strip())
        first, last = (int(said["first"]), int(said["last"] or said["first"])) if said else (1, 0)
        if said is None or not first <= last < first + _MOST_ROWS:
            raise click.UsageError(f"「--header」的「{text}」不是行号，写法如 3、3-4、督办台账=3-4")
        found[said["sheet"] or ""] = range(first, last + 1)
    return found


def _look(path: str, rules: "RuleSet", mapping: str | None, rows: "Mapping[str, Sequence[int]]") -> "Look | int":
    """The ledger looked at, or the exit code where that cannot be done, which is told."""
    from checker.calendars.unreadable import reason
    from checker.cases.ledger.looking import Said, look
    from checker.cases.problems import BadCase
    from checker.cases.sheets.book import is_of_cases
    from checker.cli.diagnostics import note, show
    from checker.cli.intake_files import opened
    from checker.model.diagnostic import DataError, Diagnostic

    try:
        with opened(path) as stream:
            found = look(stream, path, rules, Said(mapping, rows, dt.date.today()))
    except OSError as error:
        raise DataError((Diagnostic(code="unreadable", message=f"打不开「{path}」：{reason(error)}"),)) from error
    if isinstance(found, BadCase):
        show(found.diagnostics)
        return Exit.WRONG
    if is_of_cases(found.book):
        note(f"「{path}」是案件工作簿（有「案件」「事件」表），可以直接检查，不用对照。")
        return Exit.OK
    return found


def _told(found: "Look", given: dict[str, Any], stream: Any) -> int:  # noqa: ANN401
    """What was seen, what was written, and the exit code of that."""
    from checker.cli.diagnostics import note, show
    from checker.cli.intake_files import settle
    from checker.cli.intake_report import jsonl_lines, text_lines
    from checker.cli.output import print_lines

    print_lines(stream, text_lines(found) if given["form"] == "text" else jsonl_lines(found))
    show(found.wrong)
    settled = settle(found, is_confirmed=given["is_confirmed"], is_shown=given["is_shown"])
    for sentence in settled.said:
        note(sentence)
    return max(settled.code, _code(found))


def _code(found: "Look") -> int:
    """Rows that were not read, or words that are not declared, weigh more than doubts and open questions."""
    from checker.cases.ledger.reading.facts import Ending

    if found.intake is None:
        return Exit.WRONG
    endings = {ending for one in found.intake.tallies for ending, count in one.endings.items() if count}
    if Ending.UNREAD in endings:
        return Exit.WRONG
    return Exit.FOUND if Ending.DOUBTFUL in endings or found.late or found.points else Exit.OK


def _write_messages(looks: "Sequence[Look]", path: str) -> None:
    from checker.cli.intake_report import message_lines
    from checker.cli.output import print_lines, results

    with results(path) as stream:
        for one in looks:
            print_lines(stream, message_lines(one))
