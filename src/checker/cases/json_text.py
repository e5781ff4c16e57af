"""JSON read strictly: exact decimals, no NaN, no key twice; and the way from a path back to line and column."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from json import scanner
from typing import Any, Final

from checker.cases.problems import Path, Refusal, quoted

DEEPEST: Final = 50
_BLANK = " \t\r\n"
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|NaN|-?Infinity')


class _RefusedError(Exception):
    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise _RefusedError(Refusal("duplicate-key", f"「{quoted(key)}」写了两次", help="只留一个"))
    return found


def _constant(name: str) -> object:
    raise _RefusedError(Refusal("not-a-number", f"「{name}」不是数", help="值未知时删去这一项"))


_DECODER = json.JSONDecoder(object_pairs_hook=_unique, parse_float=Decimal, parse_constant=_constant)


def parse(text: str) -> tuple[object, None] | tuple[Refusal, int | None]:
    """(value, None), or (refusal, where it stands as an offset, if that is known)."""
    try:
        return _DECODER.decode(text), None
    except json.JSONDecodeError as error:
        return _syntax(error, text), error.pos
    except _RefusedError as error:
        return error.refusal, _offset_of_refusal(text, error.refusal)
    except RecursionError:
        return Refusal("too-deep", "嵌套层数过多"), None
    except (ValueError, ArithmeticError):  # a number of thousands of digits, or an exponent out of all bounds
        return Refusal("number-too-large", "其中有一个数超出可用范围"), None


def _syntax(error: json.JSONDecodeError, text: str) -> Refusal:
    if error.pos >= len(text.rstrip()):
        return Refusal("bad-json", "内容在这里中断，不是完整的 JSON", help="可能被截断，重新导出")
    return Refusal("bad-json", "从这里起不合 JSON 的写法", help="检查引号、逗号和括号；引号和逗号用半角")


def _offset_of_refusal(text: str, refusal: Refusal) -> int | None:
    if refusal.code == "duplicate-key":
        return next(_duplicates(text, _skip(text, 0), 0), None)
    return next((token.start() for token in _TOKEN.finditer(text) if token[0][0] != '"'), None)


def _duplicates(text: str, at: int, depth: int) -> Iterator[int]:
    """Where keys stand that their object already has."""
    seen: set[str | int] = set()
    for key, start, value in members(text, at) if depth < DEEPEST else ():
        if key in seen:
            yield start
        seen.add(key)
        yield from _duplicates(text, value, depth + 1)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Both from 1."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def offset_of(text: str, path: Path) -> int:
    """Where the value at a path begins (for a key: the key itself); as deep as the path can be followed."""
    at, shown = _skip(text, 0), _skip(text, 0)
    for step in path:
        found = next((pair for key, *pair in members(text, at) if key == step), None)
        if found is None:
            return shown
        shown, at = found
    return shown


def members(text: str, at: int) -> Iterator[tuple[str | int, int, int]]:
    """(key or position, where it begins, where its value begins) of the object or array that begins at an offset."""
    opening = text[at] if at < len(text) else ""
    if opening not in ("{", "["):
        return
    n, at = 0, _skip(text, at + 1)
    while at < len(text) and text[at] not in "}]":
        key: str | int = n
        start = at
        if opening == "{":
            key, at = _SCANSTRING(text, at + 1, True)
            at = _skip(text, _skip(text, at) + 1)
        yield key, start, at
        _, at = _SKIPPER(text, at)
        at = _skip(text, at)
        at = _skip(text, at + 1) if at < len(text) and text[at] == "," else at
        n += 1


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


_SKIPPER: Final[Any] = getattr(scanner, "make_scanner")(json.JSONDecoder(parse_float=str, parse_int=str))  # noqa: B009
_SCANSTRING: Final[Any] = getattr(json.decoder, "scanstring")  # noqa: B009
