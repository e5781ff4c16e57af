"""What the sheets say of a finding, a place and an event, in the words of the other reports."""

import datetime as dt
from collections.abc import Iterator

from checker.explain.context import Topic, event_text
from checker.model.case import Case, Event
from checker.model.finding import VERDICT_NAMES, Finding, Verdict
from checker.model.place import Place, Span
from checker.reports.content import Shown
from checker.reports.heading import days_text
from checker.reports.pages.page import Styled, Tone

_TELLING = (Topic.RECORD, Topic.MISSING)


def verdict_cell(finding: Finding) -> Styled:
    """The verdict in Chinese on its colour."""
    return Styled(VERDICT_NAMES[finding.verdict], tone_of(finding.verdict))


def tone_of(verdict: Verdict) -> Tone:
    """Red for what the record does not agree with, grey for what waits for papers or a person."""
    if verdict.is_violation:
        return Tone.RED
    if verdict is Verdict.PENDING:
        return Tone.BLUE
    return Tone.GREY if verdict.is_open else Tone.GREEN


def sentences(shown: Shown, *topics: Topic) -> str:
    """The sentences on some topics, one a line."""
    return "\n".join(text for topic, text in shown.reasons if topic in topics)


def all_sentences(shown: Shown) -> str:
    """The whole derivation, one sentence a line; the class stands in columns of its own."""
    return "\n".join(f"{topic}：{text}" for topic, text in shown.reasons if topic is not Topic.CLASS)


def brief(shown: Shown, telling: int = 2) -> str:
    """Verdict, norm, due date, days, and so many sentences on what the record shows or lacks."""
    finding = shown.finding
    return f"{VERDICT_NAMES[finding.verdict]} · {finding.norm}：{'，'.join(_facts(shown, telling))}"


def in_short(shown: Shown) -> str:
    """Verdict, norm, and the one thing that matters most: the days, or what is lacking, or what the record shows.

    A due date alone would look like one that was missed where only papers are lacking.
    """
    finding = shown.finding
    if finding.due is not None and finding.days is not None and finding.verdict is not Verdict.UNDETERMINED:
        return brief(shown, telling=0)
    lacks = [text.partition("；")[0] for topic, text in shown.reasons if topic is Topic.MISSING]
    if lacks:
        return f"{VERDICT_NAMES[finding.verdict]} · {finding.norm}：缺少 {'、'.join(lacks)}"
    return brief(shown, telling=1)


def _facts(shown: Shown, telling: int) -> Iterator[str]:
    finding = shown.finding
    if finding.due is not None:
        yield f"届满 {finding.due:%Y-%m-%d}{'（暂定）' if finding.provisional else ''}"
    if finding.days is not None:
        yield days_text(finding.verdict, finding.days)
    told = [_telling(topic, text) for topic, text in shown.reasons if topic in _TELLING and not _is_count(text)]
    yield from told[:telling]
    if finding.due is None and not told:
        yield "没有确定的届满日"


def _telling(topic: Topic, text: str) -> str:
    return f"缺少 {text}" if topic is Topic.MISSING else text


def _is_count(text: str) -> bool:
    """Whether a sentence only counts the days once more."""
    return text.startswith("截至 ") and ("已超过期限" in text or "尚未届满" in text)


def evidence_text(case: Case, finding: Finding) -> str:
    """The events that a finding rests on, each with its date; one that is only deemed has no more than its id."""
    events = {event.id: event for event in case.events}
    return "\n".join(event_text(events[one]) if one in events else one for one in finding.evidence)


def anchor_event(case: Case, finding: Finding) -> Event | None:
    """The event at the root of the anchor; None for a period or a deemed act."""
    events = {event.id: event for event in case.events}
    anchor = finding.anchor
    while anchor not in events and "@" in anchor:
        anchor = anchor.partition("@")[2]
    return events.get(anchor)


def place_of(case: Case, finding: Finding) -> Place | None:
    """Where the source tells of the event that set a finding off; else where it tells of the case."""
    event = anchor_event(case, finding)
    return event.place if event is not None and event.place is not None else case.place


def place_text(place: Place | Span | None) -> str:
    """``案件 A2`` or ``第 12 行``: where in the source, without the file."""
    match place:
        case Span():
            return f"第 {place.line} 行"
        case Place():
            parts = [place.sheet or "", place.cell or (f"第 {place.line} 行" if place.line is not None else "")]
            return " ".join(filter(None, parts))
        case None:
            return ""


def due_cell(due: dt.date | dt.datetime | None) -> dt.date | dt.datetime | None:
    """A due date as a cell holds it: local, without a zone."""
    return due.replace(tzinfo=None) if isinstance(due, dt.datetime) else due
