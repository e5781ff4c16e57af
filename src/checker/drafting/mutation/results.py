"""What came of a mutant: noticed by a fixture, or not, and why not."""

import datetime as dt
from typing import NamedTuple

from checker.drafting.answers import Answer, Proved
from checker.model.case import Case
from checker.model.finding import Finding
from checker.model.place import Span


class Killing(NamedTuple):
    """A case that fixtures lack: with what the norms as they stand find in it, and the mutants it would notice."""

    norm: str
    case: Case
    as_of: dt.date
    findings: tuple[Finding, ...]
    keys: tuple[str, ...]
    told: tuple[str, ...]


class Tested(NamedTuple):
    """One mutant. ``norm`` is the id of the norm, or of the pack whose head was changed.

    ``noticed_by`` is the name of a fixture. Where there is none, ``answer`` is a case on which the mutant differs, the
    proof that there is none, or neither; ``killing`` is the place of such a case among those of the unit, None where
    no fixture can be written that would notice it.
    """

    norm: str
    version: str
    span: Span | None
    operator: str
    told: str
    noticed_by: str | None = None
    answer: Answer | None = None
    killing: int | None = None

    @property
    def is_equivalent(self) -> bool:
        """Proved to say the same."""
        return isinstance(self.answer, Proved)

    @property
    def is_survivor(self) -> bool:
        """Neither noticed nor proved to say the same."""
        return self.noticed_by is None and not self.is_equivalent


class Unit(NamedTuple):
    """The mutants of one version of a norm, or of one head, and the cases that fixtures lack there."""

    tested: tuple[Tested, ...]
    killings: tuple[Killing, ...] = ()


class Score(NamedTuple):
    """Counts that add up: all = noticed + equivalent + survivors."""

    noticed: int
    equivalent: int
    survivors: int

    @property
    def total(self) -> int:
        """All mutants."""
        return self.noticed + self.equivalent + self.survivors

    @property
    def percent(self) -> float:
        """Of those not proved equivalent, how many are noticed; 100 where there are none."""
        counted = self.noticed + self.survivors
        return 100.0 * self.noticed / counted if counted else 100.0


def score_of(tested: "list[Tested]") -> Score:
    """The counts."""
    equivalent = sum(one.is_equivalent for one in tested)
    survivors = sum(one.is_survivor for one in tested)
    return Score(len(tested) - equivalent - survivors, equivalent, survivors)
