"""Every listed finding of the archive engine, drawn again by the row evaluator: the two must agree in every part."""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from checker.engines.run import Evaluation
from checker.model.diagnostic import Diagnostic, EngineFault
from checker.model.finding import VERDICT_NAMES, Finding, Verdict
from checker.reports.showing import Listing


def prove(listing: Listing, evaluation: Evaluation, findings: Sequence[Finding], verdicts: Counter[Verdict]) -> None:
    """EngineFault where the listed findings of a case, or its counts by verdict, are not those of the evaluation."""
    case = evaluation.case.id
    if evaluation.failure is not None:
        raise _fault(f"案件「{case}」批量求值有结论，逐案求值却出错：{evaluation.failure.message}")
    again = [finding for finding in evaluation.findings if listing.lists(finding)]
    for batch, single in zip_longest(findings, again):
        if batch != single:
            raise _fault(_difference(case, batch, single))
    counted = Counter(finding.verdict for finding in evaluation.findings)
    if counted != verdicts:
        raise _fault(f"案件「{case}」批量求值与逐案求值的结论数不同：{_counts(verdicts)}与{_counts(counted)}")


def _difference(case: str, batch: Finding | None, single: Finding | None) -> str:
    one = batch or single
    assert one is not None
    if batch is None or single is None or (batch.norm, batch.anchor) != (single.norm, single.anchor):
        only = "批量求值" if batch is not None else "逐案求值"
        return f"案件「{case}」的规范「{one.norm}」（{one.anchor}）只有{only}得出"
    parts = [f"{name} {getattr(batch, name)} 与 {getattr(single, name)}" for name in _differing(batch, single)]
    return f"案件「{case}」的规范「{one.norm}」（{one.anchor}）批量求值与逐案求值不同：{'；'.join(parts)}"


def _differing(batch: Finding, single: Finding) -> list[str]:
    return [name for name in Finding.model_fields if getattr(batch, name) != getattr(single, name)]


def _counts(verdicts: Counter[Verdict]) -> str:
    return "、".join(f"{VERDICT_NAMES[verdict]} {n}" for verdict, n in sorted(verdicts.items())) or "没有"


def _fault(message: str) -> EngineFault:
    return EngineFault(
        (
            Diagnostic(
                code="engines-differ",
                message=message,
                help="改用 --engine row，并把本案可以公开的部分报告给维护者",
                meanwhile="这是程序的故障，没有得出完整的结论",
            ),
        )
    )
