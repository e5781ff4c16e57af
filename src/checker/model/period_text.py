"""Periods as people write them: 「30日」「15个工作日」「一个半月」「1年6个月」「２４小时」."""

import re
from functools import lru_cache
from itertools import pairwise

from checker.model.values import Part, Period, Unit

_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789", " \t\u3000")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_TENS = {"十": 10, "百": 100, "千": 1000}
_LARGEST = 100_000
"""Beyond this a length is a slip of the pen, and the calendar could not reach its end."""

_UNITS: dict[str, tuple[int, Unit]] = {
    "年": (1, Unit.YEAR),
    "季度": (3, Unit.MONTH),
    "月": (1, Unit.MONTH),
    "周": (7, Unit.DAY),
    "星期": (7, Unit.DAY),
    "自然日": (1, Unit.DAY),
    "日": (1, Unit.DAY),
    "天": (1, Unit.DAY),
    "工作日": (1, Unit.WORKDAY),
    "小时": (1, Unit.HOUR),
    "时": (1, Unit.HOUR),
}
_HALVES = {Unit.YEAR: Part(n=6, unit=Unit.MONTH), Unit.MONTH: Part(n=15, unit=Unit.DAY)}
_ORDER = list(Unit)

_PIECE = re.compile(
    r"(?:零(?=.))?"
    r"(?P<n>[0-9]+|[〇零一二三四五六七八九两壹贰叁十百千万]+|半)"
    r"(?P<counter>个)?(?P<half_before>半)?"
    r"(?P<unit>工作日|自然日|季度|星期|小时|年|月|周|日|天|时)(?P<half_after>半)?"
)
_MONTH_AND_DAY = re.compile(r".*[^个]月.+日")
"""「3月5日」 is a date to most readers; three months and five days are 「3个月5日」."""
_BARE_UNITS = ("年", "日", "天", "时", "周")
"""Units that stand without 个 (三年, not 三个年)."""


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period | None:
    """The period the text writes, or None if it writes none.

    Arabic digits of either width and Chinese numerals; 年, 季度, 月, 周, 日, 天, 自然日, 工作日, 时, 小时; 半年, 半个月
    (15 days), 一个半月, 一年半. Plain 日 is ``Unit.DAY``: a pack that counts 日 in working days resolves it itself.
    Units stand from long to short, each once; hours stand alone.
    """
    compact = text.translate(_HALF_WIDTH)
    if _MONTH_AND_DAY.fullmatch(compact):
        return None
    parts: list[Part] = []
    at = 0
    while at < len(compact):
        piece = _PIECE.match(compact, at)
        found = _parts_of(piece) if piece else None
        if piece is None or found is None:
            return None
        parts.extend(found)
        at = piece.end()
    return Period(parts=tuple(parts)) if _is_well_ordered(parts) else None


def parse_numeral(text: str) -> int | None:
    """A whole number in Arabic digits of either width or in Chinese numerals below 一亿; None if it is none."""
    compact = text.translate(_HALF_WIDTH)
    if compact.isascii():
        return int(compact) if compact.isdigit() and len(compact) <= 18 else None
    head, wan, tail = compact.partition("万")
    if not wan:
        return _below_wan(compact)
    high, low = _below_wan(head), _below_wan(tail) if tail else 0
    return None if not high or low is None else high * 10_000 + low


def _below_wan(text: str) -> int | None:
    """Chinese numerals up to 九千九百九十九: with places (二十五), or digit by digit (二五)."""
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text)) if len(text) <= 4 else None
    if len(text) > 2 and text[-1] in _DIGITS and text[-2] in ("百", "千"):
        return None  # 一百五 is 150 in speech and 105 on paper
    total, digit, place = 0, None, 10_000
    for c in text:
        if c in _TENS:
            if _TENS[c] >= place or digit == 0:
                return None
            place = _TENS[c]
            total += (1 if digit is None else digit) * place
            digit = None
        elif c not in _DIGITS or digit:
            return None
        else:
            digit = _DIGITS[c]
    return total + (digit or 0)


def _parts_of(piece: re.Match[str]) -> list[Part] | None:
    factor, unit = _UNITS[piece["unit"]]
    halves = _halves(piece, unit)
    if halves is None:
        return None
    if piece["n"] == "半":
        return halves
    n = parse_numeral(piece["n"])
    if n is None or n * factor > _LARGEST or (piece["counter"] and piece["unit"] in _BARE_UNITS):
        return None
    return [Part(n=n * factor, unit=unit), *halves]


def _halves(piece: re.Match[str], unit: Unit) -> list[Part] | None:
    """What 半 adds: nothing if it is not there, None if it stands where it means nothing."""
    whole_unit = piece["unit"] in ("年", "月")
    marks = [piece["n"] == "半", bool(piece["half_before"]), bool(piece["half_after"])]
    if not any(marks):
        return []
    if marks.count(True) > 1 or not whole_unit:
        return None
    in_place = {
        "年": (marks[0] and not piece["counter"]) or marks[2],
        "月": (marks[0] or marks[1]) and piece["counter"],
    }
    return [_HALVES[unit]] if in_place[piece["unit"]] else None


def _is_well_ordered(parts: list[Part]) -> bool:
    ranks = [_ORDER.index(part.unit) for part in parts]
    mixed_hours = len(parts) > 1 and any(part.unit is Unit.HOUR for part in parts)
    return bool(parts) and not mixed_hours and all(a < b for a, b in pairwise(ranks))


def text_of_period(period: Period) -> str:
    """The period as :func:`parse_period` reads it back, part by part: 「1年6个月15日」「10个工作日」."""
    counters = {Unit.MONTH: "个月", Unit.WORKDAY: "个工作日"}
    return "".join(f"{part.n}{counters.get(part.unit, part.unit.value)}" for part in period.parts)
