"""What there is to be tried about a norm: the points of its coverage, each a sentence said where nothing tries it."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a point is about; the value is the word for users, the name in lower case the one in files."""

    ANCHOR = "触发"
    CONDITIONS = "条件"
    EXCEPTIONS = "例外"
    VERDICTS = "结论"
    EDGES = "期限"
    THRESHOLDS = "临界值"
    CAPS = "上限"
    ALTERNATIVES = "选择"
    VALUES = "取值"

    @property
    def key(self) -> str:
        """The word in files and arguments."""
        return self.name.lower()


class Point(NamedTuple):
    """One thing to be tried. ``key`` is unique in its norm; ``missing`` is what is said if no fixture tries it."""

    kind: Kind
    key: str
    missing: str
