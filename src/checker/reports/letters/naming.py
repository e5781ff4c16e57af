"""Names of files that every system can keep, made of what users wrote."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from checker.reports.letters.sorting import Letter

_UNSAFE: Final = re.compile(r'[\\/:*?"<>|\s._]+')
_LONGEST: Final = 36
"""Characters of each part: three of them with their number stay within 255 bytes in UTF-8."""


def file_names(letters: Iterable[Letter]) -> Iterator[str]:
    """A name for each letter, of its kind, its unit and its case; where two would be the same they are numbered.

    Two names are the same, too, where only a system that tells no capitals apart would say so.
    """
    taken: dict[str, int] = {}
    for letter in letters:
        parts = [letter.kind.value]
        if letter.kind.is_to_unit:
            parts.append(_part(letter.to.name.strip("（）")))
        if letter.case is not None:
            parts.append(_part(letter.case.id))
        name = "-".join(parts)
        while True:
            number = taken[name.casefold()] = taken.get(name.casefold(), 0) + 1
            if number == 1:
                break
            name = f"{name}-{number}"
        yield f"{name}.docx"


def _part(text: str) -> str:
    """The text without what a file name may not hold, or must not hide: separators, marks that turn the writing."""
    kept = "".join("_" if unicodedata.category(c)[0] == "C" else c for c in unicodedata.normalize("NFC", text))
    return _UNSAFE.sub("_", kept)[:_LONGEST].strip("_") or "_"
