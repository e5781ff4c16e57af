"""视为: the event that is taken to have happened when a period expires (semantics §5)."""

import datetime as dt

from checker.engines.facts import Truth
from checker.engines.ground.grounding import Grounded
from checker.engines.ground.view import Seen
from checker.model.case import Event
from checker.model.requirements import Deem

AFTER_EVENTS = 2
"""Side of a key on which deemed events and expiry anchors stand."""


def deemed_event(grounded: Grounded, deems: Truth) -> Seen:
    """The event of a 视为 instance, on its due date; one that may not exist carries the norm's id as its doubt."""
    instance, rule = grounded.instance, grounded.rule
    requirement = instance.norm.requirement
    assert isinstance(requirement, Deem)
    assert instance.timing is not None
    assert instance.timing.due is not None
    day = instance.timing.due.day
    root = grounded.scope.root
    known = root.attributes if root is not None else {}
    event = Event(
        id=f"视为:{rule.id}@{instance.anchor.printed}",
        position=0,
        act=requirement.act,
        date=dt.date.fromordinal(day),
        attributes={name: known[name] for name in instance.norm.correlate if name in known},
    )
    instance.deemed = event
    key = (day, AFTER_EVENTS, rule.position, instance.number)
    return Seen(event, day, key, None if deems is Truth.YES else rule.id)
