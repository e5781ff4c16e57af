"""What did not pass in a run of fixtures, as diagnostics at the line of the fixture: for annotations, not people."""

from collections.abc import Iterator

from checker.api import FixtureOutcome, FixtureRun
from checker.cli.fixture_report import difference_text
from checker.counts import ArchiveOutcome
from checker.drafting.archives import FigureMiss
from checker.drafting.fixtures import Miss
from checker.model.diagnostic import Diagnostic
from checker.model.finding import VERDICT_NAMES
from checker.model.norm import RuleSet


def failures(run: FixtureRun) -> Iterator[Diagnostic]:
    """One for each expectation that is not met, each violation nobody expects, and each norm without a fixture."""
    for outcome in run.outcomes:
        if outcome.fixture is not None and not outcome.is_fine:
            yield from _failing(outcome)
    for archive in run.archives:
        if archive.expectation is not None and not archive.passed:
            yield from _archive(archive)
    yield from _bare(run.rules, run)


def _failing(outcome: FixtureOutcome) -> Iterator[Diagnostic]:
    fixture, comparison = outcome.fixture, outcome.comparison
    assert fixture is not None
    assert comparison is not None
    for miss in comparison.misses:
        message = f"案件「{fixture.case.id}」：{_missed(miss)}。"
        yield Diagnostic(code="fixture-failed", message=message, at=miss.expectation.place or fixture.case.place)
    for found in (outcome.findings[i] for i in comparison.unexpected):
        verdict = VERDICT_NAMES[found.verdict]
        message = (
            f"案件「{fixture.case.id}」：没有期望「{found.norm}」在 {found.anchor} 处的结论，实际为「{verdict}」。"
        )
        yield Diagnostic(code="fixture-failed", message=message, at=fixture.case.place)


def _missed(miss: Miss) -> str:
    norm = miss.expectation.norm
    if not miss.known:
        return f"受测的规则包里没有规范「{norm}」"
    if miss.finding is None:
        return f"期望「{norm}」有结论，实际没有"
    return f"「{norm}」与期望不同：{'；'.join(map(difference_text, miss.differences))}"


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
