"""An Excel workbook: sums, problems, a sheet for each grouping with everything in columns, indicators, how to read."""

from collections.abc import Iterator, Sequence

from checker.model.figures import FEW
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.statistics import Figures, Row, Share, Spread, Table
from checker.reports.packing import repacked
from checker.reports.stat_parts import Part, common_part, unit_part, with_sources
from checker.reports.stat_view import indicator_views
from checker.reports.stat_words import NOTES, Survey, head_lines, sum_rows
from checker.reports.workbook import Cell, Sheet, workbook

_CASES = ("触发案件", "不符合", "资料不足", "待履行", "合规", "只待人工认定", "只有例外", "占触发%", "下限%", "上限%")
_TIMES = ("按期", "逾期履行", "逾期未履行", "期限待履行", "期限资料不足", "按期率%", "按期率下限%", "按期率上限%")
_DAYS = ("逾期履行日数中位", "逾期履行日数九成以内", "逾期未履行日数中位", "逾期未履行日数九成以内")
_YEAR = ("触发案件", "不符合", "按期", "期限已定", "按期率%")
_BAD = str.maketrans(dict.fromkeys("[]:*?/\\", "·"))


def written(survey: Survey, colour: bool) -> bytes:
    """The report; colour does not concern it."""
    del colour
    return repacked(workbook(_sheets(survey)), survey.statistics.as_of)


def _sheets(survey: Survey) -> Iterator[Sheet]:
    yield Sheet("合计", ("项目", "内容"), [*head_lines(survey), *sum_rows(survey)])
    problems = (common_part(survey, common=True), common_part(survey, common=False), unit_part(survey))
    for name, part in zip(("共性问题", "其他不符合的规范", "单位突出的问题"), problems, strict=True):
        yield _part(name, with_sources(part, survey.rules))
    heads = [name for prefix in ("本期", "上年同期") for name in (f"{prefix}{one}" for one in _YEAR)]
    names: set[str] = set()
    for table in survey.statistics.tables:
        verdicts = [VERDICT_NAMES[verdict] for verdict in Verdict]
        columns = (*table.dimensions, *_CASES, *_TIMES, *_DAYS, *(f"实例：{one}" for one in verdicts), *heads, "举例")
        yield Sheet(_name(table, names), columns, [_row(row) for row in table.rows])
    found = [(one.name, one.total, one.base, one.share, one.doubts, one.source) for one in indicator_views(survey)]
    if found:
        yield Sheet("指标", ("指标", "数目（分子）", "分母", "占比（区间）", "未定", "依据"), found)
    yield Sheet("怎样读", ("说明",), [(line,) for line in NOTES])


def _part(name: str, part: Part) -> Sheet:
    """The table with the rule it was made under in the rows below it."""
    heads = part.grids[0].heads if part.grids else ("说明",)
    rows = [*(part.grids[0].rows if part.grids else ()), *((line,) for line in part.lead)]
    return Sheet(name, heads, rows)


def _name(table: Table, names: set[str]) -> str:
    """A name that Excel takes, which no other sheet has."""
    name = f"按{'×'.join(table.dimensions)}".translate(_BAD)[:28]
    while name in names:
        name += "…"
    names.add(name)
    return name


def _row(row: Row) -> Sequence[Cell]:
    whole, compared = row.whole, [cell for one in (row.now, row.before) for cell in _year(one)]
    verdicts = [whole.verdicts[verdict] for verdict in Verdict]
    return [*row.key, *_cases(whole), *_times(whole), *_days(whole), *verdicts, *compared, whole.example]


def _cases(figures: Figures) -> Sequence[Cell]:
    cases = figures.cases
    kinds = (cases.violated, cases.unsettled, cases.pending, cases.met, cases.review, cases.exempt)
    return (cases.triggered, *kinds, *_share(cases.found))


def _share(share: Share) -> Sequence[Cell]:
    """In hundredths; empty where there are few."""
    if share.is_small or share.share is None:
        return (None, None, None)
    return tuple(round(one * 100, 1) for one in (share.share, *share.interval))


def _times(figures: Figures) -> Sequence[Cell]:
    timely = figures.timely
    counts = (timely.met, timely.late, timely.overdue, timely.pending, timely.undetermined)
    return (*counts, *_share(timely.in_time))


def _days(figures: Figures) -> Sequence[Cell]:
    return (*_spread(figures.late), *_spread(figures.overdue))


def _spread(found: Spread) -> Sequence[Cell]:
    return found.median, None if found.n < FEW else found.p90


def _year(figures: Figures | None) -> Sequence[Cell]:
    if figures is None:
        return (None,) * len(_YEAR)
    share = figures.timely.in_time
    return (figures.cases.triggered, figures.cases.violated, share.part, share.base, _share(share)[0])
