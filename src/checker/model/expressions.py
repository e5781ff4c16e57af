"""Expressions, patterns and conditions of the core: what is asked of an event, in three values.

Every condition is read at a *self* event. At the top of an anchor or requirement, self is the anchor's event; inside a
pattern, self is the event the pattern is tried on. Semantics: docs/contributing/semantics.md.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from checker.model.node import Node
from checker.model.values import Period, Scalar


class SelfEvent(Node):
    """The event the condition is read at."""

    tag: Literal["self"] = "self"


class AnchorEvent(Node):
    """The event that opened the instance (for 违反/期满 anchors: the event at the root of the chain)."""

    tag: Literal["anchor"] = "anchor"


class CaseSubject(Node):
    """The case itself (案件 的 来源); its attribute 类型 is the case's kind."""

    tag: Literal["case"] = "case"


class LastEvent(Node):
    """上一次 A, or plain ``A 的 …``: the last event matching the pattern strictly before self."""

    tag: Literal["last"] = "last"
    pattern: Pattern


class NthEvent(Node):
    """第 n 次 A: the event that the pattern, with its ordinal, names; must stand at or before self."""

    tag: Literal["nth"] = "nth"
    pattern: Pattern


Subject: TypeAlias = Annotated[SelfEvent | AnchorEvent | CaseSubject | LastEvent | NthEvent, Field(discriminator="tag")]


class LiteralValue(Node):
    """A constant. ``parameter`` names the 参数 it came from."""

    tag: Literal["literal"] = "literal"
    value: Scalar
    parameter: str | None = None


class Attribute(Node):
    """An attribute of a subject, by its declared name."""

    tag: Literal["attribute"] = "attribute"
    of: Subject
    name: str


class DateOf(Node):
    """The date of a subject (日期)."""

    tag: Literal["date_of"] = "date_of"
    of: Subject


class ActorOf(Node):
    """The actors of a subject (主体), a list."""

    tag: Literal["actor_of"] = "actor_of"
    of: Subject


class Count(Node):
    """How many events matching the pattern stand before self; ``inclusive`` counts self too when it matches."""

    tag: Literal["count"] = "count"
    pattern: Pattern
    inclusive: bool


class Sum(Node):
    """The sum of a numeric attribute over the events ``Count`` would count."""

    tag: Literal["sum"] = "sum"
    pattern: Pattern
    attribute: str
    inclusive: bool


class BreachCount(Node):
    """How many instances of the norm were breached on or before self's date."""

    tag: Literal["breach_count"] = "breach_count"
    norm: str


class Expiry(Node):
    """The end of another norm's period: of its last instance anchored at or before self.

    ``extended`` takes the due date after extensions, exclusions and restarts; otherwise the original one.
    """

    tag: Literal["expiry"] = "expiry"
    norm: str
    extended: bool


class Shift(Node):
    """A date moved by a period; ``backward`` counts back. Never rolls over."""

    tag: Literal["shift"] = "shift"
    base: Expression
    period: Period
    backward: bool


Expression: TypeAlias = Annotated[
    LiteralValue | Attribute | DateOf | ActorOf | Count | Sum | BreachCount | Expiry | Shift, Field(discriminator="tag")
]


class OrganActor(Node):
    """Any of these organ kinds, organ instances or person roles."""

    tag: Literal["organ"] = "organ"
    names: tuple[str, ...]


DOER: Final = "主体"


class AnchorActor(Node):
    """The organ or person that an attribute of the anchor's event names; ``attribute`` 主体: who did that event."""

    tag: Literal["anchor_attribute"] = "anchor_attribute"
    attribute: str

    @property
    def is_doer(self) -> bool:
        """Whether the actor of the anchor's event itself is meant (同一主体); no attribute can be called 主体."""
        return self.attribute == DOER


Actor: TypeAlias = Annotated[OrganActor | AnchorActor, Field(discriminator="tag")]


class Pattern(Node):
    """Which events are meant: any of the acts, by the actor, where the condition holds of the event itself.

    ``ordinal`` n keeps only the n-th event that otherwise matches. ``dated_by`` names a date attribute that stands for
    the event's date when a time limit is tested (以 交邮日 为准); order in the record is not touched by it.
    """

    acts: tuple[str, ...]
    actor: Actor | None = None
    where: Condition | None = None
    ordinal: int | None = None
    dated_by: str | None = None


class Constant(Node):
    """Always true or always false."""

    tag: Literal["constant"] = "constant"
    value: bool


class All(Node):
    """且: strong Kleene conjunction."""

    tag: Literal["all"] = "all"
    of: tuple[Condition, ...]


class AnyOf(Node):
    """或: strong Kleene disjunction."""

    tag: Literal["any"] = "any"
    of: tuple[Condition, ...]


class Not(Node):
    """非: strong Kleene negation."""

    tag: Literal["not"] = "not"
    of: Condition


class Compare(Node):
    """为 / 大于 / 早于 …: both sides of one type; unknown if either side is unknown."""

    tag: Literal["compare"] = "compare"
    op: Literal["eq", "ne", "lt", "le", "gt", "ge"]
    left: Expression
    right: Expression


class Member(Node):
    """属于 {…}. An organ also belongs where it is an instance of a listed kind."""

    tag: Literal["member"] = "member"
    item: Expression
    values: tuple[Scalar, ...]


class Contains(Node):
    """包含: the list on the left has the value on the right."""

    tag: Literal["contains"] = "contains"
    whole: Expression
    item: Expression


class Same(Node):
    """与 … 相同: the two sides, each a value or a list, have a member in common. 不同 is its negation."""

    tag: Literal["same"] = "same"
    left: Expression
    right: Expression


class Present(Node):
    """有 (a value): true if there is one, false if the record says there is none, unknown if it is silent."""

    tag: Literal["present"] = "present"
    of: Expression


class Occurred(Node):
    """有 B (an event): inside a pattern or a requirement, before self; in an exception, up to its horizon."""

    tag: Literal["occurred"] = "occurred"
    pattern: Pattern


class Inside(Node):
    """在 X 之后 Y 之前: an X stands before self, and no Y between the last such X and self. Either end may be open."""

    tag: Literal["inside"] = "inside"
    after: Pattern | None
    before: Pattern | None


class ActorIs(Node):
    """由 C: the actor of self is C."""

    tag: Literal["actor_is"] = "actor_is"
    actor: Actor


Condition: TypeAlias = Annotated[
    Constant | All | AnyOf | Not | Compare | Member | Contains | Same | Present | Occurred | Inside | ActorIs,
    Field(discriminator="tag"),
]
