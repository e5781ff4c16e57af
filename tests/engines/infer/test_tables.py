"""The engine says what the tables say, over the whole finite space."""

import random
from collections import Counter
from itertools import product

import pytest

from checker.engines import plain
from checker.engines.facts import Act, Clock, Form, Truth
from checker.engines.infer import DurableInference
from engines.infer import lookup
from engines.infer.sample_rules import OVERDUE, fact, norm, rule_set

LENGTHS = range(4)
RULES = rule_set(*(norm(f"{form.name}{length}", form, length) for form in Form for length in LENGTHS))


@pytest.fixture(scope="module")
def infer():
    with DurableInference(RULES) as inference:
        yield inference


def every_fact(form):
    """All that the form's table and the overlay read; what they do not read at random."""
    chance = random.Random(form)
    acts, clocks, holds, answers = Act, Clock, Truth, Truth
    if form in (Form.POINT, Form.REVIEW):
        acts, clocks = [None], [None]
    if form is not Form.POINT:
        holds = [None]
    if form is not Form.REVIEW:
        answers = [None]
    overlays = list(product((True, False), Truth, Truth, (True, False)))
    for length in LENGTHS:
        position = list(Form).index(form) * len(LENGTHS) + length
        for defeats in product(Truth, repeat=length):
            for act, clock, hold, answer, overlay in product(acts, clocks, holds, answers, overlays):
                certain, prior, cured, unsure = overlay
                yield fact(
                    position,
                    0,
                    form,
                    defeats=defeats,
                    certain=certain,
                    prior=prior,
                    cured=cured,
                    unsure=unsure,
                    act=chance.choice(list(Act)) if act is None else act,
                    clock=chance.choice(list(Clock)) if clock is None else clock,
                    holds=chance.choice(list(Truth)) if hold is None else hold,
                    answer=chance.choice(list(Truth)) if answer is None else answer,
                )


@pytest.mark.parametrize("form", list(Form), ids=lambda form: form.name)
def test_every_combination_is_as_the_tables_say(infer, form):
    facts = [(number // 400, one._replace(instance=number)) for number, one in enumerate(every_fact(form))]
    found = dict(enumerate(infer(facts)))
    assert len(found) == len(facts) > 1000
    wrong = [
        (one, outcome)
        for (_, one), (_, outcome) in zip(facts, found.values(), strict=True)
        if outcome != lookup.outcome(one)
    ]
    assert wrong == []
    assert list(found.values()) == plain.infer(facts)
    assert {case for case, _ in found.values()} == {case for case, _ in facts}


def test_every_rule_of_the_tables_fires_somewhere(infer):
    facts = [(0, one) for form in Form for one in list(every_fact(form))[::7]]
    fired = Counter(name for _, derivation in infer.derive(facts) for name in derivation.rules)
    tables = {rule.name for rules in infer._wire._rulesets for rule in rules if ":" in rule.name}
    assert tables - set(fired) == set()


def test_order_of_facts_does_not_matter(infer):
    chance = random.Random(7)
    facts = chance.sample([one for form in Form for one in every_fact(form)], 600)
    numbered = [(number % 3, one._replace(instance=number)) for number, one in enumerate(facts)]
    straight = sorted(infer(numbered), key=lambda found: found[1].instance)
    chance.shuffle(numbered)
    assert sorted(infer(numbered), key=lambda found: found[1].instance) == straight


def test_first_true_exception_decides():
    with DurableInference(rule_set(norm("甲", exceptions=3))) as infer:
        values = (Truth.MAYBE, Truth.YES, Truth.YES)
        ((_, derivation),) = infer.derive([(4, fact(defeats=values, **OVERDUE))])
    assert derivation.outcome == (0, "exempt", 1, Truth.NO)
    assert derivation.rules == ("exception:0.1", "inner:8.0", "overlay:0.row.0")


def test_many_exceptions():
    with DurableInference(rule_set(norm("甲", exceptions=32))) as infer:
        values = (Truth.NO,) * 30 + (Truth.MAYBE, Truth.YES)
        assert infer([(0, fact(defeats=values, **OVERDUE))]) == [(0, (0, "exempt", 31, Truth.NO))]
        values = (Truth.NO,) * 31 + (Truth.MAYBE,)
        assert infer([(0, fact(defeats=values, **OVERDUE))]) == [(0, (0, "undetermined", -1, Truth.NO))]


def test_a_breach_opens_the_norms_that_hang_on_it():
    rules = rule_set(
        norm("甲"),
        norm("乙", after="甲"),
        norm("丙", after="丁"),
        norm("丁", overrides=("甲",)),
        norm("戊", after="甲"),
    )
    with DurableInference(rules) as infer:
        found = infer.derive([(0, fact(0, 1, **OVERDUE)), (0, fact(3, 2, **OVERDUE)), (0, fact(2, 3, **OVERDUE))])
        met = infer.derive([(0, fact(0, 1))])
    assert {derivation.outcome.instance: derivation.opens for _, derivation in found} == {
        1: (1, 4),
        2: (1, 2, 4),
        3: (),
    }
    assert met[0][1].opens == ()


def test_nothing_in_nothing_out(infer):
    assert infer([]) == []
