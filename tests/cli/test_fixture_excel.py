"""``checker test --to-excel``: fixtures into a workbook, and the workbook run as fixtures."""

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from checker.cli.main import program

ROOT = Path(__file__).parents[2]


def run(*args):
    return CliRunner().invoke(program, ["test", *map(str, args)])


@pytest.fixture(scope="module")
def duban(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "督办.xlsx"
    result = run("--rules", ROOT / "rules" / "duban", "--to-excel", path)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"个：{path}" in result.stderr
    return path


def test_the_workbook_runs_like_the_fixtures_it_came_from(duban):
    told = run(duban, "--rules", ROOT / "rules" / "duban")
    assert told.exit_code == 0
    assert told.stdout.split("；")[0] == run("--rules", ROOT / "rules" / "duban").stdout.split("；")[0]


def test_a_cell_that_is_not_met_is_named(duban, tmp_path):
    book = openpyxl.load_workbook(duban)
    sheet = book["期望"]
    cell = next(cell for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if cell.value == "合规")
    cell.value = "违反"
    book.save(tmp_path / "改.xlsx")
    result = run(tmp_path / "改.xlsx", "--rules", ROOT / "rules" / "duban")
    assert result.exit_code == 1
    norm = sheet.cell(1, cell.column).value
    said = f"改.xlsx 表「期望」单元格 {cell.coordinate}：「{norm}」与期望不同"
    assert "".join(said.split()) in "".join(result.stdout.split())  # lines are broken where the path is long


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--rules", "duban", "--to-excel", "a.csv"], "「a.csv」不是 .xlsx 文件"),
        (["--to-excel", "a.xlsx"], "一个工作簿只写一个规则包的用例"),
        (["--rules", "duban", "-k", "没有这件", "--to-excel", "a.xlsx"], "没有可写的用例"),
    ],
)
def test_what_cannot_be_written_is_refused(args, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(tmp_path.iterdir()) == []
