"""Norms to compiled rules."""

from collections.abc import Mapping
from typing import Any, assert_never

from checker.calendars.amount import amount_of
from checker.calendars.calendar import Calendar
from checker.engines.facts import Form
from checker.engines.ground import starts, windows
from checker.engines.ground.acts import Group
from checker.engines.ground.clauses import (
    Clauses,
    DefeatRule,
    ExcludeRule,
    ExtendRule,
    NoRollRule,
    Phase3,
    ReplaceRule,
    RestartRule,
)
from checker.engines.ground.compiling import Compiler, PatternCompiler
from checker.engines.ground.past import ExpiryExpression
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.periods import AttributeTerm, ChoiceTerm, ExpiryTerm, FixedTerm, PeriodTerm
from checker.engines.ground.precedes import PrecedeTerm
from checker.engines.ground.rules import Rule
from checker.engines.ground.scope import Condition
from checker.model import expressions
from checker.model import requirements as req
from checker.model.norm import Norm, OnEvent, RuleSet


class Builder:
    """Compiles the norms of one rule set."""

    def __init__(self, rules: RuleSet, calendar: Calendar) -> None:
        self._calendar = calendar
        self._compiler = Compiler(rules.vocabulary, calendar)
        self._plain = self._compiler.under(())
        self._closing = {pack.id: self._maybe(pack.closing) for pack in rules.packs}
        self._above = overriding(rules)
        self._applies: dict[str, Condition] = {}
        self._windows: dict[str, windows.WindowTerm] = {}

    def under(self, correlate: tuple[str, ...]) -> PatternCompiler:
        """A compiler for parts of a norm; what the program has compiled already is the same object again."""
        return self._compiler.under(correlate)

    def rule(self, position: int, norm: Norm) -> Rule:
        """One compiled norm."""
        compiler = self._compiler.under(norm.correlate)
        groups = _groups(compiler, norm.requirement)
        clauses = _clauses(compiler, norm)
        anchor = self._plain.pattern(norm.anchor.pattern) if isinstance(norm.anchor, OnEvent) else None
        first, last = norm.valid.first, norm.valid.last
        return Rule(
            position,
            norm,
            norm.id,
            anchor=anchor,
            clauses=clauses,
            pivot=self._maybe(norm.pivot),
            applies=None if norm.applies is None else self._applying(norm.applies),
            first=None if first is None else first.toordinal(),
            last=None if last is None else last.toordinal(),
            overridden_by=self._above.get(norm.id, ()),
            groups=groups,
            bearer=next((one.actor for group in groups for one in group if one.actor is not None), None),
            **self._required(compiler, norm, groups, clauses),
        )

    def _applying(self, condition: expressions.Condition) -> Condition:
        """The condition under which norms apply, one for all that say the same."""
        return self._applies.setdefault(repr(condition), self._plain.condition(condition))

    def _maybe(self, pattern: Any) -> Pattern | None:  # noqa: ANN401 - a pattern of the core or None
        return None if pattern is None else self._plain.pattern(pattern)

    def _required(
        self, compiler: PatternCompiler, norm: Norm, groups: tuple[Group, ...], clauses: Clauses
    ) -> Mapping[str, Any]:
        requirement = norm.requirement
        match requirement:
            case req.Occur():
                window = self._shared(compiler, norm, requirement.window, groups, clauses)
                return {"form": Form.WINDOW, **window, "one_to_one": requirement.one_to_one}
            case req.Deem():
                return {"form": Form.DEEM, **self._shared(compiler, norm, requirement.window, groups, clauses)}
            case req.Precede():
                lead = requirement.lead
                amount = amount_of() if lead.period is None else amount_of(lead.period)
                precede = PrecedeTerm(self._calendar, lead, amount)
                return {"form": Form.POINT, "precede": precede, "one_to_one": requirement.one_to_one}
            case req.Hold():
                return {"form": Form.POINT, "condition": compiler.condition(requirement.condition)}
            case req.Contain():
                return {"form": Form.POINT, "parts": requirement.parts}
            case req.Review():
                return {"form": Form.REVIEW}
            case _:
                assert_never(requirement)

    def _shared(
        self, compiler: PatternCompiler, norm: Norm, window: req.Window, groups: tuple[Group, ...], clauses: Clauses
    ) -> Mapping[str, Any]:
        """The window; where no clause of the norm adjusts it, one for all norms that say and count the same."""
        if clauses.adjust:
            return {"window": self._window(compiler, norm, window, groups, clauses)}
        said = repr((window, norm.correlate, norm.counting, norm.pack if isinstance(window, req.UntilClose) else ""))
        if said not in self._windows:
            self._windows[said] = self._window(compiler, norm, window, (), Clauses())
        return {"window": self._windows[said], "shares_window": True}

    def _window(
        self, compiler: PatternCompiler, norm: Norm, window: req.Window, groups: tuple[Group, ...], clauses: Clauses
    ) -> windows.WindowTerm:
        match window:
            case req.Within():
                return windows.WithinWindow(
                    self._calendar, norm.counting, _start(compiler, window.start), _period(compiler, window.period),
                    clauses, groups,
                )  # fmt: skip
            case req.UntilClose():
                return windows.UntilCloseWindow(self._closing.get(norm.pack))
            case req.By():
                return windows.ByWindow(compiler.expression(window.limit))
            case req.During():
                return windows.DuringWindow(compiler.expression(window.first), compiler.expression(window.last))
            case req.InPeriod():
                return windows.PeriodWindow()
            case _:
                assert_never(window)


def overriding(rules: RuleSet) -> dict[str, tuple[str, ...]]:
    """For each norm the ids of all norms that take precedence over it, transitively, in norm order [R8]."""
    below: dict[str, set[str]] = {}
    for norm in rules.norms:
        below.setdefault(norm.id, set()).update(override.norm for override in norm.overrides)
    above: dict[str, tuple[str, ...]] = {}
    for name in below:
        for lower in _reached(below, name):
            above[lower] = (*above.get(lower, ()), name)
    return above


def _reached(below: Mapping[str, set[str]], name: str) -> set[str]:
    found: set[str] = set()
    waiting = list(below[name])
    while waiting:
        lower = waiting.pop()
        if lower not in found:
            found.add(lower)
            waiting.extend(below.get(lower, ()))
    return found - {name}


def _groups(compiler: PatternCompiler, requirement: req.Requirement) -> tuple[Group, ...]:
    match requirement:
        case req.Occur() | req.Precede():
            return tuple(compiler.patterns(group) for group in requirement.groups)
        case req.Deem():
            return (compiler.patterns(requirement.unless),)
        case _:
            return ()


def _start(compiler: PatternCompiler, start: req.Start) -> starts.StartTerm:
    match start:
        case req.AtAnchor():
            return starts.AnchorStart()
        case req.AtFirst():
            return starts.FirstStart(compiler.pattern(start.pattern))
        case req.AtDate():
            return starts.DateStart(compiler.expression(start.attribute))
        case req.AtPeriodEnd():
            return starts.PeriodEndStart()
        case _:
            assert_never(start)


def _period(compiler: PatternCompiler, period: req.PeriodExpr) -> PeriodTerm:
    match period:
        case req.Fixed():
            return FixedTerm(period, period.period)
        case req.FromAttribute():
            return AttributeTerm(period, compiler.expression(period.attribute))
        case req.Earlier() | req.Later():
            options = tuple(_period(compiler, option) for option in period.of)
            return ChoiceTerm(options, earliest=isinstance(period, req.Earlier))
        case req.UntilExpiry():
            return ExpiryTerm(period, ExpiryExpression(period.norm, period.extended))
        case _:
            assert_never(period)


def _clauses(compiler: PatternCompiler, norm: Norm) -> Clauses:
    defeats: list[DefeatRule] = []
    replaces: list[ReplaceRule] = []
    no_rolls: list[NoRollRule] = []
    phase3: list[Phase3] = []
    for number, clause in enumerate(norm.exceptions):
        match clause:
            case req.Defeat():
                defeats.append(DefeatRule(number, clause, _at_top(compiler, clause.when, clause.unless)))
            case req.Replace():
                condition = _at_top(compiler, clause.when, clause.unless)
                replaces.append(ReplaceRule(number, clause, condition, _period(compiler, clause.period)))
            case req.NoRoll():
                no_rolls.append(NoRollRule(number, clause, _at_top(compiler, clause.when, clause.unless)))
            case req.Extend() | req.Exclude() | req.Restart():
                phase3.append(_adjustment(compiler, number, clause))
            case _:
                assert_never(clause)
    return Clauses(tuple(defeats), tuple(replaces), tuple(no_rolls), tuple(phase3))


def _at_top(compiler: PatternCompiler, when: Any, unless: Any) -> Condition:  # noqa: ANN401 - conditions or None
    return compiler.effective(when, unless, horizon=True)


def _adjustment(compiler: PatternCompiler, number: int, clause: req.Extend | req.Exclude | req.Restart) -> Phase3:
    match clause:
        case req.Extend():
            return ExtendRule(
                number,
                clause,
                None if clause.grant is None else compiler.pattern(clause.grant),
                compiler.effective(clause.when, clause.unless, horizon=clause.grant is None),
                _period(compiler, clause.period),
                clause.total,
            )
        case req.Exclude():
            return ExcludeRule(
                number,
                clause,
                compiler.pattern(clause.start),
                None if clause.end is None else compiler.pattern(clause.end),
                None if clause.length is None else _period(compiler, clause.length),
                compiler.effective(None, clause.unless, horizon=False),
                None if clause.cap is None else amount_of(clause.cap),
            )
        case req.Restart():
            return RestartRule(
                number,
                clause,
                compiler.pattern(clause.at),
                None if clause.origin is None else compiler.pattern(clause.origin),
                compiler.effective(None, clause.unless, horizon=False),
            )
