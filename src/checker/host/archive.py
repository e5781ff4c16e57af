"""The run of an archive on one machine: its portions over the cores, their parts in order, sums that add up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from checker.cases.portions import Portion
from checker.cases.portions import portions as portions_under
from checker.cases.portions.rows import packed
from checker.cases.problems import BadCase
from checker.cases.source import Skipped
from checker.engines.archive.results import VERDICTS
from checker.host import single
from checker.host.plan import Notice, Part, Plan
from checker.host.pool import Examiners, examiners
from checker.host.seen import Seen
from checker.host.store import Store
from checker.model.norm import RuleSet
from checker.reports.content import Head, Totals

Item = Portion | BadCase | Skipped


class Step(NamedTuple):
    """What came next: finished results, what is to be told beside them, and the portion both came of, if of one."""

    body: bytes
    notices: tuple[Notice, ...]
    portion: Portion | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """A portion whose part is in the store."""

    portion: Portion


class ArchiveRun:
    """One check of an archive: iterate once, then read ``totals``; memory stays steady whatever the size.

    ``head`` is None until it is known, at the latest after the last step. With a store every part is kept there before
    its step comes, and :meth:`bodies` gives all of them once more at the end.
    """

    def __init__(self, plan: Plan, items: Iterator[Item], jobs: int, store: Store | None = None) -> None:
        """Nothing is read yet. ``items`` as :func:`checker.cases.portions.portions` gives them."""
        self._plan, self._jobs, self._store = plan, jobs, store
        self._seen = Seen()
        self._number = 0
        self._items = self._known(items, 0 if store is None else store.held)
        self.head: Head | None = None
        self.totals = Totals()
        self.findings = 0

    def __iter__(self) -> Iterator[Step]:
        """Every portion in the order of the input, and what of the input is in none."""
        first, jobs = self._peek()
        with examiners(self._plan, jobs) as team:
            for item, part in team.parts(chain(first, self._items)):
                yield self._step(item, part, team)
        if self.head is None:
            self.head = self._plan.listing.head(self.totals.read)

    def bodies(self) -> Iterator[bytes]:
        """The results of all portions again, from the store."""
        assert self._store is not None
        for number in range(self._number):
            part = self._store.read(number)
            if part is None:
                raise OSError(f"part {number} is gone")  # nobody but us writes there
            yield part.body

    def _known(self, items: Iterator[Item], held: int) -> Iterator[Item | _Held]:
        number = 0
        for item in items:
            if not isinstance(item, Portion):
                yield item
                continue
            yield _Held(item) if number < held else item
            number += 1

    def _peek(self) -> tuple[list[Item | _Held], int]:
        """The first items; for a single portion no process is worth its start."""
        first: list[Item | _Held] = []
        for item in self._items:
            first.append(item)
            if isinstance(item, _Held) or sum(isinstance(one, Portion) for one in first) > 1:
                return first, self._jobs
        return first, 1

    def _step(self, item: Item | _Held, part: Part | None, team: Examiners) -> Step:
        match item:
            case Skipped():
                self.totals.skipped += 1
                return Step(b"", ())
            case BadCase():
                self.totals.left_out += 1
                step = Step(b"", item.diagnostics)
            case _Held(portion):
                step = self._counted(portion, self._read(portion, team))
            case Portion():
                assert part is not None
                step = self._counted(item, self._kept(self._unique(item, part, team)))
        if self.head is None and self.totals.read + self.totals.left_out > single.FEW:
            self.head = self._plan.listing.head(None)
        return step

    def _read(self, portion: Portion, team: Examiners) -> Part:
        """The part of before; where a disk has spoilt it, the portion is examined anew."""
        assert self._store is not None
        part = self._store.read(self._number)
        if part is None:
            return self._kept(self._unique(portion, team.again(portion, frozenset()), team))
        self._seen.add(part.ids)
        return part

    def _unique(self, portion: Portion, part: Part, team: Examiners) -> Part:
        """The part without the cases whose ids earlier portions had; that it has any is rare."""
        known = self._seen.among(part.ids)
        if known:
            part = team.again(portion, known)
        self._seen.add(part.ids)
        return part

    def _kept(self, part: Part) -> Part:
        if self._store is not None:
            self._store.keep(self._number, part)
        return part

    def _counted(self, portion: Portion, part: Part) -> Step:
        self._number += 1
        self.findings += part.findings
        add(self.totals, part, self._plan.listing.rules)
        return Step(part.body, part.notices, portion)


def add(totals: Totals, part: Part, rules: RuleSet) -> None:
    """Count a part in."""
    totals.read += part.read
    totals.failed += part.failed
    totals.left_out += part.left_out
    concluded = part.read - part.failed
    for position, place, n in part.verdicts:
        verdict, norm = VERDICTS[place], rules.norms[position]
        totals.verdicts[verdict] += n
        totals.norms[position, verdict] += n
        if verdict.is_violation:
            totals.categories[norm.breach.category] += n
    for position, n in enumerate(part.opened):
        totals.unopened[position] += concluded - n
    totals.triggered += sum(part.opened)
    totals.untriggered += concluded * len(part.opened) - sum(part.opened)


def items_under(plan: Plan, paths: Sequence[str]) -> Iterator[Item]:
    """The portions of everything under the paths."""
    return portions_under(paths, plan.setup)


def items_left(plan: Plan, run: single.Run) -> Iterator[Item]:
    """The portions of what another run has not checked yet; for sources that can be read only once."""
    yield from packed(run.items, "标准输入", plan.setup)
    yield from map(Skipped, run.skipped)
