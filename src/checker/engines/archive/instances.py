"""The instances of one norm in a batch, evaluated: parallel arrays, a row for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.archive.days import Days
from checker.engines.archive.instants import Instants
from checker.engines.archive.matching import Pairs
from checker.engines.archive.results import VERDICTS
from checker.engines.archive.scope import Scope
from checker.engines.archive.truth import Bools, Ints, Truths
from checker.model.finding import Verdict

UNLISTED: Final = -1
"""The verdict of an instance that is not listed."""

PLACE: Final = {verdict: place for place, verdict in enumerate(VERDICTS)}
EXEMPT: Final = PLACE[Verdict.EXEMPT]
UNDETERMINED: Final = PLACE[Verdict.UNDETERMINED]
MET: Final = PLACE[Verdict.MET]
LATE: Final = PLACE[Verdict.LATE]
OVERDUE: Final = PLACE[Verdict.OVERDUE]
PENDING: Final = PLACE[Verdict.PENDING]
IS_VIOLATION: Final = np.array([*(verdict.is_violation for verdict in VERDICTS), False])
"""By verdict; the last place is that of UNLISTED."""


@dataclass(slots=True)
class Timing:
    """The windows: clock, due dates, and where candidates begin (-1: nowhere yet).

    ``first`` is the first event that may be a candidate. ``remaining`` counts days where the clock is stopped.
    ``support`` are the events that gave start, due date and adjustments; ``instants`` the ends of periods in hours.
    """

    clock: Ints
    due: Days
    original: Days
    first: Ints
    unsure: Bools
    remaining: Ints
    support: list[Pairs] = field(default_factory=list)
    instants: Instants | None = None


@dataclass(slots=True)
class Instances:
    """One norm's instances, in the order of their cases and, within a case, of their anchors.

    ``chain`` is what stands before the root's id in the printed anchor (``违反:duban/按期办结@``), the same for all;
    ``names`` are the printed anchors themselves where they have no root.
    ``defeated`` is the value of the 不适用 clauses, ``by_clause`` the place of the deciding one (-1); ``above`` the
    truth of being prior-defeated; ``standing`` whether it takes the place of a norm it has priority over.
    ``chosen`` has, for each group, an event or -1; ``chosen_day`` the days that count; ``last`` the group whose event
    discharged the duty (-1).
    """

    position: int
    scope: Scope
    certain: Bools
    chain: str
    names: pa.Array | None
    timing: Timing | None
    verdict: Ints
    defeated: Truths
    by_clause: Ints
    above: Truths
    standing: Truths
    breached_on: Ints
    chosen: tuple[Ints, ...] = ()
    chosen_day: tuple[Ints, ...] = ()
    last: Ints | None = None
    support: list[Pairs] = field(default_factory=list)
    via: Ints | None = None
    """Where it is exempt because a norm of priority was violated there: the day of that breach; -1 elsewhere."""

    def __len__(self) -> int:
        """How many."""
        return len(self.verdict)

    def printed(self, rows: Ints) -> pa.Array:
        """The anchors of some rows as they are printed."""
        return printed_anchors(self.scope, self.chain, self.names, rows)

    @property
    def due(self) -> Days:
        """The final due dates, of a norm with a window."""
        assert self.timing is not None
        return self.timing.due

    @property
    def original(self) -> Days:
        """The due dates before phase 3."""
        assert self.timing is not None
        return self.timing.original

    @property
    def unsure(self) -> Bools:
        """Where the adjustments are unsure."""
        assert self.timing is not None
        return self.timing.unsure


def printed_anchors(scope: Scope, chain: str, names: pa.Array | None, rows: Ints) -> pa.Array:
    """What stands before the roots and their ids, or the names, of some rows."""
    if names is not None:
        return names.take(pa.array(rows))
    return pc.binary_join_element_wise(chain, scope.columns.event_ids(scope.root[rows]), "")
