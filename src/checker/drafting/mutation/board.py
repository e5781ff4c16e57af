"""A rule set with the fixtures that are run against it, and which of them can reach a norm."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from checker.drafting.fixtures import compare
from checker.drafting.seeking.candidates import Candidate
from checker.drafting.seeking.observing import Half
from checker.model.case import Fixture
from checker.model.dependencies import deemed_by, depends_on
from checker.model.finding import Finding
from checker.model.linking import downstream, limited
from checker.model.norm import Norm, OnEvent, OnPeriod, RuleSet


class Board(NamedTuple):
    """Fixtures that all pass against the rules."""

    rules: RuleSet
    fixtures: tuple[Fixture, ...]


class Stage(NamedTuple):
    """What has to be looked at for a change of some norms: these with all that wait for them, and their fixtures.

    ``rules`` are the norms that these need; ``places`` says where each norm of the whole stands in them.
    """

    rules: RuleSet
    ids: frozenset[str]
    places: Mapping[tuple[str, str], int]
    fixtures: tuple[Fixture, ...]


def stage(board: Board, changed: Collection[str]) -> Stage:
    """Sound: a fixture is left out only where no event opens an instance of a changed norm, however it is changed.

    A changed norm finds something else only where it has an instance, before or after; what waits for it likewise. No
    change adds an act to those that open an instance.
    """
    graph = depends_on(board.rules.norms, board.rules.packs)
    known = {norm.id for norm in board.rules.norms}
    ids = downstream(graph, [one for one in changed if one in known])
    core = limited(board.rules, ids)
    acts = opening_acts(board.rules, changed)
    reached = [one for one in board.fixtures if acts is None or any(e.act in acts for e in one.case.events)]
    reached.sort(key=lambda one: _distance(one, changed))
    cut = tuple(one.model_copy(update={"expect": tuple(e for e in one.expect if e.norm in ids)}) for one in reached)
    places = {(norm.id, norm.version): n for n, norm in enumerate(core.norms)}
    return Stage(core, ids, places, cut)


def _distance(fixture: Fixture, changed: Collection[str]) -> tuple[bool, int]:
    """Those that speak of the norm first, the short ones first."""
    return not any(one.norm in changed for one in fixture.expect), len(fixture.case.events)


def opening_acts(rules: RuleSet, ids: Collection[str]) -> frozenset[str] | None:
    """The acts without which none of the norms has an instance; None where some needs no event."""
    versions: dict[str, list[Norm]] = {}
    for norm in rules.norms:
        versions.setdefault(norm.id, []).append(norm)
    deemed = deemed_by(rules.norms)
    acts: set[str] = set()
    seen: set[str] = set()
    waiting = list(ids)
    while waiting:
        one = waiting.pop()
        for norm in versions.get(one, ()) if one not in seen else ():
            match norm.anchor:
                case OnEvent(pattern=pattern):
                    acts.update(pattern.acts)
                    waiting += [name for act in pattern.acts for name in deemed.get(act, ())]
                case OnPeriod():
                    return None
                case _:
                    waiting.append(norm.anchor.norm)
        seen.add(one)
    return frozenset(acts)


def passes(fixture: Fixture, ids: frozenset[str], findings: tuple[Finding, ...]) -> bool:
    """Whether the findings are what the fixture expects of these norms."""
    return compare(fixture, ids, findings).passed


def notices(fixture: Fixture, half: Half) -> bool:
    """Whether the fixture fails under these rules; so it does where they cannot be evaluated."""
    findings = half.findings(Candidate(fixture.case, fixture.as_of))
    return findings is None or not passes(fixture, half.ids, findings)
