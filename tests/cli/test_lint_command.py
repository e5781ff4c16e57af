"""``checker lint``: what it prints and how it ends."""

import json

import pytest
from click.testing import CliRunner

from checker.cli.main import program

PACK = """规程 《试》
  标识 t
  效力 示范
  期间 日为自然日

词汇
  机关 政法委
  行为 交办、催办

规范 限期催办
  依据 《某条例》第五条「应当在三日内催办」
  当 交办
  应当 政法委 催办，自 交办 起 5日 内
"""
FOUND = """提示：规范「限期催办」写的是「5日」，引文说的是「三日」。
  在 {file} 第 13 行第 20 列
  13 |   应当 政法委 催办，自 交办 起 5日 内
     |                                ^^^
  建议：照引文改，或者补引写明这个长短的原文；折算的，在注里写明怎样折算，并写「# lint: 允许 number-differs 理由」。
  检查项：number-differs
"""


def run(*args):
    return CliRunner().invoke(program, ["lint", *map(str, args)])


@pytest.fixture
def pack(tmp_path):
    file = tmp_path / "t.norm"
    file.write_text(PACK, encoding="utf-8")
    return file


def test_a_hit_is_shown_with_its_place_and_code(pack):
    result = run(pack)
    assert result.exit_code == 1
    assert result.stdout == FOUND.format(file=pack)
    assert result.stderr == "共检查 1条规范：错误 0处，提示 1处，说明 0处；另有 0处在文件里注明允许。\n"


def test_an_allowed_hit_is_counted(pack):
    pack.write_text(
        PACK.replace("  应当 政法委", "  # lint: 允许 number-differs 试一试\n  应当 政法委"), encoding="utf-8"
    )
    result = run(pack)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "另有 1处在文件里注明允许" in result.stderr


def test_notes_alone_are_no_failure(pack):
    pack.write_text(PACK.replace("5日", "3日").replace("应当 政法委 催", "应当 催"), encoding="utf-8")
    result = run(pack)
    assert result.exit_code == 0
    assert "说明：规范「限期催办」没有说由谁「催办」" in result.stdout
    assert "检查项：no-bearer" in result.stdout


def test_json_lines(pack):
    (row,) = map(json.loads, run(pack, "--format", "jsonl").stdout.splitlines())
    assert row == {
        "code": "number-differs", "level": "warning", "file": str(pack), "line": 13, "column": 20, "end_line": 13,
        "end_column": 22, "message": "规范「限期催办」写的是「5日」，引文说的是「三日」。", "quote": "5日",
        "help": row["help"],
    }  # fmt: skip
    assert list(row) == [
        "code",
        "level",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "message",
        "quote",
        "help",
    ]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (["--select", "no-bearer"], 0),
        (["--select", "no-bearer,number-differs"], 1),
        (["--select", "no-bearer", "--select", "number-differs"], 1),
        (["--ignore", "number-differs"], 0),
        (["--select", "number-differs", "--ignore", "number-differs"], 0),
        (["--select", "number-difers"], 2),
        (["--explain", "没有这项"], 2),
    ],
)
def test_lints_can_be_chosen(pack, args, code):
    result = run(pack, *args)
    assert result.exit_code == code
    if code == 2:
        assert "这一项检查；" in result.stderr


def test_explain_prints_the_page():
    result = run("--explain", "no-start")
    assert result.exit_code == 0
    assert result.stdout.startswith("# no-start\n")
    headings = [line[3:] for line in result.stdout.splitlines() if line.startswith("## ")]
    assert headings == ["摘要", "依据", "违规示例", "合规示例", "判定方法", "例外", "参数"]


def test_rules_that_do_not_compile_are_not_linted(pack):
    pack.write_text(PACK.replace("当 交办", "当 交班"), encoding="utf-8")
    result = run(pack)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "交班" in result.stderr


def test_hits_are_annotated_where_that_is_asked_for(pack):
    result = run(pack, "--annotate", "github")
    assert "::warning file=" in result.stderr
    assert "title=checker number-differs" in result.stderr
