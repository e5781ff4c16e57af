"""Expectations edited where they stand: text before, edits, text after."""

import pytest

from checker.cases.expect_edits import CannotEditError, Edits, edited, said

HEAD = "# 开头的注释\ncase: 甲   # 编号\nevents: []\n"
LINES = """expect:   # 期望
  - {norm: a/一, verdict: met, due: 2026-06-01}   # 第一

  # 夹在中间
  - norm: a/二    # 块状
    结论: 合规
    due:
  - {norm: a/三}
as_of: 2026-07-01
"""
FLOW = "expect: [{norm: a/一, due: 2026-06-01}, {norm: a/二}, {norm: a/三}]  # 一行\nas_of: 2026-07-01\n"
ADD = "{norm: a/新}"


@pytest.mark.parametrize(
    ("body", "edits", "after"),
    [
        (LINES, Edits(values=((0, "due", "2026-06-02"), (0, "verdict", "late"))),
         LINES.replace("met, due: 2026-06-01", "late, due: 2026-06-02")),
        (LINES, Edits(values=((1, "verdict", "违反"), (1, "due", "2026-06-02"))),
         LINES.replace("结论: 合规", "结论: 违反").replace("due:\n", "due: 2026-06-02\n")),
        (LINES, Edits(dropped=(0,)), LINES.replace("  - {norm: a/一, verdict: met, due: 2026-06-01}   # 第一\n", "")),
        (LINES, Edits(dropped=(1,)), LINES.replace("  - norm: a/二    # 块状\n    结论: 合规\n    due:\n", "")),
        (LINES, Edits(added=(ADD,)), LINES.replace("  - {norm: a/三}\n", "  - {norm: a/三}\n  - {norm: a/新}\n")),
        (LINES, Edits(dropped=(2,), added=(ADD,)),
         LINES.replace("    due:\n  - {norm: a/三}\n", "    due:\n  - {norm: a/新}\n")),
        (LINES, Edits(dropped=(0, 1, 2)), "expect: []\nas_of: 2026-07-01\n"),
        (FLOW, Edits(values=((0, "due", "null"),)), FLOW.replace("2026-06-01", "null")),
        (FLOW, Edits(dropped=(0,)), FLOW.replace("{norm: a/一, due: 2026-06-01}, ", "")),
        (FLOW, Edits(dropped=(1,)), FLOW.replace(", {norm: a/二}", "")),
        (FLOW, Edits(dropped=(0, 1), added=(ADD,)),
         "expect: [{norm: a/三}, {norm: a/新}]  # 一行\nas_of: 2026-07-01\n"),
        (FLOW, Edits(dropped=(0, 1, 2), added=(ADD,)), "expect:\n  - {norm: a/新}  # 一行\nas_of: 2026-07-01\n"),
        ("expect: []   # 无\n", Edits(added=(ADD, ADD)), "expect:\n  - {norm: a/新}\n  - {norm: a/新}   # 无\n"),
        ("期望: []", Edits(added=(ADD,)), "期望:\n  - {norm: a/新}"),
        ("expect:\n  - {norm: a/一}", Edits(added=(ADD,)), "expect:\n  - {norm: a/一}\n  - {norm: a/新}\n"),
        ("expect: {norm: a/一, due: 2026-06-01}\n", Edits(values=((0, "due", "x"),)),
         "expect: {norm: a/一, due: x}\n"),
        ("expect:\n  - {norm: a/一, missing: [e1, e2]}\n", Edits(values=((0, "missing", "[e3]"),)),
         "expect:\n  - {norm: a/一, missing: [e3]}\n"),
        ("expect:\n  - norm: a/一\n    missing:\n      - e1\n      - e2   # 尾\n    due: 1\n",
         Edits(values=((0, "missing", "[e3]"),)),
         "expect:\n  - norm: a/一\n    missing:\n      [e3]   # 尾\n    due: 1\n"),
    ],
)  # fmt: skip
def test_only_what_changes_changes(body, edits, after):
    assert edited(HEAD + body, 2, edits) == HEAD + after


def test_one_document_of_several_and_line_ends():
    one = "case: 甲\r\nexpect: [{norm: a/一}]\r\n"
    two = "---\r\n# 乙\r\ncase: 乙\r\nexpect:\r\n  - {norm: a/二}\r\n"
    text = one + two + two.replace("乙", "丙")
    after = edited(text, 5, Edits(added=(ADD,)))
    assert after == one + two + "  - {norm: a/新}\r\n" + two.replace("乙", "丙")
    assert said(text, 5, 0, "norm") == "a/二"
    assert said(text, 5, 0, "due") == ""


@pytest.mark.parametrize(
    ("body", "edits"),
    [
        ("expect: {norm: a/一}\n", Edits(added=(ADD,))),
        ("expect:\n  -\n    norm: a/一\n  - {norm: a/二}\n", Edits(dropped=(0,))),
        ("expect:\n  - {norm: a/一}\n", Edits(values=((0, "due", "x"),))),
        ("as_of: 2026-07-01\n", Edits(added=(ADD,))),
    ],
)
def test_what_is_not_safe_is_refused(body, edits):
    with pytest.raises(CannotEditError):
        edited(HEAD + body, 2, edits)


def test_a_list_written_anew_keeps_the_line_ends_of_the_file():
    after = edited("case: 甲\r\nexpect: []\r\n", 1, Edits(added=("{norm: a/新}",)))
    assert after == "case: 甲\r\nexpect:\r\n  - {norm: a/新}\r\n"
