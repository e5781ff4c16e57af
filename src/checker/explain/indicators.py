"""One indicator laid open: as written, its sources, and what it counts, in words."""

from collections.abc import Iterator

from checker.explain.norms import Line, NormPage, Section, source_lines
from checker.explain.phrases import condition_phrase, pattern_phrase
from checker.explain.sources import stamped, titled
from checker.model.figures import FEW
from checker.model.indicator import CountCases, CountEvents, Indicator, Measure
from checker.model.norm import RuleSet

_PERIODS = {1: "月", 3: "季度", 6: "半年", 12: "年"}


def indicator_page(rules: RuleSet, indicator: Indicator) -> NormPage:
    """The page of one indicator; it has no versions, no exceptions and no verdicts."""
    pack = rules.pack(indicator.pack)
    sections = (
        Section("原文", tuple(Line(0, line) for line in indicator.text.splitlines()), verbatim=True),
        Section("依据", source_lines(indicator.sources)),
        Section("效力", (Line(0, f"{titled(pack)}{stamped(pack.rank, pack.draft)}；指标没有违反，不评价任何人"),)),
        Section("核心形式", tuple(Line(0, text) for text in _core(indicator))),
    )
    return NormPage(indicator.id, sections, (), word="指标")


def _core(indicator: Indicator) -> Iterator[str]:
    if indicator.applies is not None:
        yield f"只适用于：{condition_phrase(indicator.applies)}"
    if indicator.base is None:
        yield f"计：{measure_phrase(indicator.measure)}"
    else:
        yield f"分母：{measure_phrase(indicator.base)}"
        yield f"计：分母之内，{measure_phrase(indicator.measure)}"
        yield f"占比：分母不足 {FEW} 的不列百分比"
    if indicator.months is not None:
        yield f"每{_PERIODS[indicator.months]}分列，以{_dated(indicator)}为准"
    yield "缺少决定计不计的事实的，不计入合计，另外报数"


def measure_phrase(measure: Measure) -> str:
    """What is counted."""
    match measure:
        case CountCases():
            if measure.condition is None:
                return "全部案件"
            return f"截至之日 {condition_phrase(measure.condition)} 的案件"
        case CountEvents():
            return f"每一次 {' 或 '.join(pattern_phrase(pattern) for pattern in measure.patterns)}"
        case _:
            return f"每一次 {pattern_phrase(measure.pattern)} 的「{measure.attribute}」相加"


def _dated(indicator: Indicator) -> str:
    """What decides the period."""
    for measure in (indicator.base, indicator.measure):
        if isinstance(measure, CountCases) and measure.dated is not None:
            return f"案件第一次 {pattern_phrase(measure.dated)} 之日"
    return "行为之日"
