"""The texts beside a pack: ``text/*.txt`` to instruments, header by header and article by article.

A text file starts with lines ``# 键：值``; what follows is the wording. A file whose only line is
``# 见：petition/xf2022.txt`` points to the text of another pack in the same folder of packs, so that each instrument
stands in one place.
"""

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Final

from checker.calendars.unreadable import reason
from checker.language.heads import validity
from checker.language.nearest import did_you_mean
from checker.language.source import Source, decode
from checker.model.diagnostic import Diagnostic, RulesError
from checker.model.place import Span
from checker.model.source import ARTICLE, Article, Instrument, Rank, TextStatus

FOLDER: Final = "text"
NO_LAW: Final = "非法源"
"""效力 of a text that is quoted but is no source of law."""

_KEYS: Final = (
    "名称", "简称", "标识", "制定", "文号", "施行", "废止", "效力", "状态", "文本", "来源", "比对", "摘录",
    "说明", "见",
)  # fmt: skip
_NEEDED: Final = ("名称", "标识", "效力", "状态", "文本", "来源")
_HEADER: Final = re.compile(r"#\s*([^：:\s]+)\s*[：:]\s*(.*)")
_OPENING: Final = re.compile(rf"({ARTICLE}|（(?![一二三四五六七八九十]+）)[^（）]+）)[\s　]")
_DIVISION: Final = re.compile(r"第[一二三四五六七八九十百]+[编章节][\s　]")

Texts = Mapping[PurePath, tuple[Instrument, ...]]
"""Instruments by the folder of the pack, named as the rule files are."""


def load_texts(sources: Iterable[Source]) -> Texts:
    """The instruments beside the rule files. RulesError with every complaint."""
    found: dict[PurePath, tuple[Instrument, ...]] = {}
    problems: list[Diagnostic] = []
    for folder, files in _beside(sources):
        read = [_read(file, None, problems) for file in files]
        if files:
            found[folder] = tuple(instrument for instrument in read if instrument is not None)
    if problems:
        raise RulesError(tuple(problems))
    return found


def _beside(sources: Iterable[Source]) -> Iterator[tuple[PurePath, list[Path]]]:
    for folder in dict.fromkeys(PurePath(source.name).parent for source in sources):
        beside = Path(folder) / FOLDER
        yield folder, sorted(beside.glob("*.txt")) if beside.is_dir() else []


def text_files(sources: Iterable[Source]) -> Iterator[Path]:
    """Every file that :func:`load_texts` reads for these rules, those pointed to included."""
    for _, files in _beside(sources):
        for file in files:
            yield file
            with contextlib.suppress(OSError):
                text, _ = decode(Source(file.as_posix(), file.read_bytes()))
                header, _ = _header("", text or "", [])
                if "见" in header:
                    yield _target(file, header["见"][0])


def _target(file: Path, goal: str) -> Path:
    pack, _, name = goal.partition("/")
    return file.parents[2] / pack / FOLDER / name


def _read(file: Path, home: str | None, problems: list[Diagnostic]) -> Instrument | None:
    try:
        source = Source(file.as_posix(), file.read_bytes())
    except OSError as error:
        problems.append(_complaint(file.as_posix(), 1, f"读不了条文「{file.as_posix()}」：{reason(error)}。"))
        return None
    text, refusal = decode(source)
    if text is None or refusal is not None:
        problems += [refusal] if refusal is not None else []
        return None
    header, start = _header(source.name, text, problems)
    if "见" in header:
        return _pointed(file, header["见"][0], home, problems)
    return _instrument(source.name, text, header, start, home, problems)


def _pointed(file: Path, goal: str, home: str | None, problems: list[Diagnostic]) -> Instrument | None:
    target = _target(file, goal)
    if home is not None or "/" not in goal or not target.is_file():
        message = f"「{file.as_posix()}」所指的条文「{goal}」不存在，或者它也只是指向别处。"
        help = "写作「# 见：规程文件夹/文件名.txt」，指向同一处规则里的文件。"
        problems.append(_complaint(file.as_posix(), 1, message, help))
        return None
    return _read(target, goal.partition("/")[0], problems)


def _header(name: str, text: str, problems: list[Diagnostic]) -> tuple[dict[str, tuple[str, int]], int]:
    """Values with their lines, and the number of lines in the header."""
    found: dict[str, tuple[str, int]] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if not line.startswith("#"):
            return found, number - 1
        match = _HEADER.fullmatch(line.rstrip())
        if match is None or match[1] not in _KEYS:
            help = did_you_mean(match[1], _KEYS) if match else "写作「# 名称：信访工作条例」。"
            problems.append(_complaint(name, number, f"条文的抬头不认识这一行：「{line[:40]}」。", help))
        elif match[1] in found:
            problems.append(_complaint(name, number, f"条文的抬头「{match[1]}」写了两次。"))
        else:
            found[match[1]] = (match[2].strip(), number)
    return found, len(lines)


def _instrument(
    name: str,
    text: str,
    header: Mapping[str, tuple[str, int]],
    start: int,
    home: str | None,
    problems: list[Diagnostic],
) -> Instrument | None:
    before = len(problems)
    lacking = [key for key in _NEEDED if not header.get(key, ("", 0))[0]]
    if lacking:
        problems.append(_complaint(name, 1, f"条文的抬头缺少「{'」「'.join(lacking)}」。"))
        return None
    rank = _one_of(name, header["效力"], (*[r.value for r in Rank if r is not Rank.TEMPLATE], NO_LAW), problems)
    status = _one_of(name, header["文本"], [s.value for s in TextStatus], problems)
    first, end = (_day(name, header.get(key), problems) for key in ("施行", "废止"))
    articles = articles_of(text, start)
    if not articles:
        problems.append(_complaint(name, start, f"「{name}」里没有条文。"))
    if len(problems) > before:
        return None
    value = {key: header.get(key, ("", 0))[0] for key in _KEYS}
    return Instrument(title=value["名称"], short=value["简称"], slug=value["标识"],
                      rank=None if rank == NO_LAW else Rank(rank), state=value["状态"],
                      valid=validity(first, end), status=TextStatus(status), excerpt=value["摘录"],
                      remark=value["说明"], origin=value["来源"], articles=articles, file=name, home=home)  # fmt: skip


def _one_of(name: str, given: tuple[str, int], known: Sequence[str], problems: list[Diagnostic]) -> str:
    word, line = given
    if word not in known:
        help = did_you_mean(word, known) or f"须为 {'、'.join(known)} 之一。"
        problems.append(_complaint(name, line, f"条文的抬头不能写「{word}」。", help))
    return word


def _day(name: str, given: tuple[str, int] | None, problems: list[Diagnostic]) -> dt.date | None:
    if given is None or not given[0]:
        return None
    try:
        return dt.date.fromisoformat(given[0])
    except ValueError:
        message = f"条文的抬头里没有「{given[0]}」这一天。"
        problems.append(_complaint(name, given[1], message, "日期写作 2022-05-01；不知道的不写这一行。"))
        return None


def articles_of(text: str, start: int) -> tuple[Article, ...]:
    """The articles after so many lines of header; a text that has none is one article without a name."""
    found: list[tuple[str, int, list[str]]] = []
    is_open = False
    body = text.split("\n")[start:]
    for number, line in enumerate(body, start + 1):
        opening = _OPENING.match(line)
        if opening is not None:
            found.append((opening[1], number, [line]))
            is_open = True
        elif _DIVISION.match(line):
            is_open = False
        elif is_open:
            found[-1][2].append(line)
    if not found and any(line.strip() for line in body):
        return (Article(name="", text="\n".join(body).strip(), line=start + 1),)
    return tuple(Article(name=name, text="\n".join(lines).strip(), line=line) for name, line, lines in found)


def _complaint(file: str, line: int, message: str, help: str = "") -> Diagnostic:
    span = Span(file=file, line=max(line, 1), column=1, end_line=max(line, 1), end_column=1)
    return Diagnostic(code="text", message=message, at=span, help=help)
