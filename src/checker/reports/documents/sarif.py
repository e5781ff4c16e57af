"""SARIF 2.1.0 (OASIS): findings for any program that shows results of analyses beside files."""

import json
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from checker import __version__
from checker.explain.findings import explanation_of, source_reasons
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic, Level
from checker.model.finding import VERDICT_NAMES, Finding, Verdict
from checker.model.norm import Norm, Severity
from checker.model.place import Place, Span
from checker.reports.checkout import path_from_root, place_of, spot_text
from checker.reports.content import RunReport
from checker.reports.documents import Wish
from checker.reports.heading import heading
from checker.reports.layout import clean
from checker.reports.listed import Listed, all_listed

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_KIND: Final = {
    Verdict.BREACHED: "fail",
    Verdict.OVERDUE: "fail",
    Verdict.LATE: "fail",
    Verdict.UNDETERMINED: "open",
    Verdict.PENDING: "open",
    Verdict.REVIEW: "review",
    Verdict.EXEMPT: "notApplicable",
    Verdict.MET: "pass",
}
_LEVEL: Final = {
    Severity.MINOR: "note",
    Severity.ORDINARY: "warning",
    Severity.SERIOUS: "error",
    Severity.GRAVE: "error",
}
_NOTICE: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "note"}


def written(report: RunReport, wish: Wish) -> str:
    """One run; its rules are the norms that results name. Nothing can be wished for it."""
    del wish
    found = list(all_listed(report))
    norms = list({one.shown.norm.id: one.shown.norm for one in found}.values())
    positions = {norm.id: n for n, norm in enumerate(norms)}
    run = {
        "tool": {"driver": _driver(norms)},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "results": [_result(one, positions[one.shown.norm.id]) for one in found],
        "properties": {
            "截至": report.head.as_of.isoformat(),
            "工作日表": report.head.calendar,
            "读入": report.totals.read,
            "未读入": report.totals.left_out,
            "没有结论": report.totals.failed,
            "结论": {VERDICT_NAMES[verdict]: report.totals.verdicts[verdict] for verdict in Verdict},
        },
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _driver(norms: list[Norm]) -> dict[str, Any]:
    return {"name": "checker", "version": __version__, "rules": [_rule(norm) for norm in norms]}


def _rule(norm: Norm) -> dict[str, Any]:
    sources = "；".join(reason.text for reason in source_reasons(norm))
    return {
        "id": norm.id,
        "name": norm.title,
        "shortDescription": {"text": norm.title},
        "fullDescription": {"text": clean(sources) or norm.title},
        "defaultConfiguration": {"level": _LEVEL[norm.breach.severity]},
        "properties": {"效力": str(norm.rank), "版本": norm.version, "归类": str(norm.breach.category)},
    }


def _result(one: Listed, position: int) -> dict[str, Any]:
    finding, case = one.shown.finding, one.case.case
    kind = _KIND[finding.verdict]
    return {
        "ruleId": finding.norm,
        "ruleIndex": position,
        "kind": kind,
        "level": _LEVEL[finding.severity or Severity.ORDINARY] if kind == "fail" else "none",
        "message": {"text": _message(one)},
        "locations": [_location(place_of(case, finding))],
        "relatedLocations": _evidence(one),
        "partialFingerprints": {"findingId/v1": one.id},
        "properties": {"案件": case.id, **_facts(finding)},
    }


def _message(one: Listed) -> str:
    place = spot_text(place_of(one.case.case, one.shown.finding))
    head = " · ".join([f"案件 {one.case.case.id}", *heading(one.shown.finding), *([place] if place else [])])
    return clean(f"{head}。{explanation_of(one.shown.reasons)}")


def _facts(finding: Finding) -> dict[str, Any]:
    values = finding.model_dump(mode="json", include={"verdict", "bearer", "anchor", "due", "breached_on", "days"})
    return {name: value for name, value in values.items() if value is not None}


def _evidence(one: Listed) -> list[dict[str, Any]]:
    events = {event.id: event for event in one.case.case.events}
    found = [events[name] for name in one.shown.finding.evidence if name in events]
    return [
        {**_location(event.place), "id": n, "message": {"text": clean(f"{event.date or '日期不明'} {event.act}")}}
        for n, event in enumerate(found)
        if event.place is not None
    ]


def _location(place: Place | Span | None) -> dict[str, Any]:
    """The file, with the line or the cell as far as they are known."""
    if place is None:
        return {}
    file = path_from_root(place.file)
    uri = quote(file) if not PurePosixPath(file).is_absolute() else f"file://{quote(file)}"
    found: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": uri}}}
    if place.line is not None:
        column = {} if place.column is None else {"startColumn": place.column}
        found["physicalLocation"]["region"] = {"startLine": place.line, **column}
    if isinstance(place, Place) and place.cell is not None:
        found["logicalLocations"] = [{"fullyQualifiedName": f"{place.sheet or ''}!{place.cell}", "kind": "element"}]
    return found


def _invocation(report: RunReport) -> dict[str, Any]:
    failures = [(one.case, one.failure) for one in report.cases if one.failure is not None]
    notices = [_notice(told) for told in report.unread]
    notices += [_failed(case, why) for case, why in failures]
    return {"executionSuccessful": not failures, "toolExecutionNotifications": notices}


def _failed(case: Case, why: str) -> dict[str, Any]:
    text = clean(f"案件「{case.id}」没有结论：{why}")
    return {"level": "error", "message": {"text": text}, "locations": [_location(case.place)]}


def _notice(told: Diagnostic) -> dict[str, Any]:
    parts = [told.message, f"原文：「{told.quote}」" if told.quote else "", told.expected, told.help, told.meanwhile]
    return {
        "descriptor": {"id": told.code},
        "level": _NOTICE[told.level],
        "message": {"text": clean("；".join(part for part in parts if part))},
        "locations": [_location(told.at)] if told.at is not None else [],
    }
