"""What two rule sets say at one anchor, in a few words."""

from checker.explain.values import moment_text
from checker.model.changes import Pair
from checker.model.finding import VERDICT_NAMES, Finding

NO_FINDING = "没有结论"


def finding_text(finding: Finding | None) -> str:
    """The verdict with what may tell it from another of the same kind."""
    if finding is None:
        return NO_FINDING
    parts = [f"届满 {moment_text(finding.due)}"] if finding.due is not None else []
    parts += [f"{finding.category}，情节 {finding.severity}"] if finding.category is not None else []
    parts += [f"责任机关 {finding.bearer}"] if finding.bearer else []
    verdict = VERDICT_NAMES[finding.verdict]
    return f"{verdict}（{'；'.join(parts)}）" if parts else verdict


def pair_text(pair: Pair) -> str:
    """``合规（届满 2026-03-02） → 逾期履行（届满 2026-03-01）``."""
    return f"{finding_text(pair.old)} → {finding_text(pair.new)}"
