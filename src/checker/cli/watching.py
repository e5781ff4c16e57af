"""What ``checker watch`` knows of one pack, and what it says of the difference to what it knew before."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.model.diagnostic import CheckerError, Diagnostic, Level

if TYPE_CHECKING:
    from checker.api import FixtureOutcome
    from checker.calendars.calendar import Calendar
    from checker.model.norm import RuleSet


class Seen(NamedTuple):
    """One pack as it was last looked at.

    ``faults`` are why it does not compile: the rest is then as it was when it last did. ``rules`` None: it never did.
    """

    faults: tuple[Diagnostic, ...] = ()
    rules: "RuleSet | None" = None
    hits: tuple[Diagnostic, ...] = ()
    outcomes: "tuple[FixtureOutcome, ...]" = ()
    bare: tuple[str, ...] = ()


def look(pack: str, fixtures: str | None, before: Seen, only: Collection[str], calendar: "Calendar") -> Seen:
    """Compile, lint, run the fixtures; with ``only`` no more than these fixture files, nothing else having changed."""
    from checker import api

    try:
        rules, warnings, report = api.lint([pack])
        paths = [path for path in only if Path(path).exists()] if only else [fixtures] if fixtures else []
        run = api.run_fixtures(rules, paths, calendar, today=dt.date.today())
    except CheckerError as error:
        return before._replace(faults=error.diagnostics)
    kept = [one for one in before.outcomes if only and place_of(one) not in only]
    outcomes = (*kept, *run.outcomes)
    return Seen((), rules, (*warnings, *report.hits), outcomes, _bare(rules, outcomes))


def _bare(rules: "RuleSet", outcomes: "tuple[FixtureOutcome, ...]") -> tuple[str, ...]:
    from checker.drafting.fixtures import uncovered

    read = [one.fixture for one in outcomes if one.fixture is not None]
    return uncovered(read, [norm.id for norm in rules.norms])


def place_of(outcome: "FixtureOutcome") -> str:
    """The file a fixture was read from."""
    if outcome.fixture is not None:
        return outcome.fixture.case.place.file if outcome.fixture.case.place is not None else ""
    at = outcome.bad.diagnostics[0].at if outcome.bad is not None and outcome.bad.diagnostics else None
    return at.file if at is not None else ""


def told(before: Seen, after: Seen, is_first: bool, coloured: bool) -> Iterator[str]:
    """What is new; at first everything but notes."""
    yield from _shown([one for one in after.faults if one not in before.faults])
    if after.faults:
        yield "规则有误，没有检查，也没有运行用例；改好以后接着看。"
        return
    if before.faults:
        yield "规则改好了。"
    if not is_first:
        yield from _changed_norms(before, after)
    yield from _hits(before, after, is_first)
    yield from _fixtures(before, after, coloured)
    yield from (f"规范「{norm}」没有用例。" for norm in after.bare if norm not in before.bare)
    yield _totals(after)


def _shown(found: Collection[Diagnostic]) -> Iterator[str]:
    from checker.cli.diagnostics import rendered, text_of

    for one in found:
        yield from rendered(one, text_of(one.at.file) if one.at is not None else "")


def _changed_norms(before: Seen, after: Seen) -> Iterator[str]:
    old, new = _meanings(before), _meanings(after)
    yield from (f"新增规范「{norm}」。" for norm in new if norm not in old)
    yield from (f"删去规范「{norm}」。" for norm in old if norm not in new)
    yield from (f"规范「{norm}」的意思改了。" for norm in new if norm in old and old[norm] != new[norm])


def _meanings(seen: Seen) -> Mapping[str, str]:
    from checker.drafting.normal import meaning_of

    found: dict[str, str] = {}
    for norm in seen.rules.norms if seen.rules is not None else ():
        found[norm.id] = found.get(norm.id, "") + repr(meaning_of(norm))
    return found


def _hits(before: Seen, after: Seen, is_first: bool) -> Iterator[str]:
    """Lines move when a file is written, so a hit is known by what it says."""
    held, now = ({(one.code, one.message): one for one in seen.hits} for seen in (before, after))
    fresh = [one for key, one in now.items() if key not in held and not (is_first and one.level is Level.NOTE)]
    for one in fresh:
        yield from _shown([one])
        yield f"  检查项：{one.code}"
    gone = [one for key, one in held.items() if key not in now]
    yield from (f"改好了：{one.message}" for one in gone)


def _fixtures(before: Seen, after: Seen, coloured: bool) -> Iterator[str]:
    from checker.api import FixtureRun
    from checker.cli.fixture_report import run_lines

    held = {_name(one): one for one in before.outcomes}
    failing = [one for one in after.outcomes if not one.is_fine and _is_news(one, held.get(_name(one)))]
    for one in failing:
        yield from _shown(one.bad.diagnostics if one.bad is not None else ())
    assert after.rules is not None
    yield from run_lines(FixtureRun(after.rules, tuple(failing), ()), coloured)
    for one in after.outcomes:
        earlier = held.get(_name(one))
        if one.is_fine and earlier is not None and not earlier.is_fine:
            yield f"通过了：用例「{_name(one)[1]}」。"


def _is_news(one: "FixtureOutcome", earlier: "FixtureOutcome | None") -> bool:
    return earlier is None or earlier.is_fine or (one.comparison, one.bad) != (earlier.comparison, earlier.bad)


def _name(outcome: "FixtureOutcome") -> tuple[str, str]:
    return place_of(outcome), outcome.fixture.case.id if outcome.fixture is not None else "读不了的用例"


def _totals(seen: Seen) -> str:
    from checker.drafting.gaps import Standing
    from checker.language.render import LEVELS

    assert seen.rules is not None
    found = "，".join(f"{word} {sum(hit.level is level for hit in seen.hits)}处" for level, word in LEVELS.items())
    gaps = sum(one.standing is Standing.GAP for one in seen.outcomes)
    passed = sum(one.is_fine for one in seen.outcomes) - gaps
    rest = len(seen.outcomes) - passed - gaps
    told = f"待办 {gaps}个，" if gaps else ""
    return f"规范 {len(seen.rules.norms)}条：{found}；用例通过 {passed}个，{told}没有通过 {rest}个。"
