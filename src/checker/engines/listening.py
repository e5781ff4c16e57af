"""A program whose conditions tell what they come to, for measuring which of them a fixture has tried.

The ordinary program knows nothing of it: the conditions that the engine reads at the top of a norm are wrapped in a
copy. ``Lens`` compiles further parts of the norms, to be read by themselves in cases of that program.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, NamedTuple, TypeAlias

from checker.calendars.calendar import Calendar
from checker.engines.facts import Truth
from checker.engines.ground.building import Builder
from checker.engines.ground.clauses import Clauses
from checker.engines.ground.compiling import PatternCompiler
from checker.engines.ground.program import Program, Stratum, assembled
from checker.engines.ground.rules import Rule
from checker.engines.ground.scope import Condition, Scope
from checker.engines.ground.view import Seen
from checker.engines.ground.windows import WithinWindow
from checker.model.norm import Norm, RuleSet

APPLIES: Final = -2
REQUIREMENT: Final = -1


class Slot(NamedTuple):
    """A condition at the top of a norm.

    ``norm`` is a position, ``clause`` one in its exceptions, or ``APPLIES`` or ``REQUIREMENT``.
    """

    norm: int
    clause: int


Listener: TypeAlias = Callable[[Slot, Scope, Seen], None]
"""Told of each reading of a condition: where, in which scope (with its horizon as it stands), at which event."""


class Lens:
    """Parts of the norms of one rule set, compiled beside its program."""

    def __init__(self, rules: RuleSet, calendar: Calendar) -> None:
        """Compile the rule set."""
        self._builder = Builder(rules, calendar)
        self.program = assembled(self._builder, rules, calendar)

    def of(self, norm: Norm) -> PatternCompiler:
        """The compiler for what the norm says under its 同一."""
        return self._builder.under(norm.correlate)

    def plain(self) -> PatternCompiler:
        """The compiler for triggers and 适用于, which correlate with nothing."""
        return self._builder.under(())


class _Heard:
    """A condition that tells where it is read."""

    def __init__(self, condition: Condition, slot: Slot, listener: Listener) -> None:
        self._condition = condition
        self._slot = slot
        self._listener = listener
        self.missing = condition.missing
        self.support = condition.support

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """As the condition."""
        self._listener(self._slot, scope, at)
        return self._condition.truth(scope, at)


def listening(program: Program, listener: Listener) -> Program:
    """The same program, telling the listener of every condition it reads at the top of a norm."""
    rules = tuple(_heard(rule, listener) for rule in program.rules)
    strata = tuple(_stratum(stratum, rules) for stratum in program.strata)
    return replace(program, rules=rules, strata=strata)


def _stratum(stratum: Stratum, rules: tuple[Rule, ...]) -> Stratum:
    return replace(stratum, rules=tuple(rules[rule.position] for rule in stratum.rules))


def _heard(rule: Rule, listener: Listener) -> Rule:
    def heard(condition: Condition | None, clause: int) -> Condition | None:
        return None if condition is None else _Heard(condition, Slot(rule.position, clause), listener)

    clauses = _clauses(rule.clauses, rule.position, listener)
    window = rule.window
    if isinstance(window, WithinWindow) and window.clauses.adjust:
        window = replace(window, clauses=clauses)
    return replace(
        rule,
        applies=heard(rule.applies, APPLIES),
        condition=heard(rule.condition, REQUIREMENT),
        clauses=clauses,
        window=window,
    )


def _clauses(clauses: Clauses, position: int, listener: Listener) -> Clauses:
    def heard(condition: Condition, clause: int) -> Condition:
        return _Heard(condition, Slot(position, clause), listener)

    return Clauses(
        defeats=tuple(replace(one, condition=heard(one.condition, one.clause)) for one in clauses.defeats),
        replaces=tuple(replace(one, condition=heard(one.condition, one.clause)) for one in clauses.replaces),
        no_rolls=tuple(replace(one, condition=heard(one.condition, one.clause)) for one in clauses.no_rolls),
        phase3=tuple(replace(one, condition=heard(one.condition, one.clause)) for one in clauses.phase3),
    )
