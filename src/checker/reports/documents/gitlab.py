"""The code quality report of GitLab: findings beside the lines of case files that a merge request changes."""

import json
from typing import Any, Final

from checker.model.norm import Severity
from checker.reports.checkout import path_from_root, place_of, spot_text
from checker.reports.content import RunReport
from checker.reports.documents import Wish
from checker.reports.heading import heading
from checker.reports.listed import Listed, all_listed

_SEVERITY: Final = {
    Severity.MINOR: "minor",
    Severity.ORDINARY: "major",
    Severity.SERIOUS: "critical",
    Severity.GRAVE: "blocker",
}


def written(report: RunReport, wish: Wish) -> str:
    """A JSON array; the fingerprint of a finding is its stable id. Nothing can be wished for it."""
    del wish
    rows = [_row(one) for one in all_listed(report)]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _row(one: Listed) -> dict[str, Any]:
    finding, case = one.shown.finding, one.case.case
    place = place_of(case, finding)
    words = [f"案件 {case.id}", *heading(finding), spot_text(place)]
    return {
        "description": " · ".join(word for word in words if word),
        "check_name": finding.norm,
        "fingerprint": one.id,
        "severity": _SEVERITY[finding.severity] if finding.severity else "info",
        "location": {
            "path": path_from_root(place.file) if place else "",
            "lines": {"begin": (place.line if place else None) or 1},
        },
    }
