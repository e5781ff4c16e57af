"""``checker register``: the register of findings, listed, told, decided on, exported."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import click

from checker.cli.chinese import Command, Filled, OneOf
from checker.cli.day import Day
from checker.cli.exits import Exit
from checker.cli.number import Positive

if TYPE_CHECKING:
    from checker.register.entries import Entry
    from checker.register.opening import Register

_OPTIONS: Final = {
    "list": ("statuses", "units", "norms", "case_id", "is_gone", "is_all", "run"),
    "show": (),
    "set": ("status", "by", "on_day", "reason", "about", "for_good"),
    "export": ("output",),
}
_SPELT: Final = {
    "statuses": "--status",
    "units": "--unit",
    "norms": "--norm",
    "case_id": "--case",
    "is_gone": "--gone",
    "is_all": "--all",
    "on_day": "--on",
    "about": "--note",
    "for_good": "--for-good",
}
_STATUSES: Final = ("待核实", "异议", "整改中", "已销号")


@click.command(
    cls=Command,
    help="发现事项的登记册：register list FILE 列出没有销号的事项（按期限），"
    "register show FILE ID… 列出一项的来龙去脉，register set FILE ID… 改状态，"
    "register export FILE 全部写成 JSON Lines。\n\n"
    "FILE 是 SQLite 文件，或者数据库的地址（其中 ${NAME} 取自环境变量）。"
    "登记用 checker check … --register FILE。状态的变化只增不改：待核实、异议、整改中、已销号。",
)
@click.argument("what", metavar="list|show|set|export", type=OneOf(*_OPTIONS))
@click.argument("file", metavar="FILE|URL", type=Filled())
@click.argument("ids", nargs=-1, metavar="[ID…]", type=Filled())
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=OneOf(*_STATUSES),
    help="list：只列这种状态的，可以写几个；set：改为这种状态",
)
@click.option("--unit", "units", multiple=True, type=Filled(), metavar="NAME", help="list：只列这个单位的，可以写几个")
@click.option(
    "--norm", "norms", multiple=True, type=Filled(), metavar="ID", help="list：只列这条规范或者规则包的，可以写几个"
)
@click.option("--case", "case_id", type=Filled(), metavar="ID", help="list：只列这件案件的")
@click.option("--gone", "is_gone", is_flag=True, help="list：只列最近一次检查不再出现的")
@click.option("--all", "is_all", is_flag=True, help="list：已销号的也列")
@click.option("--run", type=Positive(), metavar="N", help="list：改为列出第几次检查说了什么")
@click.option("--by", type=Filled(), metavar="ROLE", help="set：由谁决定，写角色或者代号，不必写姓名")
@click.option("--on", "on_day", type=Day(), metavar="DATE", help="set：哪一日决定，默认今日")
@click.option("--reason", type=Filled(), metavar="TEXT", help="set：理由；异议、销号和重新打开必须写")
@click.option("--note", "about", type=Filled(), metavar="TEXT", help="set：附记")
@click.option("--for-good", is_flag=True, help="set：与「--status 已销号」同用，以后只要事实不变就不再打开")
@click.option("--output", type=Filled(), metavar="FILE", help="export：写入文件，默认写到标准输出")
def command(what: str, file: str, ids: tuple[str, ...], **given: Any) -> int:  # noqa: ANN401
    """Refuse what does not go together, then do the one thing."""
    _refuse(click.get_current_context(), what, ids)
    from checker.register.opening import register_at

    doing: dict[str, Callable[[Register, tuple[str, ...], dict[str, Any]], int]]
    doing = {"list": _list, "show": _show, "set": _set, "export": _export}
    return doing[what](register_at(file), _read_ids(ids), given)


def _refuse(ctx: click.Context, what: str, ids: Sequence[str]) -> None:
    if ids and what in ("list", "export"):
        raise click.UsageError(f"register {what} 不写编号，多余的参数「{'、'.join(ids)}」")
    if not ids and what in ("show", "set"):
        raise click.UsageError(f"写作 checker register {what} FILE ID…")
    taken = {*_OPTIONS[what], *(("statuses",) if what == "set" else ())} - {"status"}
    for name in (one for options in _OPTIONS.values() for one in options if one not in taken):
        if name != "status" and ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"「{_SPELT.get(name, f'--{name}')}」不能与 register {what} 一起用")


def _read_ids(ids: Sequence[str]) -> tuple[str, ...]:
    from checker.model.naming import read_id

    found = [(text, read_id(text)) for text in ids]
    wrong = [text for text, read in found if read is None]
    if wrong:
        raise click.UsageError(f"「{'、'.join(wrong)}」不是事项的编号，写作 7K3Q-9ZT2-0F4M")
    return tuple(read for _, read in found if read is not None)


def _list(register: "Register", ids: tuple[str, ...], given: dict[str, Any]) -> int:
    del ids
    from checker.cli.output import print_lines
    from checker.cli.register_report import open_lines, run_lines
    from checker.cli.streams import standard_output
    from checker.register.entries import entries, reconciliation

    if given["run"] is not None:
        if any(given[name] for name in _OPTIONS["list"] if name != "run"):
            raise click.UsageError("「--run」列出那一次的全部，不与其余的选项一起用")
        print_lines(standard_output(), run_lines(reconciliation(register, given["run"]), register.name))
        return Exit.OK
    found = entries(register)
    wanted = [entry for entry in found if _is_wanted(entry, given)]
    print_lines(standard_output(), open_lines(wanted, len(found)))
    return Exit.FOUND if any(entry.is_open for entry in wanted) else Exit.OK


def _is_wanted(entry: "Entry", given: dict[str, Any]) -> bool:
    statuses = given["statuses"] or (_STATUSES if given["is_all"] else _STATUSES[:-1])
    units, norms, case_id = given["units"], given["norms"], given["case_id"]
    is_norm = not norms or entry.norm in norms or entry.norm.partition("/")[0] in norms
    is_unit = (not units or entry.unit in units) and not (given["is_gone"] and entry.present)
    return entry.status in statuses and is_norm and is_unit and case_id in (None, entry.case_id)


def _show(register: "Register", ids: tuple[str, ...], given: dict[str, Any]) -> int:
    del given
    from checker.cli.output import print_lines
    from checker.cli.register_report import one_lines
    from checker.cli.streams import standard_output
    from checker.register.entries import everything

    found = everything(register)
    days = {run.number: run.as_of for run in found.runs}
    by_id = {entry.id: entry for entry in found.entries}
    _refuse_unknown(register, [short for short in ids if short not in by_id])
    for place, short in enumerate(ids):
        seen = [one for one in found.observations if one.id == short]
        decided = [change for change in found.history if change.id == short]
        print_lines(standard_output(), [""] if place else [])
        print_lines(standard_output(), one_lines(by_id[short], seen, decided, days))
    return Exit.OK


def _refuse_unknown(register: "Register", unknown: Sequence[str]) -> None:
    if unknown:
        message = f"登记册里没有编号 {'、'.join(unknown)}"
        raise register.error("no-such-finding", message, "用 checker register list --all 查看各编号")


def _set(register: "Register", ids: tuple[str, ...], given: dict[str, Any]) -> int:
    from checker.cli.output import print_lines
    from checker.cli.streams import standard_output
    from checker.register.setting import Decision, decide
    from checker.register.statuses import Status
    from checker.reports.layout import clean

    if len(given["statuses"]) != 1:
        raise click.UsageError("register set 要写一个 --status")
    if given["by"] is None:
        raise click.UsageError("register set 要写 --by：由谁决定，写角色或者代号")
    today = dt.date.today()
    decision = Decision(
        status=Status(given["statuses"][0]),
        by=given["by"],
        on=given["on_day"] or today,
        reason=given["reason"] or "",
        note=given["about"] or "",
        for_good=given["for_good"],
    )
    made = decide(register, ids, decision, today)
    told = [f"{one.id} 的状态记为「{one.status}」（{one.on_day}，{clean(one.by_whom)}）。" for one in made]
    print_lines(standard_output(), told)
    return Exit.OK


def _export(register: "Register", ids: tuple[str, ...], given: dict[str, Any]) -> int:
    del ids
    from checker.cli.inputs import refuse_overwriting
    from checker.cli.output import print_lines, results
    from checker.register.entries import everything
    from checker.register.exporting import lines

    if register.path is not None:
        refuse_overwriting(given["output"], (), (), (str(register.path),))
    found = everything(register)
    with results(given["output"]) as stream:
        print_lines(stream, lines(found))
    return Exit.OK
