"""The parser that ``grammar/norm.lark`` describes, with its table kept in the user's cache between runs."""

import contextlib
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lark import Lark
from lark import __version__ as lark_version
from lark.grammar import Rule
from lark.lexer import Lexer, TerminalDef, Token

from checker.language.cache import keep, read

if TYPE_CHECKING:
    from lark.lexer import LexerState

_OPTIONS = {"parser": "lalr", "propagate_positions": True, "maybe_placeholders": False}


class NoLexer(Lexer):
    """Stands in for lark's own lexer: words are read by :mod:`checker.language.scan`, line by line."""

    def __init__(self, lexer_conf: object) -> None:
        """Nothing to prepare."""

    def lex(self, lexer_state: "LexerState", parser_state: object) -> Iterator[Token]:  # noqa: ARG002
        """No words of its own."""
        yield from ()


def grammar_path() -> Path:
    """The grammar: inside the installed package, or at the top of the repository."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "shipped" / "grammar" / "norm.lark"
    return shipped if shipped.is_file() else package.parents[1] / "grammar" / "norm.lark"


@cache
def parser() -> Lark:
    """The LALR parser; from the cache if that holds this very grammar, else built and put there."""
    text = grammar_path().read_text(encoding="utf-8")
    stamp = hashlib.sha256(f"{lark_version} {text}".encode()).hexdigest()[:32]
    name = f"norm-{stamp}.json"
    held = read(name)
    with contextlib.suppress(Exception):  # a cache that cannot be used is no reason to stop: build anew
        if held is not None:
            return _load(held)
    built = Lark(text, lexer=NoLexer, **_OPTIONS)
    keep(name, _dumped(built))
    return built


def _dumped(built: Lark) -> str:
    """The table as JSON, without the parts that are classes or follow from our options."""
    data, memo = built.memo_serialize([TerminalDef, Rule])
    del data["options"], data["parser"]["lexer_conf"]["lexer_type"]
    return json.dumps({"data": data, "memo": memo}, ensure_ascii=False, separators=(",", ":"))


def _load(text: str) -> Lark:
    stored = json.loads(text)
    data, table = stored["data"], stored["data"]["parser"]["parser"]
    stored["memo"] = _numbered(stored["memo"])
    table["tokens"] = _numbered(table["tokens"])
    table["states"] = {state: _numbered(actions) for state, actions in _numbered(table["states"]).items()}
    data["parser"]["lexer_conf"]["lexer_type"] = NoLexer
    data["options"] = {**_OPTIONS, "lexer": NoLexer}
    return Lark.__new__(Lark)._load(stored)


def _numbered(held: dict[str, Any]) -> dict[int, Any]:
    """JSON writes every key as text; these are numbers."""
    return {int(key): value for key, value in held.items()}
