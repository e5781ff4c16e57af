"""The page of a norm, and its truth tables, as text."""

from collections.abc import Iterator

from checker.explain.norms import NormPage, Section
from checker.explain.truth_tables import Table
from checker.reports.colours import BOLD, painted
from checker.reports.layout import WIDTH, table, width, wrap


def norm_lines(page: NormPage, colour: bool) -> Iterator[str]:
    """The page, at most :data:`WIDTH` columns wide."""
    yield from painted(wrap(f"{page.word} {page.title}", rest="  "), BOLD, colour)
    for section in page.sections:
        yield ""
        yield from painted([section.title], BOLD, colour)
        yield from _section(section)
    for one in page.tables:
        yield ""
        yield from _table(one, colour)
    yield ""


def _section(section: Section) -> Iterator[str]:
    for line in section.lines:
        text = line.text.lstrip()
        indent = "  " * (line.level + 1) + " " * (len(line.text) - len(text))
        yield from wrap(text, indent, indent + "  ")


def _table(one: Table, colour: bool) -> Iterator[str]:
    yield from painted([f"真值表：{one.title}"], BOLD, colour)
    rows = table([one.heads, *one.rows])
    yield from rows[:1]
    yield "  " + "─" * min(WIDTH - 2, max(width(row) for row in rows) - 2)
    yield from rows[1:]
