"""The report for reading on a terminal."""

from collections.abc import Iterable, Iterator

from checker.reports.colours import BOLD, painted
from checker.reports.content import Sheet
from checker.reports.indicator_text import sheet_lines
from checker.reports.layout import WIDTH, pad, table, wrap
from checker.reports.stat_parts import Part, parts_of
from checker.reports.stat_words import Survey, head_lines, sum_rows

_LABEL = 14


def written(survey: Survey, colour: bool) -> str:
    """The report."""
    return "".join(f"{line}\n" for line in _lines(survey, colour))


def _lines(survey: Survey, colour: bool) -> Iterator[str]:
    yield from painted(["执法监督统计"], BOLD, colour)
    yield from _labelled(head_lines(survey))
    yield from _heading("合计", colour)
    yield from _labelled(sum_rows(survey))
    for part in parts_of(survey, sources=False):
        yield from _heading(part.title, colour)
        yield from _part(part)
    if survey.rules.indicators:
        yield from ("", "─" * WIDTH)
        yield from _indicators(survey, colour)


def _indicators(survey: Survey, colour: bool) -> Iterator[str]:
    told = survey.statistics
    counted = told.read - told.uncounted
    yield from sheet_lines(
        Sheet(told.as_of, survey.rules, told.calendar, counted, told.left_out, told.uncounted, told.indicators), colour
    )


def _heading(title: str, colour: bool) -> Iterator[str]:
    yield ""
    yield "─" * WIDTH
    yield from painted([title], BOLD, colour)


def _part(part: Part) -> Iterator[str]:
    for line in part.lead:
        yield from wrap(line, "  ", "  ")
    for grid in part.grids:
        yield ""
        yield from table([grid.heads, *grid.rows])


def _labelled(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for label, text in pairs:
        yield from wrap(text, "  " + pad(label, _LABEL), "  " + " " * _LABEL)
