"""The caret stands under the right column whatever the width of the characters."""

import pytest
from wcwidth import wcswidth

from checker.language.render import render
from checker.model.diagnostic import Diagnostic, Level, Note
from checker.model.place import Place, Span


def span(line, column, end_line, end_column):
    return Span(file="a.norm", line=line, column=column, end_line=end_line, end_column=end_column)


@pytest.mark.parametrize(
    ("text", "column", "end", "before", "carets"),
    [
        ("  当 交般", 5, 7, 5, 4),
        ("abc def", 5, 8, 4, 3),
        ("甲a乙", 3, 4, 3, 2),
        ("\t当 交般", 4, 6, 4, 4),
        ("甲", 2, 3, 2, 1),
    ],
)
def test_caret(text, column, end, before, carets):
    shown = render(Diagnostic(code="x", message="甲。", at=span(1, column, 1, end)), text).split("\n")
    assert shown[-1] == "    | " + " " * before + "^" * carets
    assert shown[-2].startswith("  1 | ")


def test_long_line_is_cut_around_the_place():
    text = "交" * 100_000 + "错" + "办" * 100_000
    line, caret = render(Diagnostic(code="x", message="甲。", at=span(1, 100_001, 1, 100_002)), text).split("\n")[-2:]
    assert len(line) < 200
    at = caret.index("^")
    assert wcswidth(line[: line.index("错")]) == at > 0


def test_everything_is_said():
    diagnostic = Diagnostic(
        code="x", level=Level.WARNING, message="甲。", at=span(2, 1, 3, 2), expected="「乙」", help="写作「乙」。",
        notes=(Note(at=span(1, 1, 1, 2), text="先前在此。"),
               Note(at=Place(file="b.xlsx", sheet="表", cell="B2"), text="在此。")),
    )  # fmt: skip
    assert render(diagnostic, "一\n二二\n三") == (
        "提示：甲。\n  在 a.norm 第 2 行第 1 列\n  2 | 二二\n    | ^^^^\n  此处可写：「乙」\n  建议：写作「乙」。\n"
        "  另见 a.norm 第 1 行第 1 列：先前在此。\n  另见 b.xlsx 表「表」单元格 B2：在此。"
    )
