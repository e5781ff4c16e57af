"""A finding in the words of a template."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from checker.explain.context import Topic
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.requirements import Review
from checker.reports.heading import days_text
from checker.reports.letters.plain import event_words, plain
from checker.reports.letters.sorting import Matter
from checker.reports.letters.wording import SITUATIONS, due_text, ordinal

_TOPICS: Final = {
    "触发": Topic.TRIGGER,
    "期限": Topic.PERIOD,
    "记录": Topic.RECORD,
    "例外": Topic.EXCEPTION,
    "缺少": Topic.MISSING,
    "依据": Topic.SOURCE,
    "效力": Topic.STANDING,
}

_QUOTED: Final = (Topic.SOURCE,)
"""What is quoted word for word."""

_NOT_BEGUN: Final = re.compile(r"^截至.*未见「(.+)」的记录，期间尚未起算$")

_BY: Final = "算法依据"
"""How a sentence on counting begins that only names an article."""


def matter_values(matter: Matter, number: int) -> dict[str, Any]:
    """What a template may say of one finding."""
    finding, norm = matter.finding, matter.shown.norm
    root = event_words(matter.root) if matter.root is not None else ""
    days = finding.days if finding.days is not None and finding.days != 0 else None
    return {
        "序号": number,
        "汉字序号": ordinal(number),
        "编号": matter.id,
        "案号": matter.case.id,
        "案件类型": matter.case.kind or "",
        "规范": norm.title,
        "规范标识": norm.id,
        "规程": norm.pack,
        "结论": VERDICT_NAMES[finding.verdict],
        "情形": SITUATIONS[finding.verdict],
        "责任机关": matter.to.name,
        "届满日": due_text(finding),
        "未定原因": _undue(matter) if finding.due is None else "",
        "天数": plain(days_text(finding.verdict, days), None) if days is not None else "",
        "起因": root,
        "交办": root if matter.is_handed else "",
        "问题": norm.requirement.question if isinstance(norm.requirement, Review) else "",
        "逾期": finding.verdict is Verdict.OVERDUE,
        **{name: _said(matter, topic) for name, topic in _TOPICS.items()},
        "推算": [text for text in _said(matter, Topic.COUNT) if not text.startswith(_BY)],
        "算法依据": _by(matter),
    }


def norm_values(matters: Iterable[Matter]) -> list[dict[str, Any]]:
    """The norms that findings rest on, each version once, so that an article need not be quoted with every case."""
    held: dict[tuple[str, str], list[Matter]] = {}
    for one in matters:
        held.setdefault((one.shown.norm.id, one.shown.norm.version), []).append(one)
    counted = _counted(held.values())
    return [
        {
            "序号": number,
            "汉字序号": ordinal(number),
            "规范": found[0].shown.norm.title,
            "规范标识": found[0].shown.norm.id,
            "项数": len(found),
            "依据": _said(found[0], Topic.SOURCE),
            "效力": _said(found[0], Topic.STANDING),
            "算法依据": by,
        }
        for number, (found, by) in enumerate(zip(held.values(), counted, strict=True), 1)
    ]


def _counted(norms: Iterable[list[Matter]]) -> Iterator[list[str]]:
    """The articles by which time is counted for each norm; the same ones again by the norm that named them first."""
    known: dict[tuple[str, ...], str] = {}
    for found in norms:
        articles = tuple(dict.fromkeys(text for one in found for text in _by(one)))
        if articles in known:
            yield [f"同「{known[articles]}」"]
            continue
        if articles:
            known[articles] = found[0].shown.norm.title
        yield list(articles)


def _by(matter: Matter) -> list[str]:
    """The articles by which time is counted, which are the same for case after case."""
    return [text.removeprefix(_BY).strip() for text in _said(matter, Topic.COUNT) if text.startswith(_BY)]


def _undue(matter: Matter) -> str:
    """Why there is no due date yet, as short as a table needs it."""
    return "；".join(_NOT_BEGUN.sub(r"尚未起算：\1以后起算", text) for text in _said(matter, Topic.DUE))


def _said(matter: Matter, topic: Topic) -> list[str]:
    texts = [text for about, text in matter.shown.reasons if about is topic]
    if topic in _QUOTED:
        return texts
    return [text if text.startswith(_BY) else plain(text, matter.root, matter.case.events) for text in texts]
