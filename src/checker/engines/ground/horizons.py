"""What exceptions see: up to a due date, the discharge or the as-of date, or before the anchor (semantics §7)."""

from checker.engines.facts import Truth
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen
from checker.engines.instance import Deadline


def up_to(scope: Scope, due: Deadline, discharge: Seen | None = None) -> None:
    """Let the scope see every event dated on or before a due date and before the event that discharged the duty."""
    view = scope.view

    def horizon(seen: Seen) -> Truth:
        if seen.day is None:
            return MAYBE if discharge is None or view.before(seen, discharge) is not NO else NO
        if seen.day > due.high:
            return NO
        dated = YES if seen.day <= due.low else MAYBE
        if discharge is None:
            return dated
        ordered = view.before(seen, discharge)
        return ordered if ordered is NO or dated is YES else dated

    def missing(seen: Seen, out: set[str]) -> None:
        if seen.day is None:
            out.add(f"{seen.id}.日期")
            return
        if seen.day > due.low:
            out.add(f"历法.{due.missing_year}")
        if discharge is not None and view.before(seen, discharge) is MAYBE:
            view.order_missing(seen, discharge, out)

    scope.horizon, scope.horizon_missing = horizon, missing


def up_to_day(scope: Scope, day: int, discharge: Seen | None = None) -> None:
    """The same, where there is no due date: up to the as-of date."""
    up_to(scope, Deadline(day, day, day, day), discharge)


def before_anchor(scope: Scope) -> None:
    """Let the scope see what stands before the anchor."""
    view, spot = scope.view, scope.spot

    def missing(seen: Seen, out: set[str]) -> None:
        view.order_missing(seen, spot, out)

    scope.horizon, scope.horizon_missing = lambda seen: view.before(seen, spot), missing
