"""What the templates of statistics are given: words and geometry, nothing left to work out."""

from collections.abc import Iterator
from typing import NamedTuple

from checker.explain.sources import source_text
from checker.model.figures import FEW, Figure, IndicatorFigures
from checker.model.indicator import CountCases, CountEvents, Indicator, SumOver
from checker.model.statistics import Share, Table
from checker.reports.stat_parts import Part, common_part, table_part, unit_part, with_sources
from checker.reports.stat_pictures import KINDS, Bars, Picture, Pictures, bars_of, indicator_picture, pictures_of
from checker.reports.stat_words import NOTES, Survey, head_lines, interval_text, percent, share_percent, sum_rows


class TableView(NamedTuple):
    """A table with its pictures: bars, or columns where it goes by periods."""

    part: Part
    bars: Bars | None
    pictures: tuple[Pictures, ...]


class IndicatorView(NamedTuple):
    """An indicator with its numerator and denominator, what is not certain, and its picture."""

    name: str
    source: str
    total: str
    base: str
    share: str
    doubts: str
    picture: Picture | None


class View(NamedTuple):
    """The whole page."""

    heads: tuple[tuple[str, str], ...]
    sums: tuple[tuple[str, str], ...]
    problems: tuple[Part, ...]
    tables: tuple[TableView, ...]
    shares: tuple[IndicatorView, ...]
    numbers: tuple[IndicatorView, ...]
    legend: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def view_of(survey: Survey) -> View:
    """For ``stats_parts.html``: hand it to the macro ``whole``."""
    found = list(indicator_views(survey))
    problems = (common_part(survey, common=True), common_part(survey, common=False), unit_part(survey))
    return View(
        tuple(head_lines(survey)),
        tuple(sum_rows(survey)),
        tuple(with_sources(one, survey.rules) for one in problems),
        tuple(map(table_view, survey.statistics.tables)),
        tuple(one for one in found if one.base),
        tuple(one for one in found if not one.base),
        KINDS,
        NOTES,
    )


def table_view(table: Table) -> TableView:
    """A table with bars, or with columns where it goes by periods."""
    if not table.rows:
        return TableView(table_part(table), None, ())
    if table.has_period:
        return TableView(table_part(table), None, pictures_of(table))
    return TableView(table_part(table), bars_of(table), ())


def indicator_views(survey: Survey) -> Iterator[IndicatorView]:
    """In the order of the rules; none where they were not counted."""
    if not survey.statistics.indicators:
        return
    for indicator, figures in zip(survey.rules.indicators, survey.statistics.indicators, strict=True):
        unit, whole = unit_of(indicator), figures.whole
        yield IndicatorView(
            indicator.id,
            "；".join(source_text(one) for one in indicator.sources),
            f"{whole.total.normalize():f}{unit}",
            "" if whole.base is None else f"{whole.base.normalize():f}{unit}",
            share_of(indicator, whole),
            "；".join(_doubts(figures)),
            indicator_picture(indicator.id, figures, unit),
        )


def unit_of(indicator: Indicator) -> str:
    """What it counts in."""
    match indicator.measure:
        case CountCases():
            return "件"
        case CountEvents():
            return "次"
        case _:
            return ""


def share_of(indicator: Indicator, whole: Figure) -> str:
    """The percentage, never of few; of cases and acts, which are counted, with the interval, of sums without."""
    if not whole.base or whole.share is None or whole.is_small:
        return f"分母不足 {FEW}，不列百分比" if whole.base is not None else ""
    if isinstance(indicator.measure, SumOver) or isinstance(indicator.base, SumOver):
        return percent(float(whole.share))
    share = Share(part=int(whole.total), base=int(whole.base))
    return f"{share_percent(share)}（{interval_text(share)}）"


def _doubts(figures: IndicatorFigures) -> Iterator[str]:
    whole = figures.whole
    if whole.undecided:
        yield f"不知计不计的 {whole.undecided}"
    if whole.base_undecided:
        yield f"不知在不在分母之内的 {whole.base_undecided}"
    if figures.uncovered:
        yield f"记录不涵盖所计行为的案件 {figures.uncovered}"
