"""Chinese numerals of dates: years digit by digit, months and days as they are said."""

from typing import Final

from checker.model.period_text import parse_numeral

ZERO: Final = "〇零○◯ＯOo0"
"""What people type for 〇."""
NUMERAL: Final = f"{ZERO}一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾"
_FORMAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")
_DIGITS: Final = {**dict.fromkeys(ZERO, "0"), **{char: str(n) for n, char in enumerate("一二三四五六七八九", start=1)}}


def year_of(text: str) -> int | None:
    """二〇二四, 2024: four digits of either sort."""
    digits = "".join(_DIGITS.get(char, char) for char in text.translate(_FORMAL))
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None


def count_of(text: str) -> int | None:
    """三, 十二, 廿五, 三十一, 零五, 25: one or two digits, or a numeral with its tens."""
    words = text.translate(_FORMAL)
    if words.isascii() and words.isdigit():
        return int(words) if len(words) <= 2 else None
    for tens, written in (("廿", "二十"), ("卅", "三十")):
        words = written + words[1:] if words.startswith(tens) else words
    words = words[1:] if len(words) > 1 and words[0] in ZERO else words
    if len(words) > 1 and "十" not in words:
        return None  # 一五 is no way to say 15
    return parse_numeral(words)
