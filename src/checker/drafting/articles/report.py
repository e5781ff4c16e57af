"""All that is known of the articles under one rule set, gathered from the texts, the registers and the locks."""

from pathlib import Path
from typing import NamedTuple

from checker.calendars.unreadable import reason
from checker.drafting.articles import lock
from checker.drafting.articles.authority import authority_problems, register_problems
from checker.drafting.articles.provisions import FILE, Provision, read_provisions
from checker.drafting.articles.views import InstrumentView, views
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.norm import Pack, RuleSet
from checker.model.place import Place

_TEXTS = "text"


class ArticleReport(NamedTuple):
    """The instruments, every line of the registers, and what does not hold."""

    views: tuple[InstrumentView, ...]
    provisions: tuple[Provision, ...]
    problems: tuple[Diagnostic, ...]


def article_report(rules: RuleSet) -> ArticleReport:
    """Texts, registers and locks of every pack of the rule set."""
    provisions: list[Provision] = []
    problems: list[Diagnostic] = []
    for pack in rules.packs:
        folder = _folder(pack)
        if folder is not None:
            found, wrong = read_provisions(pack.id, folder / FILE)
            provisions += found
            problems += wrong
            problems += lock.changed(rules, pack, folder / _TEXTS / lock.FILE)
    provisions = _by_full_title(rules, provisions)
    shown = views(rules, provisions)
    problems += authority_problems(rules)
    problems += register_problems(rules, provisions, shown)
    return ArticleReport(shown, tuple(provisions), tuple(problems))


def _by_full_title(rules: RuleSet, provisions: list[Provision]) -> list[Provision]:
    full = {one.short: one.title for pack in rules.packs for one in pack.texts if one.short}
    return [one._replace(title=full.get(one.title, one.title)) for one in provisions]


def write_locks(rules: RuleSet) -> tuple[str, ...]:
    """Write the lock file of every pack that stores texts; the paths."""
    written = []
    for pack in rules.packs:
        folder = _folder(pack)
        prints = lock.fingerprints(rules, pack)
        if folder is not None and prints:
            file = folder / _TEXTS / lock.FILE
            try:
                file.write_text(lock.lock_text(prints), encoding="utf-8")
            except OSError as error:
                message = f"写不了「{file.as_posix()}」：{reason(error)}。"
                complaint = Diagnostic(code="unwritable", message=message, at=Place(file=file.as_posix()))
                raise DataError((complaint,)) from error
            written.append(file.as_posix())
    return tuple(written)


def _folder(pack: Pack) -> Path | None:
    return Path(pack.span.file).parent if pack.span is not None else None
