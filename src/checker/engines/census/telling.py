"""The whole result of a census."""

from typing import NamedTuple

from checker.engines.census.asked import ALWAYS, Asked
from checker.engines.census.cells import Sums
from checker.engines.census.dimensions import Register
from checker.engines.census.problems import norm_problems, unit_problems
from checker.engines.census.results import table_of, whole_row
from checker.model.figures import IndicatorFigures
from checker.model.norm import RuleSet
from checker.model.statistics import Statistics, Thresholds


class Read(NamedTuple):
    """How many cases there were: see :class:`checker.model.statistics.Statistics`."""

    read: int
    left_out: int
    failed: int
    skipped: int
    triggered: int
    untriggered: int
    uncounted: int = 0


class Basis(NamedTuple):
    """What was counted under what."""

    rules: RuleSet
    calendar: str
    asked: Asked
    sources: tuple[str, ...] = ()
    thresholds: Thresholds = Thresholds()


def statistics(basis: Basis, sums: Sums, read: Read, indicators: tuple[IndicatorFigures, ...] = ()) -> Statistics:
    """Everything in one."""
    asked, register = basis.asked, Register(basis.rules)
    counted = dict(zip(asked.counted, sums.tables, strict=True))
    whole, by_norm, by_unit = (counted[along] for along in ALWAYS)
    beyond, compared = unit_problems(by_unit[0], register, basis.thresholds)
    return Statistics(
        as_of=asked.as_of,
        packs=tuple(pack.id for pack in basis.rules.packs),
        calendar=basis.calendar,
        **read._asdict(),
        by_due=asked.by_due,
        now=asked.now,
        before=asked.before,
        whole=whole_row(whole),
        tables=tuple(table_of(along, counted[along], asked, register) for along in asked.tables),
        thresholds=basis.thresholds,
        problems=norm_problems(by_norm[0], by_unit[0], register, basis.thresholds),
        unit_problems=beyond,
        compared=compared,
        sources=basis.sources,
        indicators=indicators,
    )
