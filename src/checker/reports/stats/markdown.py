"""Markdown, for pasting into other documents."""

from collections.abc import Iterator, Sequence

from checker.reports.layout import clean
from checker.reports.stat_parts import Grid, parts_of
from checker.reports.stat_view import indicator_views
from checker.reports.stat_words import Survey, head_lines, sum_rows

_MARKS = str.maketrans({one: f"\\{one}" for one in "\\`*_[]<>|#~&"})


def written(survey: Survey, colour: bool) -> str:
    """The report; colour does not concern it."""
    del colour
    return "".join(f"{line}\n" for line in _lines(survey))


def _lines(survey: Survey) -> Iterator[str]:
    yield "# 执法监督统计"
    yield ""
    for label, text in head_lines(survey):
        yield f"- {_escaped(label)}：{_escaped(text)}"
    yield from ("", "## 合计", "")
    for label, text in sum_rows(survey):
        yield f"- {_escaped(label)}：{_escaped(text)}"
    for part in parts_of(survey, sources=True):
        yield from ("", f"## {_escaped(part.title)}")
        for line in part.lead:
            yield from ("", _escaped(line))
        for grid in part.grids:
            yield from _grid(grid)
    found = list(indicator_views(survey))
    if found:
        yield from ("", "## 指标")
        rows = [(one.name, one.total, one.base, one.share, one.doubts) for one in found]
        yield from _grid(Grid(("指标", "数目（分子）", "分母", "占比（区间）", "未定"), rows))


def _grid(grid: Grid) -> Iterator[str]:
    if grid.title:
        yield from ("", f"**{grid.title}**")
    yield ""
    yield _row(grid.heads)
    yield _row(["---"] * len(grid.heads), plain=True)
    yield from map(_row, grid.rows)


def _row(cells: Sequence[str], plain: bool = False) -> str:
    return f"| {' | '.join(cell if plain else _escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    """User text that no reader of Markdown takes for a mark."""
    return clean(text).translate(_MARKS)
