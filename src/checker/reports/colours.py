"""Colours of verdicts on a terminal."""

from collections.abc import Iterable
from typing import Final

from checker.model.finding import Verdict

_CODES: Final = {
    Verdict.LATE: "1;31",
    Verdict.OVERDUE: "1;31",
    Verdict.BREACHED: "1;31",
    Verdict.UNDETERMINED: "1;33",
    Verdict.REVIEW: "1;35",
    Verdict.PENDING: "1;36",
    Verdict.EXEMPT: "2",
    Verdict.MET: "32",
}
BOLD: Final = "1"


def painted(lines: Iterable[str], code: str, colour: bool) -> list[str]:
    """The lines in a colour, each closed on its own line, so that a pager that cuts lines stays sane."""
    return [f"\x1b[{code}m{line}\x1b[0m" for line in lines] if colour else list(lines)


def colour_of(verdict: Verdict) -> str:
    """The code for a verdict."""
    return _CODES[verdict]
