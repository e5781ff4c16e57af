"""What a norm asks: the closed union of requirement forms, with their windows."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from checker.model.expressions import Attribute, Condition, Expression, Pattern
from checker.model.node import Node
from checker.model.source import Source
from checker.model.values import Period


class Fixed(Node):
    """A period written out, or taken from a 参数."""

    tag: Literal["fixed"] = "fixed"
    period: Period
    parameter: str | None = None


class FromAttribute(Node):
    """A period, or a date that is itself the due date, that the record states (for anchors: of the anchor's event)."""

    tag: Literal["from_attribute"] = "from_attribute"
    attribute: Attribute


class Earlier(Node):
    """较早者: of the due dates that the options give, the earliest."""

    tag: Literal["earlier"] = "earlier"
    of: tuple[PeriodExpr, ...]


class Later(Node):
    """较晚者: of the due dates that the options give, the latest."""

    tag: Literal["later"] = "later"
    of: tuple[PeriodExpr, ...]


class UntilExpiry(Node):
    """至 期满 N: the window ends when the period of another norm's instance ends."""

    tag: Literal["until_expiry"] = "until_expiry"
    norm: str
    extended: bool


PeriodExpr: TypeAlias = Annotated[Fixed | FromAttribute | Earlier | Later | UntilExpiry, Field(discriminator="tag")]


class AtAnchor(Node):
    """The window opens at the anchor."""

    tag: Literal["at_anchor"] = "at_anchor"


class AtFirst(Node):
    """The window opens at the first event matching the pattern at or after the anchor."""

    tag: Literal["at_first"] = "at_first"
    pattern: Pattern


class AtDate(Node):
    """The window opens on a date attribute of the anchor's event."""

    tag: Literal["at_date"] = "at_date"
    attribute: Attribute


class AtPeriodEnd(Node):
    """Only with 每: the window opens on the last day of the period (自 期末 起)."""

    tag: Literal["at_period_end"] = "at_period_end"


Start: TypeAlias = Annotated[AtAnchor | AtFirst | AtDate | AtPeriodEnd, Field(discriminator="tag")]


class Within(Node):
    """自 X 起 P 内: (X, due]."""

    tag: Literal["within"] = "within"
    start: Start
    period: PeriodExpr


class UntilClose(Node):
    """No period said: (anchor, first closing event at or after the anchor]."""

    tag: Literal["until_close"] = "until_close"


class By(Node):
    """届满5日前: after the anchor and on or before the date."""

    tag: Literal["by"] = "by"
    limit: Expression


class During(Node):
    """届满前5日内: from the first date to the second, both included, wherever the anchor stands in the order."""

    tag: Literal["during"] = "during"
    first: Expression
    last: Expression


class InPeriod(Node):
    """Only with 每: from the first to the last day of the period, both included; never rolls over."""

    tag: Literal["in_period"] = "in_period"


Window: TypeAlias = Annotated[Within | UntilClose | By | During | InPeriod, Field(discriminator="tag")]

Groups: TypeAlias = tuple[tuple[Pattern, ...], ...]
"""All of the groups, any of the patterns within one (A、B are two groups, A 或 B is one)."""


class Occur(Node):
    """应当 A: of every group some event in the window. ``one_to_one`` is 逐一."""

    tag: Literal["occur"] = "occur"
    groups: Groups
    window: Window
    one_to_one: bool = False


class Lead(Node):
    """How far before: in the order of events, on an earlier day, on the same day or before, or a period before."""

    kind: Literal["order", "earlier_day", "same_day", "period"] = "order"
    period: Period | None = None


class Precede(Node):
    """A 之前 应当 有 B: of every group some event before the anchor, as far before as ``lead`` says."""

    tag: Literal["precede"] = "precede"
    groups: Groups
    lead: Lead = Lead()
    one_to_one: bool = False


class Hold(Node):
    """不得 / 限于 / 由 / 在…之后…之前不得 / 不超过 n 次: a condition that must hold of the anchor's event."""

    tag: Literal["hold"] = "hold"
    condition: Condition


class Contain(Node):
    """应当 载明: the document of the anchor's event has the parts."""

    tag: Literal["contain"] = "contain"
    parts: tuple[str, ...]


class Deem(Node):
    """视为 A: when the window ends without any of ``unless``, ``act`` is taken to have happened on the due date."""

    tag: Literal["deem"] = "deem"
    unless: tuple[Pattern, ...]
    window: Window
    act: str


class Review(Node):
    """人工认定: a person answers 是 or 否; never computed."""

    tag: Literal["review"] = "review"
    question: str


Requirement: TypeAlias = Annotated[Occur | Precede | Hold | Contain | Deem | Review, Field(discriminator="tag")]


class Defeat(Node):
    """不适用. ``afterwards`` is 事后亦可; ``permission`` names the 可以 clause that lowered into this one.

    ``sources`` are what that permission rests on; a clause written under the norm itself rests on the norm's own.
    """

    tag: Literal["defeat"] = "defeat"
    when: Condition
    unless: Condition | None = None
    afterwards: bool = False
    permission: str | None = None
    sources: tuple[Source, ...] = ()
    text: str = ""


class Replace(Node):
    """期限为 P."""

    tag: Literal["replace"] = "replace"
    when: Condition
    unless: Condition | None = None
    period: PeriodExpr
    text: str = ""


class Extend(Node):
    """延长 P: for each grant, or once where only a condition is given (``grant`` None).

    ``period`` may read an attribute of the grant (self). ``times`` and ``total`` cap; a grant beyond a cap is ignored.
    ``after_expiry`` is 期满后亦可.
    """

    tag: Literal["extend"] = "extend"
    grant: Pattern | None = None
    when: Condition | None = None
    unless: Condition | None = None
    period: PeriodExpr
    times: int | None = None
    total: Period | None = None
    after_expiry: bool = False
    text: str = ""


class Exclude(Node):
    """不计入: the interval from ``start`` to ``end`` (中止 至 恢复), or a length from ``start`` on."""

    tag: Literal["exclude"] = "exclude"
    start: Pattern
    end: Pattern | None = None
    length: PeriodExpr | None = None
    unless: Condition | None = None
    cap: Period | None = None
    text: str = ""


class Restart(Node):
    """重新计算: from the event itself, or from the first ``origin`` at or after it. ``times`` caps how often."""

    tag: Literal["restart"] = "restart"
    at: Pattern
    origin: Pattern | None = None
    unless: Condition | None = None
    times: int | None = None
    text: str = ""


class NoRoll(Node):
    """不顺延, under a condition (在押 的，不顺延)."""

    tag: Literal["no_roll"] = "no_roll"
    when: Condition
    unless: Condition | None = None
    text: str = ""


ExceptionClause: TypeAlias = Annotated[
    Defeat | Replace | Extend | Exclude | Restart | NoRoll, Field(discriminator="tag")
]
