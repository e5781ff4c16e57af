"""What ``checker test`` prints of archives: each figure that is not as expected, and indicators nobody expects."""

from collections.abc import Iterator, Sequence

from checker.api import FixtureRun
from checker.counts import ArchiveOutcome
from checker.drafting.archives import FigureMiss
from checker.model.place import Place
from checker.reports.colours import BOLD, painted
from checker.reports.layout import wrap

_KEYS = {
    "total": "合计",
    "undecided": "资料不足",
    "base": "分母",
    "base_undecided": "分母资料不足",
    "uncovered": "未涵盖",
}


def archive_lines(run: FixtureRun, colour: bool) -> Iterator[str]:
    """The archives of one rule set whose figures differ, then the indicators without any expectation."""
    for outcome in run.archives:
        if outcome.expectation is not None and outcome.misses:
            yield from _failing(outcome, colour)
    for indicator in run.unexpected:
        yield from wrap(f"指标「{indicator}」没有用例：没有一份档案的期望写到它。", rest="  ")


def archive_totals(runs: Sequence[FixtureRun]) -> Iterator[str]:
    """The sums; nothing where nobody counts."""
    archives = [outcome for run in runs for outcome in run.archives]
    indicators = len({one.id for run in runs for one in run.rules.indicators})
    if not archives and not indicators:
        return
    passed = sum(outcome.passed for outcome in archives)
    unread = sum(bool(outcome.bad) for outcome in archives)
    bare = len({one for run in runs for one in run.unexpected})
    yield from wrap(
        f"档案 {len(archives)}份：通过 {passed}，没有通过 {len(archives) - passed - unread}，读不了 {unread}；"
        f"指标 {indicators}项：有用例 {indicators - bare}，没有用例 {bare}。"
    )


def _failing(outcome: ArchiveOutcome, colour: bool) -> Iterator[str]:
    expectation = outcome.expectation
    assert expectation is not None
    named = "」「".join(expectation.paths)
    head = f"没有通过：档案「{named}」（{_where(expectation.place)}），截至 {expectation.as_of}"
    yield from painted(wrap(head, rest="  "), f"{BOLD};31" if colour else BOLD, colour)
    for miss in outcome.misses:
        yield from _miss(miss)
    yield ""


def _miss(miss: FigureMiss) -> Iterator[str]:
    indicator, place = miss.expectation.indicator, _where(miss.expectation.place)
    if not miss.known:
        yield from wrap(f"{place}：受测的规则包里没有指标「{indicator}」", "  ", "    ")
        return
    yield from wrap(f"{place}：「{indicator}」与期望不同", "  ", "    ")
    for off in miss.off:
        key = _KEYS.get(off.key, off.key)
        yield from wrap(f"{key} 期望 {off.expected}，实际 {off.actual or '没有'}", "    ", "      ")


def _where(place: Place | None) -> str:
    if place is None:
        return "期望"
    return place.file if place.line is None else f"{place.file}:{place.line}"
