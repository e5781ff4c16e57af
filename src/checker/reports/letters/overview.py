"""The whole run in the words of a template: sums, what many cases have in common, each unit."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES, Verdict
from checker.reports.content import RunReport, Totals
from checker.reports.letters.addressees import Addressee
from checker.reports.letters.gaps import unread_values
from checker.reports.letters.matters import matter_values
from checker.reports.letters.sorting import Letter, Matter, is_soon
from checker.reports.letters.wording import ordinal

COMMON: Final = 2
"""Cases from which on a problem is one of many."""

FEW: Final = 10
"""Below so many instances no share is given: one more or less would change it too much."""

MOST: Final = 100
"""Findings of one unit that the report lists one by one; the letters and the register hold all."""

_DECIDED: Final = (Verdict.MET, Verdict.LATE, Verdict.OVERDUE, Verdict.BREACHED)


def overview_values(report: RunReport, letter: Letter) -> dict[str, Any]:
    """What only the report of the whole run says."""
    totals = report.totals
    reviews = [one for one in letter.matters if one.finding.verdict is Verdict.REVIEW]
    return {
        "读入数": totals.read,
        "未读入数": totals.left_out,
        "故障数": totals.failed,
        "实例数": sum(totals.verdicts.values()),
        "不一致数": totals.violations,
        "统计": [{"结论": VERDICT_NAMES[verdict], "数目": totals.verdicts[verdict]} for verdict in GRAVEST_FIRST],
        "共性问题": list(_common(report, letter.matters)),
        "单位": list(_units(report, letter.matters)),
        "待认定": [matter_values(one, number) for number, one in enumerate(reviews, 1)],
        "未读入": unread_values(letter.unread),
        "最少件数": COMMON,
        "最少实例数": FEW,
        "最多列出数": MOST,
    }


def _common(report: RunReport, matters: tuple[Matter, ...]) -> Iterator[dict[str, Any]]:
    """Norms with which the records of several cases disagree, most cases first, each with what it is a share of."""
    found: dict[str, list[Matter]] = {}
    for one in matters:
        if one.finding.verdict.is_violation:
            found.setdefault(one.finding.norm, []).append(one)
    cases = {norm: len({one.case.id for one in held}) for norm, held in found.items()}
    decided = _decided(report)
    ordered = sorted((norm for norm in found if cases[norm] >= COMMON), key=lambda norm: -cases[norm])
    for number, norm in enumerate(ordered, 1):
        held, of = found[norm], decided[norm]
        yield {
            "序号": number,
            "规范": held[0].shown.norm.title,
            "规范标识": norm,
            "案件数": cases[norm],
            "不一致数": len(held),
            "已对照数": of,
            "占比": f"{len(held) * 100 / of:.1f}%" if of >= FEW else "不计",
            "单位数": len({one.to for one in held}),
        }


def _decided(report: RunReport) -> Counter[str]:
    """How many instances of each norm came to a conclusion about the duty itself."""
    totals: Totals = report.totals
    found: Counter[str] = Counter()
    for position, norm in enumerate(report.head.rules.norms):
        found[norm.id] += sum(totals.norms[position, verdict] for verdict in _DECIDED)
    return found


def _units(report: RunReport, matters: tuple[Matter, ...]) -> Iterator[dict[str, Any]]:
    """Every unit with its sums and what is to be verified; units are not ranked."""
    units: dict[Addressee, list[Matter]] = {}
    for one in matters:
        units.setdefault(one.to, []).append(one)
    for number, to in enumerate(sorted(units, key=lambda one: one.order), 1):
        held = units[to]
        verify = [one for one in held if one.finding.verdict.is_violation]
        verdicts = Counter(one.finding.verdict for one in held)
        yield {
            "序号": number,
            "汉字序号": ordinal(number),
            "名称": to.name,
            "本机关": to.is_own,
            "案件数": len({one.case.id for one in held}),
            "不一致数": len(verify),
            "待履行数": verdicts[Verdict.PENDING],
            "临近数": sum(is_soon(one.finding, report) for one in held),
            "资料不足数": verdicts[Verdict.UNDETERMINED],
            "待认定数": verdicts[Verdict.REVIEW],
            "事项": [matter_values(one, place) for place, one in enumerate(verify[:MOST], 1)],
            "未列出数": max(len(verify) - MOST, 0),
        }
