"""``checker diff`` put together: both sides compiled, compared, asked for cases, held against the locked list."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from checker import api
from checker.calendars.calendar import Calendar
from checker.cli.diagnostics import note, show
from checker.cli.locked import broken_diagnostics
from checker.drafting.answers import Bound
from checker.drafting.comparing.asking import telling_difference
from checker.drafting.comparing.comparison import compare
from checker.drafting.comparing.effects import Asking, Sides
from checker.drafting.comparing.families import families_of
from checker.drafting.invariants.checking import against, standing
from checker.drafting.invariants.lock import Lock, read_lock
from checker.host.revisions import RulesAt
from checker.model.case import Fixture
from checker.model.changes import Breakage, NormChange, RulesChange, Shows
from checker.model.diagnostic import CheckerError, Diagnostic
from checker.model.norm import RuleSet
from checker.model.place import Place, Span
from checker.reports.change_words import detail_text


class Compiled(NamedTuple):
    """One side. ``whole`` is everything in the folder of the packs, which a locked list is about; None without one."""

    at: RulesAt
    rules: RuleSet
    whole: RuleSet | None
    lock: Lock | None


class Wish(NamedTuple):
    """How long and how hard cases are sought."""

    calendar: Calendar
    seconds: float
    witnesses: bool
    prove: bool


def compiled(at: RulesAt, site: str | None, lock: str | None = None) -> Compiled:
    """The rules of one side, and what is locked of them. RulesError in the user's own names."""
    try:
        rules, warnings = api.compile_rules(at.packs, site)
        show(_named(at, warnings))
        file = Path(lock) if lock is not None else at.lock
        held = read_lock(file, _shown(at, str(file))) if file is not None else None
        home = str(at.home) if at.home is not None else None
        whole = None if held is None or home is None else rules if _is_whole(at) and site is None else _whole(home)
    except CheckerError as error:
        raise type(error)(tuple(_named(at, error.diagnostics))) from error
    return Compiled(at, rules, rules if held is not None and whole is None else whole, held)


def _is_whole(at: RulesAt) -> bool:
    return at.home is not None and at.packs == (str(at.home),)


def _whole(*packs: str) -> RuleSet:
    """Without the local organs and parameters of a site file, which no list knows of."""
    return api.compile_rules(packs)[0]


def _shown(at: RulesAt, text: str) -> str:
    """Without the temporary folder: ``HEAD~3:rules/duban/duban.norm``."""
    return text.replace(at.prefix, f"{at.name.partition(':')[0]}:") if at.prefix else text


def _named(at: RulesAt, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    found = []
    for one in diagnostics:
        parts = {part: _shown(at, getattr(one, part)) for part in ("message", "help", "quote")}
        notes = tuple(note.model_copy(update={"at": _placed(at, note.at)}) for note in one.notes)
        where = None if one.at is None else _placed(at, one.at)
        found.append(one.model_copy(update={**parts, "at": where, "notes": notes}))
    return found


def _placed(at: RulesAt, place: Span | Place) -> Span | Place:
    return place.model_copy(update={"file": _shown(at, place.file)})


class Seeds:
    """Fixtures by norm, those of the newer side first; each pack is read once."""

    def __init__(self, new: RuleSet, old: RuleSet) -> None:
        """Nothing is read yet."""
        self._sides = (new, old)
        self._held: dict[str, tuple[Fixture, ...]] = {}
        self._packs: set[str] = set()

    def __call__(self, norm: str) -> tuple[Fixture, ...]:
        """The fixtures that expect something of the norm."""
        pack = norm.partition("/")[0]
        if pack not in self._packs:
            self._packs.add(pack)
            for rules in self._sides:
                self._read(rules, pack)
        return self._held.get(norm, ())

    def _read(self, rules: RuleSet, pack: str) -> None:
        if all(one.id != pack for one in rules.packs):
            return
        names = [norm.id for norm in rules.norms if norm.pack == pack]
        for norm, fixtures in api.fixtures_of(rules, names).items():
            known = {one.case.id for one in self._held.get(norm, ())}
            self._held[norm] = (*self._held.get(norm, ()), *(one for one in fixtures if one.case.id not in known))


def changes(old: Compiled, new: Compiled, wish: Wish, seeds: Seeds) -> RulesChange:
    """Everything that differs, with a case for each change that may matter."""
    names = (old.at.name, new.at.name)
    if not wish.witnesses:
        return compare(old.rules, new.rules, names)
    end = time.monotonic() + wish.seconds
    bound = Bound(seconds=min(Bound().seconds, wish.seconds))
    asking = Asking(telling_difference, wish.calendar, seeds, bound, wish.prove, lambda: time.monotonic() > end)
    return compare(old.rules, new.rules, names, asking)


class Held(NamedTuple):
    """The locked norms that were changed without an entry; how many were held against a list, None without any."""

    breakages: tuple[Breakage, ...]
    locked: int | None


def held(old: Compiled, new: Compiled, found: RulesChange, wish: Wish, seeds: Seeds, site: str | None) -> Held:
    """The locked lists of both sides against the norms; a list that was deleted still counts."""
    if new.lock is None and old.lock is not None:
        if _is_whole(old.at):
            new = new if site is None else new._replace(whole=_whole(*new.at.packs))
        elif (home := _same_home(old.at, new.at)) is not None:
            new = new._replace(whole=_whole(str(home)))
        else:
            note("提示：新规则旁没有锁定的清单，没有核对锁定的规范。")
            return Held((), None)
    lists = [one.lock.locked.keys() for one in (old, new) if one.lock is not None]
    return Held(_broken(old, new, found, wish, seeds), len(set().union(*lists)) if lists else None)


def _same_home(old: RulesAt, new: RulesAt) -> Path | None:
    """Where the list of the old revision stood, on the new side; None where that is another place altogether."""
    if not old.prefix or old.home is None:
        return None
    within = old.home.relative_to(old.prefix)
    if new.prefix:
        home = Path(new.prefix) / within
        return home if home.is_dir() else None
    pack = Path(new.packs[0]).resolve()
    held = (pack, *pack.parents[:3])
    return next((one for one in held if one.is_dir() and one.parts[-len(within.parts) :] == within.parts), None)


def _broken(old: Compiled, new: Compiled, found: RulesChange, wish: Wish, seeds: Seeds) -> tuple[Breakage, ...]:
    after = families_of(new.whole or new.rules)
    broken_now: dict[str, Breakage] = {}
    if old.lock is not None and old.whole is not None:
        before = families_of(old.whole)
        broken_now = {one.norm: one for one in against(old.lock, new.lock, before, after)}
    for one in standing(new.lock, after) if new.lock is not None else ():
        broken_now.setdefault(one.norm, one)
    told = _Strength(old, new, found, wish, seeds)
    return tuple(one.model_copy(update={"stronger": told.is_stronger(one)}) for one in broken_now.values())


class _Strength:
    """Whether what was found shows a change to be a mere strengthening."""

    def __init__(self, old: Compiled, new: Compiled, found: RulesChange, wish: Wish, seeds: Seeds) -> None:
        self._effects = {change.id: change.effect for change in found.changes}
        self._rules, self._calendar = (old.rules, new.rules), wish.calendar
        self._sides: Sides | None = None
        self._seeds = seeds

    def is_stronger(self, breakage: Breakage) -> bool:
        """New violations in the witness and in the fixtures, none lost in either."""
        effect = self._effects.get(breakage.norm)
        if not isinstance(effect, Shows) or any(way.startswith("削弱") for way in breakage.ways):
            return False
        self._sides = self._sides or Sides(families_of(self._rules[0]), families_of(self._rules[1]), self._calendar)
        tried = [*effect.pairs]
        for fixture in self._seeds(breakage.norm):
            tried += self._sides.pairs(fixture.case, fixture.as_of, breakage.norm)
        return any(pair.gained for pair in tried) and not any(pair.lost for pair in tried)


def marks(new: Compiled, norms: Sequence[NormChange], breakages: Sequence[Breakage]) -> Iterator[Diagnostic]:
    """What must be accounted for, at its line in the newer rules: for annotations, not people."""
    spans = {one.id: one.span for one in new.rules.norms} | {one.id: one.span for one in new.rules.indicators}
    for change in norms:
        span = spans.get(change.id)
        if span is not None and not new.at.prefix:
            told = "；".join(map(detail_text, change.details)) or "；".join(change.causes)
            yield Diagnostic(code="unexplained-change", message=f"「{change.id}」{change.kind}：{told}", at=span)
    if new.lock is not None and not new.at.prefix:
        known = [one for one in breakages if one.norm in new.lock.locked]
        yield from broken_diagnostics(new.lock, known)
