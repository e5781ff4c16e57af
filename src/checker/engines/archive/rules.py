"""A norm compiled for batches: everything its instances are evaluated with."""

from dataclasses import dataclass

from checker.engines.archive.matching import ActorTerm, Condition, Pattern
from checker.engines.archive.standing import PrecedeTerm
from checker.engines.archive.windows import WindowTerm
from checker.engines.facts import Form
from checker.model.norm import Norm


@dataclass(slots=True, frozen=True)
class Rule:
    """One compiled norm; fields as of :class:`checker.engines.ground.rules.Rule`.

    ``defeats`` are the conditions of the 不适用 clauses, ``cures`` which of them are 事后亦可.
    """

    position: int
    norm: Norm
    id: str
    form: Form
    anchor: Pattern | None
    pivot: Pattern | None
    applies: Condition | None
    first: int | None
    last: int | None
    overridden_by: tuple[str, ...]
    defeats: tuple[Condition, ...]
    cures: tuple[bool, ...]
    groups: tuple[tuple[Pattern, ...], ...] = ()
    bearer: ActorTerm | None = None
    one_to_one: bool = False
    window: WindowTerm | None = None
    precede: PrecedeTerm | None = None
    condition: Condition | None = None
    parts: tuple[str, ...] | None = None
