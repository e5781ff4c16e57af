"""What a case being built states of an event or of the case itself. What is stated is never overwritten."""

import datetime as dt
from typing import Final, NamedTuple

from checker.calendars.amount import amount_of
from checker.calendars.calendar import Calendar
from checker.calendars.due import shift
from checker.drafting.analysis.worlds.world import World
from checker.model import expressions as x
from checker.model.values import Scalar, Value, ValueType
from checker.model.vocabulary import Vocabulary

CASE: Final = 0
"""The case itself, among the names of events (which begin at 1)."""


class Nothing:
    """Not stated."""


NOTHING: Final = Nothing()


class Spot(NamedTuple):
    """An attribute, a date (日期) or the actors (主体) of an event or of the case."""

    owner: int
    name: str


def spot_of(expression: x.Expression, owner: int) -> Spot | None:
    """Where the expression stands, its subject being found; None for what is computed."""
    match expression:
        case x.Attribute():
            return Spot(owner, expression.name)
        case x.DateOf():
            return Spot(owner, "日期")
        case x.ActorOf():
            return Spot(owner, "主体")
        case _:
            return None


def stated(world: World, spot: Spot) -> Value | Nothing:
    """The value, if the world states one. A date is always stated, and may be moved all the same."""
    if spot.owner == CASE:
        if spot.name == "类型":
            return NOTHING if world.kind is None else world.kind
        return world.attributes.get(spot.name, NOTHING)
    made = world.event(spot.owner)
    if spot.name == "日期":
        return world.date_of(made.day)
    if spot.name == "主体":
        return NOTHING if made.actors is None else made.actors
    return made.attributes.get(spot.name, NOTHING)


def state(world: World, spot: Spot, value: Value, vocabulary: Vocabulary) -> World | None:
    """The world that states the value; None if it states another, or the act has no such attribute."""
    held = stated(world, spot)
    if held is not NOTHING and spot.name != "日期":
        return world if held == value and type(held) is type(value) else None
    if spot.owner == CASE:
        return _state_of_case(world, spot.name, value)
    made = world.event(spot.owner)
    if spot.name == "日期":
        if not isinstance(value, dt.date):
            return None
        return world.changed(made._replace(day=(value - world.base).days))
    if spot.name == "主体":
        names = value if isinstance(value, tuple) else (value,)
        return world.changed(made._replace(actors=tuple(str(name) for name in names)))
    if spot.name not in vocabulary.acts[made.act].attributes:
        return None
    return world.changed(made._replace(attributes={**made.attributes, spot.name: value}))


def _state_of_case(world: World, name: str, value: Value) -> World | None:
    if name != "类型":
        return world._replace(attributes={**world.attributes, name: value})
    return world._replace(kind=value) if isinstance(value, str) else None


def restated(world: World, spot: Spot, value: Value) -> World:
    """The world with another value, whatever it stated: a longer list, a date moved."""
    if spot.owner == CASE:
        return world._replace(attributes={**world.attributes, spot.name: value})
    made = world.event(spot.owner)
    return world.changed(made._replace(attributes={**made.attributes, spot.name: value}))


def declared(spot: Spot, world: World, vocabulary: Vocabulary) -> ValueType | None:
    """The type of an attribute; None for what is none."""
    if spot.owner == CASE:
        return vocabulary.case_attributes.get(spot.name)
    return vocabulary.acts[world.event(spot.owner).act].attributes.get(spot.name)


def moved(day: dt.date, by: x.Shift, calendar: Calendar) -> Scalar | Nothing:
    """A date shifted as the engines shift it."""
    try:
        found = shift(calendar, day.toordinal(), amount_of(by.period), backward=by.backward)
    except (ValueError, OverflowError, ArithmeticError):
        return NOTHING
    return dt.date.fromordinal(found.day)
