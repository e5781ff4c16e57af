"""Whatever cells become unclear, nothing is found that the clear ledger would not have given too."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.ledger.grids import grid

HEADS = ["案号", "来源", "登记日期", "审批日期", "审批结论", "交办日期", "承办单位", "办理期限（日）"]
HEADS += ["办结日期", "第一次催办日期", "第二次催办日期"]
DATES = [f"2024-3-{day}" for day in (1, 5, 20)] + ["2024-4-10", "2024-6-1", None]
CELLS = {
    "来源": ["领导批示", "上级交办"],
    "审批结论": ["同意", "不同意"],
    "承办单位": ["法院", "检察院"],
    "办理期限（日）": [10, 30, 60],
}
EMPTY = ["待定", "见附件", "9999-12-31", "不详", "X"]
UNCLEAR = [*EMPTY, "2024年3月", "24.3.5", "2024-3-1、2024-4-1"]
"""The last three say that the act took place, so they stand only for a date."""
VIOLATIONS = ("违反", "逾期未履行", "逾期履行")


def settled(cells):
    """A row in which nothing is in doubt: what belongs to an act stands only beside its date."""
    row = dict(zip(HEADS[1:], cells, strict=True))
    for date, own in (("审批日期", "审批结论"), ("交办日期", "办理期限（日）")):
        row[own] = row[own] if row[date] is not None else None
    return tuple(row.values())


ROW = st.tuples(*(st.sampled_from(CELLS.get(head, DATES)) for head in HEADS[1:])).map(settled)
SPOT = st.tuples(st.integers(0, 1), st.integers(1, len(HEADS) - 1), st.sampled_from(UNCLEAR))


def against(found):
    listed = {case: [one for one in some if one.endswith(VIOLATIONS)] for case, some in found.verdicts().items()}
    return {(case, one.split()[0]): sum(one.split()[0] == other.split()[0] for other in some)
            for case, some in listed.items() for one in some}  # fmt: skip


def without_pairs(mapping):
    """So that dates in an impossible order are no doubt of the clear ledger, which an unclear date would lift."""
    sheets = tuple(one.model_copy(update={"not_before": {}}) for one in mapping.sheets)
    return mapping.model_copy(update={"sheets": sheets})


def is_within(dirty, clean):
    return all(clean.get(key, 0) >= count for key, count in dirty.items())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.tuples(ROW, ROW), spots=st.lists(SPOT, min_size=1, max_size=4))
def test_an_unclear_cell_accuses_nobody(read, rows, spots):
    clean = [["督1号", *rows[0]], ["督2号", *rows[1]]]
    dirty = [list(row) for row in clean]
    for row, column, text in spots:
        if clean[row][column] is not None or text in EMPTY:
            dirty[row][column] = text
    before = read(grid([HEADS, *clean]), change=without_pairs)
    after = read(grid([HEADS, *dirty]), change=lambda _: before.proposal.mapping)
    assert is_within(against(after), against(before))


def _both(row, other):
    """One row with what both say, if they fit together; else what one of them says."""
    fits = all(None in cells or len(set(cells)) == 1 for cells in zip(row, other, strict=True))
    return [one if two is None else two for one, two in zip(row, other, strict=True)] if fits else row


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=ROW, other=ROW)
def test_a_second_row_of_the_case_accuses_nobody_more_than_either_alone(read, row, other):
    one = read(grid([HEADS, ["督1号", *row]]), change=without_pairs)
    two = read(grid([HEADS, ["督1号", *other]]), change=lambda _: one.mapping)
    both = read(grid([HEADS, ["督1号", *row], ["督1号", *other]]), change=lambda _: one.proposal.mapping)
    either = against(one) | against(two) | against(read(grid([HEADS, ["督1号", *_both(row, other)]])))
    either |= {("督1号", "一次催办"): 1}  # which counts what both rows tell
    assert all(key in either for key in against(both))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=ROW, lost=ROW)
def test_a_row_that_lost_its_number_accuses_nobody(read, row, lost):
    """The row below may go on with the case: what it tells the case does not lack."""
    alone = read(grid([HEADS, ["督1号", *row]]), change=without_pairs)
    followed = read(grid([HEADS, ["督1号", *row], [None, *lost]]), change=lambda _: alone.proposal.mapping)
    assert is_within(against(followed), against(alone))
    told = {head for head, cell in zip(HEADS[1:], lost, strict=True) if cell is not None}
    if "办结日期" in told:
        assert not any(norm == "按期办结" and row[HEADS.index("办结日期") - 1] is None for _, norm in against(followed))
