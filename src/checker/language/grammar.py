"""The parser that ``grammar/norm.lark`` describes, with its table kept in the user's cache between runs."""

import contextlib
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lark import Lark
from lark import __version__ as lark_version
from lark.lexer import Lexer, Token

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
    stamp = hashlib.sha256(f"{lark_version} {sys.version_info[:2]} {text}".encode()).hexdigest()[:32]
    name = f"norm-{stamp}.lark"
    with contextlib.suppress(Exception):  # a cache that cannot be read is no reason to stop: build anew
        return _load((_cache_folder() / name).read_bytes())
    built = Lark(text, lexer=NoLexer, **_OPTIONS)
    with contextlib.suppress(OSError, RuntimeError):  # no home, or one that cannot be written
        _keep(built, _cache_folder() / name)
    return built


def _load(data: bytes) -> Lark:
    stored = pickle.loads(data)
    stored["data"]["options"]["lexer"] = NoLexer
    return Lark.__new__(Lark)._load(stored)


def _keep(built: Lark, path: Path) -> None:
    buffer = io.BytesIO()
    built.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(buffer.getvalue())
    os.replace(file.name, path)


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "checker"
