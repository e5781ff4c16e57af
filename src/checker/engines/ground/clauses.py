"""Compiled exception clauses of a norm, by phase [R4]."""

from dataclasses import dataclass

from checker.calendars.amount import Amount
from checker.engines.ground.patterns import Pattern
from checker.engines.ground.periods import PeriodTerm
from checker.engines.ground.scope import Condition
from checker.model.requirements import Defeat, Exclude, Extend, NoRoll, Replace, Restart
from checker.model.values import Period


@dataclass(slots=True, frozen=True)
class DefeatRule:
    """不适用."""

    clause: int
    rule: Defeat
    condition: Condition


@dataclass(slots=True, frozen=True)
class ReplaceRule:
    """期限为."""

    clause: int
    rule: Replace
    condition: Condition
    period: PeriodTerm


@dataclass(slots=True, frozen=True)
class NoRollRule:
    """不顺延."""

    clause: int
    rule: NoRoll
    condition: Condition


@dataclass(slots=True, frozen=True)
class ExtendRule:
    """延长. ``grant`` None: by its condition alone."""

    clause: int
    rule: Extend
    grant: Pattern | None
    condition: Condition
    period: PeriodTerm
    total: Period | None


@dataclass(slots=True, frozen=True)
class ExcludeRule:
    """不计入. ``end`` None: a length from the start on."""

    clause: int
    rule: Exclude
    start: Pattern
    end: Pattern | None
    length: PeriodTerm | None
    condition: Condition
    cap: Amount | None


@dataclass(slots=True, frozen=True)
class RestartRule:
    """重新计算."""

    clause: int
    rule: Restart
    at: Pattern
    origin: Pattern | None
    condition: Condition


Phase3 = ExtendRule | ExcludeRule | RestartRule


@dataclass(slots=True, frozen=True)
class Clauses:
    """All clauses of one norm, each phase in written order."""

    defeats: tuple[DefeatRule, ...] = ()
    replaces: tuple[ReplaceRule, ...] = ()
    no_rolls: tuple[NoRollRule, ...] = ()
    phase3: tuple[Phase3, ...] = ()

    @property
    def adjust(self) -> bool:
        """Whether any clause can change the due date."""
        return bool(self.replaces or self.no_rolls or self.phase3)
