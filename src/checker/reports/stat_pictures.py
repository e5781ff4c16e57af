"""The geometry of pictures of statistics: numbers only, drawn by the templates; no picture depends on colour alone."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from checker.engines.ground.periods_of_year import printed_at
from checker.model.figures import UNDATED, IndicatorFigures
from checker.model.statistics import CaseCounts, Figures, Row, Table

WIDTH, GROUND, LEFT = 240.0, 86.0, 8.0
"""Of a small picture of columns: its width, where its columns stand, and the room beside them."""

MOST_BARS: Final = 30
MOST_COLUMNS: Final = 24
MOST_PICTURES: Final = 12
KINDS: Final = (
    ("violated", "不符合"),
    ("unsettled", "资料不足"),
    ("pending", "待履行"),
    ("met", "合规"),
    ("rest", "待认定、例外"),
)
"""What the parts of a bar are, in their order, with the names in the legend."""


class Segment(NamedTuple):
    """A part of a bar, in hundredths of the whole width."""

    kind: str
    x: float
    width: float


class Bar(NamedTuple):
    """One group."""

    label: str
    segments: tuple[Segment, ...]
    said: str


class Bars(NamedTuple):
    """The groups of a table; ``hidden`` are further ones that stand in the table alone."""

    bars: tuple[Bar, ...]
    hidden: int


class Column(NamedTuple):
    """One period: the outline of all of it, and the filled part."""

    x: float
    width: float
    whole: float
    part: float
    said: str


class Picture(NamedTuple):
    """Columns of one group; ``first`` and ``last`` name the periods at the ends."""

    title: str
    desc: str
    columns: tuple[Column, ...]
    first: str
    last: str
    top: str


class Pictures(NamedTuple):
    """Small pictures on one scale; ``hidden`` are further groups that stand in the table alone.

    ``kind`` says how the filled part is drawn, ``legend`` what it and the outline are; ``cut`` earlier periods are not
    drawn.
    """

    kind: str
    legend: str
    unit: str
    pictures: tuple[Picture, ...]
    hidden: int
    cut: int


class Numbers(NamedTuple):
    """What a column shows: the filled part, the whole, and both in words."""

    part: float
    whole: float
    said: str


def bars_of(table: Table) -> Bars:
    """A bar for each group, its length the cases that triggered anything."""
    rows = table.rows[:MOST_BARS]
    most = max((row.whole.cases.triggered for row in rows), default=0) or 1
    bars = [Bar("×".join(row.key), tuple(_segments(row.whole.cases, most)), _said(row)) for row in rows]
    return Bars(tuple(bars), len(table.rows) - len(rows))


def _segments(cases: CaseCounts, most: int) -> Iterator[Segment]:
    x = 0.0
    numbers = (cases.violated, cases.unsettled, cases.pending, cases.met, cases.review + cases.exempt)
    for (kind, _), number in zip(KINDS, numbers, strict=True):
        if number:
            width = number / most * 100
            yield Segment(kind, round(x, 3), round(width, 3))
            x += width


def _said(row: Row) -> str:
    cases = row.whole.cases
    return f"不符合 {cases.violated}／触发 {cases.triggered}"


def pictures_of(table: Table) -> tuple[Pictures, ...]:
    """Columns by period, a picture for each group on the other dimensions: cases, and what was due in time."""
    legends = ("空心的柱是触发规范的案件，实心的是其中不符合的", "空心的柱是已有定论的期限，斜线的是其中按期的")
    found = (
        _pictures(table, ("violated", legends[0], "件"), _cases),
        _pictures(table, ("unsettled", legends[1], "个"), _timely),
    )
    return tuple(one for one in found if any(column.whole for each in one.pictures for column in each.columns))


def _pictures(table: Table, drawn_as: tuple[str, str, str], numbers: Callable[[Figures], Numbers]) -> Pictures:
    place = _period_place(table)
    groups: dict[tuple[str, ...], dict[str, Numbers]] = {}
    for row in table.rows:
        if row.key[place] != UNDATED:
            rest = (*row.key[:place], *row.key[place + 1 :])
            groups.setdefault(rest, {})[row.key[place]] = numbers(row.whole)
    names = all_periods({name for found in groups.values() for name in found})
    drawn = names[-MOST_COLUMNS:]
    shown = list(groups.items())[:MOST_PICTURES]
    most = max((found[name].whole for _, found in shown for name in drawn if name in found), default=0)
    nothing = numbers(Figures(verdicts={}))
    pictures = tuple(
        _picture("×".join(key) or "全部", [(name, found.get(name, nothing)) for name in drawn], most)
        for key, found in shown
        if drawn
    )
    return Pictures(*drawn_as, pictures, len(groups) - len(shown), len(names) - len(drawn))


def _cases(figures: Figures) -> Numbers:
    cases = figures.cases
    return Numbers(cases.violated, cases.triggered, f"不符合 {cases.violated}，触发 {cases.triggered}")


def _timely(figures: Figures) -> Numbers:
    share = figures.timely.in_time
    return Numbers(share.part, share.base, f"按期 {share.part}，已定 {share.base}")


def _period_place(table: Table) -> int:
    return next(n for n, name in enumerate(table.dimensions) if name in _MONTHS)


_MONTHS: Final = {"年度": 12, "半年": 6, "季度": 3, "月份": 1}


def indicator_picture(title: str, figures: IndicatorFigures, unit: str) -> Picture | None:
    """The figures of an indicator by period: of a share its base is the outline."""
    dated = [(one.period, one.figure) for one in figures.periods if one.period is not None]
    if not dated:
        return None
    numbers = []
    for name, figure in dated[-MOST_COLUMNS:]:
        part, whole = float(figure.total), float(figure.total if figure.base is None else figure.base)
        said = f"{part:g}{unit}" if figure.base is None else f"{part:g}／{whole:g}{unit}"
        numbers.append((name, Numbers(max(part, 0.0), max(whole, 0.0), said)))
    return _picture(title, numbers, max(one.whole for _, one in numbers))


def _picture(title: str, numbers: Sequence[tuple[str, Numbers]], most: float) -> Picture:
    step = (WIDTH - 2 * LEFT) / len(numbers)
    high = GROUND - 16
    scale = high / most if most else 0.0
    columns = tuple(
        Column(
            round(LEFT + n * step + step * 0.15, 2),
            round(step * 0.7, 2),
            round(one.whole * scale, 2),
            round(min(one.part, one.whole) * scale, 2),
            f"{name}：{one.said}",
        )
        for n, (name, one) in enumerate(numbers)
    )
    desc = "；".join(column.said for column in columns)
    return Picture(title, desc, columns, numbers[0][0], numbers[-1][0], f"{most:g}")


def all_periods(names: set[str]) -> list[str]:
    """Every period from the first to the last, those with nothing too."""
    if not names:
        return []
    first, last = min(names), max(names)
    months = {"Q": 3, "H": 6, "-": 1}.get(first[4:5], 12)
    ends = [_index(one, months) for one in (first, last)]
    return [printed_at(index, months) for index in range(ends[0], ends[1] + 1)]


def _index(name: str, months: int) -> int:
    """The number of a period by its printed form."""
    within = int(name[4:].lstrip("QH-") or 1) - 1
    return int(name[:4]) * (12 // months) + within
