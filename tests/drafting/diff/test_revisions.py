"""Rules out of git: nothing is checked out, and nothing is left behind."""

import subprocess
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.cli.main import program
from checker.host.revisions import rules_at
from checker.model.diagnostic import DataError
from drafting.diff.making import OLD, edited

CASE = """case: 好
events: [{date: 2026-01-05, act: 审批, 结论: 同意}, {date: 2026-01-05, act: 登记}]
as_of: 2026-07-01
expect: [{norm: xiao/先登后批, verdict: breached}]
"""


def git(*words):
    who = ("-c", "user.name=t", "-c", "user.email=t@example.invalid")
    subprocess.run(["git", *who, *words], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    pack = tmp_path / "rules" / "xiao"
    pack.mkdir(parents=True)
    (tmp_path / "fixtures" / "xiao").mkdir(parents=True)
    (tmp_path / "fixtures" / "xiao" / "好.yaml").write_text(CASE, encoding="utf-8")
    (pack / "xiao.norm").write_text(OLD, encoding="utf-8")
    git("init", "-q", "-b", "main")
    git("add", "rules", "fixtures")
    git("commit", "-qm", "one")
    git("tag", "v1")
    (pack / "xiao.norm").write_text(edited(("= 90日", "= 60日")), encoding="utf-8")
    git("commit", "-qam", "two")
    return tmp_path


def diff(*words):
    return CliRunner().invoke(program, ["diff", *words, "--no-witness"])


@pytest.mark.parametrize(
    "words",
    [
        ("HEAD~1:rules/xiao", "rules/xiao"),
        ("HEAD~1:rules/xiao/xiao.norm", "rules/xiao/xiao.norm"),
        ("HEAD~1:rules", "HEAD:rules"),
        ("v1", "HEAD", "--rules", "rules/xiao"),
        ("v1", "rules"),
        ("HEAD~1:./rules/xiao", "HEAD:./rules/xiao"),
    ],
)
def test_revisions_are_read(repository, words):
    result = diff(*words)
    assert result.exit_code == 1, result.stderr
    assert "办结期限：90日 → 60日" in result.stdout
    assert words[0] in result.stdout
    assert list((repository / "temporary").iterdir()) == []


def test_paths_are_taken_from_the_folder_we_are_in(repository, monkeypatch):
    monkeypatch.chdir(repository / "rules")
    assert "办结期限：90日 → 60日" in diff("v1:./xiao", "xiao").stdout
    assert "办结期限：90日 → 60日" in diff("v1", "HEAD", "--rules", "xiao").stdout
    assert "办结期限：90日 → 60日" in diff("v1:rules/xiao", "../rules/xiao").stdout


@pytest.mark.usefixtures("repository")
def test_the_fixtures_of_the_revision_come_along():
    with rules_at("v1:rules/xiao") as at:
        assert (Path(at.packs[0]).parents[1] / "fixtures" / "xiao" / "好.yaml").is_file()


def test_a_folder_outside_git_can_be_compared_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.norm").write_text(OLD, encoding="utf-8")
    assert diff("甲", "乙").exit_code == 0


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("HEAD~9:rules/xiao", "也不是 git 的版本"),
        ("v1:rules/没有", "里没有「rules/没有」"),
        ("没有这个", "没有「没有这个」这个文件、文件夹或规程"),
        ("--output:rules", "没有选项"),
        (":rules", "也不是 git 的版本"),
    ],
)
def test_what_is_not_there_is_said(word, said):
    result = diff(word, "rules/xiao")
    assert result.exit_code == 2
    assert said in result.stderr


def test_outside_a_repository_there_are_no_revisions(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(DataError, match="这里也不是 git 的仓库"), rules_at("HEAD:rules"):
        pass


def test_broken_rules_of_a_revision_are_named_by_it(repository):
    (repository / "rules" / "xiao" / "xiao.norm").write_text(edited(("应当 有 登记", "应当 有 登机")), encoding="utf-8")
    git("commit", "-qam", "broken")
    result = diff("v1:rules/xiao", "HEAD:rules/xiao")
    assert result.exit_code == 2
    assert "HEAD:rules/xiao/xiao.norm" in result.stderr
    assert "temporary" not in result.stderr
    assert list((repository / "temporary").iterdir()) == []


def test_without_git_it_is_said(repository, monkeypatch):
    monkeypatch.setenv("PATH", str(repository / "nothing"))
    result = diff("v1:rules/xiao", "rules/xiao")
    assert result.exit_code == 2
    assert "不能运行 git" in result.stderr


def test_an_attribute_in_the_revision_hides_nothing_from_the_comparison(repository):
    (repository / ".gitattributes").write_text("rules export-ignore\nfixtures export-ignore\n", encoding="utf-8")
    (repository / "rules" / "空.norm").write_bytes(b"")
    git("add", ".")
    git("commit", "-qm", "three")
    with rules_at("HEAD:rules/xiao") as found:
        assert [file.name for file in sorted(Path(found.packs[0]).iterdir())] == ["xiao.norm"]
        assert Path(found.packs[0], "xiao.norm").read_bytes() == (repository / "rules/xiao/xiao.norm").read_bytes()
        assert Path(found.packs[0]).parent.joinpath("空.norm").read_bytes() == b""
