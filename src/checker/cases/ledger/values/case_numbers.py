"""Numbers of cases (案号) and other identifiers: one text for every way of writing the same one."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from checker.cases.ledger.grid import shown
from checker.cases.ledger.values.absent import no_value
from checker.cases.ledger.values.characters import narrow, plain_dashes
from checker.cases.ledger.values.texts import whole_number
from checker.cases.problems import Refusal, named
from checker.cases.typed import read_name

_OPEN: Final = "([{<〔【﹝「『〖〈《⟨"
_CLOSE: Final = ")]}>〕】﹞」』〗〉》⟩"
_ZERO: Final = "〇零○◯ＯOo"
_DIGITS: Final = {**{char: str(n) for n, char in enumerate("〇一二三四五六七八九")}, **dict.fromkeys(_ZERO, "0")}
_YEAR: Final = re.compile(
    rf"[{re.escape(_OPEN)}] *(?P<year>(?:[0-9] *){{4}}|[{_ZERO}一二三四五六七八九]{{4}}) *年? *[{re.escape(_CLOSE)}]"
)
_OFFICIAL: Final = re.compile(r"（[0-9]{4}）[^（〔]+?号|[^（〔、;]+〔[0-9]{4}〕[^（〔]+?号")
_BETWEEN_WORDS: Final = re.compile(r"(?<=[0-9A-Za-z]) +(?=[0-9A-Za-z])")
_SCIENTIFIC: Final = re.compile(r"[0-9]\.[0-9]+[eE][+-]?[0-9]+")
_SEVERAL: Final = re.compile(r"[、,;]|(?<=[0-9号])[~至和及](?=[0-9（])")
_DIGIT: Final = re.compile(r"[0-9]")
_WHOLE: Final = re.compile(r"[A-Za-z]+[^0-9]*[0-9]|[0-9]{4,}$")
"""A line that can be an identifier of its own: the second line of 案号 that was wrapped is 12号 or 刑初12号."""
_WEAK: Final = re.compile(r"字?第|号|[（）〔〕\- ]")
_LONG: Final = 400
"""What is longer is not kept in memory for the next cell."""
_DITTO: Final = re.compile(r"[同如](?:上|前|左|右)(?:[案行件])?|上同|[〃々\"'“”″′＂`.…↑⇧^-]+")
"""What stands for the number above: which rows it reaches changes as soon as the rows are sorted."""
_LISTED: Final = re.compile(
    r"[0-9号] *[、;,] *(?=[^、;,]*[0-9])|[0-9号] *[至到~] *(?=.*[0-9])|号 *[ /和及与](?=.*[0-9])"
)
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_EXPECTED: Final = "（2024）黑0381刑初12号、黑政法督〔2024〕12号 或 DB-2024-012"


def read_case_number(raw: object) -> str | Refusal:
    """The canonical text: equal for two cells if, and only if, they write the same number.

    Width, blanks, dashes, brackets and what does not show are made alike: the year stands in （） at the beginning, in
    〔〕 behind a name. No digit, leading zero or letter is ever changed.
    """
    refusal = no_value(raw, "案号")
    if refusal is not None:
        return refusal
    match raw:
        case str():
            return _from_text(raw) if len(raw) <= _LONG else _from_text.__wrapped__(raw)
        case bool() | dt.date() | dt.time() | dt.timedelta():
            help_text = "表格软件可能把编号当成了日期：把这一列设为文本格式，重新填写"
            return Refusal("bad-case-number", f"{named(shown(raw))}不是案号", _EXPECTED, help_text)
        case int() | float():
            return _from_number(raw)
        case _:
            return Refusal("bad-case-number", f"{named(shown(raw))}不是案号", _EXPECTED)


def is_same(one: object, other: object) -> bool:
    """Whether two cells write the same number."""
    first = read_case_number(one)
    return isinstance(first, str) and first == read_case_number(other)


def look_alike(canonical: str) -> str:
    """Equal for numbers that may well be one though they are written apart: 第012号 and 12号, in capitals or not.

    Only good for a question to the user; such numbers are never taken for the same.
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", _WEAK.sub(" ", canonical).casefold())
    return " ".join(part.lstrip("0") or "0" if part.isdigit() else part.strip() for part in parts if part.strip())


def _from_number(raw: float) -> str | Refusal:
    number = whole_number(raw)
    if isinstance(number, Refusal):
        return number
    if isinstance(number, float) or number < 0:
        return Refusal("bad-case-number", f"「{raw}」不是案号", _EXPECTED)
    return str(number)


@lru_cache(maxsize=65536)
def _from_text(text: str) -> str | Refusal:
    words = plain_dashes(narrow(text))
    if _SCIENTIFIC.fullmatch(words):
        help_text = "表格软件把长号码改成了科学计数：把这一列设为文本格式，重新填写"
        return Refusal("rounded-number", f"{named(text)}不是完整的号码", _EXPECTED, help_text)
    if _DITTO.fullmatch(words.replace(" ", "")):
        return Refusal("ditto", f"{named(text)}不是案号", _EXPECTED, "每行都写编号，或者合并单元格")
    marked = _YEAR.sub(_year, words)
    several = _how_many(text, marked)
    if several > 1:
        return Refusal("two-case-numbers", f"{named(text)}里有 {several} 个案号", "一格一个案号", "分成几行")
    if _LISTED.search(words) and not _THOUSANDS.fullmatch(words):
        return Refusal("two-case-numbers", f"{named(text)}里不止一个案号", "一格一个案号", "分成几行")
    tidy = marked.replace(" ", "") if marked != words else _BETWEEN_WORDS.sub("\0", marked).replace(" ", "")
    return read_name(tidy.replace("\0", " "), "案号")


def _how_many(text: str, marked: str) -> int:
    """How many numbers a cell seems to write: 12号、13号 are two, and so are two lines that could each be one."""
    pieces = [piece for piece in _SEVERAL.split(marked) if _DIGIT.search(piece)]
    lines = [line for line in map(narrow, text.splitlines()) if line]
    are_whole = len(lines) > 1 and all(_WHOLE.match(line) for line in lines)
    return max(len(_OFFICIAL.findall(marked.replace(" ", ""))), len(pieces), len(lines) if are_whole else 0)


def _year(found: re.Match[str]) -> str:
    digits = found["year"].replace(" ", "")
    year = "".join(_DIGITS.get(char, char) for char in digits)
    before = found.string[: found.start()].rstrip()
    return f"（{year}）" if not before or before[-1] in "、,;/号" else f"〔{year}〕"
