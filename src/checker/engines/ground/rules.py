"""A norm compiled: everything its instances are evaluated with."""

from dataclasses import dataclass

from checker.engines.facts import Form
from checker.engines.ground.actors import ActorTest
from checker.engines.ground.acts import Group
from checker.engines.ground.clauses import Clauses
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.precedes import PrecedeTerm
from checker.engines.ground.scope import Condition
from checker.engines.ground.windows import WindowTerm
from checker.model.norm import Norm


@dataclass(slots=True, frozen=True)
class Rule:
    """One compiled norm.

    ``groups`` are those of 应当 and 之前, or the one of 视为; exactly one of ``window``, ``precede``, ``condition`` and
    ``parts`` is set, none for 人工认定. ``shares_window``: other norms may have the very same, so that what it comes to
    at an anchor is computed once. ``overridden_by`` are the ids of all norms with priority over this one, in norm
    order. ``bearer`` is whom the required act first names. ``first``/``last`` are the ordinals of its validity.
    """

    position: int
    norm: Norm
    id: str
    form: Form
    clauses: Clauses
    anchor: Pattern | None
    pivot: Pattern | None
    applies: Condition | None
    first: int | None
    last: int | None
    overridden_by: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    bearer: ActorTest | None = None
    one_to_one: bool = False
    window: WindowTerm | None = None
    shares_window: bool = False
    precede: PrecedeTerm | None = None
    condition: Condition | None = None
    parts: tuple[str, ...] | None = None
