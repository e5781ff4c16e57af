"""One case of a report with all that is told of it: its findings in order, and its picture."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from checker.explain.context import Reason, Topic
from checker.model.finding import GRAVEST_FIRST, Finding, Verdict
from checker.model.naming import finding_ids, printed
from checker.reports.content import CaseReport, Shown
from checker.reports.heading import heading
from checker.reports.overview.choosing import Lit
from checker.reports.overview.lamps import Lamp, lamp_of
from checker.reports.places import place_text
from checker.reports.sums import counts_text
from checker.reports.timeline.facts import facts_of
from checker.reports.timeline.picture import Picture, picture_of
from checker.reports.timeline.table import Row, rows_of

_SEEN: Final = {
    Verdict.UNDETERMINED: {Topic.TRIGGER, Topic.MISSING},
    Verdict.REVIEW: {Topic.TRIGGER, Topic.RECORD},
    Verdict.PENDING: {Topic.TRIGGER, Topic.DUE, Topic.RECORD},
    Verdict.EXEMPT: {Topic.TRIGGER, Topic.EXCEPTION, Topic.PRIORITY},
    Verdict.MET: {Topic.TRIGGER, Topic.DUE, Topic.RECORD},
}
"""What is seen of a finding at once; the rest unfolds. Of a violation everything is seen."""


class Told(NamedTuple):
    """A finding under its anchor: its head, the sentences seen at once and those that unfold, by topic."""

    anchor: str
    lamp: Lamp
    finding: Finding
    head: tuple[str, ...]
    seen: tuple[tuple[Topic, tuple[str, ...]], ...]
    folded: tuple[tuple[Topic, tuple[str, ...]], ...]


class Detail(NamedTuple):
    """A case with everything on it; ``rest`` counts what is not listed, ``undrawn`` deadlines not in the picture."""

    anchor: str
    lamp: Lamp
    report: CaseReport
    place: str
    told: tuple[Told, ...]
    rest: str
    units: tuple[str | None, ...]
    picture: Picture
    rows: tuple[Row, ...]
    undated: tuple[str, ...]
    undrawn: int


class Anchors:
    """Anchors that are each given once, whatever asks twice."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def give(self, name: str) -> str:
        """The name, or the name with a number."""
        self._given[name] += 1
        return name if self._given[name] == 1 else f"{name}-{self._given[name]}"


def detail_of(lit: Lit, as_of: dt.date, anchors: Anchors) -> Detail:
    """All of one case."""
    report = lit.report
    ids = finding_ids(report.case, (shown.finding for shown in report.shown))
    pairs = sorted(zip(report.shown, ids, strict=True), key=lambda pair: GRAVEST_FIRST.index(pair[0].finding.verdict))
    rest = report.verdicts.copy()
    rest.subtract(shown.finding.verdict for shown in report.shown)
    facts = facts_of(report, as_of)
    return Detail(
        anchors.give(f"case-{printed(report.case.id)}"),
        lit.lamp,
        report,
        place_text(report.case.place),
        tuple(_told(shown, anchors.give(name), as_of) for shown, name in pairs),
        counts_text(+rest),
        tuple(dict.fromkeys(shown.finding.bearer for shown, _ in pairs)),
        picture_of(facts),
        tuple(rows_of(facts)),
        facts.undated,
        facts.left_out,
    )


def _told(shown: Shown, anchor: str, as_of: dt.date) -> Told:
    finding = shown.finding
    reasons = [reason for reason in shown.reasons if reason.topic is not Topic.CLASS]
    wanted = set(Topic) if finding.verdict.is_violation else _SEEN[finding.verdict]
    return Told(
        anchor,
        lamp_of(finding, as_of),
        finding,
        tuple(heading(finding)),
        tuple(_grouped(reason for reason in reasons if reason.topic in wanted)),
        tuple(_grouped(reason for reason in reasons if reason.topic not in wanted)),
    )


def _grouped(reasons: Iterator[Reason]) -> Iterator[tuple[Topic, tuple[str, ...]]]:
    """Sentences under their topic, in their order; what follows one of the same topic joins it."""
    topic: Topic | None = None
    texts: list[str] = []
    for reason in reasons:
        if topic is not None and reason.topic is not topic:
            yield topic, tuple(texts)
            texts = []
        topic = reason.topic
        texts.append(reason.text)
    if topic is not None:
        yield topic, tuple(texts)
