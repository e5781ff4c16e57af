"""A 之前 应当 有 B: events before the anchor, as far before as the lead says (semantics §5)."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.due import back
from checker.calendars.grid import OutOfRange
from checker.engines.facts import Act, Truth
from checker.engines.ground.acts import Group, Standing
from checker.engines.ground.ledger import Ledger
from checker.engines.ground.limits import Limit
from checker.engines.ground.order import Side, dated_side, latest, standing_before
from checker.engines.ground.patterns import Pattern, uncovered
from checker.engines.ground.reckoning import OUT_OF_RANGE
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen, place_of
from checker.model.requirements import Lead


@dataclass(slots=True, frozen=True)
class PrecedeTerm:
    """The compiled lead; a group stands TIMELY (yes), MAYBE or NONE."""

    calendar: Calendar
    lead: Lead
    amount: Amount

    def stand(self, scope: Scope, groups: tuple[Group, ...], ledger: Ledger | None) -> list[Standing]:
        """How each group stands before the anchor."""
        limit = self.limit(scope)
        found = [self._certain(scope, group, limit, ledger, number) for number, group in enumerate(groups)]
        if ledger is not None:
            ledger.choose([None if standing is None else standing.chosen for standing in found])
        return [
            standing or self._uncertain(scope, group, limit, ledger, number)
            for number, (group, standing) in enumerate(zip(groups, found, strict=True))
        ]

    def holds(self, scope: Scope, pattern: Pattern, seen: Seen, limit: Limit | None) -> Truth:
        """Whether an event stands far enough before the anchor."""
        if self.lead.kind == "order":
            return scope.view.before(seen, scope.spot)
        day = pattern.day(seen)
        if day is None or limit is None:
            return MAYBE
        return YES if day <= limit.low else MAYBE if day <= limit.high else NO

    def name(self, scope: Scope, standings: Sequence[Standing], ledger: Ledger | None, out: set[str]) -> None:
        """Name what keeps the groups that are maybe from being decided."""
        for number, standing in enumerate(standings):
            if standing.act is Act.MAYBE:
                out.update(f"行为.{act}" for act in standing.uncovered)
                for pattern, seen in standing.doubts:
                    self.name_candidate(scope, pattern, seen, out)
                    if ledger is not None:
                        out |= ledger.names(number, seen)

    def limit(self, scope: Scope) -> Limit | None:
        """The last day that is early enough; None in order, at an undated anchor, or outside the calendar."""
        day = scope.spot.day
        if day is None or self.lead.kind == "order":
            return None
        if self.lead.kind == "period":
            try:
                due = back(self.calendar, day, self.amount)
            except OutOfRange:
                return None
            return Limit(due.day, due.low, due.high, due.provisional, due.missing_year)
        last = day - 1 if self.lead.kind == "earlier_day" else day
        return Limit(last, last, last)

    def _side(self, scope: Scope, pattern: Pattern, limit: Limit | None) -> Side:
        """The matches that certainly and possibly stand far enough before the anchor."""
        matches = pattern.matches(scope)
        if self.lead.kind == "order":
            return standing_before(scope.view, matches, scope.spot)
        if limit is not None and pattern.dated_by is None:
            low, high = (bisect_left(matches.keys, (day + 1, 0, 0, 0)) for day in (limit.low, limit.high))
            loose = [seen for seen, _ in matches.loose if seen.day is None or seen.day <= limit.high]
            return Side(range(low), [], [*matches.sure[low:high], *loose])
        return dated_side(matches, lambda seen: self.holds(scope, pattern, seen, limit))

    def _certain(
        self, scope: Scope, group: Group, limit: Limit | None, ledger: Ledger | None, number: int
    ) -> Standing | None:
        """The group decided by a certain event: the last one, with 逐一 the first unused."""
        found: list[tuple[Pattern, Seen]] = []
        for pattern in group:
            side = self._side(scope, pattern, limit)
            matches = pattern.matches(scope)
            chosen = latest(matches, side) if ledger is None else ledger.unused(number, side.events(matches))
            found += [(pattern, chosen)] if chosen is not None else []
        if not found:
            return None
        choice = max if ledger is None else min
        pattern, chosen = choice(found, key=lambda item: place_of(item[1]))
        return Standing(Act.TIMELY, chosen, pattern.day(chosen))

    def _uncertain(
        self, scope: Scope, group: Group, limit: Limit | None, ledger: Ledger | None, number: int
    ) -> Standing:
        doubts = []
        for pattern in group:
            side = self._side(scope, pattern, limit)
            possible = list(side.doubtful)
            if ledger is not None:
                possible = [seen for seen in possible if ledger.free(number, seen) is not NO]
                possible += ledger.certain(number, side.events(pattern.matches(scope)))
            doubts += [(pattern, seen) for seen in possible]
        bare = tuple(act for pattern in group for act in uncovered(scope, pattern))
        return Standing(Act.MAYBE if doubts or bare else Act.NONE, doubts=doubts, uncovered=bare)

    def name_candidate(self, scope: Scope, pattern: Pattern, seen: Seen, out: set[str]) -> None:
        """Name what is unknown of one candidate: its match, its order, its date, the limit."""
        limit = self.limit(scope)
        if pattern.truth(scope, seen) is MAYBE:
            pattern.missing(scope, seen, out)
        if self.holds(scope, pattern, seen, limit) is not MAYBE:
            return
        if self.lead.kind == "order":
            scope.view.order_missing(seen, scope.spot, out)
            return
        if pattern.day(seen) is None:
            out.add(pattern.day_name(seen))
        if scope.spot.day is None:
            out.add(f"{scope.spot.id}.日期")
        elif limit is None:
            out.add(OUT_OF_RANGE)
        elif limit.provisional and pattern.day(seen) is not None:
            out.add(f"历法.{limit.year}")
