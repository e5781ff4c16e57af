"""The pre-commit hooks: their commands exist, look at the right files, and stop a commit that is wrong."""

import re
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from checker.cli.main import program

ROOT = Path(__file__).parents[2]
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
PAGE = (ROOT / "docs" / "howto" / "ci.md").read_text(encoding="utf-8")

RULES = """规程 《甲》
  标识 jia
  效力 示范
  施行 2024-01-01
  期间 次日起算；末日遇休假日顺延；日为自然日

词汇
  行为 交办、办结

规范 按期
  依据 《某法》第一条「十日内办结」
  当 交办
  应当 办结，自 交办 起 10日 内
"""
TEXT = """# 名称：某法
# 标识：mf
# 效力：法律
# 施行：2020-01-01
# 状态：现行
# 文本：已核对
# 来源：公报

第一条 交办的，应当在十日内办结。
"""
REGISTER = "- {编号: MF-1, 文件: 某法, 条: 第一条, 规范: [按期]}\n"
FIXTURE = """case: 好
events: [{date: 2026-06-01, act: 交办}, {date: 2026-06-05, act: 办结}]
as_of: 2026-07-01
expect: [{norm: jia/按期, verdict: met}]
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    for name, text in (
        ("rules/jia/jia.norm", RULES),
        ("rules/jia/text/mf.txt", TEXT),
        ("rules/jia/provisions.yaml", REGISTER),
        ("fixtures/jia/一.yaml", FIXTURE),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    accepted = CliRunner().invoke(program, ["articles", "--rules", "rules", "--accept"])
    assert accepted.exit_code == 0, accepted.output
    return tmp_path


def run(name, *files):
    """As pre-commit runs it: the entry, its arguments, the files that changed."""
    hook = HOOKS[name]
    assert all(re.search(hook["files"], file) for file in files)
    given = files if hook.get("pass_filenames", True) else ()
    return CliRunner().invoke(program, [*hook["entry"].split()[1:], *hook.get("args", []), *given]).exit_code


def spoil(home, name, old, new):
    path = home / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_hooks_call_commands_and_options_that_exist():
    context = click.Context(program)
    for hook in HOOKS.values():
        name, command, *words = hook["entry"].split() + hook.get("args", [])
        assert name == "checker"
        known = {o for p in program.get_command(context, command).get_params(context) for o in p.opts}
        assert {word for word in words if word.startswith("--")} <= known
        assert hook["language"] == "python"
        assert f"id: {hook['id']}\n" in PAGE


def test_a_clean_pack_passes_every_hook(home):
    changed = ["rules/jia/jia.norm"]
    assert {name: run(name, *changed) for name in HOOKS} == dict.fromkeys(HOOKS, 0)
    assert (home / "rules" / "jia" / "jia.norm").read_text(encoding="utf-8") == RULES


def test_the_layout_is_mended_in_place_so_that_the_commit_stops(home):
    spoil(home, "rules/jia/jia.norm", "自 交办 起 10日 内", "自  交办 起 10日内")
    run("checker-fmt", "rules/jia/jia.norm")
    assert (home / "rules" / "jia" / "jia.norm").read_text(encoding="utf-8") == RULES


def test_a_number_that_the_quotation_gives_otherwise_stops_a_commit(home):
    spoil(home, "rules/jia/jia.norm", "起 10日 内", "起 15日 内")
    assert run("checker-lint", "rules/jia/jia.norm") == 1


def test_a_failed_fixture_stops_a_commit(home):
    spoil(home, "fixtures/jia/一.yaml", "met", "late")
    assert run("checker-test", "fixtures/jia/一.yaml") == 1


def test_a_changed_article_stops_a_commit(home):
    spoil(home, "rules/jia/text/mf.txt", "十日", "十五日")
    assert run("checker-articles", "rules/jia/text/mf.txt") == 1


def test_a_mistake_of_writing_stops_a_commit(home):
    spoil(home, "rules/jia/jia.norm", "起 10日 内", "起 15日 内")
    spoil(home, "rules/jia/jia.norm", "「十日内办结」", "「应当在十日内办结」")
    assert run("checker-lint", "rules/jia/jia.norm") == 1
