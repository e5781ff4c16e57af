"""One norm at one anchor, evaluated symbolically: what a finding would say of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.drafting.proof import terms as t
from checker.drafting.proof.places import Place, Scope
from checker.drafting.proof.reckoning import Deadline
from checker.drafting.proof.terms import Bool, Day, Kleene
from checker.drafting.proof.world import Ev, Options
from checker.model.finding import Verdict
from checker.model.norm import Norm

NOWHERE = t.day(0)
VIOLATIONS = tuple(verdict for verdict in Verdict if verdict.is_violation)


class Timing(NamedTuple):
    """A window: one of ``timed`` (it has a due date), ``idle``, ``stopped`` and ``unknown`` holds.

    ``begun`` says of an event, as a pattern dates it, whether it lies after the beginning. ``original`` is the due date
    without extensions, exclusions and restarts, where ``has_original``.
    """

    timed: Bool
    idle: Bool
    stopped: Bool
    unknown: Bool
    due: Deadline
    begun: Callable[[Ev, Day], Bool]
    has_original: Bool = False
    original: Deadline | None = None
    remaining: Callable[[], Day] = lambda: NOWHERE
    """The days left where it is stopped."""


class Acted(NamedTuple):
    """How the required acts stand to the window; ``chosen`` by event: whether it is the one cited, and its day."""

    timely: Bool
    late: Bool
    maybe: Bool
    none: Bool
    chosen: tuple[tuple[Ev, Bool, Day], ...] = ()


@dataclass(eq=False, slots=True)
class Instance:
    """``anchored``: whether the anchor is real; ``verdicts`` exclude each other, none holds where nothing is listed."""

    norm: Norm
    position: int
    number: int
    printed: str
    scope: Scope
    anchored: Kleene
    last_day: Day | None = None
    """Of a calendar period."""
    first_day: Day | None = None
    timing: Timing | None = None
    acted: Acted | None = None
    holds: Kleene = t.NO
    answer: Kleene | None = None
    defeated: Kleene = t.NO
    prior: Kleene = t.NO
    above: tuple[tuple[Bool, Instance], ...] = ()
    """The instances that take precedence here, each with whether it does."""
    cured: Kleene = t.NO
    inner: Mapping[Verdict, Bool] = field(default_factory=dict)
    verdicts: Mapping[Verdict, Bool] = field(default_factory=dict)
    is_breached: Bool = False
    """Whether there is a date of breach."""
    bearer: Callable[[], Options] = lambda: [(True, None)]

    @property
    def spot(self) -> Place:
        """Where it is anchored."""
        return self.scope.spot

    @property
    def breached_on(self) -> Day:
        """The date of breach, where there is one."""
        if self.timing is None:
            return self.spot.day
        # A period in hours ends within a day, and is broken on that day.
        return t.moved(self.timing.due.day, 0 if self.timing.due.hours else 1)

    @property
    def listed(self) -> Bool:
        """Whether there is a finding."""
        return t.disj(*self.verdicts.values())

    @property
    def violated(self) -> Bool:
        """Whether the finding is a violation."""
        return t.disj(*(self.verdicts.get(verdict, False) for verdict in VIOLATIONS))

    def is_(self, verdict: Verdict) -> Bool:
        """Whether the finding has this verdict."""
        return self.verdicts.get(verdict, False)
