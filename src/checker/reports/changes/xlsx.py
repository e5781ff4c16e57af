"""An Excel workbook: a sheet for each kind of table, old and new in columns of their own."""

from collections.abc import Iterator, Sequence

from checker.explain.pairs import finding_text
from checker.model.changes import ChangeReport, Pair, Shows
from checker.reports import change_words as say
from checker.reports.workbook import Cell, Sheet, workbook

_PAIR = ("触发", "旧结论", "新结论", "旧规则的推导", "新规则的推导")


def written(report: ChangeReport, colour: bool) -> bytes:
    """The report; colour does not concern it."""
    del colour
    return workbook(_sheets(report))


def _sheets(report: ChangeReport) -> Iterator[Sheet]:
    yield Sheet("小结", ("内容",), [(line,) for line in _summary(report)])
    yield Sheet("规范的改动", ("规范", "种类", "项目", "旧", "新", "牵连", "作用"), list(_changes(report)))
    yield Sheet("见证案件", ("规范", "截至", "案件记录", *_PAIR), list(_witnesses(report)))
    yield Sheet("规程和词汇", ("何处", "项目", "旧", "新"), list(_places(report)))
    if report.flips is not None:
        yield Sheet("翻转", ("规范", "单位", "旧结论", "新结论", "个数"), list(_flips(report)))
        samples = [(one.case, one.norm, *_pair(one.pair)) for one in report.flips.samples]
        yield Sheet("举例", ("案件", "规范", *_PAIR), samples)
    if report.locked is not None:
        rows = [(head, "\n".join(lines)) for head, lines in say.breakage_lines(report)]
        yield Sheet("锁定的规范", ("规范", "说明"), rows)


def _summary(report: ChangeReport) -> Iterator[str]:
    yield f"旧：{report.rules.old}"
    yield f"新：{report.rules.new}"
    yield from say.sum_lines(report)
    yield from (f"要说明：{line}" for line in report.unexplained)
    yield say.verdict_line(report)


def _changes(report: ChangeReport) -> Iterator[Sequence[Cell]]:
    for change in say.changes_in_order(report):
        head, tail = (say.title_of(change), str(change.kind)), ("\n".join(change.causes), say.effect_text(change))
        rows = [(one.aspect, one.old, one.new) for one in change.details] or [("", "", "")]
        yield from ((*head, *row, *tail) for row in rows)


def _witnesses(report: ChangeReport) -> Iterator[Sequence[Cell]]:
    for change in say.changes_in_order(report):
        if isinstance(change.effect, Shows):
            head = (change.id, change.effect.as_of.isoformat(), change.effect.fixture)
            yield from ((*head, *_pair(pair)) for pair in change.effect.pairs)


def _places(report: ChangeReport) -> Iterator[Sequence[Cell]]:
    for place in report.rules.places:
        yield from ((place.place, one.aspect, one.old, one.new) for one in place.details)


def _flips(report: ChangeReport) -> Iterator[Sequence[Cell]]:
    for flip in report.flips.flips if report.flips is not None else ():
        yield flip.norm, flip.unit, say.verdict_text(flip.old), say.verdict_text(flip.new), flip.count


def _pair(pair: Pair) -> tuple[str, ...]:
    reasons = [reason for _, reason in say.pair_reasons(pair)]
    return pair.anchor, finding_text(pair.old), finding_text(pair.new), *reasons
