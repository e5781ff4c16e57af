"""Past cases under two rule sets: what is counted, and that it adds up."""

import datetime as dt
import json

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.cases.reading import ReadOptions
from checker.host.flipping import Asked, RowFlips
from drafting.diff.making import OLD, edited, rules_of

AS_OF = dt.date(2026, 6, 1)


def case(name, *events):
    return {"case": name, "events": list(events)}


def event(act, day, **more):
    return {"act": act, "date": day, **more}


def flips(tmp_path, cases, old, new, norms, moved=(), samples=3):
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in cases), encoding="utf-8")
    asked = Asked(old, new, frozenset(norms), dict(moved), shipped_calendar(), AS_OF, samples)
    run = RowFlips(asked, [str(file)], ReadOptions())
    told = list(run)
    return run.tally.result(), told


SHORT = rules_of(edited(("= 90日", "= 60日")))
LATE = case("迟", event("交办", "2026-01-06", 承办单位="法院"), event("办结", "2026-03-20", actor="法院"))
SOON = case("早", event("交办", "2026-01-06", 承办单位="检察院"), event("办结", "2026-01-20", actor="检察院"))
OPEN = case("未", event("交办", "2026-05-06", 承办单位="法院"))


def test_flips_are_counted_by_norm_unit_and_verdict(tmp_path):
    found, told = flips(tmp_path, [LATE, SOON, OPEN], rules_of(OLD), SHORT, ["xiao/按期办结"])
    assert told == []
    assert [(f.norm, f.unit, f.old.value, f.new.value, f.count) for f in found.flips] == [
        ("xiao/按期办结", "法院", "met", "late", 1)
    ]
    assert (found.read, found.changed, found.unchanged, found.reworded) == (3, 3, 0, 2)  # all due dates moved
    assert found.omitted == 8


def test_samples_are_few_and_explained_both_ways(tmp_path):
    many = [{**LATE, "case": f"迟{n}"} for n in range(5)]
    found, _ = flips(tmp_path, many, rules_of(OLD), SHORT, ["xiao/按期办结"], samples=2)
    assert [one.case for one in found.samples] == ["迟0", "迟1"]
    assert found.flips[0].count == 5
    pair = found.samples[0].pair
    assert "届满日 2026-04-07" in pair.old.explanation
    assert "届满日 2026-03-09" in pair.new.explanation


def test_a_finding_that_only_one_side_has_is_a_flip(tmp_path):
    found, _ = flips(tmp_path, [LATE], SHORT, SHORT, ["xiao/逾期催办"])
    assert found.flips == ()
    found, _ = flips(tmp_path, [LATE], rules_of(OLD), SHORT, ["xiao/逾期催办"])
    assert [(f.old, f.new.value) for f in found.flips] == [(None, "overdue")]


def test_a_renamed_norm_is_compared_with_itself(tmp_path):
    new = rules_of(OLD.replace("按期办结", "限期办结"))
    moved = {"xiao/按期办结": "xiao/限期办结"}
    found, _ = flips(tmp_path, [LATE, SOON], rules_of(OLD), new, ["xiao/限期办结"], moved)
    assert (found.changed, found.unchanged, found.flips) == (0, 2, ())


def test_cases_that_one_side_cannot_read_are_counted_apart(tmp_path):
    new = rules_of(edited(("通报\n", "通报、另外的行为\n"), ("说明、", ""), ("应当 法院 说明", "应当 法院 通报")))
    cases = [
        SOON,
        case("旧", event("说明", "2026-01-06")),
        case("新", event("另外的行为", "2026-01-06")),
        case("无", event("没有的行为", "2026-01-06")),
        SOON,
    ]
    found, told = flips(tmp_path, cases, rules_of(OLD), new, ["xiao/说明原因"])
    assert (found.read, found.only_old, found.only_new, found.left_out) == (1, 1, 1, 2)
    assert [one.meanwhile for one in told] == [
        "只有新规则读不了本案，没有比较，另外计数",
        "只有旧规则读不了本案，没有比较，另外计数",
        "本案未检查，其余照常",
        "这部分未读入，其余照常",
    ]


@pytest.mark.parametrize("size", [0, 1, 401])
def test_counts_add_up_for_any_number_of_cases(tmp_path, size):
    cases = [{**(LATE if n % 3 else SOON), "case": f"c{n}"} for n in range(size)]
    found, _ = flips(tmp_path, cases, rules_of(OLD), SHORT, ["xiao/按期办结", "xiao/逾期催办"])
    assert found.read == size == found.changed + found.unchanged
    assert sum(f.count for f in found.flips if f.norm == "xiao/按期办结") == sum(n % 3 > 0 for n in range(size))
