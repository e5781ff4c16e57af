"""Messages that say the same stand together, with every place."""

from checker.model.diagnostic import Diagnostic
from checker.model.place import Place, Span
from checker.reports.overview.messages import MOST_PLACES, messages_of


def told(message, at):
    return Diagnostic(code="x", message=message, at=at)


def test_equal_messages_are_one_row_with_all_places():
    cells = [Place(file="台账.xlsx", sheet="督办", cell=cell) for cell in ("C3", "C9")]
    lines = [Place(file="案件.jsonl", line=line) for line in (1, 4, 4)]
    others = [None, Place(file="甲.csv"), Span(file="a.norm", line=1, column=2, end_line=1, end_column=3)]
    found = messages_of([("", told("甲", at)) for at in (*cells, *lines, *others)])
    (row,) = found.rows
    assert row.places == (
        "台账.xlsx 表「督办」单元格 C3、C9",
        "案件.jsonl 第 1、4 行",
        "甲.csv",
        "a.norm 第 1 行第 2 列",
    )
    assert (row.times, found.different, found.total) == (8, 1, 8)


def test_different_messages_keep_their_order_and_nothing_is_lost_from_the_counts():
    pairs = [(f"案{n}", told(text, None)) for n, text in enumerate(["乙", "甲", "乙", "丙"])]
    found = messages_of(pairs, most=2)
    assert [(row.told.message, row.cases, row.times) for row in found.rows] == [
        ("乙", ("案0", "案2"), 2), ("甲", ("案1",), 1),
    ]  # fmt: skip
    assert (found.different, found.total) == (3, 4)


def test_places_end_somewhere_and_the_count_does_not():
    found = messages_of([("", told("甲", Place(file="a", line=n))) for n in range(1, MOST_PLACES + 3)])
    (row,) = found.rows
    assert row.times == MOST_PLACES + 2
    assert row.places[0].count("、") == MOST_PLACES - 1
