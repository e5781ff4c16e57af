"""One test for each ruling of the language reference that concerns evaluation."""

import datetime as dt

from checker.model.expressions import Occurred
from checker.model.norm import Breach, OnBreach
from checker.model.requirements import (
    AtAnchor,
    AtFirst,
    Contain,
    Defeat,
    Exclude,
    Extend,
    Lead,
    NoRoll,
    Precede,
    Replace,
    Review,
    UntilClose,
    Within,
)
from checker.model.source import Validity
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary
from engines.ground.building import (
    breach_of,
    case,
    check,
    fixed,
    hold,
    is_,
    must,
    norm,
    occurred,
    only,
    pattern,
    period,
    rules,
    shown,
)

DUTY = norm("一", "甲", must("乙", window="10日"))
EXTENDED = norm("一", "甲", must("乙", window="10日"), Extend(grant=pattern("丙"), period=fixed("10日"), times=1))
STOPPED = norm("一", "甲", must("乙", window="10日"), Exclude(start=pattern("丙"), end=pattern("丁")))


def verdicts(*args):
    return [f.verdict.value for f in check(*args)]


def test_ruling_01_breach_date():
    late = only(rules(DUTY), case(("甲", "2024-03-01"), ("乙", "2024-03-15")), "2024-04-01")
    assert shown(late, "verdict", "due", "breached_on", "days", "fulfilled_by", "evidence") == {
        "verdict": "late",
        "due": "2024-03-11",
        "breached_on": "2024-03-12",
        "days": 4,
        "fulfilled_by": "e2",
        "evidence": ("e1", "e2"),
    }
    for as_of, verdict, days in (("2024-03-11", "pending", 0), ("2024-03-12", "overdue", 1)):
        found = only(rules(DUTY), case(("甲", "2024-03-01")), as_of)
        assert shown(found, "verdict", "days") == {"verdict": verdict, "days": days}
    chased = rules(DUTY, norm("二", breach_of("一"), must("丙", window="5日")))
    _, second = check(chased, case(("甲", "2024-03-01"), ("乙", "2024-03-15")), "2024-04-01")
    assert shown(second, "anchor", "due", "verdict") == {
        "anchor": "违反:p/一@e1",
        "due": "2024-03-18",
        "verdict": "overdue",
    }


def test_ruling_02_open_and_closed_world():
    record = (("甲", "2024-03-01"),)
    assert only(rules(DUTY), case(*record), "2024-04-01").verdict == "overdue"
    unsaid = only(rules(DUTY), case(*record, covers=frozenset("甲")), "2024-04-01")
    assert (unsaid.verdict, unsaid.missing) == ("undetermined", ("行为.乙",))
    parts = rules(norm("一", "甲", Contain(parts=("事实", "理由"))))
    for document, verdict in ((None, "undetermined"), ((), "breached"), (("理由", "事实"), "met")):
        assert only(parts, case(("甲", "2024-03-01", {"document": document})), "2024-04-01").verdict == verdict


def test_ruling_03_order():
    before = rules(norm("一", "甲", Precede(groups=((pattern("乙"),),))))
    same_day = (("乙", "2024-03-01"), ("甲", "2024-03-01"))
    assert verdicts(before, case(*same_day), "2024-04-01") == ["met"]
    assert verdicts(before, case(*reversed(same_day)), "2024-04-01") == ["breached"]
    unknown = only(before, case(*same_day, ordered=False), "2024-04-01")
    assert (unknown.verdict, unknown.missing) == ("undetermined", ("先后.e1.e2",))
    timed = case(("甲", "2024-03-01", {"time": dt.time(10)}), ("乙", "2024-03-01", {"time": dt.time(9)}), ordered=False)
    assert verdicts(before, timed, "2024-04-01") == ["met"]


def test_ruling_04_four_phases_and_their_horizon():
    defeat = Defeat(when=occurred("丙"))
    record = (("甲", "2024-03-01"), ("丙", "2024-03-20"))
    plain = rules(norm("一", "甲", must("乙", window="10日"), defeat))
    cured = rules(norm("一", "甲", must("乙", window="10日"), defeat.model_copy(update={"afterwards": True})))
    assert verdicts(plain, case(*record), "2024-04-01") == ["overdue"]
    exempt = only(cured, case(*record), "2024-04-01")
    assert shown(exempt, "verdict", "breached_on", "evidence") == {
        "verdict": "exempt",
        "breached_on": "2024-03-12",
        "evidence": ("e1", "e2"),
    }
    in_time = only(plain, case(("甲", "2024-03-01"), ("丙", "2024-03-11")), "2024-04-01")
    assert (in_time.verdict, in_time.breached_on) == ("exempt", None)
    done_first = case(("甲", "2024-03-01"), ("乙", "2024-03-05"), ("丙", "2024-03-06"))
    assert verdicts(plain, done_first, "2024-04-01") == ["met"]
    replaced = rules(
        norm("一", "甲", must("乙", window="10日"), Replace(when=is_("急", True), period=fixed("3日"))),
    )
    assert str(only(replaced, case(("甲", "2024-03-01", {"急": True})), "2024-03-02").due) == "2024-03-04"
    unsure = only(replaced, case(("甲", "2024-03-01")), "2024-04-01")
    assert (unsure.verdict, unsure.missing) == ("undetermined", ("e1.急",))


def test_ruling_05_unknowns():
    unless = rules(norm("一", "甲", must("乙", window="10日"), Defeat(when=is_("密", True))))
    assert only(unless, case(("甲", "2024-03-01")), "2024-04-01").missing == ("e1.密",)
    assert verdicts(unless, case(("甲", "2024-03-01"), ("乙", "2024-03-02")), "2024-04-01") == ["met"]
    maybe = rules(norm("一", pattern("甲", where=is_("急", True)), must("乙", window="10日")))
    assert only(maybe, case(("甲", "2024-03-01")), "2024-04-01").missing == ("e1.急",)
    assert verdicts(maybe, case(("甲", "2024-03-01"), ("乙", "2024-03-02")), "2024-04-01") == []
    undated = only(rules(DUTY), case(("甲", "2024-03-01"), ("乙", None)), "2024-04-01")
    assert (undated.verdict, undated.missing) == ("undetermined", ("e2.日期",))


def test_ruling_06_extension():
    # 10 + 10 days end on Thursday the 21st; a grant on the rolled last day still counts, a day later it does not.
    granted = only(rules(EXTENDED), case(("甲", "2024-03-01"), ("丙", "2024-03-11")), "2024-03-20")
    assert shown(granted, "verdict", "due", "evidence") == {
        "verdict": "pending",
        "due": "2024-03-21",
        "evidence": ("e1", "e2"),
    }
    assert verdicts(rules(EXTENDED), case(("甲", "2024-03-01"), ("丙", "2024-03-12")), "2024-03-20") == ["overdue"]
    twice = case(("甲", "2024-03-01"), ("丙", "2024-03-05"), ("丙", "2024-03-06"))
    assert str(only(rules(EXTENDED), twice, "2024-03-20").due) == "2024-03-21"
    capped = norm(
        "一", "甲", must("乙", window="10日"), Extend(grant=pattern("丙"), period=fixed("10日"), total=period("15日"))
    )
    assert str(only(rules(capped), twice, "2024-03-20").due) == "2024-03-21"
    after = norm(
        "一", "甲", must("乙", window="10日"), Extend(grant=pattern("丙"), period=fixed("10日"), after_expiry=True)
    )
    assert verdicts(rules(after), case(("甲", "2024-03-01"), ("丙", "2024-03-12")), "2024-03-20") == ["pending"]


def test_ruling_07_exclusion():
    gone = only(rules(STOPPED), case(("甲", "2024-03-01"), ("丙", "2024-03-05"), ("丁", "2024-03-08")), "2024-03-10")
    assert shown(gone, "due", "evidence") == {"due": "2024-03-14", "evidence": ("e1", "e2", "e3")}
    still = only(rules(STOPPED), case(("甲", "2024-03-01"), ("丙", "2024-03-05")), "2024-06-01")
    assert shown(still, "verdict", "due", "days") == {"verdict": "pending", "due": None, "days": -7}
    too_late = case(("甲", "2024-03-01"), ("丙", "2024-03-12"), ("丁", "2024-03-20"))
    assert verdicts(rules(STOPPED), too_late, "2024-03-21") == ["overdue"]
    earlier = case(("丙", "2024-02-01"), ("甲", "2024-03-01"), ("丁", "2024-03-04"))
    assert str(only(rules(STOPPED), earlier, "2024-03-05").due) == "2024-03-13"


def test_ruling_08_priority():
    above = norm("上", "甲", must("丙", window="5日"), over=("一",))
    both = rules(above, DUTY, norm("追", OnBreach(norm="p/一"), must("丁", window="5日")))
    found = check(both, case(("甲", "2024-03-01")), "2024-06-01")
    assert [(f.norm, f.verdict.value, f.anchor) for f in found] == [
        ("p/上", "overdue", "e1"),
        ("p/一", "exempt", "e1"),
        ("p/追", "overdue", "违反:p/一@e1"),
    ]
    open_ = norm("上", "甲", must("丙", window="5日"), Defeat(when=is_("密", True)), over=("一",))
    second = check(rules(open_, DUTY), case(("甲", "2024-03-01")), "2024-06-01")[1]
    assert (second.verdict, second.missing) == ("undetermined", ("优先.p/上",))


def test_ruling_09_open_duties():
    open_ = rules(norm("一", "甲", must("乙", window=UntilClose())), closing=pattern("丁"))
    pending = only(open_, case(("甲", "2024-03-01")), "2024-06-01")
    assert shown(pending, "verdict", "due", "days") == {"verdict": "pending", "due": None, "days": None}
    closed = only(open_, case(("甲", "2024-03-01"), ("丁", "2024-05-01")), "2024-06-01")
    assert shown(closed, "verdict", "due", "evidence") == {
        "verdict": "overdue",
        "due": "2024-05-01",
        "evidence": ("e1", "e2"),
    }
    from_other = rules(
        norm("一", "甲", must("乙", window=Within(start=AtFirst(pattern=pattern("丙")), period=fixed("5日"))))
    )
    assert verdicts(from_other, case(("甲", "2024-03-01")), "2024-06-01") == ["pending"]
    undated = only(from_other, case(("甲", "2024-03-01"), ("丙", None)), "2024-06-01")
    assert (undated.verdict, undated.missing) == ("undetermined", ("e2.日期",))


def test_ruling_10_versions():
    old = norm("一", "甲", must("乙", window="10日"), valid=Validity(last=dt.date(2024, 5, 31)))
    new = norm("一", "甲", must("乙", window="5日"), valid=Validity(first=dt.date(2024, 6, 1)), version="2")
    found = check(rules(old, new), case(("甲", "2024-05-30"), ("甲", "2024-06-03")), "2024-06-04")
    assert [(f.version, f.anchor) for f in found] == [("1", "e1"), ("2", "e2")]
    unknown = only(rules(old, new), case(("甲", None)), "2024-06-04")
    assert (unknown.version, unknown.verdict, unknown.missing) == ("2", "undetermined", ("e1.日期",))


def test_ruling_11_provisional():
    far = norm("一", "甲", must("乙", window="5工"))
    found = only(rules(far), case(("甲", "2090-03-01")), "2090-03-02")
    assert (found.provisional, found.verdict) == (True, "pending")
    doubtful = only(rules(far), case(("甲", "2090-03-01")), "2090-03-10")
    assert (doubtful.verdict, doubtful.missing) == ("undetermined", ("历法.2090",))
    assert verdicts(rules(far), case(("甲", "2090-03-01")), "2090-12-31") == ["overdue"]
    ahead = norm("一", "甲", Precede(groups=((pattern("乙"),),), lead=Lead(kind="period", period=period("5日"))))
    # 2024-03-03 is a Sunday: a limit counted backward stays on it.
    assert verdicts(rules(ahead), case(("乙", "2024-03-03"), ("甲", "2024-03-08")), "2024-04-01") == ["met"]
    assert verdicts(rules(ahead), case(("乙", "2024-03-04"), ("甲", "2024-03-08")), "2024-04-01") == ["breached"]


def test_ruling_12_correlation():
    of_object = {"对象": ValueType(name="文本")}
    words = Vocabulary(acts={a: Act(name=a, attributes=of_object) for a in "甲乙"})
    record = case(
        ("甲", "2024-03-01", {"对象": "x"}), ("甲", "2024-03-02", {"对象": "y"}), ("乙", "2024-03-04", {"对象": "x"})
    )
    same = norm("一", "甲", must("乙", window="10日"), correlate=("对象",))
    assert verdicts(rules(same, vocabulary=words), record, "2024-06-01") == ["met", "overdue"]
    assert verdicts(rules(DUTY), record, "2024-06-01") == ["met", "met"]
    each = norm("一", "甲", must("乙", window="10日", one_to_one=True))
    assert verdicts(rules(each), record, "2024-06-01") == ["met", "overdue"]
    blank = case(("甲", "2024-03-01", {"对象": "x"}), ("乙", "2024-03-04"))
    assert only(rules(same, vocabulary=words), blank, "2024-06-01").missing == ("e2.对象",)


def test_ruling_13_conditions_of_another_act_are_occurrences():
    alone = rules(norm("一", pattern("甲", where=Occurred(pattern=pattern("乙"))), hold(is_("结论", "同意"))))
    assert verdicts(alone, case(("甲", "2024-03-01", {"结论": "否"})), "2024-06-01") == []
    later = case(("乙", "2024-02-01"), ("甲", "2024-03-01", {"结论": "否"}))
    assert verdicts(alone, later, "2024-06-01") == ["breached"]


def test_ruling_14_defaults_of_a_breach():
    found = only(rules(DUTY), case(("甲", "2024-03-01")), "2024-06-01")
    assert (found.category, found.severity) == (Breach().category, Breach().severity)
    review = rules(norm("一", "甲", Review(question="是否")))
    assert verdicts(review, case(("甲", "2024-03-01")), "2024-06-01") == ["review"]
    said = case(("甲", "2024-03-01"), answers=(("一", "e1", True), ("一", "e1", False, "2024-05-01")))
    assert verdicts(review, said, "2024-06-01") == ["breached"]
    assert verdicts(review, said, "2024-04-01") == ["met"]


def test_roll_over_may_be_switched_off():
    # 2024-03-10 is a Sunday.
    window = Within(start=AtAnchor(), period=fixed("9日"))
    for held, due in ((True, "2024-03-10"), (False, "2024-03-11")):
        one = norm("一", "甲", must("乙", window=window), NoRoll(when=is_("在押", True)))
        assert str(only(rules(one), case(("甲", "2024-03-01", {"在押": held})), "2024-03-02").due) == due
