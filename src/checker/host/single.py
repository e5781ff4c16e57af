"""Many cases one by one in this process: any number of them in steady memory, in the order of the input."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, islice
from typing import Final, Literal, NamedTuple, TypeAlias

from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.engines import plain
from checker.engines.facts import Infer
from checker.engines.instance import Instance
from checker.engines.run import Evaluation, evaluate_batch, prepare
from checker.model.case import Case
from checker.model.diagnostic import Diagnostic, EngineFault, RulesError
from checker.model.finding import Finding
from checker.model.norm import RuleSet
from checker.reports.content import CaseReport, Totals
from checker.reports.showing import Listing

EngineName: TypeAlias = Literal["auto", "durable", "row"]

FEW: Final = 1000
"""Up to so many cases ``auto`` takes durable-rules; its findings equal the row evaluator's, which is faster."""

_BATCH: Final = 100


class Run:
    """One check of many cases: iterate once for the results, in the order of the input, then read ``totals``.

    Each item is a :class:`CaseReport`, or the :class:`BadCase` that was left out. Memory stays steady however many
    cases there are. ``head`` and ``engine`` are known before the first case; ``is_few``: there are at most
    :data:`FEW`. ``notice`` says why ``auto`` could not take durable-rules. EngineFault if durable-rules was asked for
    by name and cannot be used.
    """

    def __init__(
        self, listing: Listing, paths: Sequence[str], engine: EngineName = "auto", options: ReadOptions | None = None
    ) -> None:
        """Read the first cases, so that their number can decide the engine."""
        self._listing = listing
        self._stream = read_cases(paths, listing.rules.vocabulary, options)
        items = iter(self._stream)
        first = list(islice(items, FEW + 1))
        self.is_few = len(first) <= FEW
        self._items = chain(first, items)
        cases = sum(isinstance(item, Case) for item in first) if self.is_few else None
        self.engine, self._infer, self.notice = _choose(engine, self.is_few, listing.rules)
        self.head = listing.head(cases)
        self.totals = Totals()
        self.observe: Callable[[Evaluation], None] | None = None
        """Is handed every evaluation as it is, before anything of it is masked."""

    @property
    def items(self) -> Iterator[Case | BadCase]:
        """What is still to be checked, for whoever checks it instead; afterwards this run has nothing left."""
        return self._items

    @property
    def skipped(self) -> tuple[str, ...]:
        """The files in other formats that were passed over so far."""
        return self._stream.summary.skipped

    def __iter__(self) -> Iterator[CaseReport | BadCase]:
        """Every case once."""
        listing = self._listing
        program = prepare(listing.rules, listing.calendar)
        with self._infer as infer:
            while batch := list(islice(self._items, _BATCH)):
                cases = [item for item in batch if isinstance(item, Case)]
                evaluations = iter(evaluate_batch(program, cases, listing.as_of, infer))
                for item in batch:
                    yield self._report(next(evaluations)) if isinstance(item, Case) else item
        self.totals.left_out, self.totals.skipped = self._stream.summary.left_out, len(self.skipped)

    def _report(self, evaluation: Evaluation) -> CaseReport:
        totals = self.totals
        totals.read += 1
        if self.observe is not None:
            self.observe(evaluation)
        if evaluation.failure is not None:
            totals.failed += 1
            return CaseReport(self._listing.told(evaluation).case, (), Counter(), evaluation.failure.message)
        verdicts = Counter(finding.verdict for finding in evaluation.findings)
        totals.verdicts += verdicts
        totals.categories.update(f.category for f in evaluation.findings if f.category is not None)
        totals.norms.update((i.position, f.verdict) for i, f in _pairs(evaluation))
        untriggered = evaluation.counts.without_anchor
        totals.unopened.update(untriggered)
        totals.untriggered += len(untriggered)
        totals.triggered += len(self._listing.rules.norms) - len(untriggered)
        told = self._listing.told(evaluation)
        owed = Counter((f.bearer, f.verdict) for f in told.findings) if self._listing.open_too else {}
        return CaseReport(told.case, self._listing.shown(told), verdicts, owed=owed)


def _pairs(evaluation: Evaluation) -> Iterator[tuple[Instance, Finding]]:
    return zip(evaluation.instances, evaluation.findings, strict=True)


class _Chosen(NamedTuple):
    name: Literal["durable", "row"]
    infer: AbstractContextManager[Infer]
    notice: str | None = None


def _choose(engine: EngineName, is_few: bool, rules: RuleSet) -> _Chosen:
    """The engine asked for; ``auto`` takes durable-rules for few cases where it can be used, and says why not."""
    if engine == "row" or (engine == "auto" and not is_few):
        return _Chosen("row", nullcontext(plain.infer))
    from checker.engines.infer import DurableInference, available

    reason = available()
    if reason is not None and engine == "durable":
        raise EngineFault((Diagnostic(code="engine-unavailable", message=reason),))
    if reason is None:
        try:
            return _Chosen("durable", DurableInference(rules))
        except RulesError as error:  # a norm beyond the engine's limits, no mistake of the rules as such
            if engine == "durable":
                raise
            reason = "；".join(one.message.rstrip("。") for one in error.diagnostics)
    return _Chosen("row", nullcontext(plain.infer), reason)
