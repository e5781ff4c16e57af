"""Situations in which the engine and the oracle once differed, each as small as it could be made."""

import datetime as dt

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.engines.run import evaluate, prepare
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.case import Case, Event
from checker.model.norm import Norm, OnEvent, OnPeriod
from checker.model.source import Validity
from checker.model.values import Unit
from equality.differences import difference
from oracle.evaluate import evaluate as expected_findings
from strategies.rules import rule_set
from strategies.words import period

D = dt.date


def on(*acts, **rest):
    return x.Pattern(acts=acts, **rest)


def days(n, unit=Unit.DAY):
    return r.Fixed(period=period(n, unit))


HOURS = days(12, Unit.HOUR)


def own(name):
    return x.Attribute(of=x.SelfEvent(), name=name)


def of_anchor(name):
    return x.Attribute(of=x.AnchorEvent(), name=name)


LAST_AGREED = x.Compare(
    op="eq",
    left=x.Attribute(of=x.LastEvent(pattern=on("E")), name="结果"),
    right=x.LiteralValue(value="同意"),
)
SEEN = x.Occurred(pattern=on("E"))
AGREED = x.Compare(op="eq", left=own("结果"), right=x.LiteralValue(value="同意"))


def norm(requirement, *exceptions, title="N", anchor="A", **rest):
    event = OnEvent(pattern=on(anchor))
    return Norm(
        pack="p", title=title, version="1", anchor=event, requirement=requirement, exceptions=exceptions, **rest
    )


def occur(*patterns, within=3, start=None, one_to_one=False):
    period = days(within) if isinstance(within, int) else within
    window = r.Within(start=start or r.AtAnchor(), period=period)
    return r.Occur(groups=(patterns,), window=window, one_to_one=one_to_one)


def _of_months(version):
    plain = norm(r.Occur(groups=((on("B"),),), window=r.InPeriod()))
    return plain.model_copy(update={"version": version, "anchor": OnPeriod(months=1)})


def case(*events, **rest):
    listed = [
        Event(id=f"e{i}", position=i, act=act, date=date and D.fromisoformat(date), attributes=attributes)
        for i, (act, date, attributes) in enumerate(events, start=1)
    ]
    return Case(id="案", events=tuple(listed), **rest)


SITUATIONS = {
    "only_the_taken_event_discharges_in_the_fold": (
        [
            norm(
                occur(on("B", dated_by="某日"), one_to_one=True),
                r.Extend(grant=on("C"), period=days(10)),
            )
        ],
        case(
            ("A", "2024-05-06", {}),
            ("B", "2024-05-07", {"某日": D(2024, 5, 30)}),
            ("B", "2024-05-08", {"某日": D(2024, 5, 8)}),
            ("C", "2024-05-09", {}),
        ),
    ),
    "hours_to_an_act_that_counts_by_another_date": (
        [norm(r.Occur(groups=((on("B", dated_by="某日"),),), window=r.Within(start=r.AtAnchor(), period=HOURS)))],
        case(("A", "2024-02-02", {}), ("B", "2024-02-03", {"某日": D(2024, 2, 3)})),
    ),
    "an_exclusion_of_working_days_that_no_table_knows": (
        [
            norm(
                occur(on("B")),
                r.Extend(grant=on("C"), period=days(10), after_expiry=True),
                r.Exclude(start=on("C"), length=days(1, Unit.WORKDAY)),
            )
        ],
        case(("A", "2026-12-18", {}), ("C", "2026-12-31", {})),
    ),
    "hours_from_a_date_attribute": (
        [
            norm(
                r.Occur(
                    groups=((on("A"),),), window=r.Within(start=r.AtDate(attribute=of_anchor("某日")), period=HOURS)
                )
            )
        ],
        case(("A", "2024-02-03", {"某日": D(2024, 2, 2)})),
    ),
    "no_restart_while_the_new_origin_is_awaited": (
        [norm(occur(on("B"), within=9), r.Restart(at=on("C"), origin=on("D")))],
        case(("A", "2024-05-06", {}), ("C", "2024-05-07", {}), ("C", "2024-05-08", {})),
    ),
    "undated_candidate_by_its_own_date": (
        [
            norm(
                r.Precede(groups=((on("B", dated_by="某日"),),), lead=r.Lead(kind="earlier_day"), one_to_one=True),
            )
        ],
        case(
            ("A", "2024-05-06", {}),
            ("B", None, {"某日": D(2024, 5, 8)}),
            ("B", "2024-05-03", {"某日": None}),
            ("A", "2024-05-09", {}),
        ),
    ),
    "nothing_stands_before_the_anchor_that_is_the_start": (
        [norm(occur(on("B"), start=r.AtFirst(pattern=on("A"))))],
        case(("A", "2024-05-06", {}), ("A", None, {})),
    ),
    "a_count_of_breaches_at_an_undated_event": (
        [
            norm(r.Precede(groups=((on("C"),),))),
            norm(
                r.Hold(condition=x.Compare(op="le", left=x.BreachCount(norm="p/N"), right=own("数额"))),
                title="M",
                anchor="B",
            ),
        ],
        case(("A", None, {}), ("B", None, {"数额": 0})),
    ),
    "an_open_exclusion_that_reaches_its_cap_of_working_days": (
        [norm(occur(on("B"), within=1), r.Exclude(start=on("C"), end=on("D"), cap=period(3, Unit.WORKDAY)))],
        case(("A", "2024-05-14", {}), ("C", "2024-05-14", {})),
    ),
    "an_undated_grant_beyond_its_cap": (
        [norm(occur(on("B")), r.Extend(grant=on("C"), period=days(8), total=period(3, Unit.DAY)))],
        case(("A", "2024-05-06", {}), ("C", None, {})),
    ),
    "an_exclusion_of_no_days": (
        [
            norm(
                occur(on("B")),
                r.Exclude(start=on("C"), length=r.FromAttribute(attribute=own("某日")), cap=period(7, Unit.DAY)),
            )
        ],
        case(("A", "2024-05-06", {}), ("C", "2024-05-07", {"某日": D(2024, 5, 1)})),
    ),
    "a_replacing_period_that_the_record_does_not_say": (
        [
            norm(
                occur(on("B")),
                r.Replace(
                    when=x.Occurred(pattern=on("C")),
                    period=r.FromAttribute(attribute=x.Attribute(of=x.AnchorEvent(), name="期限")),
                ),
            )
        ],
        case(("C", "2024-05-03", {}), ("A", "2024-05-06", {})),
    ),
    "an_actor_and_the_attribute_it_is_compared_with_both_unknown": (
        [norm(r.Hold(condition=x.ActorIs(actor=x.AnchorActor(attribute="单位"))))],
        case(("A", "2024-05-06", {})),
    ),
    "a_list_of_no_organs_owes_nothing": (
        [norm(occur(on("B", actor=x.AnchorActor(attribute="各单位"))))],
        case(("A", "2024-05-06", {"各单位": ()})),
    ),
    "an_act_of_unknown_posting_date_while_the_clock_stands": (
        [norm(occur(on("B", dated_by="某日")), r.Exclude(start=on("C"), end=on("D")))],
        case(
            ("A", "2024-05-06", {}),
            ("C", "2024-05-07", {}),
            ("B", "2024-05-08", {}),
            ("B", "2024-05-09", {"某日": D(2024, 5, 9)}),
        ),
    ),
    "a_possible_suspension_that_is_over_before_the_period_begins": (
        [norm(occur(on("B")), r.Exclude(start=on("C"), end=on("D"), unless=x.Present(of=own("某日"))))],
        case(("C", "2024-05-02", {}), ("D", "2024-05-06", {}), ("A", "2024-05-06", {})),
    ),
    "a_suspension_that_an_exception_rules_out_hides_no_later_one": (
        [norm(occur(on("B")), r.Exclude(start=on("C"), end=on("D"), unless=AGREED))],
        case(
            ("A", "2024-05-06", {}),
            ("C", "2024-05-07", {"结果": "同意"}),
            ("C", "2024-05-08", {"结果": "不同意"}),
            ("D", "2024-05-15", {}),
        ),
    ),
    "a_suspension_that_may_be_ruled_out_hides_no_later_one": (
        [norm(occur(on("B")), r.Exclude(start=on("C"), end=on("D"), unless=AGREED))],
        case(
            ("A", "2024-05-06", {}),
            ("C", "2024-05-07", {}),
            ("C", "2024-05-08", {"结果": "不同意"}),
            ("D", "2024-05-15", {}),
        ),
    ),
    "a_suspension_of_unknown_kind_that_is_over_before_the_period_begins": (
        [norm(occur(on("B")), r.Exclude(start=on("C", where=AGREED), end=on("D")))],
        case(("C", "2024-05-02", {}), ("D", "2024-05-04", {}), ("A", "2024-05-06", {})),
    ),
    "what_keeps_a_suspension_and_its_place_unknown_is_named_both": (
        [norm(occur(on("B")), r.Exclude(start=on("C", where=AGREED), end=on("D")))],
        case(
            ("A", "2024-05-06", {}),
            ("C", "2024-05-07", {"结果": "同意"}),
            ("C", "2024-05-08", {}),
            ("D", "2024-05-08", {}),
            ordered=False,
        ),
    ),
    "the_day_before_the_first_day_of_all": (
        [norm(r.Precede(groups=((on("B"),),), lead=r.Lead(kind="earlier_day")))],
        case(("B", "0001-01-01", {}), ("A", "0001-01-01", {})),
    ),
    "two_clauses_at_an_event_that_revives_a_period": (
        [
            norm(
                occur(on("B"), within=1),
                r.Extend(grant=on("C"), period=days(1), after_expiry=True),
                r.Extend(grant=on("C"), period=days(4)),
            )
        ],
        case(("A", "2024-05-14", {}), ("B", "2024-05-16", {}), ("C", "2024-05-16", {})),
    ),
    "an_event_that_serves_two_groups_on_different_days": (
        [
            norm(
                r.Occur(
                    groups=((on("B"),), (on("B", dated_by="某日"),)),
                    window=r.Within(start=r.AtAnchor(), period=days(3)),
                )
            )
        ],
        case(("A", "2024-05-06", {}), ("B", "2024-05-13", {"某日": D(2024, 5, 7)})),
    ),
    "an_exclusion_that_shares_its_first_days_with_one_that_used_up_the_cap": (
        [norm(occur(on("B"), within=20), r.Exclude(start=on("C"), length=days(5), cap=period(5, Unit.DAY)))],
        case(("A", "2024-05-06", {}), ("C", "2024-05-07", {}), ("C", "2024-05-09", {})),
    ),
    "rest_days_that_follow_a_cap_of_working_days_used_up": (
        [norm(occur(on("B"), within=20), r.Exclude(start=on("C"), length=days(4), cap=period(3, Unit.WORKDAY)))],
        case(("A", "2024-05-13", {}), ("C", "2024-05-13", {}), ("C", "2024-05-17", {})),
    ),
    "an_undated_anchor_that_is_the_start": (
        [norm(occur(on("B"), start=r.AtFirst(pattern=on("A"))))],
        case(("A", None, {}), ("A", None, {})),
    ),
    "an_undated_anchor_that_may_be_the_start": (
        [norm(occur(on("B"), start=r.AtFirst(pattern=on("A", where=AGREED))))],
        case(("A", None, {})),
    ),
    "an_undated_anchor_that_closes_the_case": (
        [norm(r.Occur(groups=((on("B"),),), window=r.UntilClose()), anchor="F")],
        case(("F", None, {}), ("B", "2024-05-07", {})),
    ),
    "a_pivot_of_several_undated_events": (
        [norm(r.Hold(condition=x.Constant(value=False)), pivot=on("B"), valid=Validity(first=D(2024, 2, 17)))],
        case(("A", "2024-05-06", {}), ("B", None, {}), ("B", None, {})),
    ),
    "two_versions_of_unknown_extent": (
        [_of_months("1"), _of_months("2")],
        case(),
    ),
    "what_an_extension_rested_on_that_a_restart_drops": (
        [norm(occur(on("B"), within=9), r.Extend(grant=on("C"), when=SEEN, period=days(3)), r.Restart(at=on("D")))],
        case(("E", "2024-05-05", {}), ("A", "2024-05-06", {}), ("C", "2024-05-07", {}), ("D", "2024-05-08", {})),
    ),
    "what_an_exclusion_rested_on_of_which_a_cap_leaves_nothing": (
        [
            norm(
                occur(on("B"), within=9),
                r.Exclude(start=on("C"), length=days(3), unless=x.Not(of=LAST_AGREED), cap=period(3, Unit.DAY)),
            )
        ],
        case(
            ("A", "2024-05-06", {}),
            ("E", "2024-05-07", {"结果": "同意"}),
            ("C", "2024-05-07", {}),
            ("E", "2024-05-14", {"结果": "同意"}),
            ("C", "2024-05-14", {}),
        ),
    ),
    "a_window_whose_end_alone_is_unknown_takes_its_event": (
        [
            norm(
                r.Occur(
                    groups=((on("A"),),),
                    window=r.During(first=x.DateOf(of=x.SelfEvent()), last=own("某日")),
                    one_to_one=True,
                )
            )
        ],
        case(("A", "2024-05-06", {}), ("A", "2024-05-06", {"某日": D(2024, 5, 10)})),
    ),
    "rolling_in_doubt_where_the_table_lacks_the_year": (
        [norm(occur(on("B"), within=4), r.NoRoll(when=x.Inside(after=on("C"), before=on("D"))))],
        case(("A", "2003-12-25", {}), ("C", None, {})),
    ),
    "a_suspension_until_the_last_day_of_all": (
        [
            norm(
                occur(on("B"), within=r.FromAttribute(attribute=of_anchor("某日"))),
                r.Exclude(start=on("C"), end=on("D")),
            )
        ],
        case(("A", "2024-05-06", {"某日": D(9999, 12, 31)}), ("C", "2024-05-07", {}), ("D", "2024-05-09", {})),
    ),
    "an_undated_grant_that_may_have_come_before_the_only_one_allowed": (
        [norm(occur(on("B")), r.Extend(grant=on("C"), period=days(2), times=1))],
        case(("A", "2024-05-06", {}), ("C", "2024-05-07", {}), ("C", None, {}), ("B", "2024-05-13", {})),
    ),
    "an_undated_grant_that_may_have_used_up_the_total": (
        [norm(occur(on("B")), r.Extend(grant=on("C"), period=days(2), total=period(3, Unit.DAY)))],
        case(("A", "2024-05-06", {}), ("C", "2024-05-07", {}), ("C", None, {}), ("B", "2024-05-13", {})),
    ),
    "a_restart_whose_origin_may_be_another": (
        [norm(occur(on("B")), r.Restart(at=on("C"), origin=on("D")))],
        case(("A", "2024-05-06", {}), ("C", "2024-05-07", {}), ("D", "2024-05-09", {}), ("D", None, {})),
    ),
    "a_window_that_begins_on_a_day_that_no_table_knows": (
        [
            norm(
                r.Occur(
                    groups=((on("B", dated_by="某日"),),),
                    window=r.During(
                        first=x.Shift(base=x.DateOf(of=x.SelfEvent()), period=period(3, Unit.WORKDAY), backward=True),
                        last=own("某日"),
                    ),
                )
            )
        ],
        case(("A", "2027-01-06", {"某日": D(2026, 12, 22)}), ("B", None, {"某日": D(2026, 12, 22)})),
    ),
    "a_late_act_before_one_of_unknown_posting_date": (
        [norm(occur(on("B", dated_by="某日")))],
        case(("A", "2024-05-06", {}), ("B", "2024-05-13", {"某日": D(2024, 5, 13)}), ("B", "2024-05-14", {})),
    ),
    "a_late_act_before_one_that_was_posted_in_time": (
        [norm(occur(on("B", dated_by="某日")))],
        case(
            ("A", "2024-05-06", {}),
            ("B", "2024-05-13", {"某日": D(2024, 5, 13)}),
            ("B", "2024-05-14", {"某日": D(2024, 5, 8)}),
        ),
    ),
    "an_extension_of_a_date_past_the_table": (
        [
            norm(
                occur(on("B"), within=r.FromAttribute(attribute=x.Attribute(of=x.AnchorEvent(), name="某日"))),
                r.Extend(grant=on("C"), period=days(3, Unit.WORKDAY)),
            )
        ],
        case(("A", "2026-12-18", {"某日": D(2026, 12, 30)}), ("C", "2026-12-21", {})),
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
@pytest.mark.parametrize("as_of", [D(2024, 5, 20), D(2027, 1, 20)])
def test_the_two_agree(name, as_of):
    rules, record = rule_set(SITUATIONS[name][0]), SITUATIONS[name][1]
    calendar = shipped_calendar("cn")
    expected = expected_findings(rules, calendar, record, as_of)
    actual = evaluate(prepare(rules, calendar), record, as_of).findings
    assert expected or all(event.date is None or event.date > as_of for event in record.events if event.act == "A")
    assert difference(rules, record, expected, actual) == ""
