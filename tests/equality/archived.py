"""What the archive kernel says of a batch, compared in everything with what single cases give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from checker.calendars.calendar import Calendar
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack
from checker.engines.archive.results import VERDICTS, BatchResult, findings_of
from checker.engines.archive.schema import FINDINGS
from checker.engines.run import Evaluation, evaluate_batch, prepare
from checker.model.case import Case
from checker.model.finding import Finding, Verdict
from checker.model.norm import RuleSet
from equality.differences import difference, shown
from equality.smallest import smallest

Listed = list[tuple[int, Finding]]


def packable(case: Case) -> Case:
    """The case without what an archive does not keep: places and remarks."""
    events = tuple(event.model_copy(update={"place": None}) for event in case.events)
    return case.model_copy(update={"place": None, "remarks": (), "events": events})


def disagreement(rules: RuleSet, calendar: Calendar, cases: Sequence[Case], as_of: dt.date) -> str:
    """Empty if the kernel gives for the cases, packed into one batch, just what the row evaluator gives for each.

    Otherwise the difference in as small a situation as was found.
    """

    def said(less: RuleSet, fewer: Sequence[Case]) -> str:
        single = evaluate_batch(prepare(less, calendar), fewer, as_of)
        return compared(Kernel(less, calendar), pack(fewer, less.vocabulary), single, as_of)

    first = said(rules, cases)
    return first and said(*smallest(rules, cases, lambda less, fewer: said(less, fewer) != "", most=300))


def compared(kernel: Kernel, batch: pa.RecordBatch, single: Sequence[Evaluation], as_of: dt.date) -> str:
    """The same for a batch that is packed already; ``single`` is what its rows give one by one."""
    for everything in (True, False):
        found = faults(kernel, kernel.evaluate(batch, as_of, everything=everything), single, everything)
        if found:
            return f"\nas of {as_of}, everything={everything}\n{found}"
    return bare_faults(kernel, kernel.evaluate(batch, as_of, verdicts_only=True), single)


def bare_faults(kernel: Kernel, result: BatchResult, single: Sequence[Evaluation]) -> str:
    """What is wrong with a result of verdicts alone: of the exempt and undetermined only these are compared."""
    listed = [(n, _bare(f)) for n, one in enumerate(single) for f in one.findings]
    actual = [(n, _bare(f)) for n, f in findings_of(result.findings)]
    return (
        _form(result)
        or _findings(kernel.rules, listed, actual, single)
        or _counts(kernel.rules, result, single)
        or _anchors(result, single)
    )


def _anchors(result: BatchResult, single: Sequence[Evaluation]) -> str:
    """What stands beside all findings: the position of the norm, and the day of the anchor."""
    instances = [instance for one in single for instance in one.instances]
    expected = [(one.position, -1 if one.anchor.day is None else one.anchor.day) for one in instances]
    actual = list(zip(result.positions.tolist(), result.days.tolist(), strict=True))
    return "" if actual == expected else f"anchors\nexpected {expected}\nactual {actual}"


def _bare(finding: Finding) -> Finding:
    if finding.verdict not in (Verdict.EXEMPT, Verdict.UNDETERMINED):
        return finding
    told = {name: getattr(finding, name) for name in ("case", "norm", "version", "verdict", "bearer", "anchor")}
    return Finding(**told)


def faults(kernel: Kernel, result: BatchResult, single: Sequence[Evaluation], everything: bool) -> str:
    """What is wrong with a result; findings before counts, since a wrong finding is also counted wrongly."""
    listed = [(n, f) for n, one in enumerate(single) for f in one.findings if everything or f.verdict.is_violation]
    return (
        _form(result)
        or _findings(kernel.rules, listed, findings_of(result.findings), single)
        or _counts(kernel.rules, result, single)
    )


def _form(result: BatchResult) -> str:
    if result.findings.schema != FINDINGS:
        return f"not the schema of findings:\n{result.findings.schema}"
    result.findings.validate(full=True)
    holes = [f.name for f in FINDINGS if not f.nullable and result.findings.column(f.name).null_count]
    return f"nulls in {holes}" if holes else ""


def _findings(rules: RuleSet, expected: Listed, actual: Listed, single: Sequence[Evaluation]) -> str:
    if actual == expected:
        return ""
    for row, one in enumerate(single):
        mine, theirs = ([f for n, f in side if n == row] for side in (expected, actual))
        said = difference(rules, one.case, mine, theirs)
        if said:
            return f"row {row} of {len(single)} (here oracle is the row evaluator){said}"
    places = [[(n, f.norm, f.version, f.anchor) for n, f in side] for side in (expected, actual)]
    return f"findings in the wrong order\nexpected {places[0]}\nactual {places[1]}"


def _counts(rules: RuleSet, result: BatchResult, single: Sequence[Evaluation]) -> str:
    positions = {(norm.id, norm.version): position for position, norm in enumerate(rules.norms)}
    by_norm = np.zeros((len(rules.norms), len(VERDICTS)), np.int64)
    by_case = np.zeros((len(single), len(VERDICTS)), np.int64)
    triggered = np.zeros(len(rules.norms), np.int64)
    for row, one in enumerate(single):
        for finding in one.findings:
            by_norm[positions[finding.norm, finding.version], VERDICTS.index(finding.verdict)] += 1
            by_case[row, VERDICTS.index(finding.verdict)] += 1
        if one.failure is None:
            triggered += 1
            triggered[list(one.counts.without_anchor)] -= 1
    failures = [(row, one.failure.message) for row, one in enumerate(single) if one.failure is not None]
    pairs = (
        ("verdicts", by_norm, result.verdicts),
        ("case_verdicts", by_case, result.case_verdicts),
        ("triggered", triggered, result.triggered),
    )
    wrong = [f"{name}: expected\n{a}\nactual\n{b}" for name, a, b in pairs if not np.array_equal(a, b)]
    if failures != list(result.failures):
        wrong.append(f"failures: expected {failures}, actual {result.failures}")
    if result.cases != len(single) or not 0 <= result.by_row <= len(single):
        wrong.append(f"{result.cases} cases, {result.by_row} by row, of {len(single)}")
    return "\n".join([*wrong, *map(shown, rules.norms), *(shown(one.case) for one in single)]) if wrong else ""
