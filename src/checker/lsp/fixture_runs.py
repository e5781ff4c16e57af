"""Code lens: how many fixtures speak of a norm, and what running them shows."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from checker.api import FixtureOutcome, run_fixtures
from checker.calendars.calendar import Calendar
from checker.drafting.failures import failures_of
from checker.language.symbols import Kind
from checker.lsp.fixture_names import FixtureText, expected_norms
from checker.lsp.view import View
from checker.model.diagnostic import Diagnostic
from checker.model.place import Span


class Lens(NamedTuple):
    """A line over a norm: its id, how many fixtures expect something of it, and where its title stands."""

    norm: str
    fixtures: int
    span: Span


class Ran(NamedTuple):
    """What came of running the fixtures of a norm: one sentence, and for each file run what did not pass."""

    message: str
    passed: bool
    problems: dict[str, tuple[Diagnostic, ...]]


def lenses(view: View, file: str, fixtures: Iterable[FixtureText]) -> tuple[Lens, ...]:
    """One for each norm of a file."""
    counts = Counter(norm for fixture in fixtures for named in expected_norms(fixture) for norm in named)
    titles = [one for one in view.names if one.declares and one.span.file == file and one.symbol.kind is Kind.NORM]
    return tuple(Lens(one.symbol.name, counts[one.symbol.name], one.span) for one in titles)


def run_norm(view: View, norm: str, folder: str | None, calendar: Calendar) -> Ran:
    """Run the fixtures that name a norm against the rules as they stand in the editor."""
    if view.rules is None:
        return Ran("规则还有错误，没有运行用例。", passed=False, problems={})
    if folder is None:
        return Ran(f"「{norm}」没有用例：规则旁边没有用例的文件夹。", passed=False, problems={})
    outcomes = run_fixtures(view.rules, (folder,), calendar).outcomes
    chosen = [outcome for outcome in outcomes if _speaks_of(outcome, norm)]
    bad = [outcome for outcome in outcomes if outcome.bad is not None]
    problems: dict[str, list[Diagnostic]] = {}
    for outcome in (*chosen, *bad):
        for name in _files(outcome):
            problems.setdefault(name, [])
        for one in _problems(outcome):
            if one.at is not None:
                problems.setdefault(_full(one.at.file), []).append(one)
    failed = sum(not outcome.is_fine for outcome in chosen)
    unread = f"；另有 {len(bad)}个用例读不了" if bad else ""
    if not chosen:
        return Ran(f"「{norm}」没有用例{unread}。", False, {name: tuple(found) for name, found in problems.items()})
    message = f"「{norm}」的用例 {len(chosen)}个：通过 {len(chosen) - failed}，没有通过 {failed}{unread}。"
    return Ran(message, not failed and not bad, {name: tuple(found) for name, found in problems.items()})


def _speaks_of(outcome: FixtureOutcome, norm: str) -> bool:
    return outcome.fixture is not None and any(one.norm == norm for one in outcome.fixture.expect)


def _files(outcome: FixtureOutcome) -> Iterable[str]:
    place = outcome.fixture.case.place if outcome.fixture is not None else None
    return (_full(place.file),) if place is not None else ()


def _full(file: str) -> str:
    return Path(file).absolute().as_posix()


def _problems(outcome: FixtureOutcome) -> Iterable[Diagnostic]:
    if outcome.bad is not None:
        return outcome.bad.diagnostics
    if outcome.fixture is None or outcome.comparison is None or outcome.is_fine:
        return ()
    return failures_of(outcome.fixture, outcome.comparison, outcome.findings)
