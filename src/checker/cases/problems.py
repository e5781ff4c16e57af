"""What is wrong with a record: collected while it is read, turned into diagnostics with places at the end."""

import datetime as dt
import difflib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, TypeAlias

from checker.model.diagnostic import Diagnostic, Level, Note
from checker.model.place import Place

Path: TypeAlias = tuple[str | int, ...]
"""Where in a record: ``("events", 2, "date")``; keys as the record writes them, list positions from 0."""

Locate: TypeAlias = Callable[[Path], Place]

MOST: Final = 20
"""Problems listed for one record; the rest are counted."""

CASE_LEFT_OUT: Final = "本案未检查，其余照常"
FILE_LEFT_OUT: Final = "这部分未读入，其余照常"
_QUOTE: Final = 40


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one value cannot be taken: a code and the parts of a message."""

    code: str
    message: str
    expected: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class BadCase:
    """A record, or a file, that was left out, and why. ``id`` is None where it could not be read."""

    id: str | None
    place: Place
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Problems:
    """The problems of one record, in the order they were met; only the first :data:`MOST` are kept."""

    locate: Locate
    kept: list[Diagnostic] = field(default_factory=list)
    total: int = 0
    remarks: list[Diagnostic] = field(default_factory=list)

    def remark(self, refusal: Refusal, path: Path, quote: object, meanwhile: str) -> None:
        """Note what spoils nothing but must not pass in silence."""
        warning = diagnosed(refusal, self.locate(path), quoted(quote), meanwhile)
        self.remarks.append(warning.model_copy(update={"level": Level.WARNING}))

    def add(self, refusal: Refusal, path: Path, quote: object = "", also: tuple[Path, str] | None = None) -> None:
        """Note a refusal at a path; ``also`` is a second path with its note."""
        self.total += 1
        if self.total > MOST:
            return
        notes = (Note(at=self.locate(also[0]), text=also[1]),) if also else ()
        self.kept.append(diagnosed(refusal, self.locate(path), quoted(quote), CASE_LEFT_OUT, notes))

    def all(self) -> tuple[Diagnostic, ...]:
        """The diagnostics, with one more that counts what was not listed."""
        if self.total <= MOST:
            return tuple(self.kept)
        rest = Refusal("more-problems", f"本案另有 {self.total - MOST} 处问题未列出")
        return (*self.kept, diagnosed(rest, self.locate(()), "", CASE_LEFT_OUT))


def diagnosed(
    refusal: Refusal, at: Place, quote: str = "", meanwhile: str = FILE_LEFT_OUT, notes: tuple[Note, ...] = ()
) -> Diagnostic:
    """The refusal as a diagnostic at a place."""
    return Diagnostic(
        code=refusal.code,
        message=refusal.message,
        at=at,
        quote=quote,
        expected=refusal.expected,
        help=refusal.help,
        meanwhile=meanwhile,
        notes=notes,
    )


def unread(refusal: Refusal, at: Place, quote: str = "", notes: tuple[Note, ...] = ()) -> BadCase:
    """A stretch of a source that could not be read at all."""
    return BadCase(None, at, (diagnosed(refusal, at, quote, notes=notes),))


def quoted(value: object) -> str:
    """The user's own text, shortened; containers are only hinted at, since they may be deep or long."""
    match value:
        case str():
            return value if len(value) <= _QUOTE else f"{value[:_QUOTE]}…（共 {len(value)} 字）"
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value) if value.bit_length() <= 200 else f"一个 {value.bit_length()} 位的二进制整数"
        case Decimal() | dt.date() | dt.time():
            return quoted(str(value))
        case dict():
            return "{…}" if value else "{}"
        case list():
            return "[…]" if value else "[]"
        case _:
            return type(value).__name__


def named(value: object) -> str:
    """The value in the quotation marks of a message."""
    return f"「{quoted(value)}」"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like this one, if any is like it at all."""
    likeness = 0.7 if word.isascii() else 0.5  # of two characters, one may be wrong
    found = difflib.get_close_matches(word[:60], list(known), n=1, cutoff=likeness)
    return found[0] if found else None


def unknown_word(code: str, what: str, word: object, known: Collection[str]) -> Refusal:
    """The refusal of a word that is not declared, with the nearest one that is."""
    near = nearest(word, known) if isinstance(word, str) else None
    some = "、".join(list(known)[:12]) + ("等" if len(known) > 12 else "")
    return Refusal(
        code,
        f"{what}{named(word)}没有声明",
        expected=some,
        help=f"是不是「{near}」？" if near else "",
    )
