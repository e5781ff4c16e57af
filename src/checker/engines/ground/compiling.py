"""Core to compiled form: every pattern, expression and condition once, equal patterns shared between norms."""

from collections.abc import Iterator
from typing import assert_never

from checker.calendars.amount import amount_of
from checker.calendars.calendar import Calendar
from checker.engines.ground import conditions as c
from checker.engines.ground import expressions as e
from checker.engines.ground import occurrences as o
from checker.engines.ground.actors import ActorTest, AnchorNamedActor, NamedActor
from checker.engines.ground.correlation import Correlation
from checker.engines.ground.features import features_of
from checker.engines.ground.past import BreachCountExpression, ExpiryExpression
from checker.engines.ground.patterns import NthPattern, Pattern, PlainPattern
from checker.engines.ground.scope import Condition, Expression
from checker.engines.ground.subjects import AnchorSubject, LastSubject, NthSubject, SelfSubject, Subject
from checker.model import expressions as core
from checker.model.vocabulary import Vocabulary


class Compiler:
    """Compiles for one rule set. Patterns are shared by what they say and by the correlation they stand under."""

    def __init__(self, vocabulary: Vocabulary, calendar: Calendar) -> None:
        self._vocabulary = vocabulary
        self._calendar = calendar
        self._declared = {name: frozenset(act.attributes) for name, act in vocabulary.acts.items()}
        parents = (parent for parent in vocabulary.organs.values() if parent is not None)
        self._organs = frozenset(vocabulary.organs) | frozenset(parents)
        self._patterns: dict[object, PlainPattern] = {}

    def under(self, correlate: tuple[str, ...]) -> "PatternCompiler":
        """A compiler for patterns that correlate with the anchor on these attributes."""
        return PatternCompiler(self, correlate)

    def intern(self, key: object, pattern: PlainPattern) -> PlainPattern:
        """The pattern already known under the key, or this one."""
        return self._patterns.setdefault(key, pattern)

    def next_index(self) -> int:
        """A number for one more pattern."""
        return len(self._patterns)

    def correlation(self, correlate: tuple[str, ...]) -> Correlation | None:
        """The correlation test; None without 同一."""
        return Correlation(correlate, self._declared) if correlate else None

    def actor(self, actor: core.Actor) -> ActorTest:
        """The test of an actor."""
        match actor:
            case core.OrganActor():
                sure, maybe = self.kin(actor.names, frozenset(actor.names))
                return NamedActor(actor.names, sure, maybe)
            case core.AnchorActor():
                return AnchorNamedActor(actor, self._vocabulary)
            case _:
                assert_never(actor)

    def member(self, item: Expression, values: tuple[object, ...]) -> c.MemberCondition:
        """属于: texts are looked up, organs through what they are one of."""
        texts = frozenset(value for value in values if isinstance(value, str))
        others = tuple(value for value in values if not isinstance(value, str))
        sure, maybe = self.kin(tuple(text for text in texts if text in self._organs), texts)
        return c.MemberCondition(item, others, sure, maybe)

    def kin(self, wanted: tuple[str, ...], itself: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Which declared names certainly and which maybe are one of the wanted; ``itself`` certainly are."""
        answers = {name: [self._vocabulary.organ_is(name, goal) for goal in wanted] for name in self._organs}
        sure = itself | {name for name, found in answers.items() if True in found}
        return sure, frozenset(name for name, found in answers.items() if None in found) - sure

    def shift(self, base: Expression, shift: core.Shift) -> e.ShiftExpression:
        """Calendar arithmetic."""
        return e.ShiftExpression(base, amount_of(shift.period), shift.backward, self._calendar)


class PatternCompiler:
    """Compiles everything that one norm says under one correlation."""

    def __init__(self, compiler: Compiler, correlate: tuple[str, ...]) -> None:
        self._compiler = compiler
        self._correlate = correlate

    def pattern(self, pattern: core.Pattern) -> Pattern:
        """One pattern, with its ordinal."""
        plain = self._plain(pattern)
        return plain if pattern.ordinal is None else NthPattern(plain, pattern.ordinal)

    def patterns(self, patterns: tuple[core.Pattern, ...]) -> tuple[Pattern, ...]:
        """One group of a requirement."""
        return tuple(self.pattern(pattern) for pattern in patterns)

    def _plain(self, pattern: core.Pattern) -> PlainPattern:
        # The printed form tells true from 1 and 1 from "1", which equality of the models does not.
        said = repr((pattern.acts, pattern.actor, pattern.where, pattern.dated_by))
        actor = None if pattern.actor is None else self._compiler.actor(pattern.actor)
        where = None if pattern.where is None else self.condition(pattern.where)
        compiled = PlainPattern(
            self._compiler.next_index(),
            tuple(dict.fromkeys(pattern.acts)),
            actor=actor,
            where=where,
            correlation=self._compiler.correlation(self._correlate),
            dated_by=pattern.dated_by,
            features=features_of(pattern, self._correlate),
        )
        return self._compiler.intern((said, self._correlate), compiled)

    def subject(self, subject: core.Subject) -> Subject | None:
        """The finder of an event; None for the case."""
        match subject:
            case core.SelfEvent():
                return SelfSubject()
            case core.AnchorEvent():
                return AnchorSubject()
            case core.CaseSubject():
                return None
            case core.LastEvent():
                return LastSubject(self.pattern(subject.pattern))
            case core.NthEvent():
                return NthSubject(self.pattern(subject.pattern))
            case _:
                assert_never(subject)

    def expression(self, expression: core.Expression) -> Expression:  # noqa: C901, PLR0911, PLR0912 - one case a form
        """One expression."""
        match expression:
            case core.LiteralValue():
                return e.LiteralExpression(expression.value)
            case core.Attribute():
                subject = self.subject(expression.of)
                if subject is None:
                    return e.CaseExpression(expression.name)
                return e.AttributeExpression(subject, expression.name)
            case core.DateOf():
                return e.DateExpression(self._event(expression.of))
            case core.ActorOf():
                return e.ActorExpression(self._event(expression.of))
            case core.Count():
                return e.CountExpression(self.pattern(expression.pattern), expression.inclusive)
            case core.Sum():
                pattern = self.pattern(expression.pattern)
                return e.CountExpression(pattern, expression.inclusive, expression.attribute)
            case core.BreachCount():
                return BreachCountExpression(expression.norm)
            case core.Expiry():
                return ExpiryExpression(expression.norm, expression.extended)
            case core.Shift():
                return self._compiler.shift(self.expression(expression.base), expression)
            case _:
                assert_never(expression)

    def condition(self, condition: core.Condition, *, horizon: bool = False) -> Condition:  # noqa: C901, PLR0911, PLR0912
        """One condition; with ``horizon``, 有 B at the top sees what the exception's horizon lets it see."""
        match condition:
            case core.Constant():
                return c.ConstantCondition(condition.value)
            case core.All():
                return c.AllCondition(tuple(self._parts(condition.of, horizon)))
            case core.AnyOf():
                return c.AnyCondition(tuple(self._parts(condition.of, horizon)))
            case core.Not():
                return c.NotCondition(self.condition(condition.of, horizon=horizon))
            case core.Compare():
                return c.CompareCondition(
                    condition.op, self.expression(condition.left), self.expression(condition.right)
                )
            case core.Member():
                return self._compiler.member(self.expression(condition.item), condition.values)
            case core.Contains():
                return c.ContainsCondition(self.expression(condition.whole), self.expression(condition.item))
            case core.Same():
                return c.SameCondition(self.expression(condition.left), self.expression(condition.right))
            case core.Present():
                return c.PresentCondition(self.expression(condition.of))
            case core.Occurred():
                pattern = self.pattern(condition.pattern)
                return o.OccurredWithin(pattern) if horizon else o.OccurredBefore(pattern)
            case core.Inside():
                return self._inside(condition)
            case core.ActorIs():
                return c.ActorCondition(self._compiler.actor(condition.actor))
            case _:
                assert_never(condition)

    def effective(self, when: core.Condition | None, unless: core.Condition | None, *, horizon: bool) -> Condition:
        """``when`` and not ``unless``; an absent ``when`` is true."""
        wanted = core.Constant(value=True) if when is None else when
        whole = wanted if unless is None else core.All(of=(wanted, core.Not(of=unless)))
        return self.condition(whole, horizon=horizon)

    def _parts(self, parts: tuple[core.Condition, ...], horizon: bool) -> Iterator[Condition]:
        return (self.condition(part, horizon=horizon) for part in parts)

    def _inside(self, inside: core.Inside) -> Condition:
        if inside.after is not None and inside.before is not None:
            return o.InsideCondition(self.pattern(inside.after), self.pattern(inside.before))
        if inside.after is not None:
            return o.EverBefore(self.pattern(inside.after))
        if inside.before is not None:
            return o.NeverBefore(o.OccurredBefore(self.pattern(inside.before)))
        return c.ConstantCondition(True)

    def _event(self, subject: core.Subject) -> Subject:
        found = self.subject(subject)
        if found is None:
            raise ValueError("the case has neither date nor actors")
        return found
