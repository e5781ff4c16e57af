"""What did not pass in a run of fixtures, as diagnostics at the line of the fixture: for annotations, not people."""

from collections.abc import Iterator

from checker.api import FixtureRun
from checker.counts import ArchiveOutcome
from checker.drafting.archives import FigureMiss
from checker.drafting.failures import failures_of
from checker.model.diagnostic import Diagnostic
from checker.model.norm import RuleSet


def failures(run: FixtureRun) -> Iterator[Diagnostic]:
    """One for each expectation that is not met, each violation nobody expects, and each norm without a fixture."""
    for outcome in run.outcomes:
        if outcome.fixture is not None and outcome.comparison is not None and not outcome.is_fine:
            yield from failures_of(outcome.fixture, outcome.comparison, outcome.findings)
    for archive in run.archives:
        if archive.expectation is not None and not archive.passed:
            yield from _archive(archive)
    yield from _bare(run.rules, run)


def _archive(outcome: ArchiveOutcome) -> Iterator[Diagnostic]:
    for miss in outcome.misses:
        yield Diagnostic(code="figure-differs", message=f"{_off(miss)}。", at=miss.expectation.place)


def _off(miss: FigureMiss) -> str:
    indicator = miss.expectation.indicator
    if not miss.known:
        return f"受测的规则包里没有指标「{indicator}」"
    parts = (f"{off.key} 期望 {off.expected}，实际 {off.actual or '没有'}" for off in miss.off)
    return f"「{indicator}」与期望不同：{'；'.join(parts)}"


def _bare(rules: RuleSet, run: FixtureRun) -> Iterator[Diagnostic]:
    norms = {norm.id: norm.span for norm in rules.norms}
    indicators = {indicator.id: indicator.span for indicator in rules.indicators}
    for word, names, spans in (("规范", run.uncovered, norms), ("指标", run.unexpected, indicators)):
        for name in names:
            yield Diagnostic(code="no-fixture", message=f"{word}「{name}」没有用例。", at=spans.get(name))
