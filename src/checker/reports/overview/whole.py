"""What the cases of a report come to together: the parts of the statistics that a page on cases bears."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.model.figures import FEW, IndicatorFigures
from checker.model.statistics import Statistics, Table
from checker.reports.content import RunReport
from checker.reports.stat_parts import Part, common_part, table_title, unit_part, with_sources
from checker.reports.stat_pictures import KINDS
from checker.reports.stat_view import IndicatorView, TableView, indicator_views, table_view
from checker.reports.stat_words import NONE, NOTES, Survey, head_lines, sum_rows

MOST_ROWS: Final = 40
"""Of a table on the page; of one by periods, the latest."""

_TOLD_ELSEWHERE: Final = 2
"""Rows of the sums that the overview of the page has already."""


class Whole(NamedTuple):
    """Nothing but ``left_out`` where there are too few cases to say anything of them together.

    ``span`` says what the periods are, and where sources are taken from; ``others`` are problems that are not called
    common; ``elsewhere`` is what ``checker stats`` has besides, nothing where it has nothing either.
    """

    left_out: tuple[str, ...]
    elsewhere: str
    sums: tuple[tuple[str, str], ...] = ()
    span: str = ""
    problems: tuple[Part, ...] = ()
    others: Part | None = None
    shares: tuple[IndicatorView, ...] = ()
    numbers: tuple[IndicatorView, ...] = ()
    tables: tuple[TableView, ...] = ()
    legend: tuple[tuple[str, str], ...] = KINDS
    notes: tuple[str, ...] = ()

    @property
    def has_tables(self) -> bool:
        """Whether anything needs the style of tables and pictures of statistics."""
        return bool(self.sums or self.shares or self.numbers)


def whole_of(report: RunReport) -> Whole | None:
    """For ``report/whole.html``; None where the run was not counted."""
    told = report.statistics
    if told is None:
        return None
    survey = Survey(told, report.head.rules)
    left_out = list(_few(told))
    shares, numbers, silent = _indicators(survey)
    left_out += silent
    if told.whole.whole.cases.triggered < FEW:
        elsewhere = "要照样列出，" if told.read else ""
        return Whole(tuple(left_out), elsewhere, shares=shares, numbers=numbers)
    tables = [table for table in told.tables if len(table.rows) > 1]
    left_out += [line for table in told.tables if (line := _left_out(table))]
    other = common_part(survey, common=False)
    return Whole(
        tuple(left_out),
        "按规范、年度的表和没有列出的行，",
        tuple(_sums(survey)),
        _span(survey),
        tuple(_problems(survey)),
        with_sources(other, survey.rules) if other.grids else None,
        shares,
        numbers,
        tuple(table_view(_cut(table)) for table in tables),
        notes=NOTES,
    )


def _span(survey: Survey) -> str:
    told = survey.statistics
    sources = "".join(f"案件的来源{text}。" for label, text in head_lines(survey) if label == "来源")
    return f"期限按届满日归期；本期 {told.now.name}，上年同期 {told.before.name}。{sources}"


def _few(told: Statistics) -> Iterator[str]:
    triggered, counted = told.whole.whole.cases.triggered, told.read - told.failed
    if not triggered:
        yield "没有触发规范的案件，没有可以合起来数的结论。"
    elif triggered < FEW:
        yield (
            f"触发规范的案件只有 {triggered}件，不足 {FEW}件，比例和对比说明不了什么："
            "按期率、共性问题、同比和分组的表没有列在本页。"
        )
    if told.indicators and 0 < counted < FEW:
        yield f"读入的案件不足 {FEW}件，{len(told.indicators)}项指标没有列在本页。"
    if told.uncounted:
        yield f"因程序故障没有计入指标的案件 {told.uncounted}件。"


def _indicators(survey: Survey) -> tuple[tuple[IndicatorView, ...], tuple[IndicatorView, ...], list[str]]:
    """Shares, numbers, and what is said of those that came to nothing."""
    told = survey.statistics
    if told.read - told.failed < FEW:
        return (), (), []
    found = list(zip(indicator_views(survey), told.indicators, strict=True))
    seen = [_drawn(view) for view, figures in found if _has_anything(figures)]
    silent = [view.name for view, figures in found if not _has_anything(figures)]
    lines = [f"没有计到什么的指标 {len(silent)}项，没有列：{'、'.join(silent)}。"] if silent else []
    return tuple(one for one in seen if one.base), tuple(one for one in seen if not one.base), lines


def _has_anything(figures: IndicatorFigures) -> bool:
    whole = figures.whole
    return bool(whole.total or whole.base or whole.undecided or whole.base_undecided)


def _drawn(view: IndicatorView) -> IndicatorView:
    """A picture of a single period shows nothing."""
    return view._replace(picture=None) if view.picture is not None and len(view.picture.columns) < 2 else view


def _sums(survey: Survey) -> Iterator[tuple[str, str]]:
    whole = survey.statistics.whole.whole
    for label, text in list(sum_rows(survey))[_TOLD_ELSEWHERE:]:
        if text != NONE and (label != "逾期日数" or whole.late.n or whole.overdue.n):
            yield label, text


def _problems(survey: Survey) -> Iterator[Part]:
    yield with_sources(common_part(survey, common=True), survey.rules)
    if survey.statistics.compared:  # with nothing to compare, the rule for it is of no use to anybody
        yield with_sources(unit_part(survey), survey.rules)


def _cut(table: Table) -> Table:
    rows = table.rows[-MOST_ROWS:] if table.has_period else table.rows[:MOST_ROWS]
    return table.model_copy(update={"rows": rows})


def _left_out(table: Table) -> str:
    """What of a table is not on the page."""
    title, rows = table_title(table), len(table.rows)
    if rows == 1:
        return f"{title}只有一组「{table.rows[0].key[0]}」，数目与合计相同，没有另列。"
    if rows > MOST_ROWS:
        return f"{title}共 {rows}组，本页列出{'最近的' if table.has_period else '前'} {MOST_ROWS}组。"
    return ""
