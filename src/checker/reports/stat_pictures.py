"""The geometry of pictures of statistics: numbers only, drawn by the templates; no picture depends on colour alone."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from checker.engines.ground.periods_of_year import printed_at
from checker.model.figures import UNDATED, IndicatorFigures
from checker.model.statistics import CaseCounts, Row, Table

WIDTH, HEIGHT, GROUND, LEFT = 240.0, 110.0, 86.0, 8.0
"""Of a small picture of columns: its size, where its columns stand, and the room beside them."""

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
    """Small pictures on one scale; ``hidden`` are further groups that stand in the table alone."""

    pictures: tuple[Picture, ...]
    hidden: int
    cut: int
    """Earlier periods that are not drawn."""


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


def pictures_of(table: Table) -> Pictures:
    """Columns by period, a picture for each group on the other dimensions, all on one scale."""
    place = _period_place(table)
    groups: dict[tuple[str, ...], dict[str, CaseCounts]] = {}
    for row in table.rows:
        if row.key[place] != UNDATED:
            rest = (*row.key[:place], *row.key[place + 1 :])
            groups.setdefault(rest, {})[row.key[place]] = row.whole.cases
    names = all_periods({name for found in groups.values() for name in found})
    drawn = names[-MOST_COLUMNS:]
    shown = list(groups.items())[:MOST_PICTURES]
    most = max((found[name].triggered for _, found in shown for name in drawn if name in found), default=0)
    pictures = tuple(
        _picture("×".join(key) or "全部", [(name, *_numbers(found.get(name))) for name in drawn], most)
        for key, found in shown
        if drawn
    )
    return Pictures(pictures, len(groups) - len(shown), len(names) - len(drawn))


def _numbers(cases: CaseCounts | None) -> tuple[float, float, str]:
    found = cases or CaseCounts()
    return found.violated, found.triggered, f"不符合 {found.violated}，触发 {found.triggered}"


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
        numbers.append((name, max(part, 0.0), max(whole, 0.0), said))
    return _picture(title, numbers, max(whole for _, _, whole, _ in numbers))


def _picture(title: str, numbers: Sequence[tuple[str, float, float, str]], most: float) -> Picture:
    step = (WIDTH - 2 * LEFT) / len(numbers)
    high = GROUND - 16
    scale = high / most if most else 0.0
    columns = tuple(
        Column(
            round(LEFT + n * step + step * 0.15, 2),
            round(step * 0.7, 2),
            round(whole * scale, 2),
            round(min(part, whole) * scale, 2),
            f"{name}：{said}",
        )
        for n, (name, part, whole, said) in enumerate(numbers)
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
