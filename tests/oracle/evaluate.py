"""Section 12: stratum by stratum, norm by norm, anchor by anchor."""

from __future__ import annotations

import datetime as dt

from checker.calendars.calendar import Calendar
from checker.model.case import Case
from checker.model.finding import Finding, Verdict
from checker.model.norm import RuleSet
from checker.model.requirements import Deem
from oracle.anchors import EXTENT, open_anchors
from oracle.exceptions import defeats, priority
from oracle.findings import breach_date, finding_of
from oracle.instances import Inner, Instance
from oracle.matching import Scope
from oracle.record import AFTER_ALL, Item, World, see
from oracle.requirements import Usage, settle
from oracle.truth import Truth, conjunction, known, negation, unknown
from oracle.verdict import decide


def evaluate(rules: RuleSet, calendar: Calendar, case: Case, as_of: dt.date) -> tuple[Finding, ...]:
    """All findings on one case, met ones too, without explanations; in the order of norms, then of anchors."""
    world = World(rules, calendar, case, as_of, see(case, as_of))
    for stratum in rules.strata:
        found = {position: _of_norm(world, position) for position in sorted(stratum)}
        world.instances |= found
        _keep_one_version(list(found.values()))
        for instances in found.values():
            world.items += [item for instance in instances for item in _deemed(instance)]
    return tuple(
        finding_of(world, instance)
        for position in range(len(rules.norms))
        for instance in world.instances.get(position, [])
        if instance.is_listed
    )


def _of_norm(world: World, position: int) -> list[Instance]:
    instances = open_anchors(world, position)
    usage = Usage()
    for instance in instances:
        _judge(world, instance, usage)
    return instances


def _judge(world: World, instance: Instance, usage: Usage) -> None:
    if instance.anchor.printed == EXTENT:
        instance.inner = Inner(Verdict.UNDETERMINED)
        instance.verdict = Verdict.UNDETERMINED
        return
    scope = Scope(world, instance.anchor, instance.anchor, instance.norm.correlate)
    usage.offered = []
    settle(scope, instance, usage)
    defeats(scope, instance)
    priority(world, instance)
    instance.is_listed, instance.verdict = decide(instance)
    instance.breached_on = breach_date(instance)
    usage.take(_claim(instance))


def _claim(instance: Instance) -> Truth:
    """Section 9: whether the instance takes the events it was offered."""
    is_broken = known(instance.inner.verdict.is_violation)
    cured = conjunction([is_broken, instance.cured])
    return conjunction([instance.real, *(negation(each) for each in (instance.defeat, instance.prior, cured))])


def _keep_one_version(found: list[list[Instance]]) -> None:
    """4: of several versions whose pivot is unknown, only the last listed finding at an anchor is kept."""
    seen: dict[tuple[str, str], Instance] = {}
    for instance in (i for instances in found for i in instances):
        if instance.is_listed and instance.in_force.maybe:
            place = (instance.norm.id, instance.anchor.printed)
            if place in seen:
                seen[place].is_listed = False
            seen[place] = instance


def _deemed(instance: Instance) -> list[Item]:
    requirement = instance.norm.requirement
    if not isinstance(requirement, Deem):
        return []
    sure = known(True) if instance.clock.is_sure else unknown("")
    doubts = [instance.real, negation(instance.defeat), negation(instance.prior), sure]
    happens = conjunction([instance.inner.deems, *doubts])
    if happens.no:
        return []
    due, root = instance.clock.due, instance.anchor.item
    names = [] if root is None else [c for c in instance.norm.correlate if c in root.attributes]
    return [
        Item(
            id=f"视为:{instance.norm.id}@{instance.anchor.printed}",
            act=requirement.act,
            position=0,
            date=due.day,
            time=None,
            actors=None,
            document=None,
            attributes={name: root.attributes[name] for name in names},
            key=(due.day, AFTER_ALL, (instance.position, instance.order)),
            sure=happens.yes,
            deemed=instance.norm.id,
        )
    ]
