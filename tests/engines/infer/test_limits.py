"""No ruleset goes beyond what the engine can carry; no fact goes to it that it might misread."""

import json
from itertools import product

import pytest

from checker.engines.facts import Act, Clock, EngineFailure, Form, Truth
from checker.engines.infer import DurableInference
from checker.engines.infer.compiling import compile_rules
from checker.engines.infer.limits import Limits, Network
from checker.engines.infer.rules import KEYS, MOST_EXCEPTIONS, Comparison, Rule, Step, template, ways
from checker.engines.infer.tables import table_rules
from checker.engines.infer.wire import REQUEST, SESSION, Piece, Wire
from checker.model.diagnostic import RulesError
from engines.infer import lookup
from engines.infer.sample_rules import OVERDUE, fact, norm, rule_set

WIDE = Limits(rules=10_000)


def fnv(text):
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def network(rules, limits=WIDE):
    built = Network(limits)
    built.add(rules)
    return built


def equal(key, value):
    return Comparison(key, "eq", value)


def test_identical_patterns_are_bounded():
    rules = [Rule(f"r{n}", (equal("k", 1),)) for n in range(256)]
    assert network(rules[:255]).excess() is None
    assert network(rules).excess() == "条件相同的规则有 256 个，超过 255 个"


def test_literals_of_a_property_are_bounded():
    rules = [Rule(f"r{n}", (equal("k", 1), equal("n", n))) for n in range(512)]
    assert network(rules[:511]).excess() is None
    assert network(rules).excess() == "同一处的比较值有 512 个，超过 511 个"


def test_branches_that_match_together_are_bounded():
    rules = [Rule(f"r{n}", (equal("k", 1), Comparison("n", "gte", n))) for n in range(65)]
    assert network(rules[:64]).excess() is None
    assert network(rules).excess() == "同时成立的分支有 65 个，超过 64 个"
    exclusive = [Rule(f"r{n}", (equal("k", 1), equal("n", n))) for n in range(65)]
    assert network(exclusive).excess() is None


def test_branches_wait_while_a_deeper_one_is_followed():
    outer = [Rule(f"o{n}", (Comparison("n", "gte", n),)) for n in range(40)]
    inner = [Rule(f"i{n}", (Comparison("n", "gte", 0), Comparison("i", "gte", n))) for n in range(25)]
    assert network([*outer, *inner]).excess() is None
    assert network([*outer, *inner, Rule("more", (Comparison("n", "gte", 0), Comparison("i", "gte", 25)))]).excess()


def test_rules_of_a_ruleset_are_bounded():
    rules = [Rule(f"r{n}", (equal("k", 1), equal("n", n))) for n in range(129)]
    assert network(rules[:128], Limits()).excess() is None
    assert network(rules, Limits()).excess() == "规则有 129 个，超过 128 个"


@pytest.mark.parametrize(
    "comparison",
    [
        Comparison("案号", "eq", 1),
        Comparison("n", "mt", 1),
        Comparison("n", "eq", 2**31),
        Comparison("n", "eq", -1),
    ],
)
def test_a_pattern_is_comparisons_of_known_keys_with_small_numbers(comparison):
    with pytest.raises(ValueError, match="is not a comparison"):
        network([Rule("r", (comparison,))])


def test_a_derived_fact_has_known_keys_only():
    with pytest.raises(ValueError, match="keys no fact may have"):
        template(Step.INNER, ("n", "id"), {})


def test_every_rule_is_one_pattern_without_joins():
    rules = compile_rules(rule_set(norm("甲", exceptions=3), norm("乙", after="甲"))).rulesets
    for rule in rules[0]:
        ((gate, (message,)),) = rule.definition().items()
        assert (gate, set(message)) == ("all", {"m"})
        body = message["m"].get("$and", [message["m"]])
        assert all(set(one) <= {*KEYS, "$neq", "$gte", "$lte"} for one in body)


def test_hashes_of_keys_and_ids_do_not_meet():
    """The engine compares both by 32 bits only; this is its hash."""
    keys = {*KEYS, "id", "sid", "$s"}
    assert len({fnv(key) for key in keys}) == len(keys)
    most = SESSION * 5 + 1
    for session in range(1, 1001):
        ids = {f"sid-{session}", *map(str, range(most))}
        assert len({fnv(one) for one in ids}) == len(ids)


def test_norms_are_split_over_rulesets_and_nothing_else_changes():
    rules = rule_set(
        *(norm(f"规{n}", Form(n % 4), n % 5, after=f"规{n - 1}" if n % 6 == 5 else None) for n in range(60))
    )
    compiled = compile_rules(rules)
    tables = table_rules()
    assert len(compiled.rulesets) > 3
    for ruleset in compiled.rulesets:
        assert network(ruleset, Limits()).excess() is None
        assert ruleset[: len(tables)] == tables
        assert len({rule.name for rule in ruleset}) == len(ruleset)
    own = [rule for ruleset in compiled.rulesets for rule in ruleset[len(tables) :]]
    assert own == list(compile_rules(rules, Limits(rules=10_000)).rulesets[0][len(tables) :])
    facts = [
        (0, fact(n, n, Form(n % 4), defeats=(value,) * (n % 5), **OVERDUE)) for n, value in product(range(60), Truth)
    ]
    with DurableInference(rules) as infer:
        assert sorted(infer(facts), key=str) == sorted(((0, lookup.outcome(one)) for _, one in facts), key=str)


@pytest.mark.parametrize("limits", [Limits(rules=10_000, literals=12), Limits(rules=64)])
def test_any_limit_splits(limits):
    rules = rule_set(*(norm(f"规{n}", exceptions=1) for n in range(40)))
    compiled = compile_rules(rules, limits)
    assert len(compiled.rulesets) > 3
    assert all(network(ruleset, limits).excess() is None for ruleset in compiled.rulesets)
    assert [entry.ruleset for entry in compiled.entries] == sorted(entry.ruleset for entry in compiled.entries)


def test_a_norm_with_too_many_exceptions_is_refused_by_name():
    compile_rules(rule_set(norm("甲", exceptions=MOST_EXCEPTIONS)))
    with pytest.raises(RulesError, match="规范「试/甲」超出推理引擎的限度：「不适用」有 33 条，超过 32 条。"):
        compile_rules(rule_set(norm("甲", exceptions=MOST_EXCEPTIONS + 1)))


def test_a_norm_that_no_ruleset_can_hold_is_refused_by_name():
    with pytest.raises(RulesError, match=r"规范「试/乙」超出推理引擎的限度：规则有 \d+ 个，超过 60 个。"):
        compile_rules(rule_set(norm("甲", exceptions=1), norm("乙", exceptions=9)), Limits(rules=60))


def test_patterns_of_a_set_of_values_are_disjoint_and_complete():
    holds = {"eq": int.__eq__, "neq": int.__ne__, "gte": int.__ge__, "lte": int.__le__}
    for size in range(1, 7):
        for chosen in product((False, True), repeat=size):
            allowed = {value for value in range(size) if chosen[value]}
            if not allowed:
                continue
            patterns = list(ways({"a": (allowed, size)}))
            for value in range(size):
                matching = [p for p in patterns if all(holds[c.operator](value, c.value) for c in p)]
                assert len(matching) == (value in allowed)


BAD = {
    "norm": fact(9),
    "negative norm": fact(-1),
    "instance": fact(0, 2**31),
    "negative instance": fact(0, -1),
    "text": fact(0, "17"),
    "form": fact(0, form=Form.DEEM),
    "too few": fact(1),
    "too many": fact(0, defeats=(Truth.NO,)),
    "defeat": fact(1, defeats=(3,)),
    "defeat text": fact(1, defeats=("1",)),
    "act": fact(0, act=4),
    "clock": fact(0, clock=-1),
    "prior": fact(0, prior="1"),
    "none": fact(0, cured=None),
    "fraction": fact(0, unsure=0.5),
}


@pytest.mark.parametrize("name", BAD)
def test_a_fact_against_the_contract_fails_its_case_only(name):
    rules = rule_set(norm("甲"), norm("乙", exceptions=1))
    with DurableInference(rules) as infer:
        found = infer([(1, fact(0, 1)), (2, fact(0, 1)), (2, BAD[name]), (3, fact(0, 1))])
    assert {case for case, one in found if isinstance(one, EngineFailure)} == {2}
    assert [case for case, _ in found] == [1, 3, 2]
    assert "事实" in found[-1][1].message


def test_sessions_and_requests_are_bounded():
    rules = rule_set(norm("甲"), norm("乙", exceptions=1))
    wire = Wire(compile_rules(rules))
    facts = tuple(fact(0, n) for n in range(100))
    sessions = json.loads(wire.encode([Piece(1, facts), Piece(2, facts[:3])]))["sessions"]
    assert [len(texts) for _, texts in sessions] == [SESSION, SESSION, SESSION, 4, 3]
    assert REQUEST % SESSION == 0


def test_ten_thousand_instances_of_one_case():
    rules = rule_set(norm("甲"), norm("乙", exceptions=1))
    facts = [(5, fact(0, n, act=Act(n % 4), clock=Clock(n % 6))) for n in range(10_000)]
    with DurableInference(rules) as infer:
        assert infer(facts) == [(5, lookup.outcome(one)) for _, one in facts]
