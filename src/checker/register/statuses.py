"""What becomes of a finding: the statuses, and which may follow which."""

from enum import StrEnum
from typing import Final

from checker.model.diagnostic import Diagnostic


class Status(StrEnum):
    """Where the matter stands, as people decide it; what the record says is another matter."""

    CHECKING = "待核实"
    DISPUTED = "异议"
    MENDING = "整改中"
    CLOSED = "已销号"


FOLLOWING: Final[dict[Status, tuple[Status, ...]]] = {
    Status.CHECKING: (Status.DISPUTED, Status.MENDING, Status.CLOSED),
    Status.DISPUTED: (Status.CHECKING, Status.MENDING, Status.CLOSED),
    Status.MENDING: (Status.DISPUTED, Status.CLOSED),
    Status.CLOSED: (Status.CHECKING,),
}
"""After each status those that may come next; the same again only adds a note."""

NEEDS_REASON: Final = ((None, Status.CLOSED), (None, Status.DISPUTED), (Status.CLOSED, Status.CHECKING))
"""(from, to) that are not taken without a reason; from None is any."""


def objection(before: Status, after: Status, reason: str, note: str) -> Diagnostic | None:
    """Why the status may not be set so; None where it may."""
    if before is after:
        if note:
            return None
        return Diagnostic(code="same-status", message=f"状态已经是「{after}」", help="只补记情况的，写 --note")
    if after not in FOLLOWING[before]:
        return Diagnostic(
            code="status-order",
            message=f"状态「{before}」之后不能改为「{after}」",
            expected="、".join(FOLLOWING[before]),
        )
    if not reason and ((None, after) in NEEDS_REASON or (before, after) in NEEDS_REASON):
        return Diagnostic(code="no-reason", message=f"由「{before}」改为「{after}」没有写理由", help="写 --reason")
    return None
