"""The locked list held against the rules as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from checker import api
from checker.cli.diagnostics import show
from checker.cli.output import print_lines
from checker.drafting.comparing.families import Families, families_of
from checker.drafting.invariants.checking import norm_digest, standing
from checker.drafting.invariants.lock import Lock, read_lock
from checker.host.revisions import INVARIANTS
from checker.language.packs import shipped_folder
from checker.model.changes import Breakage
from checker.model.diagnostic import DataError, Diagnostic


def lock_of(path: str) -> Path | None:
    """The locked list in a folder of packs; None if there is none."""
    file = Path(path) / INVARIANTS
    return file if file.is_file() else None


def held_against(folder: str, file: Path, site: str | None = None) -> tuple[Lock, Families, tuple[Breakage, ...]]:
    """The list, the norms of the folder, and every locked norm that is not as the list says."""
    lock = read_lock(file)
    families = families_of(api.compile_rules((folder,), site)[0])
    return lock, families, standing(lock, families)


def broken_diagnostics(lock: Lock, breakages: Sequence[Breakage]) -> Iterator[Diagnostic]:
    """Each at its line of the list."""
    for one in breakages:
        place = lock.locked[one.norm].place
        help_ = f"先用 checker diff 看清改动，审定后在「改动」里登记：{one.entry}"
        yield Diagnostic(
            code="locked-norm",
            message=f"「{one.norm}」{one.what}",
            at=place,
            help=help_,
        )


def tell_of_lock(paths: Sequence[str], packs: Sequence[str], stream: TextIO) -> bool:
    """Hold the locked lists of the folders of packs against them, and say where they do not stand.

    Without paths and packs these are the shipped ones. Whether anything is broken.
    """
    found = 0
    for path in dict.fromkeys(paths or (() if packs else (str(shipped_folder()),))):
        file = lock_of(path)
        if file is not None:
            lock, _, breakages = held_against(path, file)
            show(broken_diagnostics(lock, breakages))
            found += len(breakages)
    print_lines(stream, [f"锁定的规范有 {found}条与清单不符。"] if found else [])
    return bool(found)


def digest_lines(families: Families, norms: Sequence[str]) -> Iterator[str]:
    """A line for the list of each norm named."""
    for norm in norms:
        if norm not in families.norms:
            message = f"没有名为「{norm}」的规范"
            raise DataError((Diagnostic(code="unknown-norm", message=message, help="写作 规程的标识/规范的名称"),))
        yield f"{norm}: {norm_digest(families, norm)}"
