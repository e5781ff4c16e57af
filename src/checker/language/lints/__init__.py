"""The lints, one file each, found by walking this folder; and the run of them over some rules."""

import importlib
import pkgutil
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from checker.language.linting.desk import Desk, desk_of
from checker.language.linting.lint import Lint
from checker.language.linting.waivers import Waiver, line_below, waivers_of
from checker.language.source import Source
from checker.model.diagnostic import Diagnostic, Level
from checker.model.norm import RuleSet
from checker.model.place import Span

_GRAVITY = list(Level)
_OWN = "waiver"


class LintReport(NamedTuple):
    """What was found, and what a waiver lets pass; both in the order of the files."""

    hits: tuple[Diagnostic, ...]
    waived: tuple[tuple[Diagnostic, Waiver], ...] = ()


def all_lints() -> tuple[Lint, ...]:
    """Every lint of the folder, by code. The file ``no_start.py`` holds the lint ``no-start``."""
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    found: list[Lint] = [importlib.import_module(f"{__name__}.{name}").LINT for name in names]
    return tuple(found)


def lint(rules: RuleSet, sources: Sequence[Source], codes: Collection[str] | None = None) -> LintReport:
    """Run the lints (those of the codes) over rules and the files they were compiled from."""
    lints = all_lints()
    chosen = [one for one in lints if codes is None or one.code in codes]
    desk = desk_of(rules, sources, tuple(one.code for one in lints))
    found = [_stamped(one, hit) for one in chosen for hit in one.check(desk)]
    waivers = {(w.file, w.line, w.code): w for file in desk.files for w in waivers_of(file) if w.is_whole}
    keyed = [(_key(hit, desk), hit) for hit in found]
    hits = [hit for key, hit in keyed if key not in waivers]
    waived = [(hit, waivers[key]) for key, hit in keyed if key in waivers]
    if any(one.code == _OWN for one in chosen):
        used = {key for key, _ in keyed}
        hits += _idle(waivers, used, {one.code for one in chosen})
    return LintReport(tuple(sorted(hits, key=_place)), tuple(sorted(waived, key=lambda pair: _place(pair[0]))))


def _stamped(one: Lint, hit: Diagnostic) -> Diagnostic:
    lighter = max(one.level, hit.level, key=_GRAVITY.index)
    return hit.model_copy(update={"code": one.code, "level": lighter})


def _idle(
    waivers: dict[tuple[str, int, str], Waiver], used: Collection[tuple[str, int, str]], ran: Collection[str]
) -> Iterator[Diagnostic]:
    """Waivers of lints that ran and had nothing to say there."""
    for key, waiver in waivers.items():
        if waiver.code in ran and key not in used:
            message = f"这里允许「{waiver.code}」，而下一行没有这样的问题。"
            yield Diagnostic(code=_OWN, level=Level.WARNING, message=message, at=waiver.span, quote=waiver.text,
                             help="删去这一行，或者移到所说的那一行上面。")  # fmt: skip


def _key(hit: Diagnostic, desk: Desk) -> tuple[str, int, str]:
    """The line a waiver has to be about; for a comment that is the line below it."""
    if not isinstance(hit.at, Span):
        return "", 0, hit.code
    file = next(file for file in desk.files if file.name == hit.at.file)
    return hit.at.file, line_below(file, hit.at.line), hit.code


def _place(hit: Diagnostic) -> tuple[str, int, int, str]:
    return (hit.at.file, hit.at.line, hit.at.column, hit.code) if isinstance(hit.at, Span) else ("", 0, 0, hit.code)
