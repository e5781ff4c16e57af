"""Where a norm reads conditions, taken from its core: at its top, and inside patterns at each event of their acts."""

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from checker.engines.listening import APPLIES, REQUIREMENT
from checker.explain.clauses import clause_title
from checker.explain.phrases import condition_phrase
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.node import Node
from checker.model.norm import Norm, OnEvent

Grouped: TypeAlias = tuple[tuple["Inner", ...], ...]


class Atom(NamedTuple):
    """A condition without 且, 或, 非; ``place`` says in words where it stands."""

    key: str
    place: str
    condition: x.Condition

    @property
    def words(self) -> str:
        """The condition with its place."""
        return f"{self.place}的条件「{condition_phrase(self.condition)}」"


class Top(NamedTuple):
    """The atoms of a condition that the engine reads as a whole. ``clause`` as in a slot; ``horizon`` as compiled."""

    clause: int
    atoms: tuple[Atom, ...]
    horizon: bool


class Inner(NamedTuple):
    """The atoms of a pattern, its actor among them, tried on each event of its acts.

    ``opens`` is where it is, or stands inside, the pattern that opens instances: it is tried from each such event.
    """

    key: str
    place: str
    pattern: x.Pattern
    atoms: tuple[Atom, ...]
    opens: bool


class Places(NamedTuple):
    """All of one norm; ``groups`` are the patterns of the requirement, which are among ``inners`` too."""

    tops: tuple[Top, ...]
    inners: tuple[Inner, ...]
    groups: Grouped


def places_of(norm: Norm) -> Places:
    """Every place of a norm where a condition is read."""
    tops: list[Top] = []
    inners: list[Inner] = []
    if norm.applies is not None:
        _top("applies", "适用范围", norm.applies, Top(APPLIES, (), horizon=False), (tops, inners))
    if isinstance(norm.anchor, OnEvent):
        inners += _pattern("anchor", "触发", norm.anchor.pattern, opens=True)
    groups = _requirement(norm, tops, inners)
    for number, clause in enumerate(norm.exceptions):
        _clause(number, clause, (tops, inners))
    return Places(tuple(tops), tuple(inners), groups)


def _requirement(norm: Norm, tops: list[Top], inners: list[Inner]) -> Grouped:
    requirement = norm.requirement
    if isinstance(requirement, r.Hold):
        _top("requirement", "要求", requirement.condition, Top(REQUIREMENT, (), horizon=False), (tops, inners))
        return ()
    groups = []
    for g, group in enumerate(_groups(requirement)):
        found = [list(_pattern(f"requirement-{g}-{n}", "要求", one, opens=False)) for n, one in enumerate(group)]
        inners += [inner for one in found for inner in one]
        groups.append(tuple(one[0] for one in found))
    if isinstance(requirement, r.Occur | r.Deem):
        for n, pattern in enumerate(_outermost(requirement.window)):
            inners += _pattern(f"window-{n}", "期限", pattern, opens=False)
    return tuple(groups)


def _groups(requirement: r.Requirement) -> r.Groups:
    match requirement:
        case r.Occur() | r.Precede():
            return requirement.groups
        case r.Deem():
            return (requirement.unless,)
        case _:
            return ()


def _clause(number: int, clause: r.ExceptionClause, into: tuple[list[Top], list[Inner]]) -> None:
    key, place = f"exception-{number + 1}", f"例外{clause_title(clause)}"
    when = getattr(clause, "when", None)
    # Only where a clause is set off by an event is its condition read there, before that event.
    horizon = isinstance(clause, r.Defeat | r.Replace | r.NoRoll) or (
        isinstance(clause, r.Extend) and clause.grant is None
    )
    for name, condition in (("when", when), ("unless", clause.unless)):
        if condition is not None:
            words = place if name == "when" else f"{place}的除外"
            _top(f"{key}-{name}", words, condition, Top(number, (), horizon), into)
    for name in ("grant", "start", "end", "at", "origin"):
        pattern = getattr(clause, name, None)
        if isinstance(pattern, x.Pattern):
            into[1].extend(_pattern(f"{key}-{name}", place, pattern, opens=False))
    for n, pattern in enumerate(_outermost(getattr(clause, "period", None))):
        into[1].extend(_pattern(f"{key}-period-{n}", place, pattern, opens=False))


def _top(key: str, place: str, condition: x.Condition, top: Top, into: tuple[list[Top], list[Inner]]) -> None:
    atoms = _atoms(key, place, _leaves(condition))
    into[0].append(top._replace(atoms=atoms))
    into[1].extend(_below(key, place, condition, opens=False))


def _pattern(key: str, place: str, pattern: x.Pattern, *, opens: bool) -> Iterator[Inner]:
    """The pattern, then those inside it."""
    actor = [] if pattern.actor is None else [x.ActorIs(actor=pattern.actor)]
    leaves = [*actor, *(_leaves(pattern.where) if pattern.where is not None else ())]
    words = place if key == "anchor" else f"{place}中「{'或'.join(pattern.acts)}」"
    yield Inner(key, words, pattern, _atoms(key, words, leaves), opens)
    if pattern.where is not None:
        yield from _below(key, place, pattern.where, opens=opens)


def _below(key: str, place: str, condition: x.Condition, *, opens: bool) -> Iterator[Inner]:
    for n, pattern in enumerate(_outermost(condition)):
        yield from _pattern(f"{key}-has-{n}", place, pattern, opens=opens)


def _atoms(key: str, place: str, leaves: "Iterator[x.Condition] | list[x.Condition]") -> tuple[Atom, ...]:
    """One atom for all leaves that say the same."""
    distinct = {repr(leaf): leaf for leaf in leaves}
    return tuple(Atom(f"{key}-{n}", place, leaf) for n, leaf in enumerate(distinct.values()))


def _leaves(condition: x.Condition) -> Iterator[x.Condition]:
    match condition:
        case x.All() | x.AnyOf():
            for part in condition.of:
                yield from _leaves(part)
        case x.Not():
            yield from _leaves(condition.of)
        case x.Constant():
            return
        case _:
            yield condition


def _outermost(node: object) -> Iterator[x.Pattern]:
    """The patterns below a node that stand in no other pattern below it."""
    if isinstance(node, x.Pattern):
        yield node
    elif isinstance(node, Node):
        for name in type(node).model_fields:
            yield from _outermost(getattr(node, name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _outermost(item)
