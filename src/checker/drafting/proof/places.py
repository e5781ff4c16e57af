"""Where a condition is read: at an event, or at the place of an anchor that is none; and what stands before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from checker.drafting.proof import terms as t
from checker.drafting.proof.terms import Bool, Day, Kleene
from checker.drafting.proof.world import Ev, comes_before

BEFORE_ALL, AFTER_ALL = 0, 2
"""Sides of a day on which anchors stand that are no events."""


@dataclass(eq=False, slots=True, frozen=True)
class Place:
    """``event`` and ``act`` give attributes and actors (None: a calendar period); ``side`` None: the event itself."""

    event: Ev | None
    act: str | None
    day: Day
    side: int | None = None

    def after(self, event: Ev) -> Bool:
        """Whether the place stands after an event, strictly."""
        if self.side is None:
            assert self.event is not None
            return comes_before(event, self.event)
        return t.lt(event.day, self.day) if self.side == BEFORE_ALL else t.le(event.day, self.day)

    def before(self, event: Ev) -> Bool:
        """Whether the place stands before an event, strictly."""
        if self.side is None:
            assert self.event is not None
            return comes_before(self.event, event)
        return t.neg(self.after(event))

    def is_event(self, event: Ev) -> bool:
        """Whether it is that event itself."""
        return self.side is None and self.event is event


Horizon = Callable[[Ev], Bool]


@dataclass(eq=False, slots=True)
class Scope:
    """One anchor being evaluated: its root event with its act, its own place, and what exceptions see there."""

    root: Place | None
    spot: Place
    correlate: tuple[str, ...] = ()
    horizon: Horizon | None = None

    @property
    def key(self) -> Any:  # noqa: ANN401 - a key of a dictionary
        """Scopes with one key read patterns alike."""
        return None if self.root is None else (self.root.event.number if self.root.event else None, self.root.act)


Match = tuple[Ev, Kleene]
