"""Every answer with a case is replayed in the ordinary engine before it is given; a difference is a fault of ours."""

from __future__ import annotations

from checker.calendars.calendar import Calendar
from checker.drafting.proof.concrete import Model, Said, said_of
from checker.drafting.proof.evaluating import Evaluation
from checker.engines.run import evaluate, prepare
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic, EngineFault
from checker.model.norm import RuleSet


def replayed(model: Model, evaluations: list[Evaluation], calendar: Calendar, name: str) -> Case:
    """The case of a model, after the engine has found in it what the formulas say. EngineFault if it has not."""
    said = [sorted(model.findings(one.instances), key=_order) for one in evaluations]
    case = model.case(name)
    for one, mine in zip(evaluations, said, strict=True):
        theirs = sorted(found(one.rules, case, model, calendar), key=_order)
        if mine != theirs:
            raise EngineFault((_fault(case, mine, theirs),))
    return case


def found(rules: RuleSet, case: Case, model: Model, calendar: Calendar) -> list[Said]:
    """What the ordinary engine says of the case."""
    evaluation = evaluate(prepare(rules, calendar), case, model.as_of)
    if evaluation.failure is not None:
        raise EngineFault((Diagnostic(code="engine-failure", message=evaluation.failure.message),))
    return [said_of(one) for one in evaluation.findings]


def _order(said: Said) -> tuple[str, str, str]:
    return said.norm, said.version, said.anchor


def _fault(case: Case, mine: list[Said], theirs: list[Said]) -> Diagnostic:
    wrong = next((pair for pair in zip(mine, theirs, strict=False) if pair[0] != pair[1]), None)
    told = f"公式得出{wrong[0]}，引擎得出{wrong[1]}" if wrong else f"公式得出{mine}，引擎得出{theirs}"
    return Diagnostic(
        code="proof-differs",
        message=f"证明所用的公式与引擎对案件「{case.id}」的结论不一致：{told}",
        help="这是程序的错误，请附上规则和这条信息报告",
        meanwhile="本问题没有结论",
    )
