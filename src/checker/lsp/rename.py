"""Rename: a name in all files of its pack and wherever fixtures, registers and other packs use it; or why not."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from checker.language.parse import is_numeral, keywords
from checker.language.symbols import Kind, Occurrence, Symbol, occurrence_at, occurrences
from checker.lsp.fixture_names import FixtureText, mentions, registered
from checker.lsp.surroundings import Surroundings
from checker.lsp.view import View, view_of
from checker.model.diagnostic import Level
from checker.model.place import Span

_NAME: Final = re.compile(r"[\w·.-]{1,60}")
_BARE: Final = (Kind.ACT, Kind.ATTRIBUTE, Kind.ORGAN, Kind.PERSON, Kind.PARAMETER)
"""Kinds whose names stand in the same places, so that one name can be of one kind only."""


class Refused(NamedTuple):
    """Why a name is not changed: one sentence."""

    message: str


class Renaming(NamedTuple):
    """The stretches to be replaced by the new name, and the files that go on naming the old one."""

    symbol: Symbol
    new: str
    spans: tuple[Span, ...]
    left: tuple[str, ...] = ()


def renamable(view: View, file: str, line: int, column: int) -> Occurrence | Refused:
    """The name at a place, if it can be changed at all."""
    found = occurrence_at(view.names, file, line, column)
    if found is None:
        return Refused("这里没有可以改名的词。")
    if found.symbol.kind is Kind.PACK:
        return Refused("规程的标识写在文件夹、现场文件和别的规程里，不能在这里改。")
    if not any(one.declares and one.symbol == found.symbol for one in view.names):
        return Refused(f"「{found.symbol.written}」没有在本规程里声明，请到声明它的规程里改。")
    if view.rules is None:
        return Refused("规则还有错误，改名可能漏改，请先改正。")
    return found


def renaming(view: View, file: str, line: int, column: int, new: str, around: Surroundings) -> Renaming | Refused:
    """Every stretch that names what stands at a place; refused where it would change a meaning or miss a place."""
    found = renamable(view, file, line, column)
    if isinstance(found, Refused):
        return found
    symbol = found.symbol
    reason = (
        _unfit(new, symbol) or _taken(view, symbol, new) or _several_owners(view, symbol) or _unread(symbol, around)
    )
    if reason:
        return Refused(reason)
    own = [one.span for one in view.names if one.symbol == symbol]
    reason = _misread(view, symbol, new, own)
    if reason:
        return Refused(reason)
    spans = (*own, *dict.fromkeys(_around(view, symbol, around)))
    return Renaming(symbol, new, spans, tuple(_left(symbol, spans, around)))


def _unfit(new: str, symbol: Symbol) -> str:
    if not _NAME.fullmatch(new):
        return f"「{new}」不能作名称：只用文字、数字、「·」「.」「-」「_」，不含空格和标点，不超过 60 字。"
    if new in keywords() or is_numeral(new):
        return f"「{new}」是语言自己的词，或者读作数、日期、期间，不能作名称。"
    return f"「{new}」就是现在的名称。" if new == symbol.written else ""


def _taken(view: View, symbol: Symbol, new: str) -> str:
    for one in view.names:
        other = one.symbol
        same = other.kind is symbol.kind and other.owner == symbol.owner
        if one.declares and other.written == new and (same or {other.kind, symbol.kind} <= set(_BARE)):
            return f"「{new}」已经是{other.kind}的名称（第 {one.span.line} 行），改名后分不清。"
    return ""


def _several_owners(view: View, symbol: Symbol) -> str:
    owners = {
        one.symbol.owner for one in view.names if one.symbol.kind is Kind.VALUE and one.symbol.name == symbol.name
    }
    if symbol.kind is Kind.VALUE and len(owners) > 1:
        return f"「{symbol.name}」是几个属性的取值（{'、'.join(sorted(owners))}），不知改哪一个，请逐处改。"
    return ""


def _unread(symbol: Symbol, around: Surroundings) -> str:
    files = (*around.fixtures, *(around.shared if symbol.kind in (Kind.NORM, Kind.INDICATOR) else ()))
    word = symbol.name if symbol.kind in (Kind.NORM, Kind.INDICATOR) else symbol.written
    unread = [one.file.rpartition("/")[2] for one in files if one.trees is None and word in one.text]
    return f"用例文件「{'」「'.join(unread)}」不是可读的 YAML，却写到「{symbol.written}」，请先改它。" if unread else ""


def _misread(view: View, symbol: Symbol, new: str, spans: Sequence[Span]) -> str:
    """What would be wrong with the pack afterwards: it is compiled with the new name."""
    texts = {name: "\n".join(line.raw for line in parsed.lines) for name, parsed in view.files.items()}
    buffers = {name: replaced(text, [s for s in spans if s.file == name], new) for name, text in texts.items()}
    after = view_of(view.folder, buffers)
    errors = [one.message for one in after.diagnostics if one.level is Level.ERROR]
    if after.rules is None or errors:
        return f"改名之后规则读不成：{errors[0] if errors else '没有规则'}"
    wanted = renamed(symbol, new)
    count = sum(one.symbol == wanted for one in after.names)
    return "" if count == len(spans) else f"改成「{new}」之后，有的地方读成了别的词，没有改。"


def renamed(symbol: Symbol, new: str) -> Symbol:
    """The symbol with another name, in its pack."""
    pack, mark, _ = symbol.name.rpartition("/") if symbol.kind in (Kind.NORM, Kind.INDICATOR) else ("", "", "")
    return symbol._replace(name=f"{pack}{mark}{new}")


def replaced(text: str, spans: Sequence[Span], new: str) -> str:
    """The text with the stretches replaced; each lies in one line."""
    lines = text.split("\n")
    for span in sorted(spans, key=lambda one: (one.line, one.column), reverse=True):
        line = lines[span.line - 1]
        lines[span.line - 1] = line[: span.column - 1] + new + line[span.end_column - 1 :]
    return "\n".join(lines)


def _around(view: View, symbol: Symbol, around: Surroundings) -> Iterator[Span]:
    is_id = symbol.kind in (Kind.NORM, Kind.INDICATOR)
    fixtures: tuple[FixtureText, ...] = (*around.fixtures, *(around.shared if is_id else ()))
    for fixture in fixtures:
        yield from mentions(fixture, symbol, view.words)
    for register in around.registers:
        yield from registered(register, symbol, pack_of(view, symbol), view.folder.as_posix())
    if is_id and around.beside:
        yield from (one.span for one in occurrences(around.beside) if one.symbol == symbol and not one.declares)


def _left(symbol: Symbol, spans: Sequence[Span], around: Surroundings) -> Iterator[str]:
    """Files that name a norm in full in more places than are replaced: comments, remarks, reviewed lists."""
    if symbol.kind not in (Kind.NORM, Kind.INDICATOR):
        return
    named = re.compile(rf"(?<![\w·/.-]){re.escape(symbol.name)}(?![\w·/.-])")
    for one in (*around.fixtures, *around.shared, *around.registers, *around.lists):
        if len(named.findall(one.text)) > sum(span.file == one.file for span in spans):
            yield one.file


def pack_of(view: View, symbol: Symbol) -> str:
    """The id of the pack that declares a name."""
    places = (one.span.file for one in view.names if one.symbol == symbol and one.declares)
    return next((view.packs.get(name, "") for name in places), "")
