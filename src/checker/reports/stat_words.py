"""Statistics in words: shares that are never percentages of few, comparisons with a year before, what was counted."""

from collections.abc import Iterator
from typing import NamedTuple

from checker.explain.sources import stamped, titled
from checker.model.figures import FEW
from checker.model.norm import RuleSet
from checker.model.statistics import CaseCounts, Row, Share, Spread, Statistics, Timeliness
from checker.reports.sums import counts_of

NONE = "—"


class Survey(NamedTuple):
    """Statistics with the rules they were made under, for their titles and sources."""

    statistics: Statistics
    rules: RuleSet


def percent(share: float) -> str:
    """``12.5%``; all and nothing are only said of what is all or nothing."""
    shown = f"{share * 100:.1f}%"
    if shown == "0.0%" and share > 0:
        return "不到 0.1%"
    return "不到 100%" if shown == "100.0%" and share < 1 else shown


def share_percent(share: Share) -> str:
    """The percentage; nothing where there are few."""
    return "" if share.is_small or share.share is None else percent(share.share)


def interval_text(share: Share) -> str:
    """``12.5%—30.1%``; nothing where there are few."""
    return "" if share.is_small else "—".join(percent(end) for end in share.interval)


def share_text(share: Share) -> str:
    """``3/12，25.0%``; of few only the two numbers."""
    if not share.base:
        return NONE
    shown = share_percent(share)
    return f"{share.part}/{share.base}{f'，{shown}' if shown else ''}"


def share_and_interval(share: Share) -> str:
    """``3/12，25.0%（8.9%—53.2%）``."""
    shown = interval_text(share)
    return f"{share_text(share)}{f'（{shown}）' if shown else ''}"


def points(now: Share, before: Share) -> str:
    """``升 3.2 个百分点``; nothing where one of the two is small."""
    if now.is_small or before.is_small or now.share is None or before.share is None:
        return ""
    change = round((now.share - before.share) * 100, 1)
    if not change:
        return "持平"
    return f"{'升' if change > 0 else '降'} {abs(change):.1f} 个百分点"


def change(now: int, before: int) -> str:
    """``增 3（25.0%）``; the percentage only of a number that is not small."""
    if now == before:
        return "持平"
    word = "增" if now > before else "减"
    part = "" if before < FEW else f"（{abs(now - before) / before * 100:.1f}%）"
    return f"{word} {abs(now - before)}{part}"


def spread_text(spread: Spread) -> str:
    """``中位 3日，九成以内 12日``."""
    if not spread.n or spread.median is None:
        return NONE
    if spread.n < FEW:
        return f"中位 {days(spread.median)}日"
    return f"中位 {days(spread.median)}日，九成以内 {spread.p90}日"


def days(number: float) -> str:
    """``3`` or ``3.5``."""
    return str(int(number)) if number == int(number) else str(number)


def cases_text(cases: CaseCounts) -> str:
    """All kinds of cases; they add up."""
    return (
        f"触发规范的 {cases.triggered}件：不符合 {cases.violated}，资料不足 {cases.unsettled}，待履行 {cases.pending}，"
        f"合规 {cases.met}，只待人工认定 {cases.review}，只有例外 {cases.exempt}"
    )


def timely_text(timely: Timeliness) -> str:
    """In time, and what is neither in time nor late."""
    decided = f"按期 {timely.met}，逾期履行 {timely.late}，逾期未履行 {timely.overdue}"
    rest = f"另有待履行 {timely.pending}，资料不足 {timely.undetermined}，都不计入"
    return f"{share_text(timely.in_time)}（{decided}）；{rest}"


def comparison(row: Row) -> str:
    """In time now and a year before, with both denominators."""
    if row.now is None or row.before is None:
        return NONE
    now, before = row.now.timely.in_time, row.before.timely.in_time
    if not now.base and not before.base:
        return NONE
    told = points(now, before)
    return f"{share_text(now)}；上年 {share_text(before)}{f'；{told}' if told else ''}"


def violated_comparison(row: Row) -> str:
    """Cases with a violation now and a year before, with both denominators."""
    if row.now is None or row.before is None:
        return NONE
    now, before = row.now.cases.found, row.before.cases.found
    if not now.base and not before.base:
        return NONE
    return f"{now.part}/{now.base}；上年 {before.part}/{before.base}；{change(now.part, before.part)}"


def head_lines(survey: Survey) -> Iterator[tuple[str, str]]:
    """What was counted, under what, and what the periods are: a label and a sentence each."""
    told = survey.statistics
    yield "截至", str(told.as_of)
    for pack in survey.rules.packs:
        norms = sum(norm.pack == pack.id for norm in survey.rules.norms)
        counted = sum(one.pack == pack.id for one in survey.rules.indicators)
        held = f"规范 {norms}条{f'，指标 {counted}项' if counted else ''}"
        yield "规则", f"{pack.id}{titled(pack)}{stamped(pack.rank, pack.draft)}，{held}"
    yield "工作日表", told.calendar
    unread = f"，未读入 {told.left_out}处" + (f"，因程序故障没有结论 {told.failed}件" if told.failed else "")
    skipped = f"，另有 {told.skipped}个文件不是案件，略过" if told.skipped else ""
    yield "案件", f"读入 {told.read}件{unread}{skipped}"
    yield "归期", "按届满日；没有届满日的、例外和资料不足的，按触发日" if told.by_due else "按触发日"
    yield "本期", f"{told.now.name}；上年同期 {told.before.name}"
    if told.sources:
        yield "来源", f"取自「{'」「'.join(told.sources)}」，先看案件写的，再看行为写的，以先写明的为准"


def sum_rows(survey: Survey) -> Iterator[tuple[str, str]]:
    """The sums, which add up."""
    told = survey.statistics
    whole = told.whole.whole
    yield (
        "规范与案件",
        f"共 {told.triggered + told.untriggered}对：触发 {told.triggered}对，未触发 {told.untriggered}对",
    )
    yield "规范实例", f"共 {whole.instances}个：{counts_of(whole.verdicts)}"
    silent = told.read - told.failed - whole.cases.triggered
    yield "案件", f"有结论的 {told.read - told.failed}件：{cases_text(whole.cases)}；没有触发的 {silent}件"
    yield "按期率", timely_text(whole.timely)
    yield "逾期日数", f"逾期履行的：{spread_text(whole.late)}；逾期未履行的（到截至日）：{spread_text(whole.overdue)}"
    yield "不符合的案件", f"{share_and_interval(whole.cases.found)}，分母是触发规范的案件"
    yield "按期率同比", comparison(told.whole)
    yield "不符合同比", violated_comparison(told.whole)


def common_rule(survey: Survey) -> str:
    """From when on a problem is called common."""
    at = survey.statistics.thresholds
    return (
        f"不符合的案件不少于 {at.cases}件，涉及不少于 {at.units}个单位（有结论的单位没有这么多的，涉及其全部），"
        f"占有结论案件的比例有把握（区间的下限）不低于 {percent(at.share)}的，列为共性问题；有结论不足 {FEW}件的不列。"
        "按案件多少排列。"
    )


def unit_rule(survey: Survey) -> str:
    """From when on a unit is held against the others."""
    told = survey.statistics
    return (
        "某单位一条规范的不符合占比，区间的下限高于其他单位合计的区间上限，且两边有结论的案件都不少于 "
        f"{told.thresholds.adequate}件的，列在这里；够数可比的共 {told.compared}对，比得多了，偶然高出的也会有，"
        "须核实。按登记的顺序排列，不排名次。"
    )


NOTES = (
    "一件案件按最先符合的一类计一次：有不符合的、有资料不足的、有待履行的、合规的、只待人工认定的、只有例外的；每一组各自归类，"
    "六类加起来就是触发的案件。",
    "分组表里「占触发」是查出不符合的案件占触发规范的案件：资料不足的没有算作不符合，所以这是至少的数。",
    "一条规范「占有结论」的分母只有「不符合」和「合规」两类案件，没有定论的两边都不算。",
    "按期率的分母是有届满日、已有定论的规范实例：按期、逾期履行、逾期未履行；待履行、资料不足另列，两边都不算。",
    f"分母不足 {FEW} 的只列数目，不列百分比；区间是威尔逊（Wilson）95% 区间，表示件数少时比例可能差多少。",
    "逾期日数列两个：排在正中的（中位，双数时取中间两个的平均），和 90% 的都不超过的（九成以内，不足 10 个的不列）；"
    "逾期未履行的算到截至日。",
    "同比是本期与上年同期相比；还没有过完的周期，只比到同一天。有一边分母不足的，只列数目。",
    "各表按登记的顺序排列，不按多少排名；个人和个人身份的主体不列。",
    "数目来自记录与规范条文的对照：没有记录的是「未见记录」，不等于没有做；不评判案件实体，不认定责任，不评价任何人。",
)
"""How to read the figures."""
