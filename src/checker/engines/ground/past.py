"""What expressions ask of the instances of earlier strata: breaches so far, and where a period ended (semantics §3)."""

from bisect import bisect_right

from checker.engines.ground.limits import Limit
from checker.engines.ground.scope import UNKNOWN, Scope
from checker.engines.ground.truth import YES
from checker.engines.ground.view import Seen, View
from checker.engines.instance import Deadline, Instance, Key
from checker.model.finding import Verdict

_VIOLATIONS = frozenset(str(verdict) for verdict in Verdict if verdict.is_violation)


def verdict_of(instance: Instance) -> str | None:
    """The verdict as text; None where the instance is not listed."""
    return instance.outcome.verdict if instance.outcome else None


def is_violated(instance: Instance) -> bool:
    """Whether its verdict is late, overdue or breached."""
    return verdict_of(instance) in _VIOLATIONS


class BreachCountExpression:
    """Violated instances of a norm up to the date of self."""

    def __init__(self, norm: str) -> None:
        self.norm = norm

    def value(self, scope: Scope, at: Seen) -> object:
        """Unknown if an instance is undetermined, a breach undated, or self undated."""
        found = self._breaches(scope.view)
        if found is None or at.day is None:
            return UNKNOWN
        return bisect_right(found, at.day)

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The norm, or the date of self."""
        if self._breaches(scope.view) is None:
            out.add(f"违反.{self.norm}")
        if at.day is None:
            out.add(f"{at.id}.日期")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing."""

    def _breaches(self, view: View) -> list[int] | None:
        """Days of breach in order; None if one is not known."""
        key = ("违反", self.norm)
        if key not in view.memory:
            view.memory[key] = self._counted(view)
        found: list[int] | None = view.memory[key]
        return found

    def _counted(self, view: View) -> list[int] | None:
        days: list[int] = []
        for instance in view.past.get(self.norm, ()):
            if verdict_of(instance) == Verdict.UNDETERMINED:
                return None
            if is_violated(instance):
                if instance.breached_on is None:
                    return None
                days.append(instance.breached_on)
        return sorted(days)


class ExpiryExpression:
    """The end of the period of a norm's last instance at or before self."""

    def __init__(self, norm: str, extended: bool) -> None:
        self.norm = norm
        self.extended = extended

    def value(self, scope: Scope, at: Seen) -> object:
        """Unknown if there is no such instance, it is exempt, or its due date is not certain."""
        deadline = self.deadline(scope, at)
        return UNKNOWN if deadline is None else Limit.due(deadline).value()

    def deadline(self, scope: Scope, at: Seen) -> Deadline | None:
        """The due date meant."""
        instance = self._last(scope.view, at)
        if instance is None or verdict_of(instance) == Verdict.EXEMPT:
            return None
        return end_of(instance, extended=self.extended)

    def missing(self, _: Scope, __: Seen, out: set[str]) -> None:
        """The norm."""
        out.add(f"期满.{self.norm}")

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Nothing."""

    def _last(self, view: View, at: Seen) -> Instance | None:
        """The last by key of those that certainly stand at or before self."""
        if at.key is None:
            return None
        keys, instances = self._anchored(view)
        place = bisect_right(keys, at.key)
        while place:
            place -= 1
            if self._stands(view, instances[place], at):
                return instances[place]
        return None

    @staticmethod
    def _stands(view: View, instance: Instance, at: Seen) -> bool:
        anchor = instance.anchor
        if view.ordered or anchor.key == at.key:
            return True
        return view.key_before(anchor.key, anchor.root.time if anchor.root else None, at.key, at.time) is YES

    def _anchored(self, view: View) -> tuple[list[Key], list[Instance]]:
        key = ("期满", self.norm)
        if key not in view.memory:
            anchored = [(i.anchor.key, i) for i in view.past.get(self.norm, ()) if i.anchor.certain and i.anchor.key]
            anchored.sort(key=lambda item: item[0])
            view.memory[key] = ([item[0] for item in anchored], [item[1] for item in anchored])
        found: tuple[list[Key], list[Instance]] = view.memory[key]
        return found


def end_of(instance: Instance, *, extended: bool) -> Deadline | None:
    """The final or the original due date of an instance; None where there is none or it is unsure."""
    timing = instance.timing
    if timing is None:
        return None
    if not extended:
        return timing.original
    return None if timing.unsure else timing.due
