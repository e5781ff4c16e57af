"""What an evaluated norm instance keeps, so that a finding can be explained without a second evaluation.

Days are proleptic Gregorian ordinals (``datetime.date.toordinal``); None where there is none or it is unknown.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from checker.engines.facts import Act, Clock, Outcome, Truth
from checker.model.case import Event
from checker.model.norm import Counting, Norm
from checker.model.requirements import ExceptionClause, Exclude, Extend, PeriodExpr, Restart
from checker.model.values import Period

Key = tuple[int, int, int, int]
"""Place in the order of a case: (day, side, major, minor).

Side 0 stands before all events of the day, 1 is the events themselves, 2 stands after them. For events major is the
rank; for synthetic anchors and deemed events (major, minor) is (norm position, anchor order).
"""


class Reason(StrEnum):
    """Why an adjustment was not applied."""

    EXPIRED = "expired"
    """The period had already run out on that day."""
    TIMES = "times"
    """Beyond the number of times allowed."""
    TOTAL = "total"
    """Beyond the total allowed."""
    CAP = "cap"
    """An exclusion wholly beyond its cap."""
    CONDITION = "condition"
    """``when`` was false, or ``unless`` true."""
    UNKNOWN = "unknown"
    """Something is not known (match, order, date, condition, period): the adjustments are unsure."""
    UNCOVERED = "uncovered"
    """The act of the clause is not covered by the record: the adjustments are unsure."""
    DROPPED = "dropped"
    """Applied once, but a later restart began the count anew."""


@dataclass(slots=True)
class Deadline:
    """A computed due date with the range it may fall in.

    ``day`` is what is printed; ``low <= day <= high`` differ only where the working-day table lacks a year. ``raw`` is
    the day before roll-over. ``first``/``last`` are the earliest and latest instants, only for periods in hours.
    """

    day: int
    low: int
    high: int
    raw: int
    provisional: bool = False
    missing_year: int | None = None
    """The first year the working-day table lacks; None unless provisional."""
    first: dt.datetime | None = None
    last: dt.datetime | None = None


@dataclass(slots=True)
class Reckoning:
    """The arguments of one due-date computation: hand them to the calendar again to get the derivation."""

    origin: int
    """The day counted from; for a limit that is a date, that date."""
    base: Period | None
    """The period counted; None where the limit is a date of its own (nothing counted, nothing rolled)."""
    counting: Counting
    """How the norm counts, roll-over as it applies here."""
    limit: Deadline | None = None
    """The date of its own, where ``base`` is None."""
    additions: tuple[Period, ...] = ()
    exclusions: tuple[tuple[int, int], ...] = ()
    """Half-open intervals of days, caps applied; the days before day 1 do not count."""
    time: dt.time | None = None
    """Time of day of the start, only for periods in hours."""


@dataclass(slots=True)
class Adjustment:
    """One phase-3 clause meeting one event (or, without a grant, the condition alone).

    ``clause`` is the position in ``norm.exceptions``. ``events``: grant · start and end (end absent while open) ·
    restart and origin. ``amount`` for extensions; ``first``/``end`` is the half-open excluded interval in days,
    after the cap; ``end`` None while open. ``deadline`` is the current due date against which it was tested;
    ``support`` are the ids of the events that its condition rests on.
    """

    clause: int
    rule: Extend | Exclude | Restart
    events: tuple[Event, ...]
    applied: bool
    reason: Reason | None = None
    amount: Period | None = None
    first: int | None = None
    end: int | None = None
    deadline: Deadline | None = None
    support: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Anchor:
    """What opened an instance.

    ``root`` is the event at the root of the chain (None for 每). ``base`` is the instance whose breach or expiry this
    is; ``via`` the one whose violation it was (that of the norm with priority, where it differs from ``base``).
    ``first``/``last`` are the days of a calendar period. ``missing``: what is unknown of the anchor itself.
    """

    printed: str
    certain: bool
    root: Event | None
    day: int | None
    key: Key | None
    base: "Instance | None" = None
    via: "Instance | None" = None
    first: int | None = None
    last: int | None = None
    missing: frozenset[str] = frozenset()


@dataclass(slots=True)
class ClauseValue:
    """The effective value (``when`` and not ``unless``) of one clause, with what it rests on.

    ``support`` only for true clauses, ``missing`` only for unknown ones.
    """

    clause: int
    rule: ExceptionClause
    truth: Truth
    support: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()


@dataclass(slots=True)
class Timing:
    """The window of an instance and how its end was reached.

    ``expression`` is the option that decided (of 较早者/较晚者 the chosen one), ``period`` its length; None where the
    end is a date of its own, so that nothing was counted. ``original`` is the due date without phase 3, ``due`` the
    final one (None when idle, stopped or unknown); ``stopped_due`` what it would be without the open exclusion.
    ``start`` is the day counted from, ``start_event`` the event of 自 X 起 with X other than the anchor.
    """

    clock: Clock
    start: int | None = None
    start_event: Event | None = None
    first: int | None = None
    """First day of 届满前…内 and of 每-windows; None elsewhere."""
    expression: PeriodExpr | None = None
    period: Period | None = None
    replaced: ClauseValue | None = None
    no_roll: ClauseValue | None = None
    clauses: tuple[ClauseValue, ...] = ()
    """All ``Replace``, ``NoRoll`` clauses and ``Extend`` clauses without grant, as far as they were read."""
    adjustments: tuple[Adjustment, ...] = ()
    unsure: bool = False
    origin: int | None = None
    origin_event: Event | None = None
    reckoning: Reckoning | None = None
    due: Deadline | None = None
    original: Deadline | None = None
    original_reckoning: Reckoning | None = None
    closing: Event | None = None
    stopped_by: Event | None = None
    remaining: int | None = None
    """Days left on the morning the open exclusion began; only with clock STOPPED."""
    stopped_due: Deadline | None = None
    support: tuple[str, ...] = ()
    """Events that gave the start, the due date and the applied adjustments, by key."""
    missing: frozenset[str] = frozenset()
    """What makes the clock unknown."""
    doubts: frozenset[str] = frozenset()
    """What makes the adjustments unsure."""


@dataclass(slots=True)
class Instance:
    """One norm at one anchor in one case, evaluated.

    ``chosen`` has one entry for each group of the requirement; ``chosen_days`` their dates as the limit is tested
    (以 … 日为准). ``defeats`` are all ``Defeat`` clauses in written order under the ordinary horizon; ``curing`` the
    ``afterwards`` ones under the wide horizon. ``prior_by`` is the norm that takes precedence.
    ``inner_missing`` names what makes the requirement itself unknown.
    """

    number: int
    position: int
    norm: Norm
    anchor: Anchor
    timing: Timing | None = None
    act: Act = Act.NONE
    chosen: tuple[Event | None, ...] = ()
    chosen_days: tuple[int | None, ...] = ()
    latest_group: int = -1
    """The group whose chosen event has the greatest key; -1 unless every group has one."""
    holds: Truth = Truth.NO
    hold_support: tuple[str, ...] = ()
    answer: Truth = Truth.MAYBE
    defeats: tuple[ClauseValue, ...] = ()
    curing: tuple[ClauseValue, ...] = ()
    cured: Truth = Truth.NO
    prior: Truth = Truth.NO
    prior_by: str | None = None
    above: "tuple[Instance, ...]" = ()
    """The instances that take precedence here, in norm order; only where ``prior`` is YES."""
    prior_missing: frozenset[str] = frozenset()
    inner_missing: frozenset[str] = frozenset()
    outcome: Outcome | None = None
    inner_violation: bool = False
    breached_on: int | None = None
    deemed: Event | None = None
    absent_parts: tuple[str, ...] = field(default=())
    """Document parts that 应当载明 asks for and the record's list does not have."""
