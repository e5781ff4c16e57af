"""What grounding hands to inference: small integers about one norm instance, never a string from a record."""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import NamedTuple, TypeAlias


class Truth(IntEnum):
    """Three values, as integers."""

    NO = 0
    YES = 1
    MAYBE = 2


class Form(IntEnum):
    """Which inner table an instance is read in."""

    WINDOW = 0
    """Occur"""
    DEEM = 1
    POINT = 2
    """Hold, Contain, Precede: ``holds``"""
    REVIEW = 3


class Act(IntEnum):
    """How the required acts stand to the window (all groups joined)."""

    TIMELY = 0
    LATE = 1
    MAYBE = 2
    NONE = 3


class Clock(IntEnum):
    """How the as-of date stands to the due date."""

    RUNNING = 0
    UNSURE = 1
    PASSED = 2
    IDLE = 3
    STOPPED = 4
    UNKNOWN = 5


class GroundFact(NamedTuple):
    """One norm instance. ``norm`` is a position in the rule set, ``instance`` a number unique within the case.

    ``defeats`` has one value for each ``Defeat`` clause in written order (ordinary horizon; without ``afterwards`` ones
    that only a later fact makes true: those stand in ``cured``). ``act``/``clock`` count for WINDOW and DEEM, ``holds``
    for POINT, ``answer`` for REVIEW (YES 是, NO 否, MAYBE none given); fields of other forms are 0.
    """

    norm: int
    instance: int
    form: Form
    certain: bool
    defeats: tuple[Truth, ...]
    prior: Truth
    cured: Truth
    unsure: bool
    act: Act
    clock: Clock
    holds: Truth
    answer: Truth


class Outcome(NamedTuple):
    """What inference says of a ground fact.

    ``verdict`` is the text of a :class:`checker.model.finding.Verdict`, None where the instance is not listed.
    ``defeated_by`` is the position in ``defeats`` of the deciding clause, -1 for none. ``deems`` is whether the
    deemed act happens.
    """

    instance: int
    verdict: str | None
    defeated_by: int
    deems: Truth


class EngineFailure(NamedTuple):
    """An inference that died on one case: never a verdict. ``message`` is one Chinese sentence."""

    case: int
    message: str


Infer: TypeAlias = Callable[[Sequence[tuple[int, GroundFact]]], Sequence[tuple[int, Outcome | EngineFailure]]]
"""Facts of one stratum of a batch, each with the number of its case, to outcomes with the same numbers.

Every fact gets exactly one outcome (same case, same ``instance``), in any order, unless its case has a failure.
"""
