"""Core to terms over batches: patterns, expressions and conditions, equal patterns shared between norms."""

from collections.abc import Iterator
from typing import Any, assert_never

from checker.calendars.amount import amount_of
from checker.calendars.calendar import Calendar
from checker.engines.archive import conditions as c
from checker.engines.archive import expressions as e
from checker.engines.archive.matching import ActorTerm, Condition, CorrelationTerm, NthTerm, Pattern, PatternTerm
from checker.engines.archive.past import ExpiryColumn
from checker.engines.ground import conditions as ground
from checker.engines.ground.compiling import Compiler as RowCompiler
from checker.engines.ground.expressions import LiteralExpression
from checker.engines.ground.features import features_of
from checker.model import expressions as core
from checker.model.vocabulary import Vocabulary


class BeyondError(Exception):
    """A form that is not evaluated in batches: the norm is the row evaluator's."""


class Compiler:
    """Compiles for one rule set. Patterns are shared by what they say and by the correlation they stand under."""

    def __init__(self, vocabulary: Vocabulary, calendar: Calendar) -> None:
        self._vocabulary = vocabulary
        self._calendar = calendar
        self._row = RowCompiler(vocabulary, calendar)
        self._patterns: dict[object, Pattern] = {}

    def pattern(self, pattern: core.Pattern, correlate: tuple[str, ...] = ()) -> Pattern:
        """One pattern, with its ordinal."""
        # The printed form tells true from 1 and 1 from "1", which equality of the models does not.
        key = (repr((pattern.acts, pattern.actor, pattern.where, pattern.dated_by, pattern.ordinal)), correlate)
        if key not in self._patterns:
            plain = self._plain(pattern, correlate)
            self._patterns[key] = plain if pattern.ordinal is None else NthTerm(plain, pattern.ordinal)
        return self._patterns[key]

    def _plain(self, pattern: core.Pattern, correlate: tuple[str, ...]) -> PatternTerm:
        return PatternTerm(
            tuple(dict.fromkeys(pattern.acts)),
            None if pattern.actor is None else ActorTerm(pattern.actor, self._vocabulary),
            None if pattern.where is None else self.condition(pattern.where, correlate),
            CorrelationTerm(correlate, self._vocabulary) if correlate else None,
            pattern.dated_by,
            is_bound=bool(features_of(pattern, correlate)),
        )

    def condition(  # noqa: C901, PLR0911, PLR0912 - one case a form
        self, condition: core.Condition, correlate: tuple[str, ...] = (), *, horizon: bool = False
    ) -> Condition:
        """One condition; with ``horizon``, 有 B at the top sees what the exception's horizon lets it see."""
        match condition:
            case core.Constant():
                return c.ConstantTerm(condition.value)
            case core.All():
                return c.AllTerm(tuple(self._parts(condition.of, correlate, horizon)))
            case core.AnyOf():
                return c.AnyTerm(tuple(self._parts(condition.of, correlate, horizon)))
            case core.Not():
                return c.NotTerm(self.condition(condition.of, correlate, horizon=horizon))
            case core.Compare():
                return self._compare(condition, correlate)
            case core.Member():
                return self._member(condition, correlate)
            case core.Contains():
                sides = (self.expression(side, correlate) for side in (condition.whole, condition.item))
                return c.ValueTerm(_contains, *sides)
            case core.Same():
                sides = (self.expression(side, correlate) for side in (condition.left, condition.right))
                return c.ValueTerm(_same, *sides)
            case core.Present():
                return c.ValueTerm(_present, self.expression(condition.of, correlate))
            case core.Occurred():
                pattern = self.pattern(condition.pattern, correlate)
                return c.OccurredWithin(pattern) if horizon else c.OccurredBefore(pattern)
            case core.Inside():
                return self._inside(condition, correlate)
            case core.ActorIs():
                return c.ActorIsTerm(ActorTerm(condition.actor, self._vocabulary))
            case _:
                assert_never(condition)

    def effective(
        self, when: core.Condition | None, unless: core.Condition | None, correlate: tuple[str, ...], *, horizon: bool
    ) -> Condition:
        """``when`` and not ``unless``; an absent ``when`` is true."""
        wanted = core.Constant(value=True) if when is None else when
        whole = wanted if unless is None else core.All(of=(wanted, core.Not(of=unless)))
        return self.condition(whole, correlate, horizon=horizon)

    def expression(self, expression: core.Expression, correlate: tuple[str, ...] = ()) -> e.Expression:  # noqa: C901, PLR0911, PLR0912
        """One expression."""
        match expression:
            case core.LiteralValue():
                return e.LiteralTerm(expression.value)
            case core.Attribute(of=core.CaseSubject()):
                return e.CaseTerm(expression.name)
            case core.Attribute():
                return e.AttributeTerm(self._subject(expression.of, correlate), expression.name)
            case core.DateOf():
                return e.DateTerm(self._subject(expression.of, correlate))
            case core.ActorOf():
                return e.ActorsTerm(self._subject(expression.of, correlate))
            case core.Count():
                return e.CountTerm(self.pattern(expression.pattern, correlate), expression.inclusive, None)
            case core.Sum():
                pattern = self.pattern(expression.pattern, correlate)
                return e.CountTerm(pattern, expression.inclusive, expression.attribute)
            case core.Expiry():
                return ExpiryColumn(expression.norm, expression.extended)
            case core.Shift():
                base, amount = self.expression(expression.base, correlate), amount_of(expression.period)
                return e.ShiftTerm(base, amount, expression.backward, self._calendar)
            case core.BreachCount():
                raise BeyondError
            case _:
                assert_never(expression)

    def _subject(self, subject: core.Subject, correlate: tuple[str, ...]) -> e.Subject:
        match subject:
            case core.SelfEvent():
                return e.SelfSubject()
            case core.AnchorEvent():
                return e.AnchorSubject()
            case core.LastEvent():
                return e.LastSubject(self.pattern(subject.pattern, correlate))
            case core.NthEvent():
                return e.NthSubject(self.pattern(subject.pattern, correlate))
            case core.CaseSubject():
                raise ValueError("the case has neither date nor actors")
            case _:
                assert_never(subject)

    def _parts(
        self, parts: tuple[core.Condition, ...], correlate: tuple[str, ...], horizon: bool
    ) -> Iterator[Condition]:
        return (self.condition(part, correlate, horizon=horizon) for part in parts)

    def _compare(self, compare: core.Compare, correlate: tuple[str, ...]) -> Condition:
        op = compare.op

        def ask(left: object, right: object) -> int:
            return ground.CompareCondition(op, LiteralExpression(left), LiteralExpression(right)).truth(*_NOWHERE)

        sides = (self.expression(side, correlate) for side in (compare.left, compare.right))
        return c.ValueTerm(ask, *sides, op=op)

    def _member(self, member: core.Member, correlate: tuple[str, ...]) -> Condition:
        compiled = self._row.member(LiteralExpression(None), member.values)

        def ask(value: object) -> int:
            item = LiteralExpression(value)
            one = ground.MemberCondition(item, compiled.values, compiled.sure, compiled.maybe)
            return one.truth(*_NOWHERE)

        return c.ValueTerm(ask, self.expression(member.item, correlate))

    def _inside(self, inside: core.Inside, correlate: tuple[str, ...]) -> Condition:
        opening, closing = (
            None if pattern is None else self.pattern(pattern, correlate) for pattern in (inside.after, inside.before)
        )
        if opening is not None and closing is not None:
            return c.InsideTerm(opening, closing)
        if opening is not None:
            return c.OccurredBefore(opening, last=True)
        if closing is not None:
            return c.NeverBefore(c.OccurredBefore(closing))
        return c.ConstantTerm(True)


_NOWHERE: Any = (None, None)
"""Literals are read nowhere."""


def _contains(whole: object, item: object) -> int:
    return ground.ContainsCondition(LiteralExpression(whole), LiteralExpression(item)).truth(*_NOWHERE)


def _same(left: object, right: object) -> int:
    return ground.SameCondition(LiteralExpression(left), LiteralExpression(right)).truth(*_NOWHERE)


def _present(value: object) -> int:
    return ground.PresentCondition(LiteralExpression(value)).truth(*_NOWHERE)
