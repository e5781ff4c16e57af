"""Situations in which the archive kernel and the row evaluator once differed, each as small as it could be made."""

import datetime as dt

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry, OnPeriod, Override
from checker.model.source import Source
from checker.model.values import Part, Period, Unit
from equality.archived import disagreement
from equality.test_regressions import SITUATIONS, case, days, norm, occur, of_anchor, on, own
from strategies.rules import rule_set
from strategies.words import period

D = dt.date
ENDED = OnExpiry(norm="p/N", extended=False)


def anchored(anchor, requirement, title="M", **rest):
    plain = Norm(pack="p", title=title, version="1", anchor=OnEvent(pattern=on("A")), requirement=requirement)
    return plain.model_copy(update={"anchor": anchor, **rest})


def one_of_each(requirement):
    return norm(requirement).model_copy(update={"correlate": ("对象",)})


A_DAY = r.Within(start=r.AtAnchor(), period=days(24, Unit.HOUR))
HOURLY = r.Occur(groups=((on("B"),),), window=r.Within(start=r.AtAnchor(), period=days(12, Unit.HOUR)))

MIXED = r.Fixed(period=Period(parts=(Part(n=3, unit=Unit.DAY), Part(n=2, unit=Unit.WORKDAY))))

KERNEL = {
    "an_extension_with_a_total_of_a_period_that_is_a_date": (
        [
            norm(
                occur(on("B"), within=r.FromAttribute(attribute=of_anchor("某日"))),
                r.Extend(grant=on("C"), period=days(3, Unit.WORKDAY), total=period(3, Unit.DAY)),
            )
        ],
        case(("A", "2024-05-06", {"某日": D(2024, 5, 20)}), ("C", "2024-05-08", {})),
    ),
    "an_extension_by_the_later_of_two_counted_from_the_start": (
        [
            norm(
                r.Occur(groups=((on("B"),),), window=r.Within(start=r.AtAnchor(), period=MIXED)),
                r.Extend(grant=on("C"), period=r.Later(of=(days(4, Unit.WORKDAY), MIXED))),
            )
        ],
        case(("A", "2024-02-08", {}), ("C", "2024-02-18", {})),
    ),
    "more_anchors_of_one_to_one_than_are_looked_at_in_turn": (
        [norm(occur(on("B"), within=3, one_to_one=True))],
        case(*(("A", f"2024-05-{day:02}", {}) for day in range(1, 25)), *(("B", "2024-05-26", {}) for _ in range(24))),
    ),
    "the_end_of_a_period_that_has_none": (
        [norm(r.Contain(parts=("事实",))), anchored(ENDED, occur(on("B")))],
        case(("A", "2024-05-06", {})),
    ),
    "a_date_before_the_end_of_a_period_that_has_none": (
        [
            norm(r.Contain(parts=("事实",))),
            norm(
                r.Hold(condition=x.Compare(op="le", left=own("某日"), right=x.Expiry(norm="p/N", extended=True))),
                title="M",
                anchor="B",
            ),
        ],
        case(("A", "2024-05-06", {}), ("B", "2024-05-08", {"某日": D(2024, 5, 8)})),
    ),
    "anchors_that_take_events_of_their_own_before_them": (
        [one_of_each(r.Precede(groups=((on("B"),),), lead=r.Lead(kind="earlier_day"), one_to_one=True))],
        case(
            ("B", "2024-05-02", {"对象": "乙"}),
            ("B", "2024-05-02", {"对象": "甲"}),
            ("A", "2024-05-06", {"对象": "甲"}),
            ("A", "2024-05-07", {"对象": "乙"}),
        ),
    ),
    "anchors_that_take_events_of_their_own_after_them": (
        [one_of_each(occur(on("B"), one_to_one=True))],
        case(
            ("A", "2024-05-06", {"对象": "甲"}),
            ("A", "2024-05-06", {"对象": "乙"}),
            ("B", "2024-05-07", {"对象": "乙"}),
            ("B", "2024-05-08", {"对象": "甲"}),
        ),
    ),
    "hours_long_before_1970": (
        [norm(HOURLY)],
        case(("A", "0001-01-01", {}), ("A", "1969-12-30", {}), ("B", "1969-12-31", {})),
    ),
    "hours_beyond_the_last_day_of_all": (
        [
            norm(
                r.Occur(
                    groups=((on("B"),),),
                    window=r.Within(start=r.AtDate(attribute=of_anchor("某日")), period=days(12, Unit.HOUR)),
                )
            )
        ],
        case(("A", "2024-05-06", {"某日": D(9999, 12, 31)}), ("B", "2024-05-07", {})),
    ),
    "an_event_that_one_anchor_may_have_taken_within_hours": (
        [
            norm(r.Occur(groups=((on("D"),),), window=A_DAY)),
            anchored(OnBreach(norm="p/N"), r.Occur(groups=((on("A"),),), window=A_DAY, one_to_one=True)),
        ],
        case(("A", "2026-12-18", {}), ("A", "2026-12-18", {}), ("A", "2026-12-21", {})),
    ),
    "options_of_which_the_later_hangs_on_rolling": (
        [
            norm(
                occur(on("B"), within=9),
                r.NoRoll(when=x.Constant(value=True)),
                r.Exclude(start=on("D"), length=r.Later(of=(days(4), days(4, Unit.WORKDAY)))),
            )
        ],
        case(("A", "2024-05-06", {}), ("D", "2024-05-14", {})),
    ),
    "every_month_of_an_unknown_time_under_a_norm_of_priority": (
        [
            anchored(OnPeriod(months=1), r.Occur(groups=((on("B"),),), window=r.InPeriod()), title="N"),
            norm(
                r.Contain(parts=("事实",)),
                title="M",
                anchor="C",
                overrides=(Override(norm="p/N", source=Source(reference="示范")),),
            ),
        ],
        case(),
    ),
}


@pytest.mark.parametrize("as_of", [D(2024, 5, 20), D(2027, 1, 20)])
@pytest.mark.parametrize("name", [*KERNEL, *SITUATIONS])
def test_the_kernel_agrees(name, as_of):
    norms, record = {**KERNEL, **SITUATIONS}[name]
    assert disagreement(rule_set(norms), shipped_calendar(), [record, case(), record], as_of) == ""
