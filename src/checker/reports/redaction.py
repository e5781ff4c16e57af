"""Who reads a report decides what of a record it may name.

Nothing here touches a verdict: cases are judged as they are, and masked before they are told.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from checker.engines.run import Evaluation
from checker.model.case import Answer, Case, Event
from checker.model.diagnostic import Diagnostic
from checker.model.finding import Finding
from checker.model.place import Place, Span
from checker.model.values import Value, ValueType
from checker.model.vocabulary import Vocabulary


class Profile(StrEnum):
    """For whom a report is made.

    The case number, the organs, the acts and their dates are kept in all of them: without these nobody could answer.
    """

    FULL = "内部全量"
    """Everything, for the office itself."""
    UNIT = "单位通报"
    """For a handling unit: persons and free texts as marks, unread values left out."""
    PUBLIC = "对外"
    """For anybody: besides, no file of the office is named by its path."""

    @property
    def said(self) -> str:
        """A sentence for the head of a report; nothing where everything is told."""
        return f"本报告按「{self}」写，{_SAID[self]}" if self in _SAID else ""


_SAID: Final = {
    Profile.UNIT: "人员和自由文字写成代号，没有读入的原文略去",
    Profile.PUBLIC: "人员和自由文字写成代号，没有读入的原文略去，文件只写名称",
}
HIDDEN: Final = "〔略〕"
_SECRET: Final = {"人员": "人员", "文本": "文字"}
"""Types whose values may name or describe a person, and what the mark for one begins with."""


@dataclass(slots=True)
class _Marks:
    """The marks of one case, given in the order of the record: what was equal stays equal, and nothing else is told."""

    vocabulary: Vocabulary
    given: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, value: Value, kind: str) -> Value:
        """The mark of a value, or of each in a list; a declared role names nobody."""
        if isinstance(value, tuple):
            return tuple(str(self.of(one, kind)) for one in value)
        if not isinstance(value, str) or value in self.vocabulary.persons:
            return value
        if value not in self.given:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.given[value] = f"〔{_SECRET[kind]}{self.counts[kind]}〕"
        return self.given[value]

    def values(self, values: Mapping[str, Value], declared: Mapping[str, ValueType]) -> dict[str, Value]:
        """The attributes of an event or a case."""
        kinds = {name: declared[name].name if name in declared else "文本" for name in values}
        return {n: self.of(v, kinds[n]) if kinds[n] in _SECRET else v for n, v in values.items()}

    def event(self, event: Event) -> Event:
        """An event with its values masked."""
        act = self.vocabulary.acts.get(event.act)
        declared = act.attributes if act is not None else {}
        return event.model_copy(update={"attributes": self.values(event.attributes, declared)})

    def answer(self, answer: Answer) -> Answer:
        """Who answered may be a name."""
        return answer.model_copy(update={"by": self.of(answer.by, "人员") if answer.by else ""})

    def finding(self, finding: Finding) -> Finding:
        """A duty may be a person's."""
        bearer = finding.bearer
        return finding.model_copy(update={"bearer": self.given.get(bearer, bearer)}) if bearer is not None else finding


def redacted(evaluation: Evaluation, vocabulary: Vocabulary, profile: Profile) -> Evaluation:
    """The evaluation as readers of the profile may see it; its findings stay what they are, but for a person's name."""
    if profile is Profile.FULL:
        return evaluation
    marks = _Marks(vocabulary)
    case = evaluation.case
    attributes = marks.values(case.attributes, vocabulary.case_attributes)
    masked = {id(event): marks.event(event) for event in case.events}
    told = case.model_copy(
        update={
            "attributes": attributes,
            "events": tuple(masked[id(event)] for event in case.events),
            "answers": tuple(marks.answer(answer) for answer in case.answers),
            "remarks": tuple(redacted_message(one, profile) for one in case.remarks),
            "place": _place(case.place, profile),
        }
    )
    # The instances speak of the same event objects: each is replaced wherever it stands.
    instances = copy.deepcopy(evaluation.instances, dict[int, object](masked))
    findings = tuple(map(marks.finding, evaluation.findings))
    return replace(evaluation, case=_placed(told, profile), instances=instances, findings=findings)


def redacted_message(told: Diagnostic, profile: Profile) -> Diagnostic:
    """A message about a record without the words it quotes from there."""
    if profile is Profile.FULL:
        return told
    parts = {part: _without(getattr(told, part), told.quote) for part in ("message", "expected", "help")}
    return told.model_copy(
        update={
            **parts,
            "quote": HIDDEN if told.quote else "",
            "at": _place(told.at, profile),
            "notes": tuple(one.model_copy(update={"at": _place(one.at, profile)}) for one in told.notes),
        }
    )


def _without(text: str, quote: str) -> str:
    return text.replace(quote, HIDDEN) if quote else text


def _placed(case: Case, profile: Profile) -> Case:
    events = tuple(one.model_copy(update={"place": _place(one.place, profile)}) for one in case.events)
    return case.model_copy(update={"events": events})


def _place(place: Place | Span | None, profile: Profile) -> Place | Span | None:
    """The file by its name alone, where its folders are nobody's business."""
    if place is None or profile is not Profile.PUBLIC:
        return place
    return place.model_copy(update={"file": PurePath(place.file).name})
