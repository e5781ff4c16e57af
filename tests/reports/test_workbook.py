"""Workbooks: what a user wrote is text, whatever it looks like."""

import io

import openpyxl
import pytest

from checker.reports.workbook import Sheet, workbook


def cells(*row):
    book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("表", tuple("甲乙丙"[: len(row)]), [row])])))
    return list(book["表"][2])


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1", "=cmd|' /C calc'!A0"])
def test_what_looks_like_a_formula_is_text(text):
    (cell,) = cells(text)
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert str(cell.value).lstrip("�") == text.strip("\t")


def test_numbers_stay_numbers_and_nothing_stays_empty():
    number, text, nothing = cells(3, "3", None)
    assert (number.value, number.data_type) == (3, "n")
    assert (text.value, text.data_type) == ("3", "s")
    assert nothing.value is None


def test_what_a_workbook_cannot_hold_is_made_visible():
    long, control = cells("长" * 40_000, "a\x00b")
    assert len(long.value) < 32_767
    assert long.value.endswith("…（其余从略）")
    assert control.value == "a�b"


def test_the_heads_stay_in_sight():
    book = openpyxl.load_workbook(io.BytesIO(workbook([Sheet("表", ("甲",), [("一",)]), Sheet("空", ("乙",), [])])))
    assert book.sheetnames == ["表", "空"]
    assert book["表"].freeze_panes == "A2"


def test_without_the_library_it_is_said(monkeypatch):
    from checker.model.diagnostic import DataError

    monkeypatch.setattr("checker.reports.workbook.find_spec", lambda _: None)
    with pytest.raises(DataError, match="checker\\[ledger\\]"):
        workbook([])
