"""``checker test --accept``: the changes shown, asked for, and written, and nothing else touched."""

import openpyxl
import pytest
from click.testing import CliRunner

from checker.cli import fixture_accepting
from checker.cli.main import program
from cli.jia import RULES

FIXTURES = """# 期限从交办次日起算。
case: 差一日
events: [{id: e1, date: 2026-06-01, act: 交办}, {id: e2, date: 2026-06-05, act: 办结}]
as_of: 2026-07-01
expect:
  - {norm: jia/按期, 结论: 逾期履行, due: 2026-06-12}   # 顺延
---
case: 漏写
events: [{id: e1, date: 2026-06-01, act: 交办}]   # 没有办结
as_of: 2026-07-01
expect: []
---
case: 多写
events: []
as_of: 2026-07-01
expect: [{norm: jia/按期, verdict: met}]
---
case: 好
events: []
as_of: 2026-07-01
expect: []
"""
DIFF = """--- 用例/all.yaml
+++ 用例/all.yaml
@@ -4,15 +4,16 @@
 as_of: 2026-07-01
 expect:
-  - {norm: jia/按期, 结论: 逾期履行, due: 2026-06-12}   # 顺延
+  - {norm: jia/按期, 结论: 合规, due: 2026-06-11}   # 顺延
 ---
 case: 漏写
 events: [{id: e1, date: 2026-06-01, act: 交办}]   # 没有办结
 as_of: 2026-07-01
-expect: []
+expect:
+  - {norm: jia/按期, anchor: e1, verdict: overdue, due: 2026-06-11, breached_on: 2026-06-12, days: 20}
 ---
 case: 多写
 events: []
 as_of: 2026-07-01
-expect: [{norm: jia/按期, verdict: met}]
+expect: []
 ---
 case: 好
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "jia.norm").write_text(RULES, encoding="utf-8")
    (tmp_path / "用例").mkdir()
    (tmp_path / "用例" / "all.yaml").write_text(FIXTURES, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args, answer=None):
    return CliRunner().invoke(program, ["test", "--rules", "jia.norm", *map(str, args)], input=answer)


def text(home):
    return (home / "用例" / "all.yaml").read_text(encoding="utf-8")


def test_the_changes_are_shown_and_written(home):
    result = run("用例", "--accept", "--yes")
    assert result.exit_code == 0
    assert result.stdout.endswith(DIFF)
    assert "改写用例 3个，文件 1个。" in result.stderr
    assert run("用例").exit_code == 0
    assert text(home).startswith("# 期限从交办次日起算。\ncase: 差一日\n")
    again = run("用例", "--accept", "--yes")
    assert (again.exit_code, "没有要改写的用例" in again.stderr) == (0, True)


@pytest.mark.parametrize(("answer", "is_written"), [("是\n", True), ("y\n", True), ("否\n", False), ("", False)])
def test_somebody_is_asked(home, monkeypatch, answer, is_written):
    monkeypatch.setattr(fixture_accepting, "is_interactive", lambda: True)
    result = run("用例", "--accept", answer=answer)
    assert "接受以上改动（3个用例）？" in result.stderr
    assert (text(home) != FIXTURES, result.exit_code) == (is_written, 0 if is_written else 1)


@pytest.mark.parametrize(
    ("args", "said"),
    [(["用例", "--accept"], "要在终端上看过改动再改"), (["--accept", "--yes"], "要写明改哪些用例")],
)
def test_nobody_looking_on_is_refused(home, args, said):
    result = run(*args)
    assert (result.exit_code, text(home)) == (2, FIXTURES)
    assert said in result.stderr


def test_only_the_chosen_fixtures_change(home):
    assert run("用例", "-k", "漏", "--accept", "--yes").exit_code == 0
    assert text(home).replace(DIFF.splitlines()[13][1:], "").replace("expect:\n\n", "expect: []\n") == FIXTURES


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        (
            "jia/按期, verdict",
            "jia/按其, verdict",
            2,
            "没有改写：期望写到没有的规范「jia/按其」，先改正名称",
        ),
        ("case: 多写", "case: 多写\ntodo: {reason: 等, until: 2199-01-01}", 0, "改写用例 2个"),
        ("case: 多写", "case: 多写\ntodo: {reason: 等, until: 2020-01-01}", 1, "改写用例 2个"),
        ("as_of: 2026-07-01\nexpect: [{", "as_off: 2026-07-01\nexpect: [{", 2, "改写用例 2个"),
    ],
)
def test_what_is_not_rewritten_is_said(home, old, new, code, said):
    (home / "用例" / "all.yaml").write_text(FIXTURES.replace(old, new), encoding="utf-8")
    result = run("用例", "--accept", "--yes")
    assert result.exit_code == code
    assert said in result.stderr
    assert "expect: [{norm: jia/按" in text(home)


def test_a_workbook_is_not_rewritten(home):
    book = openpyxl.Workbook()
    book.active.title = "案件"
    for row in (["案件", "截至"], ["表", "2026-07-01"]):
        book.active.append(row)
    sheet = book.create_sheet("期望")
    for row in (["案件", "jia/按期"], ["表", "合规"]):
        sheet.append(row)
    book.save(home / "表.xlsx")
    before = (home / "表.xlsx").read_bytes()
    result = run("表.xlsx", "--accept", "--yes")
    assert result.exit_code == 2
    assert "用例「表」没有改写：在 Excel 工作簿里" in result.stderr
    assert (home / "表.xlsx").read_bytes() == before


def test_a_byte_order_mark_and_line_ends_stay(home):
    given = "\ufeff" + FIXTURES.replace("\n", "\r\n")
    (home / "用例" / "all.yaml").write_bytes(given.encode())
    assert run("用例", "-k", "差一日", "--accept", "--yes").exit_code == 0
    after = (home / "用例" / "all.yaml").read_bytes().decode()
    assert after == given.replace("逾期履行, due: 2026-06-12", "合规, due: 2026-06-11")
