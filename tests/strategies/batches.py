"""A rule set, a batch of cases for it, and an as-of date."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from checker.model.case import Case
from checker.model.norm import RuleSet
from strategies import words as w
from strategies.cases import records
from strategies.plain import plain_norms
from strategies.rules import SHAPES, rule_sets
from strategies.seeded import seeded_case

Draw = st.DrawFn
Situation = tuple[RuleSet, list[Case], dt.date]
BASES = (*w.BASES, dt.date(2003, 12, 18), dt.date(2024, 12, 20))
"""Besides, where the working-day table begins, and a turn of the year inside it."""

bases = st.sampled_from(BASES)
seeds = st.integers(0, 2**32)


def any_rules(base: dt.date, most: int = 4) -> st.SearchStrategy[RuleSet]:
    """Plain norms as often as all the others."""
    plain = rule_sets(base, most * 2, (plain_norms,), (plain_norms,))
    mixed = rule_sets(base, most, (plain_norms, *SHAPES))
    return st.one_of(plain, mixed, rule_sets(base, most))


@st.composite
def batches(draw: Draw, most: int = 40) -> Situation:
    """Up to ``most`` cases made from numbers, and now and then one in which every detail is drawn."""
    base = draw(bases)
    rules = draw(any_rules(base))
    norms = [norm.id for norm in rules.norms]
    least = draw(st.sampled_from((1, 1, max(1, most // 4), max(1, most // 2))))
    numbers = draw(st.lists(seeds, min_size=least, max_size=most))
    cases = [seeded_case(seed, n, base, norms) for n, seed in enumerate(numbers)]
    drawn = draw(w.rarely(records(base, norms)))
    if drawn is not None:
        cases.insert(draw(st.integers(0, len(cases))), drawn)
    return rules, cases, base + dt.timedelta(days=draw(st.integers(0, 50)))


@st.composite
def long_cases(draw: Draw) -> Situation:
    """Plain norms; cases with hundreds of events between short ones."""
    base = draw(bases)
    rules = draw(rule_sets(base, 4, (plain_norms,), (plain_norms,)))
    norms = [norm.id for norm in rules.norms]
    lengths = draw(st.lists(st.sampled_from((0, 1, 3, 130, 300)), min_size=1, max_size=3))
    cases = [seeded_case(draw(seeds), n, base, norms, length) for n, length in enumerate(lengths)]
    return rules, cases, base + dt.timedelta(days=draw(st.integers(0, 50)))
