"""Patterns, expressions and conditions of the core as formulas (semantics §2, §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, assert_never

from checker.calendars.amount import amount_of
from checker.drafting.proof import terms as t
from checker.drafting.proof.comparing import belongs, compared, equal_to_any, in_common, present
from checker.drafting.proof.places import Match, Place, Scope
from checker.drafting.proof.terms import Bool, Day, Kleene
from checker.drafting.proof.unsupported import Unsupported
from checker.drafting.proof.world import Ev, Options, World, comes_before, merged
from checker.engines.ground.scope import UNKNOWN
from checker.model import expressions as x
from checker.model.dependencies import parts_of

if TYPE_CHECKING:
    from checker.drafting.proof.past import Past
    from checker.drafting.proof.reckoning import Reckoner


class Reader:
    """Reads the core in one world. ``events`` grow by what is deemed; ``past`` are earlier instances."""

    def __init__(self, world: World, reckoner: Reckoner, past: Past) -> None:
        self.world = world
        self.reckoner = reckoner
        self.past = past
        self.events: list[Ev] = list(world.events)
        self._vocabulary = world.universe.vocabulary
        self._known: dict[Any, Kleene] = {}
        self._by_anchor: dict[int, bool] = {}

    # Patterns

    def matches(self, pattern: x.Pattern, scope: Scope) -> list[Match]:
        """The events that match or may match, in the order in which they were made."""
        found = ((event, self.match(pattern, event, scope)) for event in self.events)
        return [(event, truth) for event, truth in found if truth.may is not False]

    def match(self, pattern: x.Pattern, event: Ev, scope: Scope) -> Kleene:
        """Whether an event matches, its act left open."""
        return t.any_of(*(self.match_as(pattern, event, act, scope) for act, _ in self.acts(pattern, event)))

    def acts(self, pattern: x.Pattern, event: Ev) -> Iterator[tuple[str, Bool]]:
        """The acts of the pattern that the event may be of."""
        return ((act, guard) for act, guard in event.acts if act in pattern.acts)

    def match_as(self, pattern: x.Pattern, event: Ev, act: str, scope: Scope) -> Kleene:
        """Whether an event is of that act and matches."""
        read = (scope.key, scope.correlate) if scope.correlate or self._reads_anchor(pattern) else None
        key = (id(pattern), event.number, act, read)
        if key not in self._known:
            guard = dict(event.acts)[act]
            self._known[key] = t.both(t.sure(guard), event.there, self._matched(pattern, event, act, scope))
        return self._known[key]

    def _reads_anchor(self, pattern: x.Pattern) -> bool:
        key = id(pattern)
        if key not in self._by_anchor:
            self._by_anchor[key] = any(isinstance(one, x.AnchorEvent | x.AnchorActor) for one in parts_of(pattern))
        return self._by_anchor[key]

    def _matched(self, pattern: x.Pattern, event: Ev, act: str, scope: Scope) -> Kleene:
        at = Place(event, act, event.day)
        parts = []
        if pattern.actor is not None:
            parts.append(self.actor(pattern.actor, at, scope))
        if pattern.where is not None:
            parts.append(self.truth(pattern.where, at, scope))
        if scope.correlate and scope.root is not None:
            parts.append(self._correlated(at, scope))
        whole = t.both(*parts)
        return whole if pattern.ordinal is None else self._ordinal(pattern, whole, at, scope)

    def _ordinal(self, pattern: x.Pattern, own: Kleene, at: Place, scope: Scope) -> Kleene:
        plain = self._without_ordinal(pattern)
        earlier = [t.both(t.sure(at.after(event)), truth) for event, truth in self.matches(plain, scope)]
        wanted = (pattern.ordinal or 1) - 1
        certain = t.exactly([one.yes for one in earlier], wanted)
        possible = t.exactly([one.may for one in earlier], wanted)
        not_too_many, enough = t.disj(*certain), t.neg(t.disj(*possible[:wanted]))
        yes = t.conj(own.yes, certain[wanted], possible[wanted])
        return Kleene(yes, t.conj(own.may, not_too_many, enough))

    def _without_ordinal(self, pattern: x.Pattern) -> x.Pattern:
        key = ("plain", id(pattern))
        if key not in self.reckoner.memory:
            # Kept, so that what is known of it can be found again by its identity.
            self.reckoner.memory[key] = (pattern, pattern.model_copy(update={"ordinal": None}))
        plain: x.Pattern = self.reckoner.memory[key][1]
        return plain

    def _correlated(self, at: Place, scope: Scope) -> Kleene:
        root = scope.root
        assert root is not None
        tested = [name for name in scope.correlate if self._declares(root.act, name) and self._declares(at.act, name)]
        return t.both(*(self._agree(self._own(root, name), self._own(at, name)) for name in tested))

    def _declares(self, act: str | None, name: str) -> bool:
        declared = self._vocabulary.acts.get(act or "")
        return declared is not None and name in declared.attributes

    @staticmethod
    def _agree(ours: Options, theirs: Options) -> Kleene:
        known = [[(g, v) for g, v in side if v is not UNKNOWN and v is not None] for side in (ours, theirs)]
        yes = compared("eq", *known).yes
        if len(known[0]) == len(ours) and len(known[1]) == len(theirs):
            return t.sure(yes)
        both_known = t.conj(*(t.disj(*(guard for guard, _ in side)) for side in known))
        return Kleene(yes, t.disj(yes, t.neg(both_known)))

    def dated(self, pattern: x.Pattern, event: Ev, act: str) -> Day:
        """The day that counts where the event is tested against a limit."""
        if pattern.dated_by is None:
            return event.day
        options = self.world.attribute(event, act, pattern.dated_by)
        if any(not isinstance(value, Day) for _, value in options):
            raise Unsupported("以没有记载的日期计算的行为")
        return t.first_of(options[:-1], options[-1][1])

    # Subjects and expressions

    def subjects(self, subject: x.Subject, at: Place, scope: Scope) -> list[tuple[Bool, Place | None]]:
        """Which place an expression speaks of; None where it is unknown."""
        match subject:
            case x.SelfEvent():
                return [(True, at)]
            case x.AnchorEvent():
                return [(True, scope.root)]
            case x.LastEvent():
                return self._last(subject.pattern, at, scope)
            case x.NthEvent():
                return self._nth(subject.pattern, at, scope)
            case _:
                raise Unsupported("案件的日期或主体")

    def _last(self, pattern: x.Pattern, at: Place, scope: Scope) -> list[tuple[Bool, Place | None]]:
        standing = [(e, t.both(t.sure(at.after(e)), truth)) for e, truth in self.matches(pattern, scope)]
        found: list[tuple[Bool, Place | None]] = []
        for event, truth in standing:
            later = (t.conj(one.may, comes_before(event, e)) for e, one in standing if e is not event)
            alone = t.conj(truth.yes, t.neg(t.disj(*later)))
            for act, guard in self.acts(pattern, event):
                found.append((t.conj(alone, guard), Place(event, act, event.day)))
        return [*found, (t.neg(t.disj(*(guard for guard, _ in found))), None)]

    def _nth(self, pattern: x.Pattern, at: Place, scope: Scope) -> list[tuple[Bool, Place | None]]:
        own: Bool = False
        found: list[tuple[Bool, Place | None]] = []
        if at.event is not None and at.act in pattern.acts:
            own = self.match_as(pattern, at.event, at.act, scope).yes
            found.append((own, Place(at.event, at.act, at.event.day)))
        for guard, place in self._last(pattern, at, scope):
            found.append((t.conj(t.neg(own), guard), place))
        return found

    def value(self, expression: x.Expression, at: Place, scope: Scope) -> Options:  # noqa: C901, PLR0911, PLR0912 - a closed union
        """What an expression may come to."""
        match expression:
            case x.LiteralValue():
                return [(True, self._literal(expression.value))]
            case x.Attribute():
                if isinstance(expression.of, x.CaseSubject):
                    return self.world.case_attribute(expression.name)
                return self._of(expression.of, at, scope, lambda place: self._own(place, expression.name))
            case x.DateOf():
                return self._of(expression.of, at, scope, lambda place: [(True, place.day)])
            case x.ActorOf():
                return self._of(expression.of, at, scope, self._actors)
            case x.Count():
                return self._count(expression, at, scope)
            case x.Sum():
                return self._sum(expression, at, scope)
            case x.BreachCount():
                return self.past.breach_count(expression.norm, at)
            case x.Expiry():
                return self.past.expiry(expression.norm, expression.extended, at)
            case x.Shift():
                return self._shifted(expression, at, scope)
            case _:
                assert_never(expression)

    def _literal(self, value: Any) -> Any:  # noqa: ANN401 - a scalar, or a day of the axis
        return t.day(self.world.offset(value)) if isinstance(value, dt.date) else value

    def _own(self, place: Place, name: str) -> Options:
        if place.event is None or place.act is None:
            return [(True, UNKNOWN)]
        return self.world.attribute(place.event, place.act, name)

    def _actors(self, place: Place) -> Options:
        return [(True, UNKNOWN)] if place.event is None else self.world.actors(place.event)

    def _of(self, subject: x.Subject, at: Place, scope: Scope, ask: Callable[[Place], Options]) -> Options:
        found: Options = []
        for guard, place in self.subjects(subject, at, scope):
            for held, value in [(True, UNKNOWN)] if place is None else ask(place):
                found.append((t.conj(guard, held), value))
        return merged(found)

    def _counted(self, expression: x.Count | x.Sum, at: Place, scope: Scope) -> list[tuple[Ev, str, Kleene]]:
        """What may count, act by act."""
        found = []
        for event, _ in self.matches(expression.pattern, scope):
            own = expression.inclusive and at.is_event(event)
            stands = True if own else at.after(event)
            for act, _guard in self.acts(expression.pattern, event):
                truth = self.match_as(expression.pattern, event, act, scope)
                found.append((event, act, t.both(t.sure(stands), truth)))
        return found

    def _count(self, expression: x.Count, at: Place, scope: Scope) -> Options:
        counted = [truth for _, _, truth in self._counted(expression, at, scope)]
        unknown = t.disj(*(truth.unknown for truth in counted))
        known = t.neg(unknown)
        numbers = t.exactly([truth.yes for truth in counted], len(counted))
        return merged([(unknown, UNKNOWN), *((t.conj(known, held), n) for n, held in enumerate(numbers))])

    def _sum(self, expression: x.Sum, at: Place, scope: Scope) -> Options:
        totals: Options = [(True, Decimal(0))]
        for event, act, truth in self._counted(expression, at, scope):
            totals = merged([
                (t.conj(guard, held), total if more is None else _added(total, more))
                for guard, total in totals
                for held, more in self._terms(expression, event, act, truth)
            ])  # fmt: skip
        return totals

    def _terms(self, expression: x.Sum, event: Ev, act: str, truth: Kleene) -> Options:
        values = self.world.attribute(event, act, expression.attribute)
        counted = [(t.conj(truth.yes, guard), Decimal(0) if v is None else v) for guard, v in values]
        return [(truth.no, None), (truth.unknown, UNKNOWN), *counted]

    def _shifted(self, expression: x.Shift, at: Place, scope: Scope) -> Options:
        amount = amount_of(expression.period)
        found: Options = []
        for guard, value in self.value(expression.base, at, scope):
            if not isinstance(value, Day):
                found.append((guard, UNKNOWN))
                continue
            found.append((guard, self.reckoner.shifted(value, amount, expression.backward, guard)))
        return merged(found)

    # Conditions

    def truth(self, condition: x.Condition, at: Place, scope: Scope, *, top: bool = False) -> Kleene:  # noqa: C901, PLR0911, PLR0912
        """One condition; with ``top``, 有 B sees what the exception's horizon lets it see."""
        match condition:
            case x.Constant():
                return t.sure(condition.value)
            case x.All():
                return t.both(*(self.truth(part, at, scope, top=top) for part in condition.of))
            case x.AnyOf():
                return t.any_of(*(self.truth(part, at, scope, top=top) for part in condition.of))
            case x.Not():
                return t.opposite(self.truth(condition.of, at, scope, top=top))
            case x.Compare():
                return compared(
                    condition.op, self.value(condition.left, at, scope), self.value(condition.right, at, scope)
                )
            case x.Member():
                return belongs(self._vocabulary, self.value(condition.item, at, scope), condition.values, self.world)
            case x.Contains():
                return equal_to_any(self.value(condition.whole, at, scope), self.value(condition.item, at, scope))
            case x.Same():
                return in_common(self.value(condition.left, at, scope), self.value(condition.right, at, scope))
            case x.Present():
                return present(self.value(condition.of, at, scope))
            case x.Occurred():
                return self._occurred(condition.pattern, at, scope, top=top)
            case x.Inside():
                return self._inside(condition, at, scope)
            case x.ActorIs():
                return self.actor(condition.actor, at, scope)
            case _:
                assert_never(condition)

    def _occurred(self, pattern: x.Pattern, at: Place, scope: Scope, *, top: bool = False) -> Kleene:
        sees = scope.horizon if top and scope.horizon is not None else at.after
        return t.any_of(*(t.both(t.sure(sees(event)), truth) for event, truth in self.matches(pattern, scope)))

    def _inside(self, inside: x.Inside, at: Place, scope: Scope) -> Kleene:
        if inside.after is None:
            return t.YES if inside.before is None else t.opposite(self._occurred(inside.before, at, scope))
        if inside.before is None:
            return self._occurred(inside.after, at, scope)
        openers, closers = (self._standing(one, at, scope) for one in (inside.after, inside.before))
        found = [self._open(event, truth, openers, closers) for event, truth in openers]
        return Kleene(t.disj(*(one.yes for one in found)), t.disj(*(one.may for one in found)))

    def _standing(self, pattern: x.Pattern, at: Place, scope: Scope) -> list[Match]:
        found = ((event, t.both(t.sure(at.after(event)), truth)) for event, truth in self.matches(pattern, scope))
        return [(event, truth) for event, truth in found if truth.may is not False]

    def _open(self, event: Ev, truth: Kleene, openers: Sequence[Match], closers: Sequence[Match]) -> Kleene:
        """Whether this opener leaves self inside: certain, the last such one, and nothing may have closed it."""
        last = t.neg(t.disj(*(t.conj(o.yes, comes_before(event, e)) for e, o in openers if e is not event)))
        may_close = t.disj(*(t.conj(c.may, comes_before(event, e)) for e, c in closers if e is not event))
        closes = t.disj(*(t.conj(c.yes, comes_before(event, e)) for e, c in closers if e is not event))
        yes = t.conj(truth.yes, last, t.neg(may_close))
        return Kleene(yes, t.conj(truth.may, t.neg(closes)))

    def actor(self, actor: x.Actor, at: Place, scope: Scope) -> Kleene:
        """Whether one of the actors of the event is meant."""
        actors = self._actors(at)
        names = [(True, actor.names)] if isinstance(actor, x.OrganActor) else self._named(actor, scope)
        yes: list[Bool] = []
        may: list[Bool] = []
        for guard, acting in actors:
            for held, meant in names:
                truth = self._meant(acting, meant)
                yes += [t.conj(guard, held)] if truth is True else []
                may += [t.conj(guard, held)] if truth is not False else []
        certain = t.disj(*yes)
        return t.sure(certain) if len(yes) == len(may) else Kleene(certain, t.disj(*may))

    def _named(self, actor: x.AnchorActor, scope: Scope) -> Options:
        if scope.root is None:
            return [(True, UNKNOWN)]
        return self._actors(scope.root) if actor.is_doer else self._own(scope.root, actor.attribute)

    def _meant(self, acting: Any, meant: Any) -> bool | None:  # noqa: ANN401 - values of the record
        if acting is UNKNOWN or meant is UNKNOWN or meant is None:
            return None
        wanted = meant if isinstance(meant, tuple) else (str(meant),)
        answers = [self._vocabulary.organ_is(one, name) for one in acting for name in wanted]
        return True if True in answers else None if None in answers else False


def _added(total: Any, more: Any) -> Any:  # noqa: ANN401 - numbers, or UNKNOWN
    return UNKNOWN if total is UNKNOWN or more is UNKNOWN else total + more
