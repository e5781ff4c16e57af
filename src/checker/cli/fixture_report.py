"""What ``checker test`` prints: each fixture that fails, with the place, what differs and how it came about."""

from collections import Counter
from collections.abc import Iterator, Sequence

from checker.api import FixtureOutcome, FixtureRun
from checker.drafting.failures import difference_text
from checker.drafting.fixtures import Miss
from checker.drafting.gaps import Standing
from checker.explain.context import Reason
from checker.model.finding import VERDICT_NAMES, Finding
from checker.model.place import Place
from checker.reports.colours import BOLD, colour_of, painted
from checker.reports.content import CaseReport, Shown
from checker.reports.formats.text import Text
from checker.reports.layout import pad, wrap


def run_lines(run: FixtureRun, colour: bool) -> Iterator[str]:
    """The failing fixtures of one rule set, the known gaps, then the norms without any."""
    for outcome in run.outcomes:
        if outcome.standing is Standing.CLOSED:
            yield from _closed(outcome, colour)
        elif outcome.fixture is not None and not outcome.is_fine:
            yield from _failing(outcome, colour)
    for outcome in run.outcomes:
        if outcome.standing is Standing.GAP:
            yield from _gap(outcome)
    for norm in run.uncovered:
        yield from wrap(f"规范「{norm}」没有用例：没有一个用例的期望写到它。", rest="  ")


def shown_lines(run: FixtureRun, colour: bool) -> Iterator[str]:
    """Every fixture as a report would show it, each at its own date."""
    text = Text(colour)
    for outcome in run.outcomes:
        fixture = outcome.fixture
        if fixture is None or len(outcome.reasons) != len(outcome.findings):
            continue
        norms = {(norm.id, norm.version): norm for norm in run.rules.norms}
        pairs = zip(outcome.findings, outcome.reasons, strict=True)
        shown = tuple(Shown(found, norms[found.norm, found.version], reasons) for found, reasons in pairs)
        verdicts = Counter(found.verdict for found in outcome.findings)
        yield from text.case(CaseReport(fixture.case, shown, verdicts))
        yield from wrap(f"截至 {fixture.as_of}；{'符合期望' if outcome.passed else '与期望不同'}", "  ", "  ")


def total_lines(runs: Sequence[FixtureRun], stale: int = 0, whole: bool = True) -> Iterator[str]:
    """The sums; ``stale`` counts what does not hold between norms and texts; unless ``whole`` no fixture is missed."""
    outcomes = [outcome for run in runs for outcome in run.outcomes]
    counts = Counter(outcome.standing for outcome in outcomes)
    passed, gaps, unread = counts[Standing.PASSED], counts[Standing.GAP], counts[None]
    failed = len(outcomes) - passed - gaps - unread
    left_out = sum(run.left_out for run in runs)
    norms = len({norm.id for run in runs for norm in run.rules.norms})
    bare = len({norm for run in runs for norm in run.uncovered})
    yield from wrap(
        f"用例 {len(outcomes)}个：通过 {passed}，没有通过 {failed}，{f'待办 {gaps}，' if gaps else ''}读不了 {unread}；"
        f"{f'没有选中 {left_out}；' if left_out else ''}规范 {norms}条"
        f"{f'：有用例 {norms - bare}，没有用例 {bare}' if whole else '，只运行一部分，没有查各条有没有用例'}。"
    )
    if stale:
        yield from wrap(f"条文与规范之间有 {stale}处须改正或者重新核对。")


def _failing(outcome: FixtureOutcome, colour: bool) -> Iterator[str]:
    fixture, comparison = outcome.fixture, outcome.comparison
    assert fixture is not None
    assert comparison is not None
    yield from _head(
        f"没有通过：案件「{fixture.case.id}」（{_where(fixture.case.place)}），截至 {fixture.as_of}", colour
    )
    if outcome.standing is Standing.EXPIRED and fixture.todo is not None:
        yield from wrap(f"待办已于 {fixture.todo.until} 到期：{fixture.todo.reason}", "  ", "    ")
    for miss in comparison.misses:
        yield from _miss(miss, outcome, colour)
    for i in comparison.unexpected:
        found = outcome.findings[i]
        text = f"{_where(fixture.case.place)}：没有期望「{found.norm}」在 {found.anchor} 处的结论，实际为"
        yield from wrap(f"{text}「{VERDICT_NAMES[found.verdict]}」", "  ", "    ")
        yield from _because(outcome, i, colour)
    yield ""


def _closed(outcome: FixtureOutcome, colour: bool) -> Iterator[str]:
    """A known gap that is none any more."""
    assert outcome.fixture is not None
    assert outcome.fixture.todo is not None
    fixture, todo = outcome.fixture, outcome.fixture.todo
    where = _where(fixture.case.place)
    yield from _head(f"待办已经通过：案件「{fixture.case.id}」（{where}），标记应当删去（{todo.reason}）", colour)
    yield ""


def _gap(outcome: FixtureOutcome) -> Iterator[str]:
    assert outcome.fixture is not None
    assert outcome.fixture.todo is not None
    fixture, todo = outcome.fixture, outcome.fixture.todo
    where = _where(fixture.case.place)
    yield from wrap(f"待办：案件「{fixture.case.id}」（{where}），可以不通过至 {todo.until}：{todo.reason}", rest="  ")


def _head(text: str, colour: bool) -> Iterator[str]:
    yield from painted(wrap(text, rest="  "), f"{BOLD};31" if colour else BOLD, colour)


def _miss(miss: Miss, outcome: FixtureOutcome, colour: bool) -> Iterator[str]:
    norm, place = miss.expectation.norm, _where(miss.expectation.place)
    if not miss.known:
        yield from wrap(f"{place}：受测的规则包里没有规范「{norm}」", "  ", "    ")
        return
    if miss.finding is None:
        yield from wrap(f"{place}：期望「{norm}」有结论，实际没有（没有触发，或者已与别的期望相配）", "  ", "    ")
        return
    yield from wrap(f"{place}：「{norm}」与期望不同", "  ", "    ")
    for difference in miss.differences:
        yield from wrap(difference_text(difference), "    ", "      ")
    yield from _because(outcome, miss.finding, colour)


def _because(outcome: FixtureOutcome, i: int, colour: bool) -> Iterator[str]:
    finding: Finding = outcome.findings[i]
    title = wrap(f"实际结论「{VERDICT_NAMES[finding.verdict]}」（{finding.anchor}）这样得出：", "    ", "      ")
    yield from painted(title, colour_of(finding.verdict), colour)
    reasons: tuple[Reason, ...] = outcome.reasons[i]
    for topic, text in reasons:
        yield from wrap(text, "      " + pad(str(topic), 6), " " * 12)


def _where(place: Place | None) -> str:
    if place is None:
        return "用例"
    if place.sheet is not None:
        cell = f"单元格 {place.cell}" if place.cell is not None else ""
        return f"{place.file} 表「{place.sheet}」{cell}"
    return place.file if place.line is None else f"{place.file}:{place.line}"
