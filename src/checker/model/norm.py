"""A norm in the core, the pack it comes from, and the linked rule set the engines read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from checker.model.expressions import Condition, Pattern
from checker.model.indicator import Indicator
from checker.model.node import Node
from checker.model.place import Span
from checker.model.requirements import ExceptionClause, Requirement
from checker.model.source import Instrument, Rank, Source, Validity
from checker.model.values import Period, Value
from checker.model.vocabulary import Vocabulary


class Relation(StrEnum):
    """The four relationships a norm may serve."""

    OTHER_SUPERVISION = "与人大、检察法律监督"
    INDEPENDENCE = "监督与支持独立行使职权"
    EFFECTS = "法律效果与社会效果"
    PEOPLE_AND_CASES = "管人与管事"


class Category(StrEnum):
    """What a breach is."""

    PROCEDURE = "程序违规"
    OVERREACH = "越权"


class Severity(StrEnum):
    """情节, from light to grave."""

    MINOR = "轻微"
    ORDINARY = "一般"
    SERIOUS = "严重"
    GRAVE = "重大"


class Counting(Node):
    """How an instrument counts time. Whether 日 is a natural or a working day is already resolved in each Period."""

    next_day: bool = True
    """次日起算 (民法典201); False is 当日起算."""
    roll: bool = True
    """末日遇休假日顺延 (民法典203)."""
    month_end: bool = False
    """月末对月末 (刑诉解释202); False is the corresponding day (民法典202)."""
    next_hour: bool = False
    """次时起算; False is natural hours."""
    sources: tuple[Source, ...] = ()
    """The texts that say so, or by whose analogy time is counted."""


class OnEvent(Node):
    """Every event that matches."""

    tag: Literal["event"] = "event"
    pattern: Pattern


class OnBreach(Node):
    """违反 N: each breached instance of N, or of a norm that defeated N there."""

    tag: Literal["breach"] = "breach"
    norm: str


class OnExpiry(Node):
    """期满 N: each period of N that has run out, whether or not the duty was met in it."""

    tag: Literal["expiry"] = "expiry"
    norm: str
    extended: bool


class OnPeriod(Node):
    """每 月/季度/半年/年: each whole calendar period inside the time an organ's own record covers."""

    tag: Literal["period"] = "period"
    months: Literal[1, 3, 6, 12]


Anchor: TypeAlias = Annotated[OnEvent | OnBreach | OnExpiry | OnPeriod, Field(discriminator="tag")]


class Override(Node):
    """N 优先于 M, with the text that says so."""

    norm: str
    source: Source


class Breach(Node):
    """违反 属 …，情节 …."""

    category: Category = Category.PROCEDURE
    severity: Severity = Severity.ORDINARY


class Norm(Node):
    """One version of one norm.

    ``pivot`` is the event whose date chooses the version (适用 以 X 之日为准); None: the anchor's own date.
    ``applies`` reads only the case. ``correlate`` are the attributes of 同一: an event of an act that declares one must
    agree on it with the anchor's event. ``rank`` is that of the text it rests on; ``draft`` stamps it in every report.
    ``consequences`` are the articles that attach a consequence to a breach: shown with a violation, never applied.
    ``text`` is the source of the norm as written, without comments.
    """

    pack: str
    title: str
    version: str
    sources: tuple[Source, ...] = ()
    rank: Rank = Rank.TEMPLATE
    draft: bool = False
    relation: Relation | None = None
    valid: Validity = Validity()
    pivot: Pattern | None = None
    applies: Condition | None = None
    correlate: tuple[str, ...] = ()
    anchor: Anchor
    requirement: Requirement
    exceptions: tuple[ExceptionClause, ...] = ()
    overrides: tuple[Override, ...] = ()
    counting: Counting = Counting()
    breach: Breach = Breach()
    consequences: tuple[Source, ...] = ()
    text: str = ""
    span: Span | None = None

    @property
    def id(self) -> str:
        """``pack/title``; all versions of a norm share it."""
        return f"{self.pack}/{self.title}"


class Parameter(Node):
    """A sourced default that a site may override."""

    name: str
    value: Period | Value
    source: Source
    span: Span | None = None


class Pack(Node):
    """The head of a rule pack. ``closing`` ends a case; an open duty falls due at the first such event.

    ``texts`` are the instruments stored beside it, those it only points to included.
    ``opt_in``: the pack is used only where it is named, as the rules of one region are.
    """

    id: str
    title: str
    rank: Rank
    draft: bool = False
    opt_in: bool = False
    valid: Validity = Validity()
    counting: Counting = Counting()
    closing: Pattern | None = None
    parameters: Mapping[str, Parameter] = {}
    texts: tuple[Instrument, ...] = ()
    span: Span | None = None


class RuleSet(Node):
    """Everything the engines read.

    ``norms`` stand in pack order, then in the order of the file, then by version; findings keep that order.
    ``strata`` are positions in ``norms``; a norm depends only on norms of earlier strata. ``indicators`` stand in pack
    order, then in the order of the file; no norm knows of them.
    """

    packs: tuple[Pack, ...]
    norms: tuple[Norm, ...]
    vocabulary: Vocabulary
    strata: tuple[tuple[int, ...], ...]
    indicators: tuple[Indicator, ...] = ()

    def pack(self, name: str) -> Pack:
        """The pack with this id; KeyError if there is none."""
        for pack in self.packs:
            if pack.id == name:
                return pack
        raise KeyError(name)
