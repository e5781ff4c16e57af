"""``checker fmt``: what it writes, what it leaves alone, and how it ends."""

import stat

import click
import pytest
from click.testing import CliRunner

from checker.cli.main import program

GOOD = "规程 《试》\n  标识 t\n  效力 示范\n\n词汇\n  行为 甲\n"
LOOSE = "规程   《试》\n  标识 t\n  效力 示范\n词汇\n  行为 甲\n"
BAD = "规程 试\n"


def run(*args, text=None):
    return CliRunner().invoke(program, ["fmt", *map(str, args)], input=text)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.norm").write_text(LOOSE, encoding="utf-8")
    (tmp_path / "b.norm").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.txt").write_text(LOOSE, encoding="utf-8")
    return tmp_path


def test_files_are_written_and_listed(folder):
    (folder / "a.norm").chmod(0o640)
    result = run(folder)
    assert result.exit_code == 0
    assert result.stdout == f"{folder}/a.norm\n"
    assert result.stderr == "共 2个文件：已改动 1个，不用改动 1个，有错误或者写不了的 0个。\n"
    assert (folder / "a.norm").read_text(encoding="utf-8") == GOOD
    assert (folder / "c.txt").read_text(encoding="utf-8") == LOOSE
    assert stat.S_IMODE((folder / "a.norm").stat().st_mode) == 0o640
    assert sorted(p.name for p in folder.iterdir()) == ["a.norm", "b.norm", "c.txt"]
    assert run(folder).stdout == ""


def test_a_file_in_order_is_not_touched(folder):
    before = (folder / "b.norm").stat()
    run(folder)
    after = (folder / "b.norm").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_check_lists_and_writes_nothing(folder):
    result = run(folder, "--check")
    assert (result.exit_code, result.stdout) == (1, f"{folder}/a.norm\n")
    assert (folder / "a.norm").read_text(encoding="utf-8") == LOOSE
    assert run(folder / "b.norm", "--check").exit_code == 0


def test_diff_shows_the_lines_and_writes_nothing(folder):
    result = run(folder, "--diff")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"--- {folder}/a.norm", f"+++ {folder}/a.norm（排好）", "@@ -1,5 +1,6 @@",
        "-规程   《试》", "+规程 《试》", "   标识 t", "   效力 示范", "+", " 词汇", "   行为 甲",
    ]  # fmt: skip
    assert (folder / "a.norm").read_text(encoding="utf-8") == LOOSE


def test_a_file_with_errors_is_left_and_told_of(folder):
    (folder / "d.norm").write_text(BAD, encoding="utf-8")
    result = run(folder)
    assert result.exit_code == 2
    assert f"在 {folder}/d.norm 第 1 行第 4 列" in result.stderr
    assert "这个文件没有改动" in result.stderr
    assert "已改动 1个，不用改动 1个，有错误或者写不了的 1个" in result.stderr
    assert (folder / "d.norm").read_text(encoding="utf-8") == BAD
    assert (folder / "a.norm").read_text(encoding="utf-8") == GOOD


def test_standard_input_to_standard_output():
    result = run("-", text=LOOSE)
    assert (result.exit_code, result.stdout, result.stderr) == (0, GOOD, "")
    assert run("-", "--check", text=LOOSE).exit_code == 1
    assert run("-", "--check", text=GOOD).exit_code == 0
    assert "+规程 《试》" in run("-", "--diff", text=LOOSE).stdout


def test_standard_input_with_errors_comes_out_as_it_went_in():
    result = run("-", text=BAD)
    assert (result.exit_code, result.stdout) == (2, BAD)
    assert "「规程」之后不能写「试」" in result.stderr


def test_a_link_is_followed(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "l.norm").symlink_to(folder / "a.norm")
    assert run(other).exit_code == 0
    assert (other / "l.norm").is_symlink()
    assert (folder / "a.norm").read_text(encoding="utf-8") == GOOD


@pytest.mark.parametrize("args", [("没有.norm",), ("duban",), ("-", "甲.norm")])
def test_wrong_arguments(args, monkeypatch, tmp_path):
    """The id of a shipped pack is no path: nobody means to lay out the packs inside the program."""
    monkeypatch.chdir(tmp_path)
    assert run(*args).exit_code == 2


def test_a_file_that_cannot_be_written_does_not_stop_the_others(folder, monkeypatch):
    """Even root is stopped here, so the refusal is played."""
    from checker.cli import output

    (folder / "e.norm").write_text(LOOSE, encoding="utf-8")
    real = output.refuse_unwritable

    def refuse(path):
        if path.endswith("a.norm"):
            raise click.UsageError(f"写不了文件「{path}」：没有权限")
        real(path)

    monkeypatch.setattr(output, "refuse_unwritable", refuse)
    result = run(folder)
    assert result.exit_code == 2
    assert result.stdout == f"{folder}/e.norm\n"
    assert "没有权限。" in result.stderr
    assert "已改动 1个，不用改动 1个，有错误或者写不了的 1个" in result.stderr
    assert (folder / "a.norm").read_text(encoding="utf-8") == LOOSE
    assert (folder / "e.norm").read_text(encoding="utf-8") == GOOD
