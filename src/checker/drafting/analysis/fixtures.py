"""The cases of the analysis as fixture files."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.calendars.calendar import Calendar
from checker.drafting.analysis.results import Expected, Result, Shown
from checker.drafting.fixture_text import fixture_text
from checker.engines.ground.program import Program
from checker.engines.run import evaluate, prepare
from checker.model.finding import Finding
from checker.model.norm import RuleSet


class FixtureFile(NamedTuple):
    """The name of a file, and what stands in it."""

    name: str
    text: str


def fixture_files(rules: RuleSet, calendar: Calendar, results: Sequence[Result]) -> Iterator[FixtureFile]:
    """One file a case, numbered within its kind; its expectations are all violations, and what the case shows."""
    program = prepare(rules, calendar)
    numbers: dict[str, int] = {}
    for result in results:
        for part, one in enumerate(result.shown, 1):
            if part == 1:
                numbers[result.kind] = numbers.get(result.kind, 0) + 1
            name = f"{result.kind}-{numbers[result.kind]:03}-{part}"
            case = one.case.model_copy(update={"id": name})
            remark = f"{result.claim}\n{one.says}。"
            yield FixtureFile(f"{name}.yaml", fixture_text(case, one.as_of, _listed(program, one), remark))


def _listed(program: Program, one: Shown) -> list[Finding]:
    wanted = {expected.norm for expected in one.expect}
    found = evaluate(program, one.case, one.as_of).findings
    return [finding for finding in found if finding.norm in wanted or finding.verdict.is_violation]


def replays(program: Program, one: Shown) -> tuple[Expected, ...]:
    """What the row evaluator does not find as it should; nothing where the case shows what it is said to show."""
    found = evaluate(program, one.case, one.as_of).findings
    return tuple(expected for expected in one.expect if not _is_found(expected, found))


def _is_found(expected: Expected, found: Sequence[Finding]) -> bool:
    there = [one for one in found if one.norm == expected.norm and expected.anchor in (None, one.anchor)]
    if expected.verdict is None:
        return not there
    return any(one.verdict is expected.verdict for one in there)
