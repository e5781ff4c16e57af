"""The public verbs of fixtures: run them, choose among them, measure what they try."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from checker.calendars.calendar import Calendar
from checker.calendars.shipped import shipped_calendar
from checker.cases.problems import BadCase, Refusal, unread
from checker.counts import ArchiveOutcome, run_archives
from checker.engines.run import evaluate, prepare
from checker.explain.context import Reason, context_of
from checker.explain.findings import reasons_of
from checker.model.case import Fixture
from checker.model.finding import Finding
from checker.model.norm import RuleSet
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from checker.drafting.coverage.watching import Version, Watcher
    from checker.drafting.fixtures import Comparison
    from checker.drafting.gaps import Standing
    from checker.engines.ground.program import Program
    from checker.model.finding import Verdict


class FixtureOutcome(NamedTuple):
    """One fixture run. ``comparison`` and ``standing`` None: it could not be read, and ``bad`` says why."""

    fixture: Fixture | None
    bad: BadCase | None
    comparison: "Comparison | None"
    findings: tuple[Finding, ...] = ()
    reasons: tuple[tuple[Reason, ...], ...] = ()
    """Parallel to the findings; empty where nobody asked for them."""
    standing: "Standing | None" = None

    @property
    def passed(self) -> bool:
        """Read, and as expected."""
        return self.comparison is not None and self.comparison.passed

    @property
    def is_fine(self) -> bool:
        """As expected, or a known gap whose time is not up."""
        return self.standing is not None and self.standing.is_fine


class FixtureRun(NamedTuple):
    """The fixtures of some paths against one rule set.

    ``uncovered`` are norms that no fixture expects anything of, ``unexpected`` indicators of which no archive does.
    ``left_out`` counts fixtures that were not chosen, ``skipped`` names files of no format that was asked for.
    """

    rules: RuleSet
    outcomes: tuple[FixtureOutcome, ...]
    uncovered: tuple[str, ...]
    archives: tuple[ArchiveOutcome, ...] = ()
    unexpected: tuple[str, ...] = ()
    left_out: int = 0
    skipped: tuple[str, ...] = ()


class Choice(NamedTuple):
    """Which fixtures to run: those with ``text`` in the case's id, that expect something of one of the ``norms``."""

    text: str = ""
    norms: frozenset[str] = frozenset()

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not self.text and not self.norms

    def takes(self, fixture: Fixture) -> bool:
        """Whether the fixture is to be run."""
        named = not self.norms or any(one.norm in self.norms for one in fixture.expect)
        return named and self.text in fixture.case.id


EVERY = Choice()


def run_fixtures(
    rules: RuleSet,
    paths: Iterable[str],
    calendar: Calendar | None = None,
    explained: bool = False,
    *,
    choice: Choice = EVERY,
    today: dt.date | None = None,
    watcher: "Watcher | None" = None,
) -> FixtureRun:
    """Run the chosen fixtures under the paths with the row evaluator, each at its own date.

    Findings are explained where a fixture fails, and all of them if so asked. Gaps (待办) expire by ``today``.
    Fixtures that pass show the ``watcher`` what they try. Archives are run only where all is chosen.
    """
    from checker.cases.expectations import split_paths
    from checker.cases.fixtures import passed_over
    from checker.drafting.fixtures import uncovered

    chosen = calendar or shipped_calendar()
    program = prepare(rules, chosen)
    given = tuple(paths)
    split = split_paths(given)
    ids = tuple(norm.id for norm in rules.norms)
    items = list(_items(split.singles, rules.vocabulary))
    wanted = [item for item in items if not isinstance(item, Fixture) or choice.takes(item)]
    outcomes = []
    for item in wanted:
        outcome = _outcome(program, item, frozenset(ids), today)
        if watcher is not None and outcome.fixture is not None and outcome.passed:
            watcher.watch(outcome.fixture, _asserted(outcome))
        outcomes.append(outcome if outcome.passed and not explained else _explained(rules, chosen, program, outcome))
    read = [item for item in items if isinstance(item, Fixture)]
    archives = run_archives(rules, split.archives if choice.is_all else (), chosen)
    left_out = len(items) - len(wanted)
    return FixtureRun(rules, tuple(outcomes), uncovered(read, ids), *archives, left_out, passed_over(given))


def _items(paths: Sequence[str], vocabulary: Vocabulary) -> Iterator[Fixture | BadCase]:
    """What the paths hold; a path that holds nothing is no green run."""
    from checker.cases.fixtures import read_fixtures

    for path in paths:
        found = 0
        for item in read_fixtures(path, vocabulary):
            found += 1
            yield item
        if not found:
            yield unread(Refusal("no-fixtures", f"「{path}」里没有用例", help="核对路径"), Place(file=path))


def _outcome(program: "Program", item: Fixture | BadCase, ids: frozenset[str], today: dt.date | None) -> FixtureOutcome:
    from checker.drafting.fixtures import compare
    from checker.drafting.gaps import standing_of

    if isinstance(item, BadCase):
        return FixtureOutcome(None, item, None)
    findings = evaluate(program, item.case, item.as_of).findings
    comparison = compare(item, ids, findings)
    return FixtureOutcome(item, None, comparison, findings, standing=standing_of(item, comparison, today))


def _asserted(outcome: FixtureOutcome) -> "Iterator[tuple[Version, Verdict]]":
    """The verdicts that the fixture names, each with the norm it was found of."""
    from checker.drafting.fixtures import matching

    assert outcome.fixture is not None
    for expected, found in matching(outcome.fixture.expect, outcome.findings).items():
        if "verdict" in outcome.fixture.expect[expected].values:
            finding = outcome.findings[found]
            yield (finding.norm, finding.version), finding.verdict


def _explained(rules: RuleSet, calendar: Calendar, program: "Program", outcome: FixtureOutcome) -> FixtureOutcome:
    fixture = outcome.fixture
    if fixture is None:
        return outcome
    found = evaluate(program, fixture.case, fixture.as_of)
    context = context_of(rules, calendar, fixture.case, fixture.as_of, found.instances)
    reasons = tuple(reasons_of(context, i, f) for i, f in zip(found.instances, found.findings, strict=True))
    return outcome._replace(reasons=reasons)
