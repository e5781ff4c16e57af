"""Section 10: the table, row by row."""

from __future__ import annotations

from checker.model.finding import Verdict
from oracle.instances import Instance


def decide(instance: Instance) -> tuple[bool, Verdict]:
    """Whether the instance is listed, and its verdict."""
    inner = instance.inner.verdict
    defeat, prior, cured = instance.defeat, instance.prior, instance.cured
    is_unsure = not instance.clock.is_sure
    is_doubtful = defeat.maybe or prior.maybe or is_unsure
    if instance.real.yes:
        if defeat.yes or prior.yes:
            return True, Verdict.EXEMPT
        if inner.is_violation:
            return True, _of_violation(instance, is_doubtful)
        if inner is Verdict.REVIEW and (defeat.maybe or prior.maybe):
            return True, Verdict.UNDETERMINED
        return True, inner
    if defeat.yes or prior.yes or (inner.is_violation and cured.yes and not is_doubtful):
        return False, inner
    if inner.is_violation or inner in (Verdict.UNDETERMINED, Verdict.REVIEW):
        return True, Verdict.UNDETERMINED
    return False, inner


def _of_violation(instance: Instance, is_doubtful: bool) -> Verdict:
    """Rows 2 to 4."""
    if is_doubtful:
        return Verdict.UNDETERMINED
    if instance.cured.yes:
        return Verdict.EXEMPT
    return Verdict.UNDETERMINED if instance.cured.maybe else instance.inner.verdict


def is_late_cured(instance: Instance) -> bool:
    """Row 3: exempt by a later fact, the breach date kept."""
    is_earlier = instance.defeat.yes or instance.prior.yes
    return instance.verdict is Verdict.EXEMPT and not is_earlier and instance.inner.verdict.is_violation
