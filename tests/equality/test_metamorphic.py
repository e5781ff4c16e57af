"""What must not change, or must change in one way only, when rules or cases are changed."""

import datetime as dt

from hypothesis import assume, given
from hypothesis import strategies as st

from checker.calendars.shipped import shipped_calendar
from checker.engines.run import evaluate, prepare
from checker.model.case import Event
from checker.model.norm import OnPeriod
from checker.model.values import Part, Unit
from equality.budget import budget
from equality.differences import bare
from equality.shifting import shifted
from strategies import words
from strategies.cases import situations
from strategies.rules import nodes, rule_set


def findings(rules, case, as_of, calendar="cn"):
    return bare(evaluate(prepare(rules, shipped_calendar(calendar)), case, as_of).findings)


@budget(80)
@given(situations(), st.integers(0, 30), st.booleans())
def test_an_event_of_an_act_that_no_norm_mentions_changes_nothing(situation, day, is_dated):
    rules, case, as_of = situation
    date = as_of - dt.timedelta(days=day) if is_dated else None
    other = Event(id="别的", position=len(case.events) + 1, act="H", date=date)
    more = case.model_copy(update={"events": (*case.events, other)})
    assert findings(rules, more, as_of) == findings(rules, case, as_of)


@budget(80)
@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_norms_is_only_the_order_of_findings(situation, random):
    rules, case, as_of = situation
    # the one place where position decides: two norms that deem an act on the same day
    assume(sum(norm.requirement.tag == "deem" for norm in rules.norms) <= 1)
    families = list(dict.fromkeys(norm.id for norm in rules.norms))
    random.shuffle(families)
    other = rule_set([norm for family in families for norm in rules.norms if norm.id == family])
    here, there = findings(rules, case, as_of), findings(other, case, as_of)
    assert sorted(here, key=repr) == sorted(there, key=repr)
    assert [f for family in families for f in here if f.norm == family] == list(there)


@budget(80)
@given(situations(), st.integers(-3, 3))
def test_whole_weeks_shift_the_findings_where_only_weekends_count(situation, weeks):
    rules, case, as_of = situation
    # months and calendar periods are not the same everywhere
    assume(not any(isinstance(node, OnPeriod) for node in nodes(rules)))
    assume(not any(isinstance(n, Part) and n.unit in (Unit.MONTH, Unit.YEAR) for n in nodes((rules, case))))
    by = dt.timedelta(weeks=weeks)
    here = findings(rules, case, as_of, "weekends")
    there = findings(shifted(rules, by), shifted(case, by), as_of + by, "weekends")
    assert there == tuple(shifted(finding, by) for finding in here)


def test_the_act_of_the_first_property_is_in_no_strategy():
    assert "H" not in words.VOCABULARY.acts
