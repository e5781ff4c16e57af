"""What is missing: by case and paper, with how many findings wait for it; and what was not read at all."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from checker.explain.context import Topic
from checker.model.case import Event
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place
from checker.reports.letters.plain import event_words, plain
from checker.reports.letters.sorting import Matter
from checker.reports.letters.wording import ordinal

_FOLLOWING: Final = ("期满.", "违反.", "优先.", "历法.")
"""Codes of what no paper from anybody could settle: other conclusions, and the table of working days."""

_UNDATED: Final = "日期不明的"


def gap_values(matters: Iterable[Matter]) -> list[dict[str, Any]]:
    """One for each case, with everything it lacks."""
    cases: dict[str, list[Matter]] = {}
    for one in matters:
        cases.setdefault(one.case.id, []).append(one)
    return [
        {
            "序号": number,
            "汉字序号": ordinal(number),
            "案号": held[0].case.id,
            "案件类型": held[0].case.kind or "",
            "项数": len(held),
            "缺少": _lacks(held),
        }
        for number, held in enumerate(cases.values(), 1)
    ]


def _lacks(matters: list[Matter]) -> list[dict[str, Any]]:
    """Most awaited first. What follows from another conclusion is named only where nothing else is lacking."""
    events = {event.id: event for event in matters[0].case.events}
    told = [(lack, one.shown.norm.title) for one in matters for lack in _told(one, events)]
    papers = [(lack, norm) for lack, norm in told if not lack.follows] or told
    waiting: dict[_Lack, dict[str, None]] = {}
    for lack, norm in papers:
        waiting.setdefault(lack, {})[norm] = None
    ordered = sorted(waiting.items(), key=lambda item: -len(item[1]))
    return [
        {"资料": lack.what, "补法": lack.remedy, "规范": "、".join(norms), "规范数": len(norms)}
        for lack, norms in ordered
    ]


class _Lack(NamedTuple):
    what: str
    remedy: str
    follows: bool


def _told(matter: Matter, events: Mapping[str, Event]) -> list[_Lack]:
    """What one finding waits for; there is a sentence for each code, unless sentences were not asked for."""
    codes = matter.finding.missing
    texts = [text for topic, text in matter.shown.reasons if topic is Topic.MISSING] or list(codes)
    found = []
    for code, text in zip(codes, texts, strict=False):
        what, _, remedy = text.partition("；")
        name, of, rest = what.partition(" 的")
        if of and name in events:
            what = f"{event_words(events[name]).removeprefix(_UNDATED)}的{rest}"
        found.append(_Lack(plain(what, matter.root), plain(remedy, matter.root), code.startswith(_FOLLOWING)))
    return found or [_Lack("（未列明）", "", False)]


def unread_values(unread: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """What was left out, as it was told."""
    return [
        {
            "序号": number,
            "位置": _place_text(one),
            "说明": one.message.rstrip("。"),
            "原文": one.quote,
            "应为": one.expected,
            "补法": one.help,
        }
        for number, one in enumerate(unread, 1)
    ]


def _place_text(told: Diagnostic) -> str:
    """The file by its name alone: letters leave the office, and its folders are nobody's business."""
    at = told.at
    if at is None:
        return ""
    parts = [PurePath(at.file).name]
    if isinstance(at, Place):
        parts += [f"工作表「{at.sheet}」"] if at.sheet is not None else []
        parts += [f"单元格 {at.cell}"] if at.cell is not None else []
    parts += [f"第 {at.line} 行"] if at.line is not None else []
    return " ".join(parts)
