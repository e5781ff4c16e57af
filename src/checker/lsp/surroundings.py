"""What stands around a pack and names its words: its fixtures, its registers and sites, the packs beside it."""

import io
import os
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from checker.cases.decoding import decode, encoding_of
from checker.drafting.folders import fixture_folder
from checker.language.packs import SUFFIX, shipped_folder
from checker.language.parse import Parsed, parse
from checker.lsp.fixture_names import FixtureText, fixture_files, read_fixture
from checker.lsp.view import rule_files


class Surroundings(NamedTuple):
    """``fixtures`` are the pack's own, ``shared`` those of others in the same place; only files that hold the word."""

    fixtures: tuple[FixtureText, ...]
    shared: tuple[FixtureText, ...]
    registers: tuple[FixtureText, ...]
    beside: tuple[Parsed, ...]
    lists: tuple[FixtureText, ...] = ()
    """Reviewed lists beside the packs (locks, waivers), which a rename leaves to those who review them."""


def fixtures_of(folder: Path) -> str | None:
    """The folder of a pack's fixtures, in full."""
    found = fixture_folder(str(folder), shipped_folder())
    return os.path.abspath(found) if found is not None else None


def surroundings_of(folder: Path, word: str, buffers: Mapping[str, str]) -> Surroundings:
    """Everything around a pack that holds the word."""
    own = fixtures_of(folder)
    all_of_it = fixture_files(str(Path(own).parent)) if own is not None and Path(own).parent.name == "fixtures" else ()
    mine = fixture_files(own)
    packs = (folder, *packs_beside(folder))
    registers = [path.as_posix() for one in packs for path in sorted((*one.glob("*.yaml"), *one.glob("*/*.yaml")))]
    norms = [name for one in packs[1:] for name in rule_files(one, {})]
    return Surroundings(
        fixtures=_holding(mine, word, buffers),
        shared=_holding([name for name in all_of_it if name not in set(mine)], word, buffers),
        registers=_holding([name for name in registers if name not in set(mine)], word, buffers),
        lists=_holding([path.as_posix() for path in sorted(folder.parent.glob("*.yaml"))], word, buffers),
        beside=tuple(parse(name, text) for name in norms if word in (text := text_of(name, buffers))),
    )


def packs_beside(folder: Path) -> tuple[Path, ...]:
    """The folders beside a pack that hold rules, too; nothing else there is looked into."""
    try:
        beside = sorted(one for one in folder.parent.iterdir() if one != folder and one.is_dir())
    except OSError:
        return ()
    return tuple(one for one in beside if rule_files(one, {}))


def _holding(names: Iterable[str], word: str, buffers: Mapping[str, str]) -> tuple[FixtureText, ...]:
    return tuple(read_fixture(name, text) for name in names if word in (text := text_of(name, buffers)))


def text_of(name: str, buffers: Mapping[str, str]) -> str:
    """A file as the editor holds it, or as it is on disk; empty where it cannot be read."""
    if name in buffers:
        return buffers[name]
    try:
        data = Path(name).read_bytes()
    except OSError:
        return ""
    if name.endswith(".xlsx"):
        return _workbook_text(data)
    text = decode(data, encoding_of(data)) if not name.endswith(SUFFIX) else data.decode(errors="replace")
    return text.removeprefix("\ufeff") if isinstance(text, str) else ""


def _workbook_text(data: bytes) -> str:
    """The raw text of a workbook: enough to see whether a word stands in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = [book.read(name) for name in book.namelist() if name.endswith(".xml")]
    except (zipfile.BadZipFile, zlib.error, RuntimeError):
        return ""
    return "\n".join(part.decode(errors="replace") for part in parts)
