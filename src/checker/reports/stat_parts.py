"""The parts of a report on statistics, as tables of words: the same in every format for reading."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.model.figures import FEW
from checker.model.norm import RuleSet
from checker.model.statistics import Figures, NormProblem, Row, Spread, Table
from checker.reports.stat_words import (
    NONE,
    NOTES,
    Survey,
    change,
    common_rule,
    days,
    interval_text,
    points,
    share_and_interval,
    share_percent,
    share_text,
    unit_rule,
)


class Grid(NamedTuple):
    """A table: heads and rows of texts; ``title`` says what of a group it tells."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""


class Part(NamedTuple):
    """A heading, sentences, and tables."""

    title: str
    lead: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()


def parts_of(survey: Survey, sources: bool) -> Iterator[Part]:
    """Everything but head, sums and indicators; with what norms rest on, or without."""
    for part in (common_part(survey, common=True), common_part(survey, common=False), unit_part(survey)):
        yield with_sources(part, survey.rules) if sources else part
    yield from map(table_part, survey.statistics.tables)
    yield Part("怎样读这些数", NOTES)


def table_title(table: Table) -> str:
    """``按承办单位×季度``."""
    return f"按{'×'.join(table.dimensions)}"


CASES = ("触发", "不符合", "占触发", "区间", "资料不足", "待履行", "合规", "待认定", "例外")
TIMES = ("按期", "已定", "按期率", "区间", "待履行", "资料不足", "逾期履行", "日数", "未履行", "日数")
YEARS = ("按期：本期", "上年", "变化", "不符合：本期", "上年", "变化")


def table_part(table: Table) -> Part:
    """One table of groups: their cases, what is due, and the year before."""
    if not table.rows:
        return Part(table_title(table), ("没有可以列出的。",))
    grids = [Grid((*table.dimensions, *CASES), [(*row.key, *case_cells(row.whole)) for row in table.rows], "案件")]
    timed = [row for row in table.rows if any(row.whole.timely.model_dump().values())]
    if timed:
        grids.append(Grid((*table.dimensions, *TIMES), [(*row.key, *time_cells(row.whole)) for row in timed], "期限"))
    compared = [(*row.key, *year_cells(row)) for row in table.rows if is_compared(row)]
    if compared:
        grids.append(Grid((*table.dimensions, *YEARS), compared, "同比"))
    return Part(table_title(table), (), tuple(grids))


def case_cells(figures: Figures) -> tuple[str, ...]:
    """The cases of a group; the six kinds add up to the first."""
    cases = figures.cases
    rest = (cases.unsettled, cases.pending, cases.met, cases.review, cases.exempt)
    share = (share_percent(cases.found), interval_text(cases.found))
    return str(cases.triggered), str(cases.violated), *share, *map(str, rest)


def time_cells(figures: Figures) -> tuple[str, ...]:
    """The instances of a group that have a deadline."""
    timely = figures.timely
    share = timely.in_time
    told = (str(share.part), str(share.base), share_percent(share), interval_text(share))
    open_ = (str(timely.pending), str(timely.undetermined))
    return *told, *open_, str(timely.late), spread_cell(figures.late), str(timely.overdue), spread_cell(figures.overdue)


def spread_cell(found: Spread) -> str:
    """Median and, where there are not few, the 90th percentile: ``3／12``."""
    if found.median is None:
        return NONE
    return days(found.median) if found.n < FEW else f"{days(found.median)}／{found.p90}"


def is_compared(row: Row) -> bool:
    """Whether there is anything in this period or the one a year before."""
    return row.now is not None and row.before is not None and bool(row.now.instances or row.before.instances)


def year_cells(row: Row) -> tuple[str, ...]:
    """What this period and the same a year before come to, with all denominators."""
    assert row.now is not None
    assert row.before is not None
    now, before = row.now.timely.in_time, row.before.timely.in_time
    found, earlier = row.now.cases.found, row.before.cases.found
    told = (share_text(now), share_text(before), points(now, before))
    return *told, share_text(found), share_text(earlier), change(found.part, earlier.part)


def common_part(survey: Survey, common: bool) -> Part:
    """The common problems, or all others."""
    found = [one for one in survey.statistics.problems if one.is_common is common]
    title = "共性问题" if common else "其他不符合的规范（不列为共性问题）"
    lead = (common_rule(survey),) if common else ()
    if not found:
        return Part(title, (*lead, "没有。"))
    return Part(title, lead, (Grid(PROBLEM, [problem_cells(one) for one in found]),))


PROBLEM = ("规范", "不符合／有结论的案件", "触发", "资料不足", "待履行", "待认定", "例外", "涉及单位", "举例")


def problem_cells(one: NormProblem) -> tuple[str, ...]:
    """A norm with its cases, and in how many of its units."""
    cases = one.cases
    rest = (cases.triggered, cases.unsettled, cases.pending, cases.review, cases.exempt)
    units = f"{one.units.part}/{one.units.base}个" if one.units.base else NONE
    return one.norm, share_and_interval(cases.breach), *map(str, rest), units, one.example or NONE


def with_sources(part: Part, rules: RuleSet) -> Part:
    """The same with what each norm (the column 规范) rests on, for formats that have room for it."""
    known = {norm.id: "；".join(source.reference for source in norm.sources) for norm in rules.norms}
    grids = []
    for grid in part.grids:
        place = list(grid.heads).index("规范")
        rows = [(*row, known.get(row[place], NONE) or NONE) for row in grid.rows]
        grids.append(grid._replace(heads=(*grid.heads, "依据"), rows=rows))
    return part._replace(grids=tuple(grids))


def unit_part(survey: Survey) -> Part:
    """What units have beyond all others."""
    heads = ("单位", "规范", "本单位不符合／有结论", "其他单位合计", "举例")
    rows = [
        (one.unit, one.norm, share_and_interval(one.own), share_and_interval(one.others), one.example or NONE)
        for one in survey.statistics.unit_problems
    ]
    rule = unit_rule(survey)
    return Part("单位比其他单位突出的问题", (rule,) if rows else (rule, "没有。"), (Grid(heads, rows),) if rows else ())
