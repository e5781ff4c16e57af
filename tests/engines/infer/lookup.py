"""The tables read directly: what the engine must agree with."""

from checker.engines.facts import Outcome, Truth
from checker.engines.verdicts import INNER_ROWS, OVERLAY_ROWS


def outcome(fact):
    defeat, by = defeat_of(fact.defeats)
    (inner,) = [row for row in INNER_ROWS if row.form is fact.form and _inner_holds(row, fact)]
    (row,) = [row for row in OVERLAY_ROWS if inner.verdict in row.inner and _overlay_holds(row, fact, defeat)]
    verdict = inner.verdict if row.keeps_inner else row.verdict
    return Outcome(fact.instance, None if verdict is None else verdict.value, by, _deems(inner.deems, fact, defeat))


def defeat_of(values):
    if Truth.YES in values:
        return Truth.YES, values.index(Truth.YES)
    return (Truth.MAYBE if Truth.MAYBE in values else Truth.NO), -1


def _inner_holds(row, fact):
    return fact.act in row.act and fact.clock in row.clock and fact.holds in row.holds and fact.answer in row.answer


def _overlay_holds(row, fact, defeat):
    return (
        fact.certain in row.certain
        and defeat in row.defeat
        and fact.prior in row.prior
        and fact.cured in row.cured
        and fact.unsure in row.unsure
    )


def _deems(inner, fact, defeat):
    """Strong Kleene: it would, and the anchor is certain, and no exception, and no priority, and nothing unsure."""
    parts = [
        inner,
        Truth.YES if fact.certain else Truth.MAYBE,
        negation(defeat),
        negation(fact.prior),
        Truth.MAYBE if fact.unsure else Truth.YES,
    ]
    if Truth.NO in parts:
        return Truth.NO
    return Truth.MAYBE if Truth.MAYBE in parts else Truth.YES


def negation(value):
    return {Truth.NO: Truth.YES, Truth.YES: Truth.NO, Truth.MAYBE: Truth.MAYBE}[value]
