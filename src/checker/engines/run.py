"""Evaluate cases against a rule set: ground one stratum, infer over its facts, add deemed events, go on (§12)."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date

from checker.calendars.calendar import Calendar
from checker.engines import plain
from checker.engines.facts import EngineFailure, Form, GroundFact, Infer, Outcome, Truth
from checker.engines.findings import finding_of, settle
from checker.engines.ground.deeming import deemed_event
from checker.engines.ground.grounding import Grounded, ground
from checker.engines.ground.program import Program, compile_program
from checker.engines.ground.rules import Rule
from checker.engines.ground.view import View
from checker.engines.instance import Instance
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic, EngineFault
from checker.model.finding import Finding
from checker.model.norm import RuleSet


@dataclass(slots=True, frozen=True)
class Counts:
    """What is counted but not listed: positions of the norms that no anchor opened in the case."""

    without_anchor: tuple[int, ...] = ()


@dataclass(slots=True, frozen=True)
class Evaluation:
    """One case evaluated. ``instances`` stand parallel to ``findings``; explanations are still empty.

    ``failure``: the inference died on this case; then there are no findings, and nothing may be said of it.
    """

    case: Case
    findings: tuple[Finding, ...] = ()
    instances: tuple[Instance, ...] = ()
    counts: Counts = Counts()
    failure: EngineFailure | None = None


@dataclass(slots=True, frozen=True)
class Trace:
    """One case evaluated, with the case as it was seen and every instance, listed or not, by norm position."""

    evaluation: Evaluation
    view: View
    grounded: tuple[Grounded, ...]


@dataclass(slots=True)
class _Running:
    """One case on its way through the strata."""

    number: int
    view: View
    grounded: list[Grounded] = field(default_factory=list)
    fresh: list[Grounded] = field(default_factory=list)
    failure: EngineFailure | None = None


def prepare(rules: RuleSet, calendar: Calendar) -> Program:
    """Compile a rule set once; the program is immutable and serves any number of cases."""
    return compile_program(rules, calendar)


def evaluate(program: Program, case: Case, as_of: date, infer: Infer = plain.infer) -> Evaluation:
    """All findings of one case at a date, in order: norm position, then anchor."""
    return evaluate_batch(program, (case,), as_of, infer)[0]


def evaluate_batch(
    program: Program,
    cases: Sequence[Case],
    as_of: date,
    infer: Infer = plain.infer,
    only: Sequence[Container[int]] | None = None,
) -> list[Evaluation]:
    """The same for many cases; inference is asked once a stratum for all of them.

    ``only`` gives for each case the positions of the norms to evaluate (None: all), each with all it depends on.
    """
    day = as_of.toordinal()
    running = [_Running(number, View(case, day)) for number, case in enumerate(cases)]
    _run(program, running, as_of, infer, only)
    return [_finished(one, len(program.rules)) for one in running]


def trace(program: Program, case: Case, as_of: date, infer: Infer = plain.infer) -> Trace:
    """The same for one case, with everything the findings were made from."""
    one = _Running(0, View(case, as_of.toordinal()))
    _run(program, [one], as_of, infer, None)
    return Trace(_finished(one, len(program.rules)), one.view, tuple(sorted(one.grounded, key=_position)))


def _run(
    program: Program, running: list[_Running], as_of: date, infer: Infer, only: Sequence[Container[int]] | None
) -> None:
    for stratum in program.strata:
        facts: list[tuple[int, GroundFact]] = []
        for one in running:
            if one.failure is None:
                rules = stratum.triggered(one.view)
                if only is not None:
                    rules = [rule for rule in rules if rule.position in only[one.number]]
                _ground_safely(one, rules)
                facts += [(one.number, grounded.fact()) for grounded in one.fresh]
        if facts:
            _conclude(running, infer(facts), as_of)


def _ground_safely(one: _Running, rules: Sequence[Rule]) -> None:
    """A fault of ours on one case is the failure of that case: no verdict on it, and the others go on."""
    try:
        _ground(one, rules)
    except Exception as error:
        one.fresh = []
        one.failure = EngineFailure(one.number, f"求值时程序出错（{type(error).__name__}：{error}），本案没有结论")


def _ground(one: _Running, rules: Sequence[Rule]) -> None:
    one.fresh = []
    number = len(one.grounded)
    for rule in rules:
        found = ground(rule, one.view, number)
        number += len(found)
        one.fresh += found
        if found:
            one.view.past.setdefault(rule.id, []).extend(grounded.instance for grounded in found)
    one.grounded += one.fresh


def _conclude(running: list[_Running], outcomes: Sequence[tuple[int, Outcome | EngineFailure]], as_of: date) -> None:
    for case, outcome in outcomes:
        if isinstance(outcome, EngineFailure):
            running[case].failure = outcome
        else:
            running[case].grounded[outcome.instance].instance.outcome = outcome
    for one in running:
        if one.failure is None and one.fresh:
            _complete(one, as_of)


def _complete(one: _Running, as_of: date) -> None:
    """Drop versions that only a pivot keeps apart, date the breaches, and let what is deemed happen."""
    last: dict[tuple[str, str], Grounded] = {}
    deemed = []
    for grounded in one.fresh:
        outcome = grounded.instance.outcome
        if outcome is None:
            message = f"推理没有回答案件「{one.view.case.id}」的一个事项"
            raise EngineFault((Diagnostic(code="no-outcome", message=message, meanwhile=f"截至 {as_of}"),))
        if grounded.opening.pivot_unknown and outcome.verdict is not None:
            _supersede(last, grounded)
        settle(grounded)
        if grounded.rule.form is Form.DEEM and outcome.deems is not Truth.NO:
            deemed.append(deemed_event(grounded, outcome.deems))
    one.view.add(deemed)


def _supersede(last: dict[tuple[str, str], Grounded], grounded: Grounded) -> None:
    """Of versions whose pivot is unknown only the latest is listed [R10]."""
    key = (grounded.rule.id, grounded.instance.anchor.printed)
    earlier = last.get(key)
    if earlier is not None and earlier.instance.outcome is not None:
        earlier.instance.outcome = earlier.instance.outcome._replace(verdict=None)
    last[key] = grounded


def _finished(one: _Running, norms: int) -> Evaluation:
    case = one.view.case
    if one.failure is not None:
        return Evaluation(case, failure=one.failure)
    anchored = {grounded.rule.position for grounded in one.grounded}
    listed = [g for g in one.grounded if g.instance.outcome is not None and g.instance.outcome.verdict is not None]
    listed.sort(key=_position)
    return Evaluation(
        case,
        tuple([finding_of(grounded, one.view) for grounded in listed]),
        tuple([grounded.instance for grounded in listed]),
        Counts(tuple([position for position in range(norms) if position not in anchored])),
    )


def _position(grounded: Grounded) -> tuple[int, int]:
    return grounded.instance.position, grounded.instance.number
