"""Section 11: the fields of a finding."""

from __future__ import annotations

import datetime as dt

from checker.model.expressions import AnchorActor, OrganActor
from checker.model.finding import Finding, Verdict
from checker.model.requirements import Deem, Hold, Occur
from oracle.instances import Instance
from oracle.matching import named_by
from oracle.record import Item, World, in_order
from oracle.verdict import is_late_cured

DAY = dt.timedelta(days=1)


def breach_date(instance: Instance) -> dt.date | None:
    """The date of the breach of a violation, also of one that a later fact has cured."""
    if not (instance.verdict.is_violation or is_late_cured(instance)):
        return None
    due = instance.clock.due
    if not isinstance(instance.norm.requirement, Occur | Deem):
        return instance.anchor.date
    return due.day if due.instants is not None else due.day + DAY


def finding_of(world: World, instance: Instance) -> Finding:
    norm, verdict, due = instance.norm, instance.verdict, instance.clock.due
    is_violation = verdict.is_violation
    fulfilled = instance.inner.fulfilled if verdict in (Verdict.MET, Verdict.LATE) else None
    return Finding(
        case=world.case.id,
        norm=norm.id,
        version=norm.version,
        verdict=verdict,
        category=norm.breach.category if is_violation else None,
        severity=norm.breach.severity if is_violation else None,
        bearer=_bearer(instance),
        anchor=instance.anchor.printed,
        due=None if due is None else due.printed,
        fulfilled_by=fulfilled.item.id if fulfilled else None,
        breached_on=instance.breached_on,
        days=_days(world, instance),
        evidence=tuple(dict.fromkeys(item.id for item in in_order(_evidence(instance)))),
        missing=tuple(sorted(_missing(instance))) if verdict is Verdict.UNDETERMINED else (),
        provisional=due is not None and due.is_provisional,
    )


def _bearer(instance: Instance) -> str | None:
    requirement, root = instance.norm.requirement, instance.anchor.item
    if isinstance(requirement, Deem):
        return None
    if not isinstance(requirement, Occur):
        return "、".join(root.actors) if root and root.actors else None
    for pattern in (p for group in requirement.groups for p in group):
        if isinstance(pattern.actor, OrganActor):
            return "、".join(pattern.actor.names)
        if isinstance(pattern.actor, AnchorActor):
            value = named_by(root, pattern.actor) if root else None
            return ("、".join(value) if isinstance(value, tuple) else value) or None
    return None


def _days(world: World, instance: Instance) -> int | None:
    due, verdict = instance.clock.due, instance.verdict
    if verdict is Verdict.PENDING and instance.clock.state == "stopped":
        return -instance.clock.left
    if due is None:
        return None
    if verdict is Verdict.LATE:
        return (instance.inner.fulfilled.date - due.day).days
    if verdict is Verdict.OVERDUE:
        return (world.as_of - due.day).days
    return -(due.day - world.as_of).days if verdict is Verdict.PENDING else None


def _evidence(instance: Instance) -> set[Item]:
    inner, verdict = instance.inner, instance.verdict
    items = set(instance.clock.used)
    if instance.anchor.item is not None:
        items.add(instance.anchor.item)
    if verdict in (Verdict.MET, Verdict.LATE, Verdict.UNDETERMINED):
        items |= {c.item for c in inner.chosen}
    if isinstance(instance.norm.requirement, Hold):
        items |= inner.support
    if verdict is Verdict.EXEMPT and instance.defeat.yes:
        items |= instance.defeat.support
    elif is_late_cured(instance):
        items |= instance.cured.support
    return items


def _missing(instance: Instance) -> frozenset[str]:
    names: frozenset[str] = instance.extra
    cured = [instance.cured] if instance.inner.verdict.is_violation else []
    for truth in (instance.real, instance.defeat, instance.prior, *cured):
        if truth.maybe:
            names |= truth.missing
    if instance.inner.verdict is Verdict.UNDETERMINED:
        names |= instance.inner.names
    return names | instance.clock.doubts
