"""The figures of indicators for reading: each with its basis, what was counted, and all that is not certain."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from checker.explain.norms import validity_text
from checker.explain.sources import source_text, stamped, titled, wording_text
from checker.model.figures import FEW, UNDATED, Figure, IndicatorFigures, Lacking, PeriodFigure
from checker.model.indicator import CountCases, CountEvents, Indicator
from checker.reports.colours import BOLD, painted
from checker.reports.content import Sheet
from checker.reports.layout import WIDTH, pad, table, wrap

_LABEL: Final = 10
_MOST: Final = 8
"""Kinds of missing facts that are listed."""
_PERIODS: Final = {1: "逐月", 3: "逐季", 6: "逐半年", 12: "逐年"}
_LINES: Final = ("适用于", "每", "计", "比")


def sheet_lines(sheet: Sheet, colour: bool) -> Iterator[str]:
    """The head, one part an indicator, and what the figures are not."""
    yield from painted(["指标"], BOLD, colour)
    yield from _labelled("截至", str(sheet.as_of), "  ")
    for pack in sheet.rules.packs:
        count = sum(one.pack == pack.id for one in sheet.rules.indicators)
        if count:
            shown = f"{pack.id}{titled(pack)}{stamped(pack.rank, pack.draft)}"
            yield from _labelled("规则", f"{shown}，{validity_text(pack.valid)}，指标 {count}项", "  ")
    yield from _labelled("工作日表", sheet.calendar, "  ")
    unread = f"，未读入 {sheet.left_out}处" + (f"，因程序故障没有计入 {sheet.failed}件" if sheet.failed else "")
    yield from _labelled("案件", f"读入 {sheet.read}件{unread}", "  ")
    for indicator, figures in zip(sheet.rules.indicators, sheet.figures, strict=True):
        yield ""
        yield "─" * WIDTH
        yield from _indicator(indicator, figures, colour)
    yield ""
    yield "─" * WIDTH
    told = "指标只是记录里的数目，反映工作量和记录的情况；不评价任何人、任何地方，也不评判案件实体。"
    yield from wrap(told, "  ", "  ")


def _indicator(indicator: Indicator, figures: IndicatorFigures, colour: bool) -> Iterator[str]:
    yield from painted(wrap(f"■ {indicator.id}", rest="  "), BOLD, colour)
    for source in indicator.sources:
        wording = wording_text(source)
        yield from _labelled("依据", source_text(source) + (f"（{wording}）" if wording else ""))
    for line in indicator.text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if word in _LINES:
            yield from _labelled(word, rest)
    unit = _unit(indicator)
    yield from _labelled("合计", _number(figures.whole, unit))
    if indicator.base is not None:
        yield from _labelled("占比", _share(figures.whole))
    yield from _doubts(figures, unit)
    if figures.missing:
        yield from _labelled("缺少", _lacking(figures.missing))
    if indicator.months is not None:
        yield from _labelled(_PERIODS[indicator.months], _zeros(figures.periods))
        yield from table([_row(one, unit) for one in figures.periods], " " * (4 + _LABEL))


def _unit(indicator: Indicator) -> str:
    match indicator.measure:
        case CountCases():
            return "件"
        case CountEvents():
            return "次"
        case _:
            return ""


def _number(figure: Figure, unit: str) -> str:
    total = f"{_shown(figure.total)}{unit}"
    return total if figure.base is None else f"{total}；分母 {_shown(figure.base)}{unit}"


def _share(figure: Figure) -> str:
    """Never a percentage of few."""
    if not figure.base:
        return "分母为 0，没有占比"
    if figure.is_small:
        return f"分母不足 {FEW}，不列百分比"
    return _percent(figure.share)


def _doubts(figures: IndicatorFigures, unit: str) -> Iterator[str]:
    whole = figures.whole
    said = []
    if whole.undecided:
        said.append(f"资料不足、不知计不计的 {whole.undecided}{unit or '次'}")
    if whole.base_undecided:
        said.append(f"不知在不在分母之内的 {whole.base_undecided}{unit or '次'}")
    if figures.uncovered:
        said.append(f"另有 {figures.uncovered}件案件的记录不涵盖所计的行为，可能少计")
    if not said:
        return
    if not (whole.is_small or whole.low == whole.high):
        said.append(_bounds(whole, unit))
    yield from _labelled("未定", "；".join(said))


def _lacking(missing: tuple[Lacking, ...]) -> str:
    """What would settle it, the commonest first."""
    shown = "；".join(f"{_fact(one.fact)} {one.items}" for one in missing[:_MOST])
    return f"{shown}；等 {len(missing)}种" if len(missing) > _MOST else shown


def _fact(fact: str) -> str:
    kind, _, rest = fact.partition(".")
    match kind:
        case "案件":
            return f"案件的「{rest}」"
        case "行为":
            return f"记录所不涵盖的「{rest}」"
        case "未见":
            return f"没有见到的「{rest}」"
        case "历法":
            return f"{rest} 年的工作日表"
        case "先后":
            return "两个行为的先后"
        case _:
            return f"「{kind}」的「{rest}」" if rest else kind


def _bounds(whole: Figure, unit: str) -> str:
    if whole.low is None and whole.high is None:
        return "上下限都不能确定"
    shown = [None if end is None else _end(whole, end, unit) for end in (whole.low, whole.high)]
    if shown[1] is None:
        return f"至少 {shown[0]}，上限不能确定"
    return f"介于 {shown[0]} 与 {shown[1]} 之间"


def _end(whole: Figure, end: Decimal, unit: str) -> str:
    return f"{_shown(end)}{unit}" if whole.base is None else _percent(end)


def _zeros(periods: tuple[PeriodFigure, ...]) -> str:
    """How many periods, and which of them have nothing."""
    dated = [one for one in periods if one.period is not None]
    empty = [str(one.period) for one in dated if _is_nothing(one.figure)]
    if not dated:
        return "没有可以列出的周期"
    zeros = f"其中为 0 的 {len(empty)}期：{'、'.join(empty)}" if empty else "没有为 0 的"
    few = any(one.figure.base and one.figure.is_small for one in periods)
    return f"{len(dated)}期，{zeros}{f'；分母不足 {FEW} 的不列百分比' if few else ''}"


def _is_nothing(figure: Figure) -> bool:
    return not figure.total and not figure.base and figure.is_settled


def _row(one: PeriodFigure, unit: str) -> tuple[str, str, str]:
    figure = one.figure
    name = UNDATED if one.period is None else one.period
    shown = _shown(figure.total) if figure.base is None else f"{_shown(figure.total)}/{_shown(figure.base)}"
    share = "" if figure.base is None or figure.is_small else _percent(figure.share)
    open_ = max(figure.undecided, figure.base_undecided or 0)
    return name, f"{shown}{unit}", "；".join(part for part in (share, f"未定 {open_}" if open_ else "") if part)


def _percent(share: Decimal | None) -> str:
    """All and nothing are only said of what is all or nothing."""
    if share is None:
        return ""
    shown = f"{share * 100:.1f}%"
    if share not in (0, 1) and shown in ("0.0%", "100.0%"):
        return "不到 0.1%" if shown == "0.0%" else "不到 100%"
    return shown


def _shown(number: Decimal) -> str:
    return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def _labelled(label: str, text: str, indent: str = "    ") -> list[str]:
    return wrap(text, indent + pad(label, _LABEL), indent + " " * _LABEL)
