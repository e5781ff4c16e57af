"""``--register``, ``--record``: what is kept of a check beside its results."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from checker.cli.chinese import Filled
from checker.cli.request import Request

if TYPE_CHECKING:
    from checker.cli.looking import Looked
    from checker.host.evidence import FileHash, Given
    from checker.register.opening import Register
    from checker.reports.content import Totals

F = TypeVar("F", bound=Callable[..., object])


def follow_options(function: F) -> F:
    """``--register``, ``--record``."""
    register = click.option(
        "--register",
        type=Filled(),
        metavar="FILE|URL",
        help="把这次的结论登记到登记册（SQLite 文件或者数据库的地址），在标准错误说明新发现、仍在、不再出现的各有多少",
    )
    record = click.option(
        "--record",
        type=Filled(),
        metavar="FILE",
        help="在检查记录里加一行：规则、工作日表、数据的摘要和各项数目；各行相扣，用 checker verify 核对",
    )
    return register(record(function))


@dataclass(frozen=True, slots=True)
class Following:
    """What is to be kept of a check; ``files`` as they were before it."""

    given: "Given"
    packs: tuple[str, ...]
    files: "tuple[FileHash, ...]"
    register: "Register | None"
    record: str | None

    def finish(self, request: Request, totals: "Totals") -> None:
        """Look at every case once more, make sure that nothing changed meanwhile, keep what was seen."""
        from checker.cli.looking import look

        known: frozenset[str] = frozenset()
        if self.register is not None:
            from checker.register.recording import watched_ids

            known = watched_ids(self.register)
        looked = look(request.listing, request.cases, request.options, known)
        self._refuse_changes(looked, totals)
        number = _registered(self.register, looked) if self.register is not None else None
        if self.record is not None:
            self._record(self.record, request, looked, number)

    def _refuse_changes(self, looked: "Looked", totals: "Totals") -> None:
        from checker.cli.looking import agree
        from checker.host.evidence import files_of
        from checker.model.diagnostic import DataError, Diagnostic, EngineFault

        meanwhile = "没有登记，也没有写检查记录；结果照常"
        changed = sorted({one.file for one in set(files_of(self.given, self.packs)) ^ set(self.files)})
        if changed:
            message = f"检查当中有文件改动了：{'、'.join(changed[:5])}{' 等' if len(changed) > 5 else ''}"
            told = Diagnostic(code="changed-meanwhile", message=message, help="重新检查", meanwhile=meanwhile)
            raise DataError((told,))
        if not agree(totals, looked.totals):
            message = "案件再查一遍，数目与检查时不同，而文件没有改动"
            help_text = "案件在数据库里的，多半是其中的行改动了，重新检查；否则报告给维护者"
            told = Diagnostic(code="sums-differ", message=message, help=help_text, meanwhile=meanwhile)
            raise EngineFault((told,))

    def _record(self, path: str, request: Request, looked: "Looked", number: int | None) -> None:
        from pathlib import Path

        from checker.cli.diagnostics import note
        from checker.cli.run_entry import entry_of
        from checker.host.chain import append

        register = None if self.register is None else {"name": self.register.name, "run": number}
        done = append(Path(path), entry_of(request.listing, self.given, self.files, looked, register))
        if done.moved is not None:
            note(f"提示：检查记录「{path}」的最后一行上次没有写完，已移到「{done.moved}」。")
        note(f"检查记录「{path}」记为第 {done.number} 行，摘要 {done.digest}")


def begin_following(
    cases: tuple[str, ...], packs: tuple[str, ...], site: str | None, given: dict[str, Any]
) -> Following | None:
    """Whatever would stop the keeping stops the check before it begins. None where nothing is kept."""
    paths = {option: given[option.removeprefix("--")] for option in ("--register", "--record")}
    asked = [option for option, path in paths.items() if path is not None]
    if not asked:
        return None
    if "-" in cases:
        raise click.UsageError(f"「{asked[0]}」要把案件再读一遍，标准输入只能读一次；先存成文件")
    from checker import api
    from checker.host.evidence import Given, files_of

    others = [path for path in (site, given["calendar"], given["mapping"]) if path is not None]
    register = _register_of(paths["--register"])
    files = {"--record": paths["--record"], "--register": str(register.path) if register and register.path else None}
    _refuse_paths({option: path for option, path in files.items() if path is not None}, cases, packs, others, given)
    if register is not None:
        from checker.register.opening import is_there

        is_there(register)
    kept = Given(cases, packs, site, given["calendar"], given["columns"], given["mapping"])
    chosen = packs or api.shipped_packs()
    return Following(kept, chosen, files_of(kept, chosen), register, paths["--record"])


def _register_of(where: str | None) -> "Register | None":
    from checker.register.opening import register_at

    return register_at(where) if where is not None else None


def _refuse_paths(
    files: dict[str, str], cases: tuple[str, ...], packs: tuple[str, ...], others: Sequence[str], given: dict[str, Any]
) -> None:
    """UsageError where what is kept would be written over an input, or over something else that is written."""
    from pathlib import Path

    from checker.cli.inputs import refuse_overwriting
    from checker.host.chain import refuse_other

    written: dict[str, str] = {}
    for option, path in {"--output": given["output"], "--summary": given["summary"], **files}.items():
        real = os.path.realpath(path) if path is not None else ""
        if path is not None and real in written:
            raise click.UsageError(f"「{option}」和「{written[real]}」是同一个文件「{path}」")
        written[real] = option
    for option, path in files.items():
        refuse_overwriting(path, cases, packs, others, option)
    if "--record" in files:
        refuse_other(Path(files["--record"]))


def _registered(register: "Register", looked: "Looked") -> int:
    from checker.cli.diagnostics import note
    from checker.cli.register_report import sum_lines
    from checker.register.entries import sums
    from checker.register.recording import record

    recorded = record(register, looked.seen)
    if recorded.is_again:
        note(f"与登记册里第 {recorded.number} 次检查相同，没有再记；那一次是：")
    for line in sum_lines(*sums(register, recorded.number), register.name):
        note(line)
    return recorded.number
