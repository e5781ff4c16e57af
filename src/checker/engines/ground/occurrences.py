"""Compiled conditions over other events of the case: 有 B, 在 X 之后 Y 之前 (semantics §3)."""

from checker.engines.facts import Truth
from checker.engines.ground.order import Matches, Side, latest, standing_before
from checker.engines.ground.patterns import Pattern, name_doubt, uncovered
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES, negation
from checker.engines.ground.view import Seen, place_of


class OccurredBefore:
    """有 B, inside a pattern or a requirement: a match before self."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Unknown by a doubtful event, or if an act is not covered."""
        side = standing_before(scope.view, self.pattern.matches(scope), at)
        if side.size():
            return YES
        return MAYBE if side.doubtful or uncovered(scope, self.pattern) else NO

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The doubtful events and the acts not covered."""
        out.update(f"行为.{act}" for act in uncovered(scope, self.pattern))
        for seen in standing_before(scope.view, self.pattern.matches(scope), at).doubtful:
            name_doubt(scope, self.pattern, seen, at, out)

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """The first certain match."""
        if wanted:
            matches = self.pattern.matches(scope)
            events = standing_before(scope.view, matches, at).events(matches)
            out.add(min(events, key=place_of).id)


class OccurredWithin:
    """有 B, at the top of an exception: a match within the horizon (semantics §7)."""

    def __init__(self, pattern: Pattern) -> None:
        self.pattern = pattern

    def truth(self, scope: Scope, _: Seen) -> Truth:
        """Unknown by an event that may match or may lie within, or if an act is not covered."""
        matches = self.pattern.matches(scope)
        result = NO
        for seen in matches.sure:
            within = scope.horizon(seen)
            if within is YES:
                return YES
            if within is MAYBE:
                result = MAYBE
            elif scope.view.ordered:
                break
        if result is MAYBE or (matches.loose and any(scope.horizon(seen) is not NO for seen, _ in matches.loose)):
            return MAYBE
        return MAYBE if uncovered(scope, self.pattern) else NO

    def missing(self, scope: Scope, _: Seen, out: set[str]) -> None:
        """What keeps the matches or their place undecided, and the acts not covered."""
        out.update(f"行为.{act}" for act in uncovered(scope, self.pattern))
        matches = self.pattern.matches(scope)
        for seen in [*matches.sure, *(seen for seen, _ in matches.loose)]:
            within = scope.horizon(seen)
            if within is not NO and self.pattern.truth(scope, seen) is MAYBE:
                self.pattern.missing(scope, seen, out)
            if within is MAYBE:
                scope.horizon_missing(seen, out)

    def support(self, scope: Scope, _: Seen, wanted: bool, out: set[str]) -> None:
        """The first certain match within the horizon."""
        if wanted:
            out.add(next(seen.id for seen in self.pattern.matches(scope).sure if scope.horizon(seen) is YES))


class InsideCondition:
    """在 X 之后 Y 之前: an X before self, and no Y between the last such X and self."""

    def __init__(self, after: Pattern, before: Pattern) -> None:
        self.after = after
        self.before = before

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """True with a certain X that nothing may have closed; false if every possible X is certainly closed."""
        opened = self.after.matches(scope)
        openers = standing_before(scope.view, opened, at)
        if openers.size() and not any(self._closers(scope, at, seen) for seen in [self._last(opened, openers)]):
            return YES
        if not openers.size() and uncovered(scope, self.after):
            return MAYBE
        possible = [*openers.events(opened), *openers.doubtful] if not scope.view.ordered else openers.doubtful
        if scope.view.ordered and openers.size():
            possible = [self._last(opened, openers), *possible]
        return NO if all(self._is_closed(scope, at, seen) for seen in possible) else MAYBE

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """What is unclear of the openers, and of the closers that may stand after one of them."""
        opened = self.after.matches(scope)
        openers = standing_before(scope.view, opened, at)
        if not openers.size():
            out.update(f"行为.{act}" for act in uncovered(scope, self.after))
        for seen in openers.doubtful:
            name_doubt(scope, self.after, seen, at, out)
        for opener in [*openers.events(opened), *openers.doubtful]:
            for closer in self._closers(scope, at, opener):
                name_doubt(scope, self.before, closer, at, out)
                if scope.view.before(opener, closer) is MAYBE:
                    scope.view.order_missing(opener, closer, out)

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """The last certain X."""
        if wanted:
            opened = self.after.matches(scope)
            out.add(self._last(opened, standing_before(scope.view, opened, at)).id)

    @staticmethod
    def _last(matches: Matches, side: Side) -> Seen:
        last = latest(matches, side)
        assert last is not None
        return last

    def _closers(self, scope: Scope, at: Seen, opener: Seen) -> list[Seen]:
        """The events that may close an opener: possible matches possibly between it and self."""
        matches = self.before.matches(scope)
        side = standing_before(scope.view, matches, at)
        found = [seen for seen in side.doubtful if scope.view.before(opener, seen) is not NO]
        certain = side.certain
        for place in reversed(certain):
            if scope.view.before(opener, matches.sure[place]) is not NO:
                found.append(matches.sure[place])
            elif scope.view.ordered:
                break
        found += [seen for seen in side.also if scope.view.before(opener, seen) is not NO]
        return found

    def _is_closed(self, scope: Scope, at: Seen, opener: Seen) -> bool:
        """Whether a certain closer certainly stands between an opener and self."""
        matches = self.before.matches(scope)
        side = standing_before(scope.view, matches, at)
        if scope.view.ordered:
            last = latest(matches, side)
            return last is not None and scope.view.before(opener, last) is YES
        return any(scope.view.before(opener, seen) is YES for seen in side.events(matches))


class NeverBefore:
    """Y 之前, open at the start: no Y before self."""

    def __init__(self, occurred: OccurredBefore) -> None:
        self.occurred = occurred

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """The opposite of 有 Y."""
        return negation(self.occurred.truth(scope, at))

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """As 有 Y."""
        self.occurred.missing(scope, at, out)

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """Nothing."""


class EverBefore(OccurredBefore):
    """X 之后, open at the end: an X before self."""

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """The last certain X."""
        if wanted:
            matches = self.pattern.matches(scope)
            last = latest(matches, standing_before(scope.view, matches, at))
            assert last is not None
            out.add(last.id)
