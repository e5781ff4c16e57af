"""Conditions that the trigger of a norm settles already: nobody can try them the other way."""

from collections.abc import Iterator

from checker.drafting.coverage.places import Atom, Places, Top
from checker.engines.listening import APPLIES
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.dependencies import parts_of
from checker.model.norm import Norm, OnEvent
from checker.model.values import Scalar


def always_true(norm: Norm, places: Places) -> frozenset[str]:
    """Keys of atoms, read at the event that opens the norm, that hold wherever the trigger does."""
    if not isinstance(norm.anchor, OnEvent):
        return frozenset()
    known = list(_conjuncts(norm.anchor.pattern))
    tops = [top for top in places.tops if _is_read_at_anchor(norm, top)]
    return frozenset(atom.key for top in tops for atom in top.atoms if any(_implies(one, atom) for one in known))


def _is_read_at_anchor(norm: Norm, top: Top) -> bool:
    """Whether self is the event that opened the norm, not one that sets a clause off."""
    if top.clause == APPLIES:
        return False
    clause = norm.exceptions[top.clause] if top.clause >= 0 else None
    by_event = isinstance(clause, r.Exclude | r.Restart) or (isinstance(clause, r.Extend) and clause.grant is not None)
    return not by_event


def _conjuncts(pattern: x.Pattern) -> Iterator[x.Condition]:
    """What certainly holds of an event that matches."""
    if pattern.actor is not None:
        yield x.ActorIs(actor=pattern.actor)
    waiting = [pattern.where] if pattern.where is not None else []
    while waiting:
        condition = waiting.pop()
        if isinstance(condition, x.All):
            waiting += condition.of
        elif not any(isinstance(part, x.Pattern) for part in parts_of(condition)):
            # Other events are looked for under 同一 in a clause, and without it in the trigger.
            yield condition


def _implies(known: x.Condition, atom: Atom) -> bool:
    wanted = atom.condition
    if repr(known) == repr(wanted):
        return True
    if isinstance(known, x.ActorIs) and isinstance(wanted, x.ActorIs):
        here, there = known.actor, wanted.actor
        are_organs = isinstance(here, x.OrganActor) and isinstance(there, x.OrganActor)
        return are_organs and set(getattr(here, "names", ())) <= set(getattr(there, "names", ()))
    if isinstance(wanted, x.Member):
        item, values = _set_of(known)
        return (
            item is not None
            and repr(item) == repr(wanted.item)
            and set(map(repr, values)) <= set(map(repr, wanted.values))
        )
    return False


def _set_of(known: x.Condition) -> tuple[x.Expression | None, tuple[Scalar, ...]]:
    """The expression that a condition confines to values, and these."""
    match known:
        case x.Member(item=item, values=values):
            return item, values
        case x.Compare(op="eq", left=left, right=x.LiteralValue(value=value)):
            return left, (value,)
        case _:
            return None, ()
