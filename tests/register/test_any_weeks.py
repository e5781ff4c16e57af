"""Whatever the weeks bring: nothing is forgotten, and nothing gone that nobody looked at."""

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.diagnostic import DataError
from checker.model.naming import finding_id
from checker.register.entries import everything
from checker.register.opening import register_at
from checker.register.reconciling import What
from checker.register.recording import record, watched_ids
from checker.register.setting import Decision, decide
from checker.register.statuses import Status
from register.making import case, day, finding, seen

NAMES = "ABC"
VERDICTS = st.sampled_from(["overdue", "late", "breached", "undetermined", "pending", "met", None])
RUNS = st.tuples(
    st.just("run"),
    st.integers(2, 11),
    st.dictionaries(st.sampled_from(NAMES), VERDICTS),
    st.sampled_from([(), ("A",)]),
    st.booleans(),
)
DECISIONS = st.tuples(
    st.just("decide"), st.integers(2, 11), st.sampled_from(NAMES), st.sampled_from(list(Status)), st.booleans()
)


def a_run(register, month, found, left, is_other_pack):
    norms = ("别的/规范",) if is_other_pack else ("duban/按期办结",)
    told = {name: verdict or [] for name, verdict in found.items()} if not is_other_pack else dict.fromkeys(found, ())
    return seen(f"{month:02d}-10", told, watched_ids(register), norms=norms, left=left)


def a_decision(register, month, name, status, for_good):
    given_day = day(f"{month:02d}-20")
    wanted = Decision(status=status, by="科", on=given_day, reason="理由", for_good=for_good)
    try:
        decide(register, (finding_id(case(name), finding(name)),), wanted, day("12-31"))
    except DataError:
        return  # a transition that is not allowed, or no such finding: nothing may change


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(RUNS, DECISIONS), min_size=1, max_size=7))
def test_any_weeks(weeks):
    with tempfile.TemporaryDirectory() as folder:
        register = register_at(str(Path(folder) / "r.sqlite"))
        record(register, seen("01-10", {}))
        for kind, *rest in weeks:
            before = everything(register)
            if kind == "decide":
                a_decision(register, *rest)
            else:
                run = a_run(register, *rest)
                done = record(register, run)
                held = everything(register)
                check_run(before, held, run, done)
                check_again(held, record(register, run), everything(register))
            after = everything(register)
            for name in ("runs", "observations", "history"):
                assert set(getattr(after, name)) >= set(getattr(before, name))
            assert {entry.id for entry in after.entries} >= {entry.id for entry in before.entries}
            for entry in after.entries:
                assert [c.status for c in after.history if c.id == entry.id][-1] is entry.status


def check_again(held, again, after):
    """The same run once more changes nothing; it is another run only where a case was looked at later already."""
    assert [stand(entry) for entry in after.entries] == [stand(entry) for entry in held.entries]
    assert after.history == held.history
    if again.is_again:
        assert after == held
        return
    assert {one.what for one in after.observations if one.run == again.number} <= {What.OPEN, What.CLOSED}
    assert any(run.as_of > after.runs[again.number - 1].as_of for run in after.runs)


def stand(entry):
    return entry.id, entry.verdict, entry.due, entry.present, entry.status, entry.closed_on


def check_run(before, held, run, done):
    said = {one.id: one.what for one in held.observations if one.run == done.number}
    if done.is_again:
        assert held == before
        return
    row = held.runs[done.number - 1]
    known = {entry.id: entry for entry in before.entries}
    left = Counter(entry.present for short, entry in known.items() if short not in said)
    untouched = row.outside + row.unasked + row.unread + row.earlier + row.unsettled
    assert left[True] <= untouched <= left.total()  # what was gone and still is is not told of again
    assert all(e.case_id in run.looked and e.norm in run.basis.norms for e in held.entries if e.id in said)
    assert {short for short, what in said.items() if what is What.NEW} == {e.id for e in held.entries} - set(known)
    for entry in held.entries:
        if said.get(entry.id) is What.GONE:
            assert known[entry.id].present
            assert not entry.present
        elif entry.id in known and entry.id not in said:
            assert entry == known[entry.id]
