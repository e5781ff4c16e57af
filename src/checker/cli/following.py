"""``--register``: after a check, its findings are put into the register."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.cli.chinese import Filled
from checker.cli.request import Request

if TYPE_CHECKING:
    from checker.register.opening import Register
    from checker.register.seen import Seen
    from checker.reports.content import Totals

F = TypeVar("F", bound=Callable[..., object])


def follow_options(function: F) -> F:
    """``--register``."""
    return click.option(
        "--register",
        type=Filled(),
        metavar="FILE|URL",
        help="把这次的结论登记到登记册（SQLite 文件或者数据库的地址），在标准错误说明新发现、仍在、不再出现的各有多少",
    )(function)


@dataclass(frozen=True, slots=True)
class Following:
    """What is to be kept of a check."""

    register: "Register | None"

    def finish(self, request: Request, totals: "Totals") -> None:
        """Look at every case once more, keep what was seen, say what is new."""
        if self.register is None:
            return
        from checker.register.recording import known_ids

        seen = look(request, totals, known_ids(self.register))
        _registered(self.register, seen)


def begin_following(
    cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, given: dict[str, Any]
) -> Following:
    """Whatever would stop the keeping stops the check before it begins."""
    if given["register"] is None:
        return Following(None)
    from checker.cli.inputs import refuse_overwriting
    from checker.register.opening import is_there, register_at

    if "-" in cases:
        raise click.UsageError("「--register」要把案件再读一遍，标准输入只能读一次；先存成文件")
    register = register_at(given["register"])
    if register.path is not None:
        others = [path for path in (site, given["calendar"], given["mapping"]) if path is not None]
        refuse_overwriting(str(register.path), cases, packs, others, "--register")
        _refuse_same("--register", str(register.path), given)
    is_there(register)
    return Following(register)


def _refuse_same(option: str, path: str, given: dict[str, Any]) -> None:
    """UsageError where another option would write the same file."""
    for other in ("--output", "--summary"):
        written = given[other.removeprefix("--")]
        if written is not None and os.path.realpath(written) == os.path.realpath(path):
            raise click.UsageError(f"「{option}」和「{other}」是同一个文件「{path}」")


def look(request: Request, totals: "Totals", known: frozenset[str]) -> "Seen":
    """All findings of all cases, by the row evaluator. EngineFault where its sums are not those of the check."""
    import dataclasses
    from hashlib import sha256

    from checker import __version__
    from checker.host.identity import rules_digest
    from checker.host.single import Run
    from checker.register.seen import Basis, Seen
    from checker.reports.content import CaseReport
    from checker.reports.formats import writer

    listing = dataclasses.replace(request.listing, only_violations=False, brief=True)
    rules = listing.rules
    norms = frozenset(norm.id for norm in rules.norms)
    basis = Basis(listing.as_of, __version__, rules_digest(rules), listing.calendar.name, norms)
    run, seen = Run(listing, request.cases, "row", request.options), Seen(basis, known)
    lines, digest = writer("jsonl", False), sha256()
    for item in run:
        if not isinstance(item, CaseReport):
            seen.left(item.id)
        elif item.failure is not None:
            seen.failed.add(item.case.id)
        else:
            seen.case(item.case, [shown.finding for shown in item.shown])
            for line in lines.case(item):
                digest.update(f"{line}\n".encode())
    seen.results = digest.hexdigest()
    _agree(totals, run.totals)
    return seen


def _agree(checked: "Totals", again: "Totals") -> None:
    from checker.model.diagnostic import DataError, Diagnostic

    names = ("read", "left_out", "failed", "verdicts")
    if any(getattr(checked, name) != getattr(again, name) for name in names):
        message = "案件再读一遍，数目与检查时不同；多半是检查当中有文件改动了"
        help_text = "等文件不再改动，重新检查"
        told = Diagnostic(code="changed-meanwhile", message=message, help=help_text, meanwhile="没有登记，结果照常")
        raise DataError((told,))


def _registered(register: "Register", seen: "Seen") -> None:
    from checker.cli.diagnostics import note
    from checker.cli.register_report import sum_lines
    from checker.register.entries import reconciliation
    from checker.register.recording import record

    recorded = record(register, seen)
    if recorded.is_again:
        note(f"与登记册里第 {recorded.number} 次检查相同，没有再记；那一次是：")
    for line in sum_lines(reconciliation(register, recorded.number), register.name):
        note(line)
