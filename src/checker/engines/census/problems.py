"""Problems common to many cases, and those a unit has beyond the others: only where the numbers bear it."""

from collections import Counter
from collections.abc import Iterator

from checker.engines.census.asked import BY_NORM, BY_NORM_AND_UNIT
from checker.engines.census.cells import KEPT, VIOLATED, Cell, Cells
from checker.engines.census.dimensions import Register
from checker.engines.census.results import cases_of
from checker.model.statistics import NormProblem, Share, Thresholds, UnitProblem


def norm_problems(by_norm: Cells, by_unit: Cells, register: Register, at: Thresholds) -> tuple[NormProblem, ...]:
    """Every norm with a violation; those with most cases first, of as many in the order of the rules."""
    units, touched = Counter[str](), Counter[str]()
    for (norm, unit), cell in by_unit.items():
        if register.is_unit(unit):
            units[norm] += bool(cell.cases[VIOLATED])
            touched[norm] += bool(cell.cases[VIOLATED] or cell.cases[KEPT])
    found = []
    for (norm,), cell in by_norm.items():
        if cell.cases[VIOLATED]:
            spread = Share(part=units[norm], base=touched[norm])
            found.append(_problem(norm, cell, spread, at))
    return tuple(sorted(found, key=lambda one: (-one.cases.violated, register.place(BY_NORM[0], one.norm))))


def _problem(norm: str, cell: Cell, units: Share, at: Thresholds) -> NormProblem:
    cases = cases_of(cell)
    # Where one unit alone owes it, or none is named, it cannot be asked in how many it is found.
    is_wide = cases.violated >= at.cases and units.part >= min(at.units, units.base)
    is_common = is_wide and not cases.breach.is_small and cases.breach.interval[0] >= at.share
    return NormProblem(norm=norm, cases=cases, units=units, is_common=is_common, example=cell.example)


def unit_problems(by_unit: Cells, register: Register, at: Thresholds) -> tuple[tuple[UnitProblem, ...], int]:
    """Where the lower end for the unit lies above the upper end for all others; and how many pairs were compared.

    In the order of the register, never in that of the shares.
    """
    compared = list(_adequate(by_unit, register, at))
    beyond = [one for one in compared if one.own.interval[0] > one.others.interval[1]]
    unit, norm = BY_NORM_AND_UNIT[1], BY_NORM_AND_UNIT[0]
    beyond.sort(key=lambda one: (register.place(unit, one.unit), register.place(norm, one.norm)))
    return tuple(beyond), len(compared)


def _adequate(by_unit: Cells, register: Register, at: Thresholds) -> Iterator[UnitProblem]:
    """Each unit against all others together; a case in which several units owe something counts for each of them."""
    shares = {key: cases_of(cell).breach for key, cell in by_unit.items() if register.is_unit(key[1])}
    parts, bases = Counter[str](), Counter[str]()
    for (norm, _), own in shares.items():
        parts[norm] += own.part
        bases[norm] += own.base
    for (norm, unit), own in shares.items():
        others = Share(part=parts[norm] - own.part, base=bases[norm] - own.base)
        if own.base >= at.adequate and others.base >= at.adequate:
            yield UnitProblem(unit=unit, norm=norm, own=own, others=others, example=by_unit[norm, unit].example)
