"""What is known of one norm at one anchor; filled in as the sections of the semantics go by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from checker.model.expressions import Pattern
from checker.model.finding import Verdict
from checker.model.norm import Norm
from oracle.reckoning import End, Origin
from oracle.record import Item, Point
from oracle.truth import NO, Truth

Groups = tuple[tuple[Pattern, ...], ...]


@dataclass(eq=False)
class Start:
    """How a window begins: ``state`` open, idle or unknown; ``lies_in`` tests an event against the beginning."""

    state: str
    lies_in: Callable[[Item, Pattern], Truth]
    names: frozenset[str] = frozenset()
    origin: Origin | None = None
    used: tuple[Item, ...] = ()


@dataclass(eq=False)
class Clock:
    """``state``: none (no window), unknown, idle, stopped, running, unsure, passed.

    ``names`` of what makes it unknown, ``doubts`` of what makes its adjustments unsure, ``timeless`` of the time of day
    that an hour period lacks.
    """

    state: str = "none"
    due: End | None = None
    original: End | None = None
    names: frozenset[str] = frozenset()
    doubts: frozenset[str] = frozenset()
    is_sure: bool = True
    used: frozenset[Item] = frozenset()
    left: int | None = None
    timeless: frozenset[str] = frozenset()


@dataclass(eq=False)
class Candidate:
    """An event that may discharge: ``truth`` joins match and order; ``date`` as ``dated_by`` says."""

    item: Item
    truth: Truth
    date: dt.date | None
    time: dt.time | None
    date_name: str


@dataclass(eq=False)
class Inner:
    """The verdict of the requirement alone, and what led to it."""

    verdict: Verdict
    names: frozenset[str] = frozenset()
    chosen: tuple[Candidate, ...] = ()
    fulfilled: Candidate | None = None
    support: frozenset[Item] = frozenset()
    act: str = "none"
    deems: Truth = NO


@dataclass(eq=False)
class Instance:
    norm: Norm
    position: int
    order: int
    anchor: Point
    real: Truth
    in_force: Truth
    clock: Clock = field(default_factory=Clock)
    inner: Inner = field(default_factory=lambda: Inner(Verdict.MET))
    defeat: Truth = NO
    cured: Truth = NO
    prior: Truth = NO
    prior_by: tuple[Any, ...] = ()
    verdict: Verdict = Verdict.MET
    is_listed: bool = True
    breached_on: dt.date | None = None
    extra: frozenset[str] = frozenset()
