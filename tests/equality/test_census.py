"""A census of batches counts what a census case by case counts, wherever the batches are cut."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.calendars.shipped import shipped_calendar
from checker.engines.archive.census import BatchCensus, _periods
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import pack
from checker.engines.census.asked import ALWAYS, Asked, windows
from checker.engines.census.cells import Sums
from checker.engines.census.dimensions import Axis, Dimension, dimension, source_attributes
from checker.engines.census.observing import Observer
from checker.engines.ground.periods_of_year import index_at, printed_at
from checker.engines.run import evaluate_batch, prepare
from checker.model.diagnostic import DataError
from checker.model.figures import UNDATED
from equality.archived import packable
from equality.budget import budget
from strategies.batches import batches

AS_OF = dt.date(2026, 11, 20)


def asked_of(rules, as_of, by_due=True):
    sources = source_attributes(rules, None)
    axes = [axis for axis in Axis if axis.value and (sources or axis is not Axis.SOURCE)]
    along = [(dimension(axis.value[0], rules, sources),) for axis in axes]
    along += [
        (dimension("承办单位", rules), dimension("季度", rules)),
        (dimension("类型", rules), dimension("月份", rules)),
    ]
    for name in sorted({name for act in rules.vocabulary.acts.values() for name in act.attributes}):
        try:
            along.append((dimension(name, rules),))
        except DataError:
            continue
    now, before = windows(as_of, None)
    return Asked(tuple(along), as_of, now, before, by_due)


def by_row(rules, calendar, cases, asked):
    observer = Observer(rules, asked)
    for one in evaluate_batch(prepare(rules, calendar), cases, asked.as_of):
        observer.add(one)
    return observer.sums


def in_batches(rules, calendar, cases, asked, size):
    kernel, census = Kernel(rules, calendar), BatchCensus(rules, asked)
    sums = Sums(len(asked.counted))
    whole = pack(cases, rules.vocabulary)
    for start in range(0, len(cases), size):
        batch = whole.slice(start, size)
        sums.merge(census.sums(batch, kernel.evaluate(batch, asked.as_of, verdicts_only=True)))
    return sums


def same(rules, calendar, cases, asked, size):
    rows, found = by_row(rules, calendar, cases, asked), in_batches(rules, calendar, cases, asked, size)
    for along, mine, theirs in zip(asked.counted, rows.tables, found.tables, strict=True):
        assert theirs == mine, (along, size)
    return rows


@budget(40)
@given(batches(), st.sampled_from((1, 3, 1000)), st.booleans())
def test_any_rules_and_cases(situation, size, by_due):
    rules, cases, as_of = situation
    same(rules, shipped_calendar(), [packable(case) for case in cases], asked_of(rules, as_of, by_due), size)


def test_the_fixtures_of_all_packs(rules, fixtures):
    cases = [packable(one.case) for one in fixtures[::12]]
    cases = [case.model_copy(update={"id": f"{n} {case.id}"}) for n, case in enumerate(cases)]
    asked = asked_of(rules, AS_OF)
    sums = same(rules, shipped_calendar(), cases, asked, 150)
    ((_, whole),) = sums.tables[0][0].items()
    assert sum(whole.verdicts) > 2000
    for along, spans in zip(asked.counted, sums.tables, strict=True):
        total = [sum(column) for column in zip(*(cell.verdicts for cell in spans[0].values()), strict=True)]
        assert total == whole.verdicts, along
        assert all(sum(cell.cases) <= sum(cell.verdicts) for cell in spans[0].values())


def test_persons_and_free_words_are_no_dimensions(rules):
    for name in ("批准人", "承办人", "干预编号", "期限", "卷数", "没有"):
        with pytest.raises(DataError):
            dimension(name, rules)
    assert ALWAYS[2][1] == Dimension("承办单位", Axis.UNIT) == dimension("单位", rules)


@given(st.lists(st.integers(1, dt.date.max.toordinal()), min_size=1, max_size=50), st.sampled_from((1, 3, 6, 12)))
def test_days_of_any_year_fall_into_the_same_periods(days, months):
    named = _periods(np.array([*days, -1], np.int64), months)
    found = [named.names[code] for code in named.codes.tolist()]
    assert found == [*(printed_at(index_at(day, months), months) for day in days), UNDATED]
