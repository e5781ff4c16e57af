"""The explanation of one norm on some events."""

import datetime as dt

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.engines.run import evaluate, prepare
from checker.explain.context import context_of
from checker.explain.findings import explanation_of, reasons_of
from checker.model.case import Case
from checker.model.norm import RuleSet
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary
from explain.making import ACTS, PACK


@pytest.fixture
def told():
    """The explanation of the only finding of one norm on some events, at a date."""

    def tell(norm, events, as_of, **more):
        vocabulary = Vocabulary(
            acts={name: Act(name=name, attributes={"来源": ValueType(name="文本")}) for name in ACTS}
        )
        rules = RuleSet(packs=(PACK,), norms=(norm,), vocabulary=vocabulary, strata=((0,),))
        calendar, day = shipped_calendar("cn"), dt.date.fromisoformat(as_of)
        found = evaluate(prepare(rules, calendar), Case(id="案", events=tuple(events), **more), day)
        context = context_of(rules, calendar, found.case, day, found.instances)
        (instance,), (finding,) = found.instances, found.findings
        return explanation_of(reasons_of(context, instance, finding))

    return tell
