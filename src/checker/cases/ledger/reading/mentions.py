"""Notes beside the columns that are read: where one tells of an act, a blank date does not mean that there was none."""

import re
from functools import lru_cache
from typing import Final

from checker.cases.ledger.synonyms import synonyms

_NOT: Final = "未没不待应拟须无"
_SHORTEST: Final = 2


@lru_cache(maxsize=1024)
def _form(act: str) -> re.Pattern[str]:
    words = [word for word in (act, *synonyms()["行为"].get(act, ())) if len(word) >= _SHORTEST]
    told = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![{_NOT}])(?<![{_NOT}][能有予及])(?:{told})(?!期限|时限|单位|人)" if told else r"(?!)")


def tells(text: str, act: str) -> bool:
    """Whether a note names an act, and does not say in the same breath that it is still to be done."""
    return _form(act).search(text) is not None
