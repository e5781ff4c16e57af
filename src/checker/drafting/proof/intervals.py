"""不计入 … 至 …: which events begin an exclusion, and where it ends (semantics §6.5)."""

from __future__ import annotations

from collections.abc import Mapping

from checker.drafting.proof import terms as t
from checker.drafting.proof.terms import Bool
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.world import Ev

Ending = tuple[Bool, int | None]
"""Whether an exclusion ends at an event, by its number; None: it stays open."""


def formed(begins: Mapping[Ev, Bool], ends: Mapping[Ev, Bool]) -> dict[int, list[Ending]]:
    """For each event that may begin an exclusion, where it may end; a start inside an earlier one begins nothing."""
    starts = {event: truth for event, truth in begins.items() if truth is not False}
    closers = {event: truth for event, truth in ends.items() if truth is not False}
    if any(event.deemed for event in (*starts, *closers)):
        raise Unsupported("视为的行为作为扣除期间的起止")
    begun: dict[Ev, Bool] = {}
    found: dict[int, list[Ending]] = {}
    for event, truth in starts.items():
        inside = (t.conj(held, t.neg(_closed(closers, other, event))) for other, held in begun.items())
        begun[event] = open_ = t.conj(truth, t.neg(t.disj(*inside)))
        rows: list[Ending] = []
        for end, closes in closers.items():
            if end.number > event.number:
                rows.append((t.conj(open_, closes), end.number))
                open_ = t.conj(open_, t.neg(closes))
        found[event.number] = [*rows, (open_, None)]
    return found


def _closed(closers: Mapping[Ev, Bool], start: Ev, at: Ev) -> Bool:
    """Whether what one event began has ended by another, that event included."""
    return t.disj(*(truth for end, truth in closers.items() if start.number < end.number <= at.number))
