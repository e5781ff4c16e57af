"""Second pass: a line to words. Width, blanks and comments end here; columns stay those of the user's text."""

import re
from typing import NamedTuple

_WIDE = {0xFF01 + n: chr(0x21 + n) for n in range(94)}
_CANON = {
    ",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "､": "、", "｡": "。", "｢": "「", "｣": "」",
    "“": "「", "”": "」", "\u3000": " ", "\t": " ", "\xa0": " ", "\u200b": " ", "\ufeff": " ",
}  # fmt: skip
_TABLE = str.maketrans({**_WIDE, **{ord(k): v for k, v in _CANON.items()}, **{0xFF0C: "，", 0xFF1A: "：", 0xFF1B: "；"},
                        0xFF08: "（", 0xFF09: "）"})  # fmt: skip

PUNCTUATION = "、，；：（）{}="
_CLOSING = {"「": "」", "“": "”", "｢": "｣", "『": "』", '"': '"', "＂": "＂", "《": "》"}
_END_OF_CLAUSE = re.compile(r"的 *，")
_WORD = re.compile(r"[\w·/.-]+")
_REFERENCE = re.compile(r"[^「；#\"『]+")

_NUM = r"(?:[0-9]+|[零〇一二两三四五六七八九十百千]+)"
_LENGTH = (
    rf"(?:半年|半个?月|{_NUM}个半月|{_NUM}(?:个?(?:工作日|自然日|小时|季度|月)|日|天|时|年)"
    rf"(?:半|{_NUM}个?月)?)"
)
_GLUED = (
    re.compile(
        rf"(前|起|之日起|延长|期限为|提前|累计不超过|不计入|与|以)?({_LENGTH})(内|前|后|为限|为工作日|以内为工作日)?"
    ),
    re.compile(rf"(以|不超过)?({_NUM}次)(为限)?"),
)


class Word(NamedTuple):
    """A word of a line: its canonical text, its kind and its place (0-based, end exclusive)."""

    text: str
    kind: str
    start: int
    end: int


class Line(NamedTuple):
    """A line as written and in canonical width (same length), where its comment starts, how far it is indented."""

    number: int
    raw: str
    text: str
    comment: int
    indent: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands before the comment."""
        return not self.text[: self.comment].strip()


def read_lines(text: str) -> list[Line]:
    """Every line of the file, numbered from 1."""
    return [_line(number, raw) for number, raw in enumerate(text.split("\n"), 1)]


def _line(number: int, raw: str) -> Line:
    text = raw.translate(_TABLE)
    body = raw.lstrip(" \t\u3000\xa0")
    lead = raw[: len(raw) - len(body)]
    width = sum({"\t": 4, "\u3000": 2}.get(char, 1) for char in lead)
    return Line(number, raw, text, _comment_start(raw, text), width)


def _comment_start(raw: str, text: str) -> int:
    if "#" not in text:
        return len(text)
    at = 0
    while at < len(text):
        if text[at] == "#":
            return at
        if raw[at] in _CLOSING:
            at = _closing(raw, at) or len(text)
        else:
            at += 1
    return len(text)


def _closing(raw: str, start: int) -> int | None:
    """The place after the mark that closes the one at ``start``; marks of the same kind nest."""
    opened, closed = raw[start], _CLOSING[raw[start]]
    depth = 0
    for at in range(start, len(raw)):
        if raw[at] == closed and (opened != closed or at > start):
            depth -= 1
            if opened == closed or depth == 0:
                return at + 1
        elif raw[at] == opened:
            depth += 1
    return None


def words_at(line: Line, at: int, reference: bool) -> list[Word]:
    """The next word from ``at`` on, cut in up to three where a period is glued to what surrounds it; [] at the end.

    ``reference`` asks for free text up to a quotation.
    """
    text, end = line.text, line.comment
    while at < end and text[at] == " ":
        at += 1
    if at >= end or (text[at] == "。" and not text[at + 1 : end].strip()):
        return []
    if line.raw[at] in _CLOSING and not (reference and text[at] == "《"):
        return [_quoted(line, at)]
    if reference and (found := _REFERENCE.match(text, at, end)):
        body = found[0].rstrip(" 。，")
        kind = "reference" if body.count("《") == body.count("》") else "unclosed-title"
        return [Word(_tidy(body), kind, at, at + len(body))] if body else [Word(line.raw[at], "bad", at, at + 1)]
    if found := _END_OF_CLAUSE.match(text, at, end):
        return [Word("的，", "punctuation", at, found.end())]
    if text[at] in PUNCTUATION:
        return [Word(text[at], "punctuation", at, at + 1)]
    if found := _WORD.match(text, at, end):
        return _unglue(found[0], at)
    return [Word(line.raw[at], "bad", at, at + 1)]


def _tidy(reference: str) -> str:
    """Free text with no blanks around its marks and single ones elsewhere."""
    return re.sub(r" +", " ", re.sub(r" *([，、；：（）《》]) *", r"\1", reference))


def _quoted(line: Line, at: int) -> Word:
    end = _closing(line.raw, at)
    kind = "title" if line.raw[at] == "《" else "quote"
    if end is None:
        return Word(line.raw[at:], "unclosed-" + kind, at, line.comment)
    inside = line.text[at + 1 : end - 1] if kind == "title" else line.raw[at + 1 : end - 1]
    return Word(f"《{inside}》" if kind == "title" else f"「{inside}」", kind, at, end)


def _unglue(text: str, at: int) -> list[Word]:
    if len(text) <= 30:
        for shape in _GLUED:
            if found := shape.fullmatch(text):
                return [Word(part, "word", at + found.start(n), at + found.end(n))
                        for n, part in enumerate(found.groups(), 1) if part]  # fmt: skip
    return [Word(text, "word", at, at + len(text))]
