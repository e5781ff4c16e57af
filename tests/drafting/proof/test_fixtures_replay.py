"""The formulas against the fixtures: put a drafter's case into the symbolic one, and the findings are the engine's."""

import datetime as dt
import time
from decimal import Decimal

from checker.calendars.calendar import Calendar
from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Bound
from checker.drafting.proof import terms as t
from checker.drafting.proof.concrete import Model, Said, said_of
from checker.drafting.proof.cone import cone_of
from checker.drafting.proof.evaluating import Evaluation
from checker.drafting.proof.replaying import replayed
from checker.drafting.proof.solving import find
from checker.drafting.proof.universe import Universe, universe_of
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.world import BEFORE, Key, Options, World
from checker.engines.run import evaluate, prepare
from checker.model.case import Case, Event, Fixture
from checker.model.norm import RuleSet
from checker.model.values import Period
from equality.budget import is_thorough

STEP = 1 if is_thorough() else 23
MOST_EVENTS = 6
SECONDS = 600.0


def test_fixtures_get_the_findings_of_the_engine(rules: RuleSet, fixtures: list[Fixture]) -> None:
    calendar = shipped_calendar()
    compared = 0
    for fixture in fixtures[::STEP]:
        norms = {one.norm for one in fixture.expect} & {norm.id for norm in rules.norms}
        for norm in sorted(norms):
            compared += compare(cone_of(rules, (norm,)), fixture, calendar)
    assert compared > 40 if not is_thorough() else compared > 1000


def compare(cone: RuleSet, fixture: Fixture, calendar: Calendar) -> bool:
    """Whether the fixture says all that the norms read; then the findings are compared."""
    seen = [event for event in fixture.case.events if event.date is not None and event.date <= fixture.as_of]
    universe = widened(universe_of(cone), fixture.case)
    relevant = [event for event in seen if event.act in universe.acts]
    if universe.has_periods or not relevant or len(relevant) > MOST_EVENTS or not is_plain(fixture.case, universe):
        return False
    first = min(event.date for event in relevant if event.date) - dt.timedelta(days=3)
    bound = Bound(first=first, days=(fixture.as_of - first).days + 3, events=len(relevant), seconds=SECONDS)
    world = World(universe, bound, len(relevant), choices=acts_of(relevant), dates=days_of(bound, fixture, relevant))
    try:
        evaluation = Evaluation(cone, world, calendar, time.process_time() + SECONDS)
    except Unsupported:
        return False
    for one in evaluation.instances:
        one.bearer()
    model = find(world, told(world, fixture, relevant), time.process_time() + SECONDS)
    if model is None:
        return False
    case = replayed(model, [evaluation], calendar, fixture.case.id)
    if not says_as_much(fixture.case, relevant, case):
        return False
    assert findings_of(model, evaluation) == engine_findings(cone, fixture, relevant, calendar), fixture.case.id
    return True


def widened(universe: Universe, case: Case) -> Universe:
    """The universe with the values of the case."""
    values = [v for e in case.events for v in e.attributes.values()] + list(case.attributes.values())
    flat = [one for v in values for one in (v if isinstance(v, tuple) else (v,))]
    names = {name for event in case.events for name in event.actors or ()}
    texts = {one for one in flat if isinstance(one, str)} | ({case.kind} if case.kind else set())
    numbers = {one for one in flat if isinstance(one, int | Decimal) and not isinstance(one, bool)}
    known = {text for text in texts if text in universe.vocabulary.organs}
    return universe._replace(
        words=universe.words | texts,
        parties=tuple(dict.fromkeys((*universe.parties, *sorted(names)))),
        organs=tuple(dict.fromkeys((*universe.organs, *sorted(known)))),
        numbers=tuple(sorted({*universe.numbers, *numbers})),
        periods=tuple(dict.fromkeys((*universe.periods, *(one for one in flat if isinstance(one, Period))))),
    )


def is_plain(case: Case, universe: Universe) -> bool:
    """In order, without times of day, and all acts that matter covered."""
    dates = [event.date for event in case.events if event.date is not None]
    timed = any(event.time is not None or event.date is None for event in case.events)
    covered = case.covers is None or case.covers.issuperset(universe.acts)
    return case.ordered and covered and not timed and dates == sorted(dates) and not case.answers


def told(world: World, fixture: Fixture, events: list[Event]) -> list[t.Bool]:
    """What the fixture says, as far as the world reads it."""
    found: list[t.Bool] = []
    for key, options in world.choices.items():
        stated, value = of_case(fixture.case, events, key)
        if stated:
            found.append(t.disj(*(guard for guard, one in options if one == value and type(one) is type(value))))
    for key, day in world.dates.items():
        stated, value = of_case(fixture.case, events, key)
        if stated and isinstance(value, dt.date):
            found.append(t.same(day, on(world, value)))
    for key, held in world.bools.items():
        if key[0] == "part" and events[key[1]].document is not None:
            found.append(held if key[2] in (events[key[1]].document or ()) else t.neg(held))
        if key[0] == "none":
            stated, value = of_case(fixture.case, events, key[1])
            if stated:
                found.append(held if value is None else t.neg(held))
    return found


def acts_of(events: list[Event]) -> dict[Key, Options]:
    """The acts, settled from the first: the formulas fold as they are built."""
    return {("act", number): [(True, event.act)] for number, event in enumerate(events)}


def days_of(bound: Bound, fixture: Fixture, events: list[Event]) -> dict[Key, t.Day]:
    """The dates, likewise."""
    dates: dict[Key, dt.date | None] = {("day", number): event.date for number, event in enumerate(events)}
    dates["as_of",] = fixture.as_of
    return {key: t.day(BEFORE + (day - bound.first).days) for key, day in dates.items() if day is not None}


def on(world: World, day: dt.date) -> t.Day:
    return t.day(world.offset(day))


def of_case(case: Case, events: list[Event], key: tuple[object, ...]) -> tuple[bool, object]:
    """Whether the case states what a variable is about, and what it says."""
    match key:
        case ("kind",):
            return case.kind is not None, case.kind
        case ("case" | "case date", str() as name):
            return name in case.attributes, case.attributes.get(name)
        case ("actors", int() as number):
            return events[number].actors is not None, events[number].actors
        case ("attribute" | "date", int() as number, str() as name, *_):
            return name in events[number].attributes, events[number].attributes.get(name)
        case _:
            return False, None


def says_as_much(case: Case, events: list[Event], made: Case) -> bool:
    """Whether the fixture states everything that was read, and states the same."""
    same_case = made.kind in (None, case.kind) and all(
        name in case.attributes and case.attributes[name] == value for name, value in made.attributes.items()
    )
    return same_case and all(_is_stated(mine, theirs) for mine, theirs in zip(made.events, events, strict=True))


def _is_stated(made: Event, event: Event) -> bool:
    parts = made.document is None or (event.document is not None and set(made.document) <= set(event.document))
    stated = all(name in event.attributes and event.attributes[name] == v for name, v in made.attributes.items())
    return parts and stated and made.actors in (None, event.actors)


def findings_of(model: Model, evaluation: Evaluation) -> list[Said]:
    return sorted(model.findings(evaluation.instances), key=repr)


def engine_findings(cone: RuleSet, fixture: Fixture, events: list[Event], calendar: Calendar) -> list[Said]:
    """The engine's findings of the fixture's own case, its events named as the symbolic ones are."""
    renamed = [e.model_copy(update={"id": f"e{n}", "position": n}) for n, e in enumerate(events, 1)]
    case = fixture.case.model_copy(update={"events": tuple(renamed)})
    found = evaluate(prepare(cone, calendar), case, fixture.as_of).findings
    return sorted(map(said_of, found), key=repr)
