"""A case as a fixture file: the YAML that drafters write, with the findings it gets."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Final

import yaml

from checker.model.case import Answer, Case, Event
from checker.model.finding import Finding
from checker.model.period_text import text_of_period
from checker.model.values import Period, Value

KEYS: Final = ("verdict", "due", "fulfilled_by", "breached_on", "days")
"""What an expectation says of a finding, where it is known."""


class _Flow(dict[str, object]):
    """A mapping that is written on one line."""


class _FlowList(list[object]):
    """A list that is written on one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Items of a list stand in from their key, as in the fixtures written by hand."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        """A value that stands twice is written twice."""
        return True


_Dumper.add_representer(_Flow, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v, flow_style=True))
_Dumper.add_representer(_FlowList, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True))


def fixture_text(
    case: Case, as_of: dt.date, findings: Iterable[Finding], remark: str = "", keys: Sequence[str] = KEYS
) -> str:
    """One YAML document; reading it gives the same case. ``remark`` becomes the comment on top, line by line.

    ``keys`` are what is expected of each finding, where it is known.
    """
    document: dict[str, object] = {"case": case.id}
    if case.kind is not None:
        document["kind"] = case.kind
    if not case.ordered:
        document["有序"] = False
    if case.covers is not None:
        document["covers"] = _FlowList(sorted(case.covers))
    if case.extent is not None:
        document["起止"] = _Flow(first=case.extent.first, last=case.extent.last)
    if case.attributes:
        document["attributes"] = _values(case.attributes)
    document["events"] = [_event(event) for event in case.events]
    if case.answers:
        document["answers"] = [_answer(answer) for answer in case.answers]
    document["as_of"] = as_of
    document["expect"] = [_expectation(finding, keys) for finding in findings]
    body = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return "".join(f"# {line}\n" for line in remark.splitlines()) + str(body)


def expectation_text(finding: Finding) -> str:
    """One expectation as a drafter writes it, on one line: ``{norm: …, verdict: …}``."""
    return _flow(_expectation(finding, KEYS))


def value_text(value: object) -> str:
    """A value of an expectation, as it stands in YAML."""
    plain = list(value) if isinstance(value, tuple) else value
    plain = str(plain) if isinstance(plain, str | dt.datetime) else plain
    return _flow({"k": plain})[len("{k: ") : -1]


def _flow(document: Mapping[str, object]) -> str:
    return str(yaml.dump(_Flow(document), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)).strip()


def _event(event: Event) -> _Flow:
    found: dict[str, object] = {}
    if event.id != f"e{event.position}":
        found["id"] = event.id
    if event.date is not None:
        found["date"] = event.date if event.time is None else f"{event.date} {event.time:%H:%M:%S}"
    found["act"] = event.act
    if event.actors is not None:
        found["actor"] = event.actors[0] if len(event.actors) == 1 else list(event.actors)
    if event.document is not None:
        found["document"] = list(event.document)
    return _Flow(found | _values(event.attributes))


def _answer(answer: Answer) -> _Flow:
    found: dict[str, object] = {"norm": answer.norm, "event": answer.event, "answer": "是" if answer.answer else "否"}
    if answer.by:
        found["by"] = answer.by
    if answer.date is not None:
        found["date"] = answer.date
    return _Flow(found)


def _expectation(finding: Finding, keys: Sequence[str]) -> _Flow:
    said: dict[str, object] = {"norm": finding.norm, "anchor": finding.anchor}
    for key in keys:
        value = getattr(finding, key)
        if value is not None:
            said[key] = str(value) if isinstance(value, StrEnum | dt.datetime) else value
    if finding.missing:
        said["missing"] = list(finding.missing)
    return _Flow(said)


def _values(attributes: Mapping[str, Value]) -> _Flow:
    return _Flow({name: _value(value) for name, value in attributes.items()})


def _value(value: Value) -> object:
    match value:
        case Period():
            return text_of_period(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case tuple():
            return [_value(one) for one in value]
        case _:
            return value
