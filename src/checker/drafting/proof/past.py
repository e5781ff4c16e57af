"""What norms ask of the instances of other norms: how often one was breached, where its period ended (semantics §3)."""

from __future__ import annotations

from dataclasses import dataclass, field

from checker.drafting.proof import terms as t
from checker.drafting.proof.instance import Instance
from checker.drafting.proof.places import Place
from checker.drafting.proof.terms import Bool, Day
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.world import Options, comes_before, merged
from checker.engines.ground.scope import UNKNOWN
from checker.model.finding import Verdict


@dataclass(eq=False, slots=True)
class Past:
    """The instances of earlier strata, by norm."""

    instances: dict[str, list[Instance]] = field(default_factory=dict)

    def of(self, norm: str) -> list[Instance]:
        """All of one norm, of whatever version."""
        return self.instances.get(norm, [])

    def breach_count(self, norm: str, at: Place) -> Options:
        """How often the norm was breached up to the date of a place."""
        instances = self.of(norm)
        unknown = t.disj(*(one.is_(Verdict.UNDETERMINED) for one in instances))
        counted = [t.conj(one.violated, t.le(one.breached_on, at.day)) for one in instances]
        numbers = t.exactly(counted, len(counted))
        known = t.neg(unknown)
        return merged([(unknown, UNKNOWN), *((t.conj(known, held), n) for n, held in enumerate(numbers))])

    def expiry(self, norm: str, extended: bool, at: Place) -> Options:
        """The end of the period of the last instance at or before a place."""
        found: Options = []
        for guard, one in self._last(norm, at):
            has, day = end_of(one, extended)
            real = t.conj(guard, t.neg(one.is_(Verdict.EXEMPT)), has)
            found.append((real, day))
        return merged([(t.neg(t.disj(*(guard for guard, _ in found))), UNKNOWN), *found])

    def _last(self, norm: str, at: Place) -> list[tuple[Bool, Instance]]:
        standing = []
        for one in self.of(norm):
            event = one.spot.event
            if event is None or one.spot.side is not None:
                raise Unsupported("期满所指规范不以行为为起点")
            here = True if at.is_event(event) else at.after(event)
            standing.append((event, t.conj(one.anchored.yes, here), one))
        found = []
        for place, (event, stands, one) in enumerate(standing):
            later = [
                t.conj(other, True if e is event else comes_before(event, e))
                for i, (e, other, _) in enumerate(standing)
                if i != place and (e is not event or i > place)
            ]
            found.append((t.conj(stands, t.neg(t.disj(*later))), one))
        return found


def end_of(one: Instance, extended: bool) -> tuple[Bool, Day]:
    """The final or the original due date of an instance, and whether there is one."""
    timing = one.timing
    if timing is None:
        return False, t.day(0)
    if extended:
        return timing.timed, timing.due.day if timing.timed is not False else t.day(0)
    return timing.has_original, timing.original.day if timing.original is not None else t.day(0)
