"""What a finding is, in the few words that head it in every report."""

from collections.abc import Iterator

from checker.explain.values import moment_text
from checker.model.finding import VERDICT_NAMES, Finding, Verdict


def heading(finding: Finding) -> Iterator[str]:
    """Verdict, class, norm, bearer, due date, days: whatever it has of them, in this order."""
    yield VERDICT_NAMES[finding.verdict]
    if finding.category is not None:
        yield f"{finding.category}，情节{finding.severity}" if finding.severity else str(finding.category)
    yield finding.norm
    if finding.bearer is not None:
        yield f"责任机关 {finding.bearer}"
    if finding.due is not None:
        yield f"届满 {moment_text(finding.due)}{'（暂定）' if finding.provisional else ''}"
    if finding.days is not None:
        yield days_text(finding.verdict, finding.days)


def days_text(verdict: Verdict, days: int) -> str:
    """``超过 12日``, or how many are left; ``days`` are calendar days as in the finding."""
    if not verdict.is_violation:
        return f"还有 {-days}日"
    return f"超过 {days}日" if days else "超过不足 1日"
