"""The public verbs: compile rules, check cases, run fixtures, explain a norm, list the words.

Nothing here prints, and nothing is read from a clock: dates, calendars and files are passed in.
"""

import datetime as dt
import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.calendars import unreadable
from checker.calendars.calendar import Calendar
from checker.calendars.shipped import load_calendar, shipped_calendar, shipped_names
from checker.cases.reading import ReadOptions
from checker.drafting.folders import fixture_folder, own_folders, pack_of_path, packs_inside, shared_folders
from checker.fixture_runs import Choice as Choice
from checker.fixture_runs import FixtureOutcome as FixtureOutcome
from checker.fixture_runs import FixtureRun as FixtureRun
from checker.fixture_runs import run_fixtures as run_fixtures
from checker.host.single import EngineName, Run
from checker.language.kept import compile_kept
from checker.language.packs import load_packs, shipped_folder
from checker.language.site import Site, read_site
from checker.model.case import Fixture
from checker.model.diagnostic import DataError, Diagnostic, Level, RulesError
from checker.model.norm import RuleSet
from checker.reports.showing import Listing

if TYPE_CHECKING:
    from checker.drafting.articles.report import ArticleReport
    from checker.explain.norms import NormPage
    from checker.explain.vocabulary import Words
    from checker.language.lints import LintReport


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


def lint(
    packs: Sequence[str], site: str | None = None, codes: Sequence[str] | None = None
) -> tuple[RuleSet, tuple[Diagnostic, ...], "LintReport"]:
    """The packs (none: all shipped, opt-in ones too), the warnings of compiling, and how they are written."""
    from checker.language import lints

    chosen = packs or shipped_packs()
    rules, warnings = compile_rules(chosen, site)
    return rules, warnings, lints.lint(rules, load_packs(chosen), codes)


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
    return Run(Listing(rules, calendar or shipped_calendar(), as_of, only_violations), paths, engine, options)


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
    found = _named(name, tuple(dict.fromkeys([*(norm.id for norm in rules.norms), *counted])))
    if found in counted:
        return (indicator_page(rules, counted[found]),)
    return tuple(norm_page(rules, norm) for norm in rules.norms if norm.id == found)


def norm_id(rules: RuleSet, name: str) -> str:
    """The full id of a norm, named as for ``explain``."""
    return _named(name, tuple(dict.fromkeys(norm.id for norm in rules.norms)))


def _named(name: str, ids: Sequence[str]) -> str:
    fitting = [name] if name in ids else [i for i in ids if i.partition("/")[2] == name]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        message = f"有几条规范名为「{name}」"
        raise DataError((Diagnostic(code="ambiguous-norm", message=message, expected="、".join(fitting)),))
    message, help_ = f"没有名为「{name}」的规范", nearest(name, ids)
    raise DataError((Diagnostic(code="unknown-norm", level=Level.ERROR, message=message, help=help_),))


def nearest(name: str, ids: Sequence[str]) -> str:
    """Where a norm is not found: the names most like it, in a sentence."""
    titles = {i.partition("/")[2]: i for i in ids}
    close = difflib.get_close_matches(name, [*ids, *titles], n=5, cutoff=0.4)
    found = dict.fromkeys(titles.get(one, one) for one in close)
    return f"相近的有：{'、'.join(found)}" if found else "用 checker vocabulary 查看各行为用到的规范"


def vocabulary(rules: RuleSet) -> "Words":
    """The declared words, and which norms use each act."""
    from checker.explain.vocabulary import words_of

    return words_of(rules)
