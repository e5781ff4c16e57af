"""``checker test``: what passes, what fails, and how it says so."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.api import compile_rules, plan_fixtures, shipped_packs
from checker.cli.main import program
from cli.jia import RULES

GOOD = """case: 好
events: [{id: e1, date: 2026-06-01, act: 交办}, {id: e2, date: 2026-06-05, act: 办结}]
as_of: 2026-07-01
expect: [{norm: jia/按期, verdict: met, due: 2026-06-11}]
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    (tmp_path / "rules" / "jia").mkdir(parents=True)
    (tmp_path / "fixtures" / "jia").mkdir(parents=True)
    (tmp_path / "rules" / "jia" / "jia.norm").write_text(RULES, encoding="utf-8")
    (tmp_path / "fixtures" / "jia" / "好.yaml").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args):
    return CliRunner().invoke(program, ["test", *map(str, args)])


def write(home, text):
    (home / "fixtures" / "jia" / "另.yaml").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("home")
def test_the_fixtures_beside_a_pack_are_found_and_pass():
    result = run("--rules", "rules/jia")
    assert result.exit_code == 0
    assert result.stdout == "用例 1个：通过 1，没有通过 0，读不了 0；规范 1条：有用例 1，没有用例 0。\n"


def test_a_part_of_the_fixtures_says_nothing_of_norms_without_any(home):
    said = "用例 1个：通过 1，没有通过 0，读不了 0；规范 1条，只运行一部分，没有查各条有没有用例。\n"
    (file,) = (home / "fixtures" / "jia").iterdir()
    assert run(file, "--rules", "rules/jia").stdout == said


def test_a_difference_names_place_key_and_reasons(home):
    write(home, GOOD.replace("2026-06-11", "2026-06-12").replace("好", "差"))
    result = run("--rules", "rules/jia")
    assert result.exit_code == 1
    assert "没有通过：案件「差」（fixtures/jia/另.yaml:1），截至 2026-07-01" in result.stdout
    assert "fixtures/jia/另.yaml:4：「jia/按期」与期望不同" in result.stdout
    assert "due 期望 2026-06-12，实际 2026-06-11" in result.stdout
    assert "推算  加 10日，至 2026-06-11（星期四）" in result.stdout


def test_a_violation_that_is_not_expected_fails(home):
    write(home, "case: 漏\nevents: [{id: e1, date: 2026-06-01, act: 交办}]\nas_of: 2026-07-01\nexpect: []\n")
    result = run("--rules", "rules/jia")
    assert result.exit_code == 1
    assert "没有期望「jia/按期」在 e1 处的结论，实际为「逾期未履行」" in result.stdout


def test_an_expectation_without_a_finding_fails(home):
    write(home, GOOD.replace("act: 交办", "act: 归档").replace("好", "空"))
    assert "期望「jia/按期」有结论，实际没有" in run("--rules", "rules/jia").stdout


def test_one_finding_does_not_serve_two_expectations(home):
    line = "{norm: jia/按期, verdict: met, due: 2026-06-11}"
    write(home, GOOD.replace(line, f"{line}, {line}").replace("好", "双"))
    assert run("--rules", "rules/jia").exit_code == 1


def test_an_unknown_norm_fails(home):
    write(home, GOOD.replace("jia/按期", "jia/没有").replace("好", "误"))
    result = run("--rules", "rules/jia")
    assert result.exit_code == 1
    assert "受测的规则包里没有规范「jia/没有」" in result.stdout


def test_a_fixture_that_cannot_be_read_gives_two(home):
    write(home, GOOD.replace("as_of", "as_off"))
    result = run("--rules", "rules/jia")
    assert result.exit_code == 2
    assert "读不了 1" in result.stdout
    assert "另.yaml" in result.stderr


def test_a_norm_without_fixture_fails_unless_allowed(home):
    more = RULES + "\n规范 又一条\n  依据 测试\n  归档 之前 应当 有 办结\n"
    (home / "rules" / "jia" / "jia.norm").write_text(more, encoding="utf-8")
    result = run("--rules", "rules/jia")
    assert result.exit_code == 1
    assert "规范「jia/又一条」没有用例" in result.stdout
    assert run("--rules", "rules/jia", "--allow-uncovered").exit_code == 0
    assert run("fixtures/jia/好.yaml", "--rules", "rules/jia").exit_code == 0
    assert run("fixtures/jia", "--rules", "rules/jia").exit_code == 1


def test_no_fixtures_is_an_error(home):
    (home / "fixtures" / "jia" / "好.yaml").unlink()
    (home / "fixtures" / "jia").rmdir()
    result = run("--rules", "rules/jia")
    assert result.exit_code == 2
    assert "没有找到用例" in result.stderr


def test_an_empty_folder_is_an_error(home):
    (home / "空").mkdir()
    assert run("空", "--rules", "rules/jia").exit_code == 2


def test_shipped_packs_pass_their_own_fixtures():
    root = Path(__file__).parents[2]
    result = run(root / "fixtures" / "nosub-law")
    assert result.exit_code == 0, result.output


def test_a_folder_of_rules_stands_for_its_packs_and_whole_matters():
    root = Path(__file__).parents[2]
    batches = plan_fixtures((str(root / "rules"),))
    packs = [batch for batch in batches if batch.is_whole]
    assert {Path(batch.packs[0]).name for batch in packs} == set(shipped_packs())
    (shared,) = [batch for batch in batches if not batch.is_whole]
    assert [Path(path).name for path in shared.paths] == ["demo"]
    rules, _ = compile_rules(shared.packs, named=shared.named)
    assert not any(pack.opt_in for pack in rules.packs)
