"""Waivers in the files: ``# lint: 允许 CODE 理由`` on a line of its own, above the line it is about."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.language.parse import Parsed
from checker.language.scan import Line
from checker.model.place import Span

_WAIVER: Final = re.compile(
    r"[#＃]\s*lint\s*[:：]\s*(?P<word>\S*)\s*(?P<code>[A-Za-z-]*)\s*(?P<reason>.*)", re.IGNORECASE
)
_WORD: Final = "允许"


class Waiver(NamedTuple):
    """One waiver. ``line`` is the line it is about (0: none follows); ``word`` should be 允许."""

    file: str
    code: str
    reason: str
    line: int
    span: Span
    word: str
    text: str

    @property
    def is_whole(self) -> bool:
        """Whether it says what is allowed and why."""
        return self.word == _WORD and bool(self.code) and bool(self.reason)


def waivers_of(parsed: Parsed) -> Iterator[Waiver]:
    """Every waiver of a file, whole or not; a comment behind a line is none."""
    for line in parsed.lines:
        found = _WAIVER.match(line.raw[line.comment :]) if line.is_blank else None
        if found is None:
            continue
        text = line.raw.strip()
        start = line.raw.index(text)
        span = Span(file=parsed.name, line=line.number, column=start + 1, end_line=line.number,
                    end_column=start + len(text) + 1)  # fmt: skip
        about = line_below(parsed, line.number)
        yield Waiver(parsed.name, found["code"], found["reason"].strip(), about, span, found["word"], text)


def line_below(parsed: Parsed, number: int) -> int:
    """The line itself, or, where that is a comment, the first one below that is none; 0 at the end of the file."""
    return next((line.number for line in parsed.lines[number - 1 :] if not _is_comment(line)), 0)


def _is_comment(line: Line) -> bool:
    return line.is_blank and bool(line.raw.strip())
