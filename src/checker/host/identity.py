"""What a run of an archive rests on, so that a run that was interrupted is only gone on with under the same."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import pydantic

from checker import __version__
from checker.calendars.calendar import Calendar
from checker.cases.formats import formats
from checker.cases.ledger.remembered import mappings_beside
from checker.cases.source import Missing, Skipped, Source, sources
from checker.host.plan import Plan
from checker.language.packs import shipped_folder
from checker.model.norm import RuleSet

_ENDS: Final = 65536
"""Bytes at either end of a file that are looked at: enough to tell a file that was written anew from the old one."""


def identity(plan: Plan, paths: Sequence[str]) -> Mapping[str, str] | None:
    """Everything that bears on the results, by its Chinese name; None if a source can be read only once."""
    inputs = _inputs(paths)
    if inputs is None:
        return None
    listing, setup = plan.listing, plan.setup
    return {
        "截至日期": str(listing.as_of),
        "规则": rules_digest(listing.rules),
        "工作日表": calendar_digest(listing.calendar),
        "列出的范围": "violations" if listing.only_violations else "all",
        "对谁": str(listing.profile),
        "格式": f"{plan.form}{' --brief' if listing.brief else ''}{' --color' if plan.colour else ''}",
        "读入的方式": _digest(f"{setup.options.model_dump_json()} {setup.cases}"),
        "案件文件": inputs,
        "程序": program(),
    }


def rules_digest(rules: RuleSet) -> str:
    """What tells one linked rule set from any other; where the shipped packs stand does not bear on it."""
    return _digest(rules.model_dump_json().replace(json.dumps(f"{shipped_folder()}/", ensure_ascii=False)[1:-1], "/"))


def calendar_digest(calendar: Calendar) -> str:
    """What tells one working-day table from any other."""
    table = calendar.table
    rows = [(y, row.source, sorted(row.off), sorted(row.work), row.complete) for y, row in sorted(table.years.items())]
    return _digest(f"{table.name} {sorted(table.weekend)} {table.all_years} {rows}")


def _inputs(paths: Sequence[str]) -> str | None:
    digest = hashlib.sha256()
    for source in sources(paths, frozenset(suffix for suffix in formats() if suffix)):
        match source:
            case Source(is_file=False):
                return None
            case Source(name):
                for path in (name, *mappings_beside(name)):
                    for piece in _file(path):
                        digest.update(piece)
            case Skipped(name):
                digest.update(f"skipped {name}\n".encode(errors="surrogatepass"))
            case Missing(place, refusal):
                digest.update(f"missing {place.file} {refusal.code}\n".encode(errors="surrogatepass"))
    return digest.hexdigest()[:32]


def _file(name: str) -> Iterator[bytes]:
    """Path, size, time of change, and what stands at both ends."""
    try:
        with open(name, "rb") as file:
            facts = os.fstat(file.fileno())
            yield f"{os.path.abspath(name)} {facts.st_size} {facts.st_mtime_ns}\n".encode(errors="surrogatepass")
            yield file.read(_ENDS)
            file.seek(max(0, facts.st_size - _ENDS))
            yield file.read(_ENDS)
    except OSError as error:  # reading it for good will say so
        yield f"{name} {error.errno}\n".encode(errors="surrogatepass")


def program() -> str:
    """The version and the code: a program that was mended may come to other results."""
    digest = hashlib.sha256(pydantic.VERSION.encode())
    package = Path(__file__).resolve().parents[1]
    for file in sorted(package.rglob("*.py")):
        digest.update(file.relative_to(package).as_posix().encode())
        digest.update(file.read_bytes())
    return f"{__version__} {digest.hexdigest()[:32]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
