"""The one way a rule file is laid out: canonical marks and spaces, comments kept. Layout only: no word is changed."""

from typing import Final

from checker.language.parse import BLOCKS, Parsed, is_period
from checker.language.scan import Line, Word

_INDENT: Final = "  "
_TIGHT_BEFORE: Final = ("、", "，", "；", "：", "）", "}", "的，")
_TIGHT_AFTER: Final = ("、", "，", "；", "：", "（", "{", "的，")
_REMARKS: Final = ("以", "原期限", "延长后")
_JOINED: Final = {("period", "前"), ("period", "后"), ("period", "以内为工作日"), ("前", "period")}


def format_file(parsed: Parsed) -> str:
    """The text of a file that was read without fault, laid out anew; parsing it gives the same tree.

    A line that could not be read is kept as it stands. Each block has a blank line before it, or before the comments
    that stand right above it, and none after its head; elsewhere one blank line at most stands between others.
    """
    levels = _comment_levels(parsed)
    shown: list[str] = []
    after_head = True
    for line in parsed.lines:
        text = _line(parsed, line, levels.get(line.number, 0))
        is_head = _is_head(parsed, line)
        if is_head:
            _set_apart(shown)
        if text or (shown and shown[-1] and not after_head):
            shown.append(text)
            after_head = is_head
    while shown and not shown[-1]:
        shown.pop()
    return "\n".join(shown) + "\n" if shown else ""


def _is_head(parsed: Parsed, line: Line) -> bool:
    words = parsed.words.get(line.number, ())
    return len(words) > 0 and parsed.levels[line.number] == 0 and words[0].text in BLOCKS


def _set_apart(shown: list[str]) -> None:
    """A blank line before the comments that stand right above what comes next."""
    at = len(shown)
    while at and shown[at - 1].startswith("#"):
        at -= 1
    if at and shown[at - 1]:
        shown.insert(at, "")


def _comment_levels(parsed: Parsed) -> dict[int, int]:
    """How far a comment of its own stands in: as the line it is about, which is the next one of the same block.

    One that stands at the margin stays there, and one at the end of a block goes with the line before.
    """
    found: dict[int, int] = {}
    after = 0
    for line in reversed(parsed.lines):
        after = parsed.levels.get(line.number, after)
        found[line.number] = after
    before = 0
    for line in parsed.lines:
        before = parsed.levels.get(line.number, before)
        found[line.number] = (found[line.number] or max(before, 1)) if line.indent else 0
    return found


def _line(parsed: Parsed, line: Line, comment_level: int) -> str:
    comment = line.raw[line.comment :].rstrip()
    comment = "#" + comment[1:] if comment else ""
    words = parsed.words.get(line.number)
    if line.is_blank:
        return _INDENT * comment_level + comment if comment else ""
    if words is None:
        return line.raw.rstrip()
    body = _INDENT * parsed.levels[line.number] + _spaced(line, words)
    return f"{body}  {comment}" if comment else body


def _spaced(line: Line, words: tuple[Word, ...]) -> str:
    found = ""
    for position, word in enumerate(words):
        found += (" " if position and _is_apart(words, position) else "") + _text(line, word)
    return found


def _is_apart(words: tuple[Word, ...], at: int) -> bool:
    """Whether a space stands before the word: none in 前5日内, none before a remark such as （延长后）."""
    if words[at].text == "（" and at + 1 < len(words) and words[at + 1].text in _REMARKS:
        return False
    if words[at].text == "内" and at > 1 and words[at - 2].text == "前" and _kind(words[at - 1]) == "period":
        return False
    return _apart(words[at - 1], words[at])


def _text(line: Line, word: Word) -> str:
    if word.kind != "quote":
        return word.text
    inside = line.raw[word.start + 1 : word.end - 1]
    return f"「{inside}」" if _is_balanced(inside) else line.raw[word.start : word.end]


def _is_balanced(text: str) -> bool:
    """Whether the marks 「」 in it come in pairs, so that another pair round it closes where it should."""
    depth = 0
    for char in text:
        depth += {"「": 1, "」": -1}.get(char, 0)
        if depth < 0:
            return False
    return depth == 0


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
    return "period" if word.kind == "word" and is_period(word.text) else word.text
