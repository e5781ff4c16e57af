"""Characters made alike: width, blanks, dashes, and what does not show at all."""

import unicodedata
from functools import lru_cache
from typing import Final

_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_TWINS: Final = (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00))
"""Radicals, and ideographs that were kept for other encodings: text copied out of PDF has them in place of letters."""
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u034f")
"""Letters that have no shape."""
_BLANKS: Final = frozenset(("Zs", "Zl", "Zp"))
_DASHES: Final = str.maketrans(dict.fromkeys("—–−‐‑‒―﹣ー─", "-"))


_KEPT: Final = 200
"""Longer texts are rarely the same, and thousands of them would fill the memory."""


def visible(text: str) -> str:
    """What a reader sees: no zero-width or direction marks; any blank is a space, and none is at either end."""
    return _visible(text) if len(text) <= _KEPT else _visible.__wrapped__(text)


@lru_cache(maxsize=8192)
def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_shown, text)).strip()


def _shown(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in _BLANKS:
        return " "
    return "" if category in ("Cf", "Cc") or char in _FILLERS else char


def narrow(text: str) -> str:
    """Visible text with Latin letters, digits and signs half as wide as a Chinese character."""
    plain = visible(text)
    return plain if plain.isascii() else plain.translate(_narrowing()).strip()


@lru_cache(maxsize=1)
def _narrowing() -> dict[int, int | str]:
    return {**_WIDE, **{code: unicodedata.normalize("NFKC", chr(code)) for code in _TWINS}}


def compact(text: str) -> str:
    """Narrow text without any blank."""
    return narrow(text).replace(" ", "")


def plain_dashes(text: str) -> str:
    """Every dash a hyphen; the dash that takes the width of two characters is one."""
    return text.replace("——", "-").translate(_DASHES)
