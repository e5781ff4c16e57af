"""For reading on a terminal."""

from collections.abc import Iterator

from checker.explain.pairs import pair_text
from checker.model.changes import ChangeReport, Flips, NormChange, Pair, Shows
from checker.reports import change_words as say
from checker.reports.colours import BOLD, painted
from checker.reports.layout import WIDTH, pad, table, wrap

_RULE = "─" * WIDTH
_LABEL = 8


def written(report: ChangeReport, colour: bool) -> str:
    """The report, no line wider than the page."""
    return "".join(f"{line}\n" for line in _lines(report, colour))


def _lines(report: ChangeReport, colour: bool) -> Iterator[str]:
    yield from painted(["规则改动报告"], BOLD, colour)
    yield from _labelled("旧", report.rules.old, "  ")
    yield from _labelled("新", report.rules.new, "  ")
    for change in say.changes_in_order(report):
        yield ""
        yield from _change(change, colour)
    yield from _places(report, colour)
    if report.flips is not None and (report.flips.flips or report.flips.samples):
        yield from _flips(report.flips, colour)
    yield from _breakages(report, colour)
    yield ""
    yield _RULE
    yield from painted(["小结"], BOLD, colour)
    for line in say.sum_lines(report):
        yield from wrap(f"{line}。", "  ", "    ")
    for line in report.unexplained:
        yield from wrap(f"要说明：{line}。", "  ", "    ")
    yield from wrap(f"{say.verdict_line(report)}。", "  ", "    ")


def _change(change: NormChange, colour: bool) -> Iterator[str]:
    heading = wrap(f"{change.kind} · {say.title_of(change)}", "■ ", "  ")
    yield from painted(heading, BOLD, colour)
    yield from _under("改动", [say.detail_text(one) for one in change.details])
    yield from _under("牵连", change.causes)
    yield from _under("作用", [say.effect_text(change)] if change.effect is not None else [])
    if isinstance(change.effect, Shows):
        yield from _under("案件", list(say.case_lines(change.effect.case)))
        for pair in change.effect.pairs:
            yield from _pair(pair)


def _pair(pair: Pair) -> Iterator[str]:
    yield from _labelled("结论", f"{pair.anchor}：{pair_text(pair)}")
    for side, reason in say.pair_reasons(pair):
        yield from _labelled(side, reason)


def _places(report: ChangeReport, colour: bool) -> Iterator[str]:
    if not report.rules.places:
        return
    yield ""
    yield from painted(["规程和词汇的改动"], BOLD, colour)
    for place in report.rules.places:
        for detail in place.details:
            yield from wrap(f"{place.place}：{say.detail_text(detail)}", "  ", "    ")


def _flips(flips: Flips, colour: bool) -> Iterator[str]:
    yield ""
    yield from painted(["以往结论的翻转"], BOLD, colour)
    yield from table([("规范", "旧结论", "新结论", "个数"), *((*row[:3], str(row[3])) for row in say.flip_rows(flips))])
    yield ""
    yield from painted(["按单位"], BOLD, colour)
    rows = [(*row[:4], str(row[4])) for row in say.unit_rows(flips)]
    yield from table([("单位", "规范", "旧结论", "新结论", "个数"), *rows])
    if flips.samples:
        yield ""
        yield from painted(["举例"], BOLD, colour)
    for sample in flips.samples:
        yield from wrap(f"案件 {sample.case} · {sample.norm}", "  ", "    ")
        yield from _pair(sample.pair)


def _breakages(report: ChangeReport, colour: bool) -> Iterator[str]:
    if not report.breakages:
        return
    yield ""
    yield from painted(["锁定的规范"], BOLD, colour)
    for head, lines in say.breakage_lines(report):
        yield from wrap(head, "  ", "    ")
        for line in lines:
            yield from wrap(line, "    ", "      ")


def _under(label: str, texts: list[str] | tuple[str, ...]) -> Iterator[str]:
    for number, text in enumerate(texts):
        yield from _labelled("" if number else label, text)


def _labelled(label: str, text: str, indent: str = "    ") -> list[str]:
    return wrap(text, indent + pad(label, _LABEL), indent + " " * _LABEL)
