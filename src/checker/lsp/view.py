"""A pack as an editor sees it: the files of a folder, with what is not saved yet in their place."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from checker.calendars.unreadable import reason
from checker.language.compile import compile_packs
from checker.language.packs import SUFFIX
from checker.language.parse import Parsed, parse
from checker.language.source import Source, decode
from checker.language.symbols import Occurrence, Words, occurrences, pack_ids, words_of
from checker.language.texts import FOLDER, Texts, load_texts
from checker.model.diagnostic import Diagnostic, RulesError
from checker.model.norm import RuleSet
from checker.model.source import Instrument


class View(NamedTuple):
    """The rules beside a file. ``good`` is the last rule set that could be compiled, ``rules`` only the present one."""

    folder: Path
    sources: tuple[Source, ...]
    files: Mapping[str, Parsed]
    packs: Mapping[str, str]
    words: Words
    names: tuple[Occurrence, ...]
    texts: tuple[Instrument, ...]
    diagnostics: tuple[Diagnostic, ...]
    rules: RuleSet | None
    good: RuleSet | None

    def line(self, file: str, number: int) -> str:
        """A line as written; empty where there is none."""
        parsed = self.files.get(file)
        return parsed.lines[number - 1].raw if parsed is not None and 0 < number <= len(parsed.lines) else ""


def rule_files(folder: Path, buffers: Mapping[str, str]) -> tuple[str, ...]:
    """The rule files of a folder, on disk or only in the editor, in order of name."""
    on_disk = [path.as_posix() for path in folder.glob(f"*{SUFFIX}") if path.is_file()] if folder.is_dir() else []
    unsaved = [name for name in buffers if name.endswith(SUFFIX) and Path(name).parent == folder]
    return tuple(sorted({*on_disk, *unsaved}))


def view_of(folder: Path, buffers: Mapping[str, str], good: RuleSet | None = None) -> View:
    """Read and compile the rules of a folder; ``buffers`` are texts not saved yet by path."""
    problems: list[Diagnostic] = []
    sources = _sources(folder, buffers, problems)
    texts: Texts = {}
    try:
        texts = load_texts(sources)
    except RulesError as error:
        problems += error.diagnostics
    rules, told = compile_packs(sources, texts=texts)
    decoded = {source.name: decode(source)[0] for source in sources}
    files = {name: parse(name, text) for name, text in decoded.items() if text is not None}
    parsed = list(files.values())
    instruments = tuple(one for held in texts.values() for one in held)
    return View(
        folder=folder,
        sources=tuple(sources),
        files=files,
        packs=pack_ids(parsed),
        words=words_of(parsed),
        names=occurrences(parsed),
        texts=instruments,
        diagnostics=(*problems, *told),
        rules=rules,
        good=rules or good,
    )


def _sources(folder: Path, buffers: Mapping[str, str], problems: list[Diagnostic]) -> list[Source]:
    found = []
    for name in rule_files(folder, buffers):
        held = buffers.get(name)
        try:
            data = Path(name).read_bytes() if held is None else held.encode(errors="replace")
        except OSError as error:
            problems.append(Diagnostic(code="unreadable", message=f"读不了文件「{name}」：{reason(error)}。"))
            continue
        found.append(Source(name, data))
    return found


Stamp = tuple[tuple[str, int], ...]


def stamp_of(folder: Path, versions: Mapping[str, int]) -> Stamp:
    """What a view rests on: it is made anew when this changes. ``versions`` count the changes of open files."""
    names = [Path(name) for name in rule_files(folder, dict.fromkeys(versions, ""))]
    texts = sorted((folder / FOLDER).glob("*.txt")) if (folder / FOLDER).is_dir() else []
    return tuple((path.as_posix(), versions.get(path.as_posix(), changed_at(path))) for path in (*names, *texts))


def changed_at(path: Path) -> int:
    """When a file was last written, told apart from the counts of an editor by its sign; 0 where it is gone."""
    try:
        return -path.stat().st_mtime_ns
    except OSError:
        return 0
