"""Text of users in the cells of a workbook: nothing in it is a formula, an escape or a character that XML lacks."""

import re
from functools import lru_cache
from typing import Final

from checker.reports.layout import clean

LONGEST: Final = 32_000
"""Characters of one cell; a program refuses files with more than 32767."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_XML: Final = re.compile("[\ufffe\uffff]")


def is_formula_like(text: str) -> bool:
    """Whether some program or other would run the text as a formula."""
    return text.startswith(_FORMULA)


def shown(text: str) -> str:
    """The text with its lines kept, control characters made visible, cut where a cell holds no more."""
    found = text if text.isprintable() else "\n".join(map(clean, text.split("\n")))
    return found if len(found) <= LONGEST else f"{found[:LONGEST]}…（其余从略）"


@lru_cache(maxsize=8192)
def as_xml(text: str) -> str:
    """:func:`shown` as the content of an element of a workbook, where ``_x000D_`` would stand for a line end."""
    found = _NO_XML.sub("�", _ESCAPE.sub("_x005F_", shown(text)))
    return found.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
