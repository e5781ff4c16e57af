"""All analyses over a rule set, in parts that run at the same time; the order of the answers is always the same."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple, Protocol

from checker.calendars.calendar import Calendar
from checker.drafting.analysis import kinds as folder
from checker.drafting.analysis.desk import Desk, Share
from checker.drafting.analysis.results import Result
from checker.drafting.answers import Bound
from checker.drafting.processes import over_processes
from checker.model.norm import RuleSet

_SMALL: Final = 80
"""Norms that one process is done with before a second has started."""


class Kind(Protocol):
    """One analysis. ``NAME`` is stable ASCII, ``TITLE`` Chinese; ``IS_GRAVE``: what it finds must be mended."""

    NAME: str
    TITLE: str
    IS_GRAVE: bool

    def look(self, desk: Desk) -> Iterator[Result]:
        """What is to be said of the part of the rules that is this desk's."""


class Job(NamedTuple):
    """One part of the work, for another process."""

    rules: RuleSet
    calendar: Calendar
    bound: Bound
    kinds: tuple[str, ...]
    share: Share


def all_kinds() -> dict[str, Kind]:
    """The analyses by name, in order of their files."""
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    found = [importlib.import_module(f"{folder.__name__}.{name}") for name in names]
    return {kind.NAME: kind for kind in found}


def analyse(
    rules: RuleSet, calendar: Calendar, bound: Bound | None = None, only: Collection[str] = (), jobs: int = 1
) -> tuple[Result, ...]:
    """Every answer, by kind, then in the order of the norms."""
    wanted = tuple(name for name in all_kinds() if not only or name in only)
    parts = jobs if len(rules.norms) > _SMALL else 1
    work = [Job(rules, calendar, bound or Bound(), wanted, Share(n, parts)) for n in range(parts)]
    done = map(_done, work) if parts == 1 else over_processes(_done, work, parts)
    found = [one for results in done for one in results]
    places = {(norm.id, norm.version): n for n, norm in enumerate(rules.norms)}
    order = {name: n for n, name in enumerate(wanted)}

    def rank(result: Result) -> tuple[int, list[int], str, str]:
        return order[result.kind], [places[n.norm, n.version] for n in result.norms], result.about, result.claim

    return tuple(sorted(found, key=rank))


def _done(job: Job) -> list[Result]:
    desk = Desk(job.rules, job.calendar, job.bound, job.share)
    kinds = all_kinds()
    return [result for name in job.kinds for result in kinds[name].look(desk)]
