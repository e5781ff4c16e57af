"""What a template may use, in Chinese names; ``fields.py`` says what each of them is."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from checker.explain.sources import stamped
from checker.model.finding import Verdict
from checker.reports.content import RunReport
from checker.reports.letters.gaps import gap_values, unread_values
from checker.reports.letters.kinds import SOON, Kind
from checker.reports.letters.matters import matter_values, norm_values
from checker.reports.letters.overview import overview_values
from checker.reports.letters.sorting import Letter, Matter
from checker.reports.letters.wording import called, day_text, ordinal

STATEMENT: Final = "以上只说明记录与规范条文的对照，不评判案件实体，也不认定任何人的责任"


def context_of(report: RunReport, letter: Letter) -> dict[str, Any]:
    """All values of one letter."""
    head = report.head
    return {
        "文书": letter.kind.value,
        "主送机关": letter.to.name,
        "称谓": called(letter.to),
        "本机关": letter.to.is_own,
        "待核": letter.to.is_unknown,
        "截至": day_text(head.as_of),
        "工作日表": head.calendar,
        "规程列表": [
            {"标识": pack.id, "名称": pack.title.strip("《》"), "效力": stamped(pack.rank, pack.draft)}
            for pack in head.rules.packs
        ],
        "案件数": len({one.case.id for one in letter.matters}),
        "事项数": len(letter.matters),
        "声明": STATEMENT,
        **_OWN[letter.kind](report, letter),
    }


def _numbered(matters: Iterable[Matter], first: int = 1) -> list[dict[str, Any]]:
    return [matter_values(one, number) for number, one in enumerate(matters, first)]


def _handle(_: RunReport, letter: Letter) -> dict[str, Any]:
    matters = _numbered(letter.matters)
    case = letter.case
    dated = [one["届满日"] for one in matters if one["届满日"] != "待定" and not one["逾期"]]
    return {
        "案号": case.id if case is not None else "",
        "案件类型": (case.kind or "") if case is not None else "",
        "交办": list(dict.fromkeys(one["交办"] for one in matters)),
        "最近届满日": dated[0] if dated else "",
        "逾期数": sum(one["逾期"] for one in matters),
        "事项": matters,
        "规范列表": norm_values(letter.matters),
    }


def _urge(_: RunReport, letter: Letter) -> dict[str, Any]:
    """What is late and what is soon due, numbered through."""
    late = _numbered(one for one in letter.matters if one.finding.verdict is Verdict.OVERDUE)
    soon = _numbered((one for one in letter.matters if one.finding.verdict is Verdict.PENDING), len(late) + 1)
    return {
        "逾期事项": late,
        "临近事项": soon,
        "逾期数": len(late),
        "临近数": len(soon),
        "临近天数": SOON,
        "规范列表": norm_values(letter.matters),
    }


def _verify(_: RunReport, letter: Letter) -> dict[str, Any]:
    held: dict[str, list[Matter]] = {}
    for one in letter.matters:
        held.setdefault(one.case.id, []).append(one)
    cases: list[dict[str, Any]] = [
        {
            "序号": number,
            "汉字序号": ordinal(number),
            "案号": matters[0].case.id,
            "案件类型": matters[0].case.kind or "",
            "事项": _numbered(matters),
        }
        for number, matters in enumerate(held.values(), 1)
    ]
    return {
        "案件": cases,
        "反馈": [one for case in cases for one in case["事项"]],
        "规范列表": norm_values(letter.matters),
    }


def _supply(_: RunReport, letter: Letter) -> dict[str, Any]:
    return {"缺资料案件": gap_values(letter.matters), "未读入": unread_values(letter.unread)}


_OWN: Final[Mapping[Kind, Callable[[RunReport, Letter], dict[str, Any]]]] = {
    Kind.HANDLE: _handle,
    Kind.URGE: _urge,
    Kind.VERIFY: _verify,
    Kind.SUPPLY: _supply,
    Kind.REVIEW: overview_values,
}
