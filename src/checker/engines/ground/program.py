"""A rule set compiled: strata of rules, each found by what can open it."""

from collections.abc import Mapping
from dataclasses import dataclass

from checker.calendars.calendar import Calendar
from checker.engines.ground.building import Builder
from checker.engines.ground.rules import Rule
from checker.engines.ground.view import View
from checker.model.norm import OnBreach, OnEvent, OnExpiry, RuleSet


@dataclass(slots=True, frozen=True)
class Stratum:
    """Rules that depend only on earlier strata.

    ``rules`` stand in the order of evaluation (priority first, then position). ``by_act`` and ``by_norm`` give the
    places in it of those that an act, or a norm decided before, can open; ``always`` those of 每 norms.
    """

    rules: tuple[Rule, ...]
    by_act: Mapping[str, tuple[int, ...]]
    by_norm: Mapping[str, tuple[int, ...]]
    always: tuple[int, ...]

    def triggered(self, view: View) -> list[Rule]:
        """The rules that may have an anchor in the case."""
        places = set(self.always)
        for act, found in self.by_act.items():
            if act in view.by_act:
                places.update(found)
        for norm, found in self.by_norm.items():
            if norm in view.past:
                places.update(found)
        return [self.rules[place] for place in sorted(places)]


@dataclass(slots=True, frozen=True)
class Program:
    """A rule set ready for evaluation; ``rules`` by position."""

    source: RuleSet
    calendar: Calendar
    rules: tuple[Rule, ...]
    strata: tuple[Stratum, ...]


def compile_program(rules: RuleSet, calendar: Calendar) -> Program:
    """Compile every norm once, and index the strata."""
    return assembled(Builder(rules, calendar), rules, calendar)


def assembled(builder: Builder, rules: RuleSet, calendar: Calendar) -> Program:
    """The program of a rule set, compiled by a builder that can be asked for more afterwards."""
    compiled = tuple(builder.rule(position, norm) for position, norm in enumerate(rules.norms))
    strata = tuple(_stratum([compiled[position] for position in positions]) for positions in rules.strata)
    return Program(rules, calendar, compiled, strata)


def _stratum(rules: list[Rule]) -> Stratum:
    # A norm overridden by k others stands below all of them, and each of those has fewer above it.
    rules.sort(key=lambda rule: (len(rule.overridden_by), rule.position))
    by_act: dict[str, list[int]] = {}
    by_norm: dict[str, list[int]] = {}
    always = []
    for place, rule in enumerate(rules):
        match rule.norm.anchor:
            case OnEvent(pattern=pattern):
                for act in pattern.acts:
                    by_act.setdefault(act, []).append(place)
            case OnBreach(norm=norm) | OnExpiry(norm=norm):
                by_norm.setdefault(norm, []).append(place)
            case _:
                always.append(place)
    return Stratum(tuple(rules), _frozen(by_act), _frozen(by_norm), tuple(always))


def _frozen(index: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(places) for key, places in index.items()}
