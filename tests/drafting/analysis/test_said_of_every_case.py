"""What is said of every case from the words alone holds of random cases, as the row evaluator finds them."""

import pytest
from hypothesis import given

from checker.calendars.shipped import shipped_calendar
from checker.drafting.analysis.clauses import idle
from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.excerpts import with_and_without
from checker.drafting.analysis.fixtures import replays
from checker.drafting.analysis.hopeless import never_applies, unbreakable, unkeepable
from checker.drafting.analysis.running import analyse
from checker.drafting.analysis.strength import covers
from checker.drafting.answers import Bound
from checker.drafting.proof import asking
from checker.engines.run import evaluate, prepare
from checker.model.finding import Verdict
from checker.model.norm import OnEvent
from equality.budget import budget
from strategies.cases import situations

_DECIDED = frozenset(Verdict) - {Verdict.UNDETERMINED}


@budget(25)
@given(situations())
def test_what_never_applies_is_never_broken_never_kept(situation):
    rules, case, as_of = situation
    desk = Desk(rules, shipped_calendar(), Bound())
    found = evaluate(desk.program, case, as_of).findings
    for norm in rules.norms:
        verdicts = {one.verdict for one in found if (one.norm, one.version) == (norm.id, norm.version)} & _DECIDED
        if never_applies(desk, norm) is not None:
            assert verdicts <= {Verdict.EXEMPT}
        if unbreakable(desk, norm) is not None:
            assert not any(verdict.is_violation for verdict in verdicts)
        if unkeepable(desk, norm) is not None:
            assert Verdict.MET not in verdicts


@budget(25)
@given(situations())
def test_an_idle_exception_may_be_left_out(situation):
    rules, case, as_of = situation
    desk = Desk(rules, shipped_calendar(), Bound())
    for position, norm in enumerate(rules.norms):
        for place in range(len(norm.exceptions)):
            if idle(desk, norm, place) is None:
                continue
            whole, part = with_and_without(desk, position, place)
            pairs = zip(_of(whole, norm, case, as_of), _of(part, norm, case, as_of), strict=True)
            assert all(one == other for one, other in pairs if Verdict.UNDETERMINED not in (one[1], other[1]))


def _of(rules, norm, case, as_of):
    found = evaluate(prepare(rules, shipped_calendar()), case, as_of).findings
    mine = [one for one in found if (one.norm, one.version) == (norm.id, norm.version)]
    return [(one.anchor, one.verdict, one.due, one.days) for one in mine]


@budget(30)
@given(situations())
def test_who_breaks_an_implied_norm_breaks_the_other(situation):
    rules, case, as_of = situation
    desk = Desk(rules, shipped_calendar(), Bound())
    found = evaluate(prepare(rules, shipped_calendar()), case, as_of).findings
    for weak in rules.norms:
        for strong in rules.norms:
            if weak.id != strong.id and isinstance(weak.anchor, OnEvent) and covers(desk, strong, weak):
                for anchor in _broken(found, weak):
                    assert any(v.is_violation or v is Verdict.UNDETERMINED for v in _verdicts(found, strong, anchor))


def _broken(found, norm):
    return [one.anchor for one in found if one.norm == norm.id and one.version == norm.version
            and one.verdict.is_violation]  # fmt: skip


def _verdicts(found, norm, anchor):
    return [one.verdict for one in found if one.norm == norm.id and one.anchor == anchor]


@budget(6)
@given(situations())
def test_whatever_is_found_in_any_rules_replays(situation):
    rules, _, _ = situation
    program = prepare(rules, shipped_calendar())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "is_available", lambda: False)
        found = analyse(rules, shipped_calendar())
    assert [replays(program, case) for one in found for case in one.shown if replays(program, case)] == []
