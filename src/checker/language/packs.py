"""Finding rule files: folders, single files, and the packs that travel with the package."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from checker.calendars.unreadable import reason
from checker.language.source import Source
from checker.model.diagnostic import Diagnostic, RulesError
from checker.model.place import Span

SUFFIX = ".norm"
_OTHERS = frozenset({".yaml", ".yml", ".json", ".jsonl", ".csv", ".xlsx", ".md", ".html", ".parquet"})
"""Suffixes of what stands beside rules, and is handed over with them by a pattern of the shell."""


def shipped_folder() -> Path:
    """The packs that travel with the package: inside it, or at the top of the repository."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "shipped" / "rules"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"


def load_packs(paths: Iterable[str | Path], shipped: Path | None = None) -> tuple[Source, ...]:
    """Every rule file under the paths, in order of path; a word that is no path is the id of a shipped pack.

    Raises :class:`RulesError` naming every path that is missing or holds no rule file.
    """
    shipped = shipped or shipped_folder()
    found: dict[Path, Source] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        files = _files(Path(path), shipped) if str(path) else ()  # no name at all is not the folder we are in
        if not files:
            problems.append(_missing(str(path), shipped))
        for file in files:
            try:
                source = found.setdefault(file.resolve(), Source(_shown(file), file.read_bytes()))
                problems += _emptiness(source)
            except OSError as error:
                problems.append(Diagnostic(code="unreadable", message=f"读不了文件「{file}」：{reason(error)}。"))
    if problems:
        raise RulesError(tuple(problems))
    return tuple(found.values())


def load_files(paths: Iterable[str]) -> tuple[Source, ...]:
    """Every rule file under the paths, each once; ids of shipped packs are no paths. RulesError as of load_packs."""
    found: dict[Path, Source] = {}
    problems: list[Diagnostic] = []
    for path in paths:
        files = _own_files(Path(path))
        if not files:
            problems.append(_missing(path, None))
        for file in files:
            try:
                found.setdefault(file.resolve(), Source(_shown(file), file.read_bytes()))
            except OSError as error:
                problems.append(Diagnostic(code="unreadable", message=f"读不了文件「{file}」：{reason(error)}。"))
    if problems:
        raise RulesError(tuple(problems))
    return tuple(found.values())


def _files(path: Path, shipped: Path) -> Sequence[Path]:
    inside = _own_files(path)
    if inside:
        return inside
    if len(path.parts) == 1 and os.path.isdir(shipped / path):
        return sorted((shipped / path).glob(f"*{SUFFIX}"))
    return []


def _own_files(path: Path) -> Sequence[Path]:
    if os.path.isfile(path) and path.suffix.lower() in _OTHERS:
        return []
    if os.path.isfile(path):  # unlike the method of a path, it takes a name that is too long for no file at all
        return [path]
    return sorted(p for p in path.rglob(f"*{SUFFIX}") if p.is_file()) if os.path.isdir(path) else []


def _emptiness(source: Source) -> Sequence[Diagnostic]:
    """The complaint that nothing is written in a file; among others it would go unnoticed, though rules are lost."""
    if source.data.removeprefix(b"\xef\xbb\xbf").strip():
        return ()
    span = Span(file=source.name, line=1, column=1, end_line=1, end_column=1)
    message = f"规则文件「{source.name}」是空的。"
    return (Diagnostic(code="empty-file", message=message, at=span, help="写上规则，或者删去这个文件。"),)


def _shown(file: Path) -> str:
    return file.as_posix()


def _missing(name: str, shipped: Path | None) -> Diagnostic:
    packs = sorted(p.name for p in shipped.iterdir() if p.is_dir()) if shipped is not None and shipped.is_dir() else []
    if os.path.isfile(name):
        message = f"「{name}」不是规则文件，规则文件的名称以 {SUFFIX} 结尾。"
        help = "由 shell 展开的「规则/*」带进了别的文件，改写成文件夹「规则」。"
        return Diagnostic(code="no-files", message=message, help=help)
    message = f"「{name}」里没有规则文件。" if os.path.exists(name) else f"没有「{name}」这个文件、文件夹或规程。"
    help = f"自带的规程有：{'、'.join(packs)}。" if packs else ""
    return Diagnostic(code="no-files", message=message, help=help)
