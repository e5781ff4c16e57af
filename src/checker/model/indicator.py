"""An indicator in the core: what is counted over many cases. It has no verdict, and nobody breaches it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from checker.model.expressions import Condition, Pattern
from checker.model.node import Node
from checker.model.place import Span
from checker.model.source import Source

Months: TypeAlias = Literal[1, 3, 6, 12]
"""The length of a calendar period: month, quarter, half year, year."""


class CountCases(Node):
    """计 案件: the cases of which the condition holds, read at the as-of date.

    ``dated`` names the event whose first occurrence puts a case into a calendar period.
    """

    tag: Literal["cases"] = "cases"
    condition: Condition | None = None
    dated: Pattern | None = None


class CountEvents(Node):
    """计 A: the events that match any of the patterns."""

    tag: Literal["events"] = "events"
    patterns: tuple[Pattern, ...]


class SumOver(Node):
    """计 A 的 x 之和: a number of the events that match, added up."""

    tag: Literal["sum"] = "sum"
    pattern: Pattern
    attribute: str


Measure: TypeAlias = Annotated[CountCases | CountEvents | SumOver, Field(discriminator="tag")]


class Indicator(Node):
    """One 指标. ``applies`` reads only the case.

    ``base`` is what the measure is a share of; the measure then counts only what the base counts too. ``months`` is the
    calendar period the figures are broken down by. ``text`` is the source as written, without comments.
    """

    pack: str
    title: str
    sources: tuple[Source, ...] = ()
    applies: Condition | None = None
    months: Months | None = None
    measure: Measure
    base: Measure | None = None
    text: str = ""
    span: Span | None = None

    @property
    def id(self) -> str:
        """``pack/title``."""
        return f"{self.pack}/{self.title}"
