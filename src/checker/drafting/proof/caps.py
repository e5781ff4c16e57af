"""How much of the excluded days a cap leaves (semantics §6.5), in calendar days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from checker.calendars.amount import Amount
from checker.drafting.proof import terms as t
from checker.drafting.proof.terms import Bool, Day
from checker.drafting.proof.unsupported import Unsupported
from checker.engines.ground.exclusions import limit_of


class Out(NamedTuple):
    """Days [first, end) taken out where the guard holds; ``end`` None while open."""

    guard: Bool
    first: Day
    end: Day | None


def capped(rows: Sequence[Out], cap: Amount, first_day: Day, as_of: Day) -> list[tuple[Out, ...]]:
    """What the cap of one clause leaves of each of its exclusions, which come in order and lie apart."""
    if cap.workdays:
        raise Unsupported("以工作日计的扣除上限")
    found: list[tuple[Out, ...]] = []
    reached, left = first_day, t.day(limit_of(cap))
    for row in rows:
        counted = t.chosen(t.le(row.first, reached), reached, row.first)
        full = t.plus(counted, t.day(0), left)
        if row.end is None:
            some = t.lt(t.day(0), left)
            still = t.lt(t.moved(as_of, 1), full)
            open_ = Out(t.conj(row.guard, some, still), row.first, None)
            found.append((open_, Out(t.conj(row.guard, some, t.neg(still)), row.first, full)))
            continue
        counts, fits = t.lt(counted, row.end), t.le(row.end, full)
        end = t.chosen(t.conj(counts, t.neg(fits)), full, row.end)
        begins = t.chosen(t.le(row.first, first_day), first_day, row.first)
        kept = t.conj(row.guard, t.lt(begins, end))
        found.append((Out(kept, row.first, end),))
        rest = t.chosen(fits, t.less(left, counted, row.end), t.day(0))
        left = t.chosen(counts, rest, left)
        reached = t.chosen(t.conj(kept, t.lt(reached, end)), end, reached)
    return found
