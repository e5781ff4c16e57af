"""A finding: the verdict on one norm instance, as printed and exchanged."""

from datetime import date, datetime
from enum import StrEnum

from checker.model.node import Node
from checker.model.norm import Category, Severity


class Verdict(StrEnum):
    """The eight verdicts; Chinese names in :data:`VERDICT_NAMES`."""

    MET = "met"
    LATE = "late"
    OVERDUE = "overdue"
    BREACHED = "breached"
    PENDING = "pending"
    EXEMPT = "exempt"
    UNDETERMINED = "undetermined"
    REVIEW = "review"

    @property
    def is_violation(self) -> bool:
        """late, overdue and breached are; nothing else is."""
        return self in (Verdict.LATE, Verdict.OVERDUE, Verdict.BREACHED)

    @property
    def is_open(self) -> bool:
        """pending, undetermined and review wait for time, papers or a person."""
        return self in (Verdict.PENDING, Verdict.UNDETERMINED, Verdict.REVIEW)


VERDICT_NAMES = {
    Verdict.MET: "合规",
    Verdict.LATE: "逾期履行",
    Verdict.OVERDUE: "逾期未履行",
    Verdict.BREACHED: "违反",
    Verdict.PENDING: "待履行",
    Verdict.EXEMPT: "例外",
    Verdict.UNDETERMINED: "资料不足",
    Verdict.REVIEW: "待人工认定",
}


GRAVEST_FIRST = (
    Verdict.BREACHED,
    Verdict.OVERDUE,
    Verdict.LATE,
    Verdict.UNDETERMINED,
    Verdict.REVIEW,
    Verdict.PENDING,
    Verdict.EXEMPT,
    Verdict.MET,
)
"""Violations first, then what needs somebody's attention, then the rest."""


class Finding(Node):
    """Keys in the order they are printed; meaning of each in docs/contributing/semantics.md."""

    case: str
    norm: str
    version: str
    verdict: Verdict
    category: Category | None = None
    severity: Severity | None = None
    bearer: str | None = None
    anchor: str
    due: date | datetime | None = None
    fulfilled_by: str | None = None
    breached_on: date | None = None
    days: int | None = None
    evidence: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    provisional: bool = False
    explanation: str = ""
