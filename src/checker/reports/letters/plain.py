"""Sentences of an explanation in the words of an official letter: dates in Chinese, no ids, no names of the program.

Articles of law are quotations and do not pass through here.
"""

import re
from collections.abc import Iterable
from typing import Final

from checker.explain.context import event_text
from checker.model.case import Event
from checker.reports.letters.wording import day_text

_HAN: Final = r"[\u4e00-\u9fff《》「」“”（），；：、。]"
_DATE: Final = re.compile(r"(?<![0-9A-Za-z-])(\d{4})-(\d\d)-(\d\d)(?![0-9A-Za-z-])(?: (\d\d):(\d\d)(?::\d\d)?)?")
_PACK: Final = re.compile(r"(?<![0-9A-Za-z/.-])[a-z][0-9a-z-]*/(?=[\u4e00-\u9fff])")
_NAMED_PACK: Final = re.compile(r"^[a-z][0-9a-z-]*(?=《)")
_TOLD_PARAMETER: Final = re.compile(r"^(\S+?)（参数「([^「」]+)」），「\2」的出处：")
_PARAMETER: Final = re.compile(r"（参数「([^「」]+)」）")
_FROM_RECORD: Final = re.compile(r"记录所写的「触发事件的 ([^「」 ]+)」")
_LISTED: Final = re.compile(r"触发事件所列(?=\S)")
_SPACE: Final = re.compile(rf"(?<={_HAN}) | (?={_HAN})")


def plain(text: str, root: Event | None, events: Iterable[Event] = ()) -> str:
    """One sentence. ``root`` is the event that set the duty off, ``events`` those that it may name."""
    called = {event_text(event): event_words(event) for event in events}
    for name in sorted(called, key=len, reverse=True):  # one may begin like another
        text = text.replace(name, called[name])
    act = root.act if root is not None else ""
    text = _FROM_RECORD.sub(lambda found: _period(found[1], act), text)
    text = _LISTED.sub("", text)
    text = text.replace("触发事件的主体", f"{act}的机关" if act else "有关机关")
    text = text.replace("触发事件", f"该次{act}" if act else "有关事项")
    text = _TOLD_PARAMETER.sub(r"\2为\1，出处：", text)
    text = _PARAMETER.sub(r"（\1）", text)
    text = _NAMED_PACK.sub("", _PACK.sub("", text))
    return _SPACE.sub("", _DATE.sub(_day, text))


def event_words(event: Event) -> str:
    """``2026年3月7日政法委交办``; what the event is called in the record is of no use to who gets the letter."""
    day = day_text(event.date) if event.date is not None else "日期不明的"
    hour = f"{event.time:%H时%M分}" if event.date is not None and event.time is not None else ""
    return f"{day}{hour}{'、'.join(event.actors or ())}{event.act}"


def _period(name: str, act: str) -> str:
    if not act:
        return f"记录所写的「{name}」"
    return f"{act}时指定的期限" if name in ("期限", "指定期限") else f"{act}时写明的「{name}」"


def _day(found: "re.Match[str]") -> str:
    """Months and days without a leading zero, as everywhere in a letter."""
    hour = f"{found[4]}时{found[5]}分" if found[4] else ""
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日{hour}"
