"""The answers of persons to 人工认定 questions."""

import re
from typing import Final

from checker.cases.event_record import SYNTHETIC, Words
from checker.cases.fields import Fields, as_list, date_of, structural, truth
from checker.cases.keys import ANSWER
from checker.cases.problems import Path, Problems, Refusal, named
from checker.cases.typed import read_name
from checker.model.case import Answer, Event

_PERIOD: Final = re.compile(r"起止|[0-9]{4}(?:Q[1-4]|H[12]|-[0-9]{2})?")
"""Printed anchors of regular duties, which name no event."""


def read_answers(given: Fields, events: tuple[Event, ...], known: Words, problems: Problems) -> tuple[Answer, ...]:
    """The answers given, each naming a norm and an event of the case or a printed anchor."""
    if "answers" not in given:
        return ()
    raw, path = given["answers"]
    ids = {event.id for event in events}
    found = [_answer(item, (*path, n), ids, known, problems) for n, item in enumerate(as_list(raw))]
    return tuple(answer for answer in found if answer is not None)


def _answer(raw: object, at: Path, ids: set[str], known: Words, problems: Problems) -> Answer | None:
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"认定应是一组「项: 值」，现为{named(raw)}"), at, raw)
        return None
    given = structural(raw, ANSWER, at, problems, "认定")
    names = {key: _text(given, key, at, problems) for key in ("norm", "event")}
    said = given.get("answer", ("", at))
    answer = truth(said[0])
    if answer is None:
        problems.add(Refusal("bad-answer", f"认定的回答应是「是」或「否」，现为{named(said[0])}"), said[1], said[0])
    event = names["event"]
    if event and event not in ids and not is_synthetic(event):
        stray = Refusal("unknown-event", f"认定所指的事件{named(event)}不在本案记录中", help="核对事件编号")
        problems.remark(stray, given["event"][1], event, "这项认定没有用上，本案照常检查")
    by = _text(given, "by", at, problems) if "by" in given else ""
    date = date_of(given, "date", known.zone, problems)
    return Answer.model_construct(norm=names["norm"], event=event, answer=bool(answer), by=by, date=date)


def is_synthetic(anchor: str) -> bool:
    """Whether a printed anchor is one that no event of the record bears: a breach, an expiry, a calendar period."""
    return anchor.startswith(SYNTHETIC) or _PERIOD.fullmatch(anchor) is not None


def _text(given: Fields, key: str, at: Path, problems: Problems) -> str:
    raw, path = given.get(key, (None, at))
    if raw is None:
        problems.add(Refusal("missing-key", f"缺少「{key}」（{ANSWER[key]}）"), at)
        return ""
    name = read_name(raw, ANSWER[key])
    if isinstance(name, Refusal):
        problems.add(name, path, raw)
        return ""
    return name
