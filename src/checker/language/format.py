"""The one way a rule file is laid out: canonical marks and spaces, comments kept. Layout only: no word is changed."""

import re

from checker.language.parse import Parsed
from checker.language.scan import Line, Word

_INDENT = "  "
_TIGHT_BEFORE = ("、", "，", "；", "：", "）", "}", "的，")
_TIGHT_AFTER = ("、", "，", "；", "：", "（", "{", "的，")
_REMARKS = ("以", "原期限", "延长后")
_JOINED = {("period", "内"), ("period", "前"), ("period", "后"), ("前", "period")}
_PERIOD = re.compile(r"(?:[0-9]+|[零〇一二两三四五六七八九十百千]+|半).*(?:日|天|月|年|时|季度)半?")


def format_file(parsed: Parsed) -> str:
    """The text of a file that was read without fault, laid out anew; parsing it gives the same tree.

    A line that could not be read is kept as it stands. One blank line at most stands between others.
    """
    shown: list[str] = []
    for line in parsed.lines:
        text = _line(parsed, line)
        if text or (shown and shown[-1]):
            shown.append(text)
    while shown and not shown[-1]:
        shown.pop()
    return "\n".join(shown) + "\n" if shown else ""


def _line(parsed: Parsed, line: Line) -> str:
    comment = line.raw[line.comment :].rstrip()
    comment = "#" + comment[1:] if comment else ""
    words = parsed.words.get(line.number)
    if words is None:
        return line.raw.rstrip() if not line.is_blank else _lone_comment(line, comment)
    body = _INDENT * parsed.levels[line.number] + _spaced(line, words)
    return f"{body}  {comment}" if comment else body


def _lone_comment(line: Line, comment: str) -> str:
    return " " * line.indent + comment if comment else ""


def _spaced(line: Line, words: tuple[Word, ...]) -> str:
    found = ""
    for position, word in enumerate(words):
        before = words[position - 1] if position else None
        tight = word.text == "（" and position + 1 < len(words) and words[position + 1].text in _REMARKS
        found += (" " if before is not None and not tight and _apart(before, word) else "") + _text(line, word)
    return found


def _text(line: Line, word: Word) -> str:
    return word.text if word.kind != "quote" else f"「{line.raw[word.start + 1 : word.end - 1]}」"


def _apart(before: Word, word: Word) -> bool:
    if word.kind == "quote":
        return before.kind not in ("reference", "title") and before.text not in _TIGHT_AFTER
    if before.text in _TIGHT_AFTER:
        return False
    if word.text in ("（", "{"):
        return word.text == "{" or before.text not in _TIGHT_AFTER
    if word.text == "的，":
        return True
    if word.text in _TIGHT_BEFORE:
        return False
    return (_kind(before), _kind(word)) not in _JOINED


def _kind(word: Word) -> str:
    return "period" if word.kind == "word" and _PERIOD.fullmatch(word.text) else word.text
