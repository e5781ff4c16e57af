"""Several packs may follow one --rules; cases stay cases."""

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.cli.packs import spread_packs


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "规则").mkdir()
    (tmp_path / "规则" / "甲.norm").write_text("")
    (tmp_path / "案件").mkdir()
    (tmp_path / "乙.norm").write_text("")
    (tmp_path / "一.yaml").write_text("")


@pytest.mark.parametrize(
    ("args", "spread"),
    [
        ("案件 --rules duban 规则", "案件 --rules duban --rules 规则"),
        ("案件 --rules duban nosub 乙.norm", "案件 --rules duban --rules nosub --rules 乙.norm"),
        ("案件 --rules=duban 规则 --only all", "案件 --rules=duban --rules 规则 --only all"),
        ("--rules duban 案件", "--rules duban 案件"),
        ("--rules duban 一.yaml 规则", "--rules duban 一.yaml 规则"),
        ("--rules duban -", "--rules duban -"),
        ("--rules duban --rules 规则 案件", "--rules duban --rules 规则 案件"),
        ("--rules duban -- 规则", "--rules duban -- 规则"),
        ("规则 --only all", "规则 --only all"),
        ("案件 --rules", "案件 --rules"),
        ("没有 --rules duban 也没有", "没有 --rules duban 也没有"),
    ],
)
def test_spread(args, spread):
    assert spread_packs(args.split()) == spread.split()


@pytest.mark.parametrize("command", ["lint", "check"])
def test_what_a_pattern_of_the_shell_brings_along_is_told_apart(folders, command):
    del folders
    args = ["lint", "一.yaml", "乙.norm"] if command == "lint" else ["check", "案件", "--rules", "一.yaml"]
    result = CliRunner().invoke(program, args)
    assert result.exit_code == 2
    assert "「一.yaml」不是规则文件，规则文件的名称以 .norm 结尾" in result.output
