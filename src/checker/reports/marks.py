"""Markdown as GitHub and GitLab both show it, made of user text that marks nothing."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from checker.reports.layout import clean

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&@])")


def folded(title: str, lines: Sequence[str]) -> Iterator[str]:
    """Lines that unfold under a title of ours."""
    yield from ("<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>", "")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of user text under heads of ours."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    yield from (f"| {' | '.join(map(safe, row))} |" for row in rows)


def safe(text: str) -> str:
    """User text on one line, none of which is taken for a mark, a tag or the name of a person to notify."""
    return _MARKS.sub(r"\\\1", clean(" ".join(text.split())))
