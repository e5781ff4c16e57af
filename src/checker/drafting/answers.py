"""What a question about norms gets: a case that shows it, a proof that there is none, or neither."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from checker.model.case import Case
from checker.model.node import Node


class Bound(Node):
    """How far a proof reaches: cases of at most so many events, all dates within so many days from the first.

    ``seconds`` is the processor time one question may take. The year begins so early that the working-day table still
    reaches the last days of periods that begin in it.
    """

    events: int = 5
    first: dt.date = dt.date(2025, 1, 1)
    days: int = 365
    seconds: float = 10.0


class Witness(Node):
    """A concrete case at a date that shows what was asked for; it replays in the ordinary engine."""

    tag: Literal["witness"] = "witness"
    case: Case
    as_of: dt.date


class Proved(Node):
    """There is no such case. ``bound`` None: none at all; otherwise none within it."""

    tag: Literal["proved"] = "proved"
    bound: Bound | None = None


class Undecided(Node):
    """未能判定: neither a case nor a proof was found; ``reason`` is a Chinese phrase (超时, 不支持的形式 …)."""

    tag: Literal["undecided"] = "undecided"
    reason: str


Answer: TypeAlias = Annotated[Witness | Proved | Undecided, Field(discriminator="tag")]
