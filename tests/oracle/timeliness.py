"""Section 5, candidates: which events may discharge a duty, and whether in time."""

from __future__ import annotations

from oracle.instances import Candidate, Groups, Start
from oracle.matching import Scope, match
from oracle.periods import dated
from oracle.reckoning import End, instants_of
from oracle.truth import conjunction


def candidates(scope: Scope, groups: Groups, start: Start) -> list[list[Candidate]]:
    """Of each group, the events that possibly match and possibly lie in the window's beginning."""
    return [_of_group(scope, group, start) for group in groups]


def _of_group(scope: Scope, group: tuple, start: Start) -> list[Candidate]:
    found = []
    for pattern in group:
        for item in scope.world.items:
            truth = conjunction([match(scope, pattern, item), start.lies_in(item, pattern)])
            if truth.possible:
                date, name = dated(item, pattern)
                time = None if pattern.dated_by else item.time
                found.append(Candidate(item, truth, date, time, name))
    return found


def timeliness(candidate: Candidate, due: End | None) -> str:
    """timely, between (due < it ≤ the latest due), late, or unknown where it has no date."""
    if candidate.date is None:
        return "unknown"
    if due is None:
        return "timely"
    if due.instants is not None:
        first, last = instants_of(candidate.date, candidate.time)
        if last <= due.instants[0]:
            return "timely"
        return "late" if first > due.instants[1] else "between"
    if candidate.date <= due.day:
        return "timely"
    return "late" if candidate.date > due.high else "between"
