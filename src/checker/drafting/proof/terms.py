"""Formulas, folded while they are built: what is certain stays a Python bool and never reaches the solver.

The Python interface of z3 checks and coerces every argument; a question builds tens of thousands of nodes, so the nodes
are made through its C interface.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import z3
from z3 import z3core

Bool: TypeAlias = Any
"""A ``z3.BoolRef``, or a plain bool where it is certain."""

WIDTH = 16
"""Bits of a day: 179 years, so that sums of what a bound allows never wrap."""

_CTX = z3.main_ctx()
_REF = _CTX.ref()
_SORT = z3.BitVecSort(WIDTH)


def conj(*parts: Bool) -> Bool:
    """All of them."""
    kept = [part for part in parts if part is not True]
    if any(part is False for part in kept):
        return False
    if len(kept) < 2:
        return kept[0] if kept else True
    return z3.BoolRef(z3core.Z3_mk_and(_REF, len(kept), _array(kept)), _CTX)


def disj(*parts: Bool) -> Bool:
    """Any of them."""
    kept = [part for part in parts if part is not False]
    if any(part is True for part in kept):
        return True
    if len(kept) < 2:
        return kept[0] if kept else False
    return z3.BoolRef(z3core.Z3_mk_or(_REF, len(kept), _array(kept)), _CTX)


def neg(part: Bool) -> Bool:
    """Not."""
    if part is True or part is False:
        return not part
    return z3.BoolRef(z3core.Z3_mk_not(_REF, part.ast), _CTX)


def either(guard: Bool, then: Bool, otherwise: Bool) -> Bool:
    """If-then-else of formulas."""
    if guard is True or guard is False:
        return then if guard else otherwise
    if then is otherwise:
        return then
    if isinstance(then, bool) or isinstance(otherwise, bool):
        return disj(conj(guard, then), conj(neg(guard), otherwise))
    return z3.BoolRef(z3core.Z3_mk_ite(_REF, guard.ast, then.ast, otherwise.ast), _CTX)


def differ(left: Bool, right: Bool) -> Bool:
    """One of them, not both."""
    if isinstance(left, bool):
        return neg(right) if left else right
    if isinstance(right, bool):
        return neg(left) if right else left
    if left.eq(right):
        return False
    return neg(z3.BoolRef(z3core.Z3_mk_eq(_REF, left.ast, right.ast), _CTX))


def fresh_bool(name: str) -> Bool:
    """A variable."""
    return z3.Bool(name)


def _array(parts: Sequence[Any]) -> Any:  # noqa: ANN401 - a C array
    return (z3core.Ast * len(parts))(*[part.ast for part in parts])


class Kleene(NamedTuple):
    """Three values as two formulas: ``yes``, and ``may`` (yes or unknown). Decided where they are one object."""

    yes: Bool
    may: Bool

    @property
    def unknown(self) -> Bool:
        """Neither true nor false."""
        return False if self.yes is self.may else conj(self.may, neg(self.yes))

    @property
    def no(self) -> Bool:
        """Certainly false."""
        return neg(self.may)


YES, NO, MAYBE = Kleene(True, True), Kleene(False, False), Kleene(False, True)


def sure(formula: Bool) -> Kleene:
    """A formula that is never unknown."""
    return Kleene(formula, formula)


def both(*parts: Kleene) -> Kleene:
    """Strong Kleene conjunction."""
    return _joined(conj, parts)


def any_of(*parts: Kleene) -> Kleene:
    """Strong Kleene disjunction."""
    return _joined(disj, parts)


def opposite(part: Kleene) -> Kleene:
    """Strong Kleene negation."""
    if part.yes is part.may:
        return sure(neg(part.yes))
    return Kleene(neg(part.may), neg(part.yes))


def _joined(how: Callable[..., Bool], parts: Sequence[Kleene]) -> Kleene:
    yes = how(*[part.yes for part in parts])
    if all(part.yes is part.may for part in parts):
        return sure(yes)
    return Kleene(yes, how(*[part.may for part in parts]))


def exactly(parts: Sequence[Bool], most: int) -> list[Bool]:
    """For each n up to ``most`` whether exactly n of the parts hold."""
    found: list[Bool] = [True, *[False] * most]
    for part in parts:
        found = [either(part, found[n - 1] if n else False, found[n]) for n in range(most + 1)]
    return found


class Day(NamedTuple):
    """A day as an offset from the beginning of the axis: a bit vector, or an int where it is certain.

    It lies between ``low`` and ``high``, so that many comparisons need no solver.
    """

    term: Any
    low: int
    high: int


def day(offset: int) -> Day:
    """A certain day."""
    return Day(offset, offset, offset)


def fresh_day(name: str, low: int, high: int) -> tuple[Day, Bool]:
    """A variable, and the constraint that keeps it in its range."""
    if low == high:
        return day(low), True
    term = z3.BitVec(name, WIDTH)
    return Day(term, low, high), conj(_ule(_bits(low), term), _ule(term, _bits(high)))


def le(left: Day, right: Day) -> Bool:
    """Not later than."""
    if left.high <= right.low:
        return True
    if left.low > right.high:
        return False
    if _is_one(left.term, right.term):
        return True
    return _ule(_bits(left.term), _bits(right.term))


def lt(left: Day, right: Day) -> Bool:
    """Earlier than."""
    return neg(le(right, left))


def same(left: Day, right: Day) -> Bool:
    """On one day."""
    if left.low > right.high or right.low > left.high:
        return False
    if _is_one(left.term, right.term):
        return True
    one, other = _bits(left.term), _bits(right.term)
    return z3.BoolRef(z3core.Z3_mk_eq(_REF, one.ast, other.ast), _CTX)


def is_one(left: Day, right: Day) -> bool:
    """Whether both are one and the same formula."""
    return _is_one(left.term, right.term)


def moved(start: Day, by: int) -> Day:
    """So many calendar days later (earlier, if negative)."""
    if by == 0:
        return start
    if isinstance(start.term, int):
        return day(start.term + by)
    return Day(_add(start.term, _bits(by)), start.low + by, start.high + by)


def plus(start: Day, first: Day, end: Day) -> Day:
    """A day moved by the distance from ``first`` to ``end``, which is not negative where it counts."""
    if isinstance(first.term, int) and isinstance(end.term, int):
        return moved(start, end.term - first.term)
    term = _sub(_add(_bits(start.term), _bits(end.term)), _bits(first.term))
    return Day(term, start.low, start.high + max(0, end.high - first.low))


def less(number: Day, first: Day, end: Day) -> Day:
    """A number less the days from ``first`` to ``end``, which it is not smaller than where it counts."""
    if all(isinstance(one.term, int) for one in (number, first, end)):
        return day(number.term - (end.term - first.term))
    term = _sub(_add(_bits(number.term), _bits(first.term)), _bits(end.term))
    return Day(term, 0, number.high)


def distance(first: Day, end: Day) -> Day:
    """``end`` − ``first`` as a number that may be negative (two's complement); only to be compared for equality."""
    if isinstance(first.term, int) and isinstance(end.term, int):
        return day(end.term - first.term)
    low, high = end.low - first.high, end.high - first.low
    return Day(_sub(_bits(end.term), _bits(first.term)), low, high)


def chosen(guard: Bool, then: Day, otherwise: Day) -> Day:
    """If-then-else of days."""
    if guard is True or guard is False:
        return then if guard else otherwise
    if _is_one(then.term, otherwise.term):
        return then
    # A term lives as long as its Python object: both are held until the node that joins them is made.
    one, other = _bits(then.term), _bits(otherwise.term)
    term = z3.BitVecRef(z3core.Z3_mk_ite(_REF, guard.ast, one.ast, other.ast), _CTX)
    return Day(term, min(then.low, otherwise.low), max(then.high, otherwise.high))


def first_of(options: Iterable[tuple[Bool, Day]], otherwise: Day) -> Day:
    """The day of the first option that holds."""
    result = otherwise
    for guard, one in reversed(list(options)):
        result = chosen(guard, one, result)
    return result


def looked_up(at: Day, function: Callable[[int], int]) -> Day:
    """A function of a day, as a balanced tree over the stretches in which it adds the same."""
    if isinstance(at.term, int):
        return day(function(at.term))
    values = [function(offset) for offset in range(at.low, at.high + 1)]
    steps = _stretches([value - offset for offset, value in enumerate(values, at.low)], at.low)
    tree = _tree(at.term, steps, _bits)
    return Day(_add(at.term, tree), min(values), max(values))


def told_apart(at: Day, function: Callable[[int], bool]) -> Bool:
    """A property of a day, likewise."""
    if isinstance(at.term, int):
        return function(at.term)
    steps = _stretches([function(offset) for offset in range(at.low, at.high + 1)], at.low)
    return _property(at.term, steps)


def _stretches(values: Sequence[Any], first: int) -> list[tuple[int, Any]]:
    found: list[tuple[int, Any]] = []
    for offset, value in enumerate(values, first):
        if not found or found[-1][1] != value:
            found.append((offset, value))
    return found


def _tree(term: Any, steps: Sequence[tuple[int, Any]], leaf: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - bit vectors
    if len(steps) == 1:
        return leaf(steps[0][1])
    middle = len(steps) // 2
    early = _ule(term, _bits(steps[middle][0] - 1))
    left, right = _tree(term, steps[:middle], leaf), _tree(term, steps[middle:], leaf)
    return z3.BitVecRef(z3core.Z3_mk_ite(_REF, early.ast, left.ast, right.ast), _CTX)


def _property(term: Any, steps: Sequence[tuple[int, Any]]) -> Bool:  # noqa: ANN401 - a bit vector
    if len(steps) == 1:
        return steps[0][1]
    middle = len(steps) // 2
    early = _ule(term, _bits(steps[middle][0] - 1))
    return either(early, _property(term, steps[:middle]), _property(term, steps[middle:]))


def _is_one(left: Any, right: Any) -> bool:  # noqa: ANN401 - bit vectors or ints
    if isinstance(left, int) or isinstance(right, int):
        return isinstance(left, int) and isinstance(right, int) and left == right
    return left is right or bool(left.eq(right))


def _bits(term: Any) -> Any:  # noqa: ANN401 - a bit vector
    return _constant(term) if isinstance(term, int) else term


@cache
def _constant(number: int) -> Any:  # noqa: ANN401 - a bit vector
    return z3.BitVecRef(z3core.Z3_mk_int64(_REF, number % (1 << WIDTH), _SORT.ast), _CTX)


def _ule(left: Any, right: Any) -> Bool:  # noqa: ANN401 - bit vectors
    return z3.BoolRef(z3core.Z3_mk_bvule(_REF, left.ast, right.ast), _CTX)


def _add(left: Any, right: Any) -> Any:  # noqa: ANN401 - bit vectors
    return z3.BitVecRef(z3core.Z3_mk_bvadd(_REF, left.ast, right.ast), _CTX)


def _sub(left: Any, right: Any) -> Any:  # noqa: ANN401 - bit vectors
    return z3.BitVecRef(z3core.Z3_mk_bvsub(_REF, left.ast, right.ast), _CTX)
