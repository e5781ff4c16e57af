"""The formulas against the row evaluator: on random rule sets, whatever case the solver makes up replays.

The solver looks for a case for each verdict that a norm can get, with a few values chosen at random; the engine then
has to find in that case what the formulas say, field by field, of the norm and of all it waits for.
"""

import random
import time
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from checker.calendars.shipped import shipped_calendar
from checker.drafting.answers import Bound
from checker.drafting.proof import terms as t
from checker.drafting.proof.cone import cone_of
from checker.drafting.proof.evaluating import Evaluation
from checker.drafting.proof.replaying import replayed
from checker.drafting.proof.solving import find
from checker.drafting.proof.universe import universe_of
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.world import World
from checker.model.finding import Verdict
from checker.model.norm import RuleSet
from equality.budget import budget
from strategies import words as w
from strategies.rules import rule_sets

DAYS, SECONDS = 60, 600.0
KNOWN = w.BASES[:3]
"""Where the working-day table knows the years: nothing is provisional there."""


@budget(60)
@given(st.data())
def test_every_case_of_the_solver_replays(data: st.DataObject) -> None:
    base = data.draw(st.sampled_from(KNOWN))
    rules: RuleSet = data.draw(rule_sets(base, 3))
    chance = random.Random(data.draw(st.integers(0, 10**6)))
    size = data.draw(st.sampled_from((1, 2, 2, 3)))
    for norm in dict.fromkeys(one.id for one in rules.norms):
        cone = cone_of(rules, (norm,))
        universe = universe_of(cone)
        first = base.replace(day=1) if universe.has_periods else base
        bound = Bound(first=first, days=DAYS, events=size, seconds=SECONDS)
        world = World(universe, bound, size if universe.acts else 0)
        deadline = time.process_time() + SECONDS
        try:
            evaluation = Evaluation(cone, world, shipped_calendar(), deadline)
        except Unsupported:
            continue
        for verdict in Verdict:
            reached = t.disj(*(one.is_(verdict) for one in evaluation.past.of(norm)))
            model = find(world, [reached, *hints(world, chance)], deadline) or find(world, [reached], deadline)
            if model is not None:
                replayed(model, [evaluation], shipped_calendar(), "案")


def hints(world: World, chance: random.Random) -> Iterator[t.Bool]:
    """Some acts, days and values, so that the solver does not always make up the same."""
    for event in world.events:
        if chance.random() < 0.5:
            yield chance.choice(event.acts)[1]
        if chance.random() < 0.3:
            yield t.same(event.day, t.day(world.first + chance.randrange(DAYS)))
    for options in list(world.choices.values()):
        if chance.random() < 0.2:
            yield chance.choice(options)[0]
