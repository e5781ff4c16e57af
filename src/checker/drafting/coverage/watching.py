"""Fixtures evaluated once more by a program that tells what it reads: which points of which norms they try."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from checker.calendars.calendar import Calendar
from checker.drafting.coverage.deriving import points_of
from checker.drafting.coverage.marks import marks_of
from checker.drafting.coverage.places import Atom, Inner, Places, places_of
from checker.drafting.coverage.points import Kind, Point
from checker.drafting.coverage.probes import Key, Probe
from checker.engines.facts import Truth
from checker.engines.ground.building import overriding
from checker.engines.ground.compiling import PatternCompiler
from checker.engines.ground.grounding import Grounded
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.scope import Scope
from checker.engines.ground.view import Seen, View
from checker.engines.listening import APPLIES, Lens, Slot, listening
from checker.engines.run import trace
from checker.model.case import Fixture
from checker.model.finding import Verdict
from checker.model.norm import Norm, RuleSet

Version: TypeAlias = tuple[str, str]
"""Id and version of a norm."""


class _Watched(NamedTuple):
    """A pattern with its probes."""

    inner: Inner
    pattern: Pattern
    probes: tuple[Probe, ...]


class _Plan(NamedTuple):
    """What to look at for one norm; ``seen`` grows."""

    points: tuple[Point, ...]
    tops: Mapping[int, tuple[Probe, ...]]
    opening: tuple[_Watched, ...]
    others: tuple[_Watched, ...]
    groups: tuple[tuple[tuple[str, Pattern], ...], ...]
    wanted: set[Key]
    seen: set[Key]


class Watcher:
    """Watches fixtures of one rule set; what they try is kept until ``results`` is asked."""

    def __init__(self, rules: RuleSet, calendar: Calendar) -> None:
        """Derive the points and compile what has to be read for them."""
        self._rules = rules
        lens = Lens(rules, calendar)
        above = overriding(rules)
        self._plans = [_planned(norm, rules, lens, overridden=norm.id in above) for norm in rules.norms]
        self._versions = {(norm.id, norm.version): position for position, norm in enumerate(rules.norms)}
        self._shared = _shared(rules.norms, self._plans)
        self._program = listening(lens.program, self._listen)

    def watch(self, fixture: Fixture, asserted: Iterable[tuple[Version, Verdict]]) -> None:
        """Note what a fixture tries; ``asserted`` are the verdicts that it expects, and got, by norm and version."""
        found = trace(self._program, fixture.case, fixture.as_of)
        for position, plan in enumerate(self._plans):
            self._opening(position, plan, found.view)
        for grounded in found.grounded:
            if grounded.instance.anchor.certain and not grounded.opening.blank:
                self._instance(grounded, found.view)
        for version, verdict in asserted:
            self._note(self._versions[version], (Kind.VERDICTS, verdict.value))

    def results(self) -> Iterator[tuple[Norm, tuple[Point, ...], frozenset[Key]]]:
        """Each norm with its points and those tried."""
        for norm, plan in zip(self._rules.norms, self._plans, strict=True):
            yield norm, plan.points, frozenset(plan.seen)

    def _note(self, position: int, key: Key) -> None:
        plan = self._plans[position]
        if key in plan.wanted:
            plan.wanted.discard(key)
            plan.seen.add(key)

    def _listen(self, slot: Slot, scope: Scope, at: Seen) -> None:
        for probe in self._plans[slot.norm].tops.get(slot.clause, ()):
            note = self._for_all(probe.atom, slot) if slot.clause == APPLIES else partial(self._note, slot.norm)
            probe.read(scope, at, note)

    def _for_all(self, atom: Atom, slot: Slot) -> Callable[[Key], None]:
        """A scope is mostly said once for a pack: tried for one of its norms, it is tried for all that share it."""

        def note(key: Key) -> None:
            for position, name in self._shared[self._rules.norms[slot.norm].pack, repr(atom.condition)]:
                self._note(position, (key[0], name + key[1].removeprefix(atom.key)))

        return note

    def _opening(self, position: int, plan: _Plan, view: View) -> None:
        """The pattern that opens instances, tried on every event of its acts, and those inside it, from there."""
        if not plan.opening or not plan.wanted:
            return
        anchor = plan.opening[0].pattern
        for seen in [seen for act in anchor.acts for seen in view.by_act.get(act, ())]:
            scope = Scope(view, seen, seen)
            self._read(position, plan.opening[0], scope, [seen])
            for watched in plan.opening[1:]:
                self._read(position, watched, scope, _events(view, watched.pattern))

    def _instance(self, grounded: Grounded, view: View) -> None:
        position = grounded.rule.position
        plan = self._plans[position]
        if not plan.wanted:
            return
        outcome = grounded.instance.outcome
        if outcome is not None and outcome.verdict is not None:
            for key in marks_of(grounded):
                self._note(position, key)
            for key in _chosen(grounded, plan, view):
                self._note(position, key)
        for watched in plan.others:
            self._read(position, watched, grounded.scope, _events(view, watched.pattern))

    def _read(self, position: int, watched: _Watched, scope: Scope, events: Iterable[Seen]) -> None:
        several = len(watched.inner.pattern.acts) > 1
        for seen in events:
            for probe in watched.probes:
                probe.read(scope, seen, lambda key: self._note(position, key))
            if several and watched.pattern.truth(scope, seen) is Truth.YES:
                self._note(position, (Kind.ALTERNATIVES, f"{watched.inner.key}-{seen.act}"))


def _shared(norms: Sequence[Norm], plans: Sequence[_Plan]) -> Mapping[tuple[str, str], list[tuple[int, str]]]:
    """For each condition of a scope, by pack and wording, the norms that have it and what it is called there."""
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for position, (norm, plan) in enumerate(zip(norms, plans, strict=True)):
        for probe in plan.tops.get(APPLIES, ()):
            found.setdefault((norm.pack, repr(probe.atom.condition)), []).append((position, probe.atom.key))
    return found


def _events(view: View, pattern: Pattern) -> list[Seen]:
    return [seen for act in pattern.acts for seen in view.by_act.get(act, ())]


def _chosen(grounded: Grounded, plan: _Plan, view: View) -> Iterator[Key]:
    """Which alternative of a group satisfied it."""
    for group, event in zip(plan.groups, grounded.instance.chosen, strict=False):
        seen = view.find(event.id) if event is not None else None
        if seen is not None:
            for key, pattern in group:
                if pattern.truth(grounded.scope, seen) is Truth.YES:
                    yield Kind.ALTERNATIVES, f"{key}-{seen.act}"


def _planned(norm: Norm, rules: RuleSet, lens: Lens, *, overridden: bool) -> _Plan:
    places = places_of(norm)
    points = points_of(norm, places, rules.vocabulary, overridden=overridden)
    own, plain = lens.of(norm), lens.plain()
    grouped = {inner.key for group in places.groups for inner in group}

    def watched(inner: Inner) -> _Watched:
        compiler = plain if inner.opens else own
        probes = (Probe(one, compiler.condition(one.condition), points, rules.vocabulary) for one in inner.atoms)
        return _Watched(inner, compiler.pattern(inner.pattern), tuple(probes))

    patterns = [watched(inner) for inner in places.inners]
    by_key = {one.inner.key: one.pattern for one in patterns}
    return _Plan(
        points,
        _tops(places, points, (own, plain), rules),
        tuple(one for one in patterns if one.inner.opens),
        tuple(_without_acts(one, grouped) for one in patterns if not one.inner.opens),
        tuple(tuple((inner.key, by_key[inner.key]) for inner in group) for group in places.groups),
        {(point.kind, point.key) for point in points},
        set(),
    )


def _without_acts(one: _Watched, grouped: set[str]) -> _Watched:
    """Of a group, only what was chosen counts as an alternative used."""
    if one.inner.key not in grouped:
        return one
    first = one.inner.pattern.model_copy(update={"acts": one.inner.pattern.acts[:1]})
    return one._replace(inner=one.inner._replace(pattern=first))


def _tops(
    places: Places, points: tuple[Point, ...], compilers: tuple[PatternCompiler, PatternCompiler], rules: RuleSet
) -> Mapping[int, tuple[Probe, ...]]:
    own, plain = compilers
    found: dict[int, tuple[Probe, ...]] = {}
    for top in places.tops:
        compiler = plain if top.clause == APPLIES else own
        probes = (
            Probe(one, compiler.condition(one.condition, horizon=top.horizon), points, rules.vocabulary)
            for one in top.atoms
        )
        found[top.clause] = (*found.get(top.clause, ()), *probes)
    return found
