"""The public verbs: compile rules, check cases, run fixtures, explain a norm, list the words.

Nothing here prints, and nothing is read from a clock: dates, calendars and files are passed in.
"""

import datetime as dt
import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from checker.calendars import unreadable
from checker.calendars.calendar import Calendar
from checker.calendars.shipped import load_calendar, shipped_calendar, shipped_names
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.counts import ArchiveOutcome, run_archives
from checker.drafting.folders import fixture_folder, own_folders, pack_of_path, packs_inside, shared_folders
from checker.engines import plain
from checker.engines.facts import Infer
from checker.engines.run import Evaluation, evaluate, evaluate_batch, prepare
from checker.explain.context import Context, Reason, context_of
from checker.explain.findings import explanation_of, reasons_of
from checker.language.kept import compile_kept
from checker.language.packs import load_packs, shipped_folder
from checker.language.site import Site, read_site
from checker.model.case import Case, Fixture
from checker.model.diagnostic import DataError, Diagnostic, EngineFault, Level, RulesError
from checker.model.finding import Finding
from checker.model.norm import RuleSet
from checker.reports.content import CaseReport, Head, Shown, Totals

if TYPE_CHECKING:
    from checker.drafting.articles.report import ArticleReport
    from checker.drafting.fixtures import Comparison
    from checker.engines.ground.program import Program
    from checker.explain.norms import NormPage
    from checker.explain.vocabulary import Words

EngineName: TypeAlias = Literal["auto", "durable", "row"]

FEW: Final = 1000
"""Up to so many cases ``auto`` takes durable-rules; its findings equal the row evaluator's, which is faster."""

_BATCH: Final = 100


def shipped_packs() -> tuple[str, ...]:
    """Ids of the packs that travel with the package."""
    folder = shipped_folder()
    return tuple(sorted({path.parent.name for path in folder.glob("*/*.norm")}))


def compile_rules(
    packs: Sequence[str] = (), site: str | None = None, named: bool = True
) -> tuple[RuleSet, tuple[Diagnostic, ...]]:
    """The linked rule set of the packs (paths or shipped ids; none: all shipped but those that are opt-in).

    Beside it the warnings.

    ``site`` is the path of a site file; without ``named`` opt-in packs are left out though they were
    given. RulesError with every reason why there is none.
    """
    known = _site(site)
    rules, diagnostics = compile_kept(load_packs(packs or shipped_packs()), known, named=named and bool(packs))
    if rules is None:
        raise RulesError(diagnostics)
    return rules, diagnostics


def _site(path: str | None) -> Site:
    if path is None:
        return Site()
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        message = f"打不开现场文件「{path}」：{unreadable.reason(error)}"
        raise DataError((Diagnostic(code="site-unreadable", message=message, help="核对路径和权限"),)) from error
    return read_site(path, data)


def calendar_named(name: str) -> Calendar:
    """A shipped calendar by its name, or the one in a file."""
    return shipped_calendar(name) if name in shipped_names() else load_calendar(Path(name))


class Run:
    """One check of many cases: iterate once for the results, in the order of the input, then read ``totals``.

    Each item is a :class:`CaseReport`, or the :class:`BadCase` that was left out. Memory stays steady however many
    cases there are. ``head`` and ``engine`` are known before the first case; ``notice`` says why ``auto`` could not
    take durable-rules. EngineFault if durable-rules was asked for by name and cannot be used.
    """

    def __init__(
        self,
        rules: RuleSet,
        paths: Sequence[str],
        as_of: dt.date,
        calendar: Calendar,
        engine: EngineName = "auto",
        only_violations: bool = True,
        options: ReadOptions | None = None,
    ) -> None:
        """Read the first cases, so that their number can decide the engine."""
        self._rules, self._as_of, self._calendar = rules, as_of, calendar
        self._only_violations = only_violations
        self._stream = read_cases(paths, rules.vocabulary, options)
        items = iter(self._stream)
        first = list(islice(items, FEW + 1))
        is_few = len(first) <= FEW
        self._items = chain(first, items)
        cases = sum(isinstance(item, Case) for item in first) if is_few else None
        self.engine, self._infer, self.notice = _choose(engine, is_few, rules)
        self.head = Head(as_of, rules, calendar.name, cases, only_violations)
        self.totals = Totals()

    def __iter__(self) -> Iterator[CaseReport | BadCase]:
        """Every case once."""
        program = prepare(self._rules, self._calendar)
        with self._infer as infer:
            while batch := list(islice(self._items, _BATCH)):
                cases = [item for item in batch if isinstance(item, Case)]
                evaluations = iter(evaluate_batch(program, cases, self._as_of, infer))
                for item in batch:
                    yield self._report(next(evaluations)) if isinstance(item, Case) else item
        summary = self._stream.summary
        self.totals.left_out, self.totals.skipped = summary.left_out, len(summary.skipped)

    def _report(self, evaluation: Evaluation) -> CaseReport:
        totals = self.totals
        totals.read += 1
        if evaluation.failure is not None:
            totals.failed += 1
            return CaseReport(evaluation.case, (), Counter(), evaluation.failure.message)
        verdicts = Counter(finding.verdict for finding in evaluation.findings)
        totals.verdicts += verdicts
        totals.categories.update(f.category for f in evaluation.findings if f.category is not None)
        untriggered = len(evaluation.counts.without_anchor)
        totals.untriggered += untriggered
        totals.triggered += len(self._rules.norms) - untriggered
        return CaseReport(evaluation.case, self._shown(evaluation), verdicts)

    def _shown(self, evaluation: Evaluation) -> tuple[Shown, ...]:
        wanted = [
            i
            for i, finding in enumerate(evaluation.findings)
            if finding.verdict.is_violation or not self._only_violations
        ]
        if not wanted:
            return ()
        context = context_of(self._rules, self._calendar, evaluation.case, self._as_of, evaluation.instances)
        return tuple(_shown(context, evaluation, i) for i in wanted)


def _shown(context: Context, evaluation: Evaluation, i: int) -> Shown:
    norm = evaluation.instances[i].norm
    reasons = reasons_of(context, evaluation.instances[i], evaluation.findings[i])
    finding = evaluation.findings[i].model_copy(update={"explanation": explanation_of(reasons)})
    return Shown(finding, norm, reasons)


def check(
    rules: RuleSet,
    paths: Sequence[str],
    as_of: dt.date,
    calendar: Calendar | None = None,
    engine: EngineName = "auto",
    only_violations: bool = False,
    options: ReadOptions | None = None,
) -> Run:
    """Check the cases under the paths (files, folders, ``-``) at a date; iterate over what it returns."""
    return Run(rules, paths, as_of, calendar or shipped_calendar(), engine, only_violations, options)


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


class FixtureOutcome(NamedTuple):
    """One fixture run. ``comparison`` None: it could not be read, and ``bad`` says why."""

    fixture: Fixture | None
    bad: BadCase | None
    comparison: "Comparison | None"
    findings: tuple[Finding, ...] = ()
    reasons: tuple[tuple[Reason, ...], ...] = ()
    """Parallel to the findings; empty where nobody asked for them."""

    @property
    def passed(self) -> bool:
        """Read, and as expected."""
        return self.comparison is not None and self.comparison.passed


class FixtureRun(NamedTuple):
    """The fixtures of some paths against one rule set.

    ``uncovered`` are norms that no fixture expects anything of, ``unexpected`` indicators of which no archive does.
    """

    rules: RuleSet
    outcomes: tuple[FixtureOutcome, ...]
    uncovered: tuple[str, ...]
    archives: tuple[ArchiveOutcome, ...] = ()
    unexpected: tuple[str, ...] = ()


class FixtureBatch(NamedTuple):
    """Paths that are run against the same packs. ``is_whole``: every norm of the packs should have a fixture there.

    ``named``: the opt-in packs among them count as asked for.
    """

    packs: tuple[str, ...]
    paths: tuple[str, ...]
    is_whole: bool
    named: bool = True


def plan_fixtures(paths: Sequence[str] = (), packs: Sequence[str] = ()) -> tuple[FixtureBatch, ...]:
    """Which fixtures are run against which packs.

    No paths: the own fixtures of each pack (all shipped ones without ``packs``), against that pack; with all shipped
    packs, or a folder that holds several packs among the paths, also the folders of ``fixtures`` that belong to no
    pack (whole matters), against all of them. A path with rules in it stands for its packs. Other paths: against
    ``packs``; without these a path inside ``fixtures/<pack>/`` goes with that shipped pack, any other with all of them.
    DataError if there is no fixture folder at all.
    """
    if not paths:
        return _of_packs(packs or shipped_packs(), () if packs else _shared(str(shipped_folder()), ()))
    found: list[FixtureBatch] = []
    for path in paths:
        inside = packs_inside(path)
        if inside:
            found += _of_packs(inside, _shared(path, inside) if len(inside) > 1 else ())
    rest = [path for path in paths if not packs_inside(path)]
    return (*found, *_planned(rest, tuple(packs)))


def _of_packs(packs: Sequence[str], shared: tuple[FixtureBatch, ...]) -> tuple[FixtureBatch, ...]:
    folders = {pack: fixture_folder(pack, shipped_folder()) for pack in packs}
    if not any(folders.values()):
        raise DataError((Diagnostic(code="no-fixtures", message="没有找到用例", help="写明用例的文件或文件夹"),))
    own = tuple(FixtureBatch((pack,), (folder,) if folder else (), True) for pack, folder in folders.items())
    return (*own, *shared)


def _shared(rules: str, packs: tuple[str, ...]) -> tuple[FixtureBatch, ...]:
    folders = shared_folders(rules)
    return (FixtureBatch(packs, folders, is_whole=False, named=False),) if folders else ()


def _planned(paths: Sequence[str], packs: tuple[str, ...]) -> tuple[FixtureBatch, ...]:
    known = frozenset(shipped_packs())
    batches: dict[tuple[str, ...], list[str]] = {}
    for path in paths:
        for one in own_folders(path, known) or (path,):
            owner = pack_of_path(one, known)
            batches.setdefault(packs or ((owner,) if owner else ()), []).append(one)
    return tuple(FixtureBatch(chosen, tuple(of), any(Path(p).is_dir() for p in of)) for chosen, of in batches.items())


def run_fixtures(
    rules: RuleSet, paths: Iterable[str], calendar: Calendar | None = None, explained: bool = False
) -> FixtureRun:
    """Run every fixture under the paths with the row evaluator, each at its own date.

    Findings are explained where a fixture fails, and all of them if so asked.
    """
    from checker.cases.expectations import split_paths
    from checker.cases.fixtures import read_fixtures
    from checker.drafting.fixtures import uncovered

    chosen = calendar or shipped_calendar()
    program = prepare(rules, chosen)
    split = split_paths(tuple(paths))
    ids = tuple(norm.id for norm in rules.norms)
    outcomes = []
    for item in chain.from_iterable(read_fixtures(path, rules.vocabulary) for path in split.singles):
        if isinstance(item, Fixture):
            outcome = _run_fixture(program, item, frozenset(ids))
            outcomes.append(
                outcome if outcome.passed and not explained else _explained(rules, chosen, program, outcome)
            )
        else:
            outcomes.append(FixtureOutcome(None, item, None))
    read = [outcome.fixture for outcome in outcomes if outcome.fixture is not None]
    return FixtureRun(rules, tuple(outcomes), uncovered(read, ids), *run_archives(rules, split.archives, chosen))


def _run_fixture(program: "Program", fixture: Fixture, ids: frozenset[str]) -> FixtureOutcome:
    from checker.drafting.fixtures import compare

    findings = evaluate(program, fixture.case, fixture.as_of).findings
    return FixtureOutcome(fixture, None, compare(fixture, ids, findings), findings)


def _explained(rules: RuleSet, calendar: Calendar, program: "Program", outcome: FixtureOutcome) -> FixtureOutcome:
    fixture = outcome.fixture
    assert fixture is not None
    found = evaluate(program, fixture.case, fixture.as_of)
    context = context_of(rules, calendar, fixture.case, fixture.as_of, found.instances)
    reasons = tuple(reasons_of(context, i, f) for i, f in zip(found.instances, found.findings, strict=True))
    return outcome._replace(reasons=reasons)


def articles(rules: RuleSet) -> "ArticleReport":
    """The stored texts article by article, what the registers say of them, and whatever does not hold."""
    from checker.drafting.articles.report import article_report

    return article_report(rules)


def accept_articles(rules: RuleSet) -> tuple[str, ...]:
    """Take the texts as they stand for compared; the lock files written. DataError if one cannot be written."""
    from checker.drafting.articles.report import write_locks

    return write_locks(rules)


def fixtures_of(rules: RuleSet, norms: Sequence[str]) -> dict[str, tuple[Fixture, ...]]:
    """The fixtures of the packs whose expectations name one of the norms, by norm."""
    from checker.cases.fixtures import read_fixtures

    found: dict[str, list[Fixture]] = {norm: [] for norm in norms}
    for pack in dict.fromkeys(norm.partition("/")[0] for norm in norms):
        span = rules.pack(pack).span
        folder = fixture_folder(str(Path(span.file).parent), shipped_folder()) if span is not None else None
        for item in read_fixtures(folder, rules.vocabulary) if folder else ():
            if isinstance(item, Fixture):
                for norm in dict.fromkeys(one.norm for one in item.expect if one.norm in found):
                    found[norm].append(item)
    return {norm: tuple(items) for norm, items in found.items()}


def explain(rules: RuleSet, name: str) -> tuple["NormPage", ...]:
    """The pages of all versions of a norm, or of an indicator, named ``pack/title`` or by a title of only one pack.

    DataError with the nearest names if there is none, or with all if there are several.
    """
    from checker.explain.indicators import indicator_page
    from checker.explain.norms import norm_page

    counted = {indicator.id: indicator for indicator in rules.indicators}
    ids = tuple(dict.fromkeys([*(norm.id for norm in rules.norms), *counted]))
    fitting = [name] if name in ids else [i for i in ids if i.partition("/")[2] == name]
    if len(fitting) == 1 and fitting[0] in counted:
        return (indicator_page(rules, counted[fitting[0]]),)
    if len(fitting) == 1:
        return tuple(norm_page(rules, norm) for norm in rules.norms if norm.id == fitting[0])
    if fitting:
        message = f"有几条规范名为「{name}」"
        raise DataError((Diagnostic(code="ambiguous-norm", message=message, expected="、".join(fitting)),))
    message, help_ = f"没有名为「{name}」的规范", _nearest(name, ids)
    raise DataError((Diagnostic(code="unknown-norm", level=Level.ERROR, message=message, help=help_),))


def _nearest(name: str, ids: Sequence[str]) -> str:
    titles = {i.partition("/")[2]: i for i in ids}
    close = difflib.get_close_matches(name, [*ids, *titles], n=5, cutoff=0.4)
    found = dict.fromkeys(titles.get(one, one) for one in close)
    return f"相近的有：{'、'.join(found)}" if found else "用 checker vocabulary 查看各行为用到的规范"


def vocabulary(rules: RuleSet) -> "Words":
    """The declared words, and which norms use each act."""
    from checker.explain.vocabulary import words_of

    return words_of(rules)
