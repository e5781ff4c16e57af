"""However cases are cut into batches, ordered and encoded, the archive kernel says the same of each."""

import datetime as dt
from itertools import pairwise
from random import Random

import pyarrow as pa
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checker.calendars.shipped import shipped_calendar
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack, unpack
from checker.engines.archive.results import findings_of
from checker.engines.run import evaluate_batch, prepare
from checker.model.case import Event
from checker.model.norm import OnPeriod, RuleSet
from checker.model.values import Part, Unit
from checker.model.vocabulary import Act
from equality.archived import compared, disagreement
from equality.budget import budget
from equality.shifting import shifted
from strategies import words as w
from strategies.altered import numbered
from strategies.batches import any_rules, bases, batches, seeds
from strategies.encoded import recoded
from strategies.rules import PACK, nodes
from strategies.seeded import FAR, seeded_case


def findings(kernel, cases, as_of):
    """Of each case, its findings."""
    result = kernel.evaluate(pack(cases, kernel.rules.vocabulary), as_of, everything=True)
    found = findings_of(result.findings)
    assert result.verdicts.sum() == result.case_verdicts.sum() == len(found)
    assert [row for row, _ in found] == sorted(row for row, _ in found)
    return [[f for row, f in found if row == n] for n in range(len(cases))]


@budget(30)
@given(batches(), seeds)
def test_the_encoding_of_columns_does_not_matter(situation, seed):
    rules, cases, as_of = situation
    calendar = shipped_calendar("cn")
    batch = recoded(pack(cases, rules.vocabulary), Random(seed))
    assert unpack(batch, rules.vocabulary) == cases
    single = evaluate_batch(prepare(rules, calendar), cases, as_of)
    assert compared(Kernel(rules, calendar), batch, single, as_of) == ""


@budget(30)
@given(batches(), st.lists(st.integers(0, 40), max_size=4))
def test_batches_may_be_cut_anywhere(situation, cuts):
    rules, cases, as_of = situation
    calendar = shipped_calendar("cn")
    kernel, batch = Kernel(rules, calendar), pack(cases, rules.vocabulary)
    single = evaluate_batch(prepare(rules, calendar), cases, as_of)
    borders = sorted({0, len(cases), *(min(cut, len(cases)) for cut in cuts)})
    for first, last in pairwise(borders):
        assert compared(kernel, batch.slice(first, last - first), single[first:last], as_of) == ""


@budget(25)
@given(batches(), seeds)
def test_the_order_of_cases_is_only_the_order_of_findings(situation, seed):
    rules, cases, as_of = situation
    kernel = Kernel(rules, shipped_calendar("cn"))
    order = Random(seed).sample(range(len(cases)), len(cases))
    here, there = findings(kernel, cases, as_of), findings(kernel, [cases[n] for n in order], as_of)
    assert [here[n] for n in order] == there


@budget(25)
@given(batches(), seeds)
def test_events_of_an_act_that_no_norm_mentions_change_nothing(situation, seed):
    rules, cases, as_of = situation
    acts = {**rules.vocabulary.acts, "H": Act(name="H", attributes=w.ATTRIBUTES)}
    more = rules.model_copy(update={"vocabulary": rules.vocabulary.model_copy(update={"acts": acts})})
    kernel, random = Kernel(more, shipped_calendar("cn")), Random(seed)
    there = [_with_another(case, random, as_of) for case in cases]
    assert findings(kernel, there, as_of) == findings(kernel, cases, as_of)


def _with_another(case, random, as_of):
    date = random.choice((None, as_of, as_of - dt.timedelta(days=random.randrange(30))))
    other = Event(id="别的", position=1, act="H", date=date, attributes={"对象": "甲"})
    place = random.randrange(len(case.events) + 1)
    return case.model_copy(update={"events": numbered((*case.events[:place], other, *case.events[place:]))})


@budget(30)
@given(batches(), st.integers(-3, 3))
def test_whole_weeks_shift_the_findings_where_only_weekends_count(situation, weeks):
    rules, cases, as_of = situation
    # months and calendar periods are not the same everywhere
    assume(not any(isinstance(node, OnPeriod) for node in nodes(rules)) and not _counts_months(rules))
    cases = [case for case in cases if not _counts_months(case) and not _is_far(case)]
    by = dt.timedelta(weeks=weeks)
    here = findings(Kernel(rules, shipped_calendar("weekends")), cases, as_of)
    moved = [shifted(case, by) for case in cases]
    there = findings(Kernel(shifted(rules, by), shipped_calendar("weekends")), moved, as_of + by)
    assert there == [[shifted(finding, by) for finding in listed] for listed in here]


def _counts_months(value):
    return any(isinstance(n, Part) and n.unit in (Unit.MONTH, Unit.YEAR) for n in nodes(value))


def _is_far(case):
    dates = {value for event in case.events for value in (event.date, *event.attributes.values())}
    return not dates.isdisjoint(FAR)


@budget(20)
@given(st.data())
def test_cases_in_which_nothing_happened_and_no_cases_at_all(data):
    base = data.draw(bases)
    rules = data.draw(any_rules(base))
    norms = [norm.id for norm in rules.norms]
    for count in (0, 1, 5):
        cases = [seeded_case(n, n, base, norms, length=0) for n in range(count)]
        assert disagreement(rules, shipped_calendar("cn"), cases, base) == ""


@pytest.mark.parametrize("count", [0, 3])
def test_no_norms(count):
    rules = RuleSet(packs=(PACK,), norms=(), vocabulary=w.VOCABULARY, strata=())
    cases = [seeded_case(n, n, w.BASES[0], ["p/N"]) for n in range(count)]
    assert disagreement(rules, shipped_calendar("cn"), cases, dt.date(2024, 3, 1)) == ""


def test_what_is_recoded_is_what_readers_may_hand_over():
    cases = [seeded_case(n, n, w.BASES[0], ["p/N"]) for n in range(30)]
    batch = pack(cases, w.VOCABULARY)
    forms = [recoded(batch, Random(n)) for n in range(20)]
    kinds = {field.type for form in forms for field in form.schema}
    assert any(pa.types.is_dictionary(kind) for kind in kinds)
    assert any(form.column("case").offset for form in forms)
    assert len({form.schema for form in forms}) > 10
