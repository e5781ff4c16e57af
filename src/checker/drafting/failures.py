"""What did not pass in a fixture, as diagnostics at its lines: for annotations and editors."""

import datetime as dt
from collections.abc import Iterator, Sequence

from checker.drafting.fixtures import Comparison, Difference, Miss
from checker.explain.values import moment_text
from checker.model.case import Fixture
from checker.model.diagnostic import Diagnostic
from checker.model.finding import VERDICT_NAMES, Finding, Verdict


def failures_of(fixture: Fixture, comparison: Comparison, findings: Sequence[Finding]) -> Iterator[Diagnostic]:
    """One for each expectation that is not met, and for each violation that nobody expects; one for a closed gap."""
    if fixture.todo is not None and comparison.passed:
        message = f"案件「{fixture.case.id}」：待办已经通过，标记应当删去。"
        yield Diagnostic(code="gap-closed", message=message, at=fixture.case.place)
    for miss in comparison.misses:
        message = f"案件「{fixture.case.id}」：{_missed(miss)}。"
        yield Diagnostic(code="fixture-failed", message=message, at=miss.expectation.place or fixture.case.place)
    for found in (findings[i] for i in comparison.unexpected):
        verdict = VERDICT_NAMES[found.verdict]
        where = f"没有期望「{found.norm}」在 {found.anchor} 处的结论"
        message = f"案件「{fixture.case.id}」：{where}，实际为「{verdict}」。"
        yield Diagnostic(code="fixture-failed", message=message, at=fixture.case.place)


def _missed(miss: Miss) -> str:
    norm = miss.expectation.norm
    if not miss.known:
        return f"受测的规则包里没有规范「{norm}」"
    if miss.finding is None:
        return f"期望「{norm}」有结论，实际没有"
    return f"「{norm}」与期望不同：{'；'.join(map(difference_text, miss.differences))}"


def difference_text(difference: Difference) -> str:
    """What was expected of a key, and what is."""
    return f"{difference.key} 期望 {_shown(difference.expected)}，实际 {_shown(difference.actual)}"


def _shown(value: object) -> str:
    if value is None:
        return "无"
    if isinstance(value, Verdict):
        return f"{value.value}（{VERDICT_NAMES[value]}）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.date):
        return moment_text(value)
    return "、".join(map(str, value)) or "（空）" if isinstance(value, tuple) else str(value)
