"""The solver, with the seconds that a question may take."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import z3

from checker.drafting.proof.concrete import Model
from checker.drafting.proof.terms import Bool
from checker.drafting.proof.unsupported import OutOfTime
from checker.drafting.proof.world import World


def find(world: World, formulas: Iterable[Bool], deadline: float) -> Model | None:
    """A case of the world in which the formulas hold, plain values preferred; None if there is none within it."""
    asked = [one for one in (*world.constraints, *world.assumed, *formulas) if one is not True]
    if any(one is False for one in asked):
        return None
    solver = z3.SolverFor("QF_FD")
    solver.add(*asked)
    if not _check(solver, (), deadline):
        return None
    found = solver.model()
    plain = preferences(world)
    if plain and _check(solver, plain, deadline):
        found = solver.model()
    return Model(world, found)


def preferences(world: World) -> list[Bool]:
    """What makes a case easier to read: one actor an act, nothing known to be none."""
    wanted = []
    for options in world.choices.values():
        odd = [guard for guard, value in options if value is None or (isinstance(value, tuple) and len(value) > 1)]
        if len(odd) < len(options):
            wanted += [z3.Not(guard) for guard in odd if not isinstance(guard, bool)]
    wanted += [z3.Not(none) for key, none in world.bools.items() if key[0] == "none"]
    return wanted


def _check(solver: z3.Solver, assumptions: Sequence[Bool], deadline: float) -> bool:
    """The seconds are those of computing: on a busy machine the solver is asked to go on where it was interrupted."""
    while (left := deadline - time.process_time()) > 0:
        solver.set("timeout", max(1, int(left * 1000)))
        answer = solver.check(*assumptions)
        if answer != z3.unknown:
            return bool(answer == z3.sat)
    raise OutOfTime
