"""What two rule sets differ in: norm by norm, around the norms, and on past cases."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from checker.model.case import Case
from checker.model.finding import Finding, Verdict
from checker.model.node import Node


class ChangeKind(StrEnum):
    """What happened to a norm or an indicator."""

    ADDED = "新增"
    REMOVED = "删去"
    MEANING = "含义改变"
    REWORDED = "改写"
    """Its core is another one, and no case tells the two apart; ``Equal`` says how far that is proved."""
    AFFECTED = "受牵连"
    """Its own core is as before; that of something it rests on is not."""
    RENAMED = "改名"
    METADATA = "只改附注"
    TEXT = "只改文字"


class Detail(Node):
    """One difference in words; ``old`` or ``new`` is empty where something was added or removed."""

    aspect: str
    old: str = ""
    new: str = ""


class Pair(Node):
    """What the two rule sets say at one anchor; None where one says nothing."""

    anchor: str
    old: Finding | None = None
    new: Finding | None = None

    @property
    def lost(self) -> bool:
        """A violation before, none after."""
        return _violates(self.old) and not _violates(self.new)

    @property
    def gained(self) -> bool:
        """A violation after, none before."""
        return _violates(self.new) and not _violates(self.old)


def _violates(finding: Finding | None) -> bool:
    return finding is not None and finding.verdict.is_violation


class Shows(Node):
    """A case on which the two differ; ``fixture`` is the file a drafter may keep, with the new findings expected."""

    tag: Literal["differs"] = "differs"
    case: Case
    as_of: dt.date
    pairs: tuple[Pair, ...]
    fixture: str


class Equal(Node):
    """No case tells the two apart; ``bound`` says in Chinese how far that is proved, empty for without a bound."""

    tag: Literal["equal"] = "equal"
    bound: str = ""


class Open(Node):
    """未能判定, and why."""

    tag: Literal["undecided"] = "undecided"
    reason: str


Effect: TypeAlias = Annotated[Shows | Equal | Open, Field(discriminator="tag")]


class NormChange(Node):
    """One norm (all its versions), or an ``indicator``.

    ``was`` is its id before it was renamed. ``causes`` are what it rests on and what was changed of that. ``effect`` is
    None where nobody needs to ask: only text or metadata were changed, or the norm stands on one side alone.
    """

    id: str
    kind: ChangeKind
    indicator: bool = False
    was: str | None = None
    details: tuple[Detail, ...] = ()
    causes: tuple[str, ...] = ()
    effect: Effect | None = None

    @property
    def matters(self) -> bool:
        """Whether findings may differ: for all that was shown, it must be accounted for."""
        if self.kind in (ChangeKind.TEXT, ChangeKind.METADATA, ChangeKind.RENAMED):
            return False
        if not isinstance(self.effect, Equal):
            return True
        return self.kind is ChangeKind.REWORDED and self.effect.bound != ""


class PlaceChange(Node):
    """What differs around the norms: in the head of a pack (``place`` its id), or in the vocabulary."""

    place: str
    details: tuple[Detail, ...]


class RulesChange(Node):
    """Two rule sets compared. ``norms`` counts those of the old, of the new, and those that are the same in both."""

    old: str
    new: str
    norms: tuple[int, int, int]
    changes: tuple[NormChange, ...] = ()
    places: tuple[PlaceChange, ...] = ()

    def of(self, kind: ChangeKind) -> int:
        """How many changes are of a kind."""
        return sum(change.kind is kind for change in self.changes)


class Flip(Node):
    """So many findings of a norm that went from one verdict to another; None: no finding.

    ``unit`` is the organ that owes the duty; empty where the record names none.
    """

    norm: str
    unit: str
    old: Verdict | None
    new: Verdict | None
    count: int


class Sample(Node):
    """One finding that flipped, both ways explained."""

    case: str
    norm: str
    pair: Pair


class Flips(Node):
    """The cases of an archive under both rule sets.

    ``read`` is those that both could read and conclude on: ``unchanged`` and ``changed`` add up to it. ``left_out``
    could be read under neither, ``only_old`` and ``only_new`` under one, ``failed`` died in an engine. ``reworded`` are
    findings with the same verdict of which something else differs (the due date, the category …); they are no flips,
    but make a case changed. ``omitted`` are norms that were not evaluated, since nothing about them was changed.
    """

    as_of: dt.date
    calendar: str
    read: int = 0
    left_out: int = 0
    only_old: int = 0
    only_new: int = 0
    failed: int = 0
    skipped: int = 0
    unchanged: int = 0
    changed: int = 0
    reworded: int = 0
    omitted: int = 0
    flips: tuple[Flip, ...] = ()
    samples: tuple[Sample, ...] = ()


class Breakage(Node):
    """An invariant that does not hold: which norm, what became of it in words, and the entry that would account for it.

    ``ways`` say in what it differs, and what of that weakens it by its form alone. ``stronger`` is told only of one
    that is shown to bring new violations and to lose none.
    """

    norm: str
    what: str
    ways: tuple[str, ...] = ()
    stronger: bool = False
    entry: str = ""


class ChangeReport(Node):
    """All that a comparison says. ``flips`` is None where no cases were given.

    ``locked`` counts the norms of the locked list that were looked at, None where there is no list. ``unexplained``
    are sentences on what no expectation accounts for; ``has_expectations``: a file of them was given.
    """

    rules: RulesChange
    flips: Flips | None = None
    breakages: tuple[Breakage, ...] = ()
    locked: int | None = None
    unexplained: tuple[str, ...] = ()
    has_expectations: bool = False
