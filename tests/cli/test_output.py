"""Where results go: never over an input, whole or not at all; what the surroundings do to it."""

import os
import signal
import subprocess
import sys

import pytest

from hostile.inputs import AS_OF, NORM, case
from hostile.program import command, run, start


@pytest.fixture
def place(tmp_path):
    folder = tmp_path / "cases"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.json").write_text(case(), encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "x.norm").write_text(NORM, encoding="utf-8")
    (tmp_path / "site.yaml").write_text("机关:\n  县法院: 法院\n", encoding="utf-8")
    (tmp_path / "days.yaml").write_text("name: 甲\nall_years: true\n", encoding="utf-8")
    (tmp_path / "map.yaml").write_text("columns: {case: 案号}\n", encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(folder / "deep" / "a.json")
    os.link(folder / "deep" / "a.json", tmp_path / "twin.txt")
    return tmp_path


def words(place, *more):
    return ["check", place / "cases", "--rules", place / "rules", *AS_OF, *more]


@pytest.mark.parametrize("option", ["--output", "--summary", "--register", "--record"])
def test_the_mapping_of_a_ledger_is_no_place_for_results(place, option):
    kept = place / "台账.对照.yaml"
    kept.write_text("表: []\n", encoding="utf-8")
    (place / "out.txt").symlink_to(kept)
    for name in ("台账.对照.yaml", "out.txt"):
        result = run(*words(place, option, place / name))
        assert result.exit_code == 2
        assert "是台账对照文件的名称，不能写结果" in result.stderr
    assert kept.read_text(encoding="utf-8") == "表: []\n"


@pytest.mark.parametrize(
    "name",
    [
        "cases/deep/a.json",
        "cases/new.yaml",
        "cases/deep/../new.csv",
        "rules/x.norm",
        "rules/new.norm",
        "site.yaml",
        "days.yaml",
        "map.yaml",
        "link.yaml",
        "twin.txt",
    ],
)
def test_no_input_is_written_over(name, place):
    before = {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}
    given = ["--site", place / "site.yaml", "--calendar", place / "days.yaml", "--mapping", place / "map.yaml"]
    result = run(*words(place, *given, "--output", place / name))
    assert result.exit_code == 2
    assert "属于输入" in result.stderr
    assert {path: path.read_bytes() for path in place.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["cases/deep/a.json", "cases/deep/new.json", "cases/deep/new.jsonl.gz"])
@pytest.mark.parametrize("pattern", ["cases/deep/*.js*", "cases/**/*.js*", "cases/d*"])
def test_no_file_that_a_pattern_stands_for_is_written_over(name, pattern, place):
    given = ["--rules", place / "rules", *AS_OF, "--output", place / name]
    result = run("check", place / pattern, *given)
    assert result.exit_code == 2
    assert "属于输入" in result.stderr


def test_a_report_beside_the_cases_may_be_written_again(place):
    usual = run(*words(place)).stdout
    for _ in range(2):
        assert run(*words(place, "--output", place / "cases" / "报告.txt")).exit_code == 1
    written = (place / "cases" / "报告.txt").read_text(encoding="utf-8")
    assert [line for line in written.splitlines() if "跳过" not in line] == [
        line for line in usual.splitlines() if "案件        读入" not in line
    ]


def test_the_file_keeps_its_mode_and_a_link_stays_a_link(place):
    kept = place / "kept.txt"
    kept.write_text("old", encoding="utf-8")
    kept.chmod(0o640)
    (place / "to.txt").symlink_to(kept)
    assert run(*words(place, "--output", place / "to.txt")).exit_code == 1
    assert (place / "to.txt").is_symlink()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert "old" not in kept.read_text(encoding="utf-8")


def test_an_interrupt_leaves_the_old_file(place):
    (place / "many.jsonl").write_text("\n".join(case(f"丙{i}") for i in range(30_000)), encoding="utf-8")
    out = place / "out.jsonl"
    out.write_text("old", encoding="utf-8")
    line = command("check", place / "many.jsonl", "--rules", place / "rules", *AS_OF, "--engine", "row")
    line += ["--format", "jsonl", "--output", str(out)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while not list(place.glob(".checker-*")) and process.poll() is None:
            pass
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == 130
    assert out.read_text(encoding="utf-8") == "old"
    assert list(place.glob(".checker-*")) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('exec "$@" >/dev/full', "磁盘已满"),
        ('exec "$@" --output /dev/full', "磁盘已满"),
        ('exec "$@" >&-', "标准输出已经关闭"),
        ('exec "$@" --output /', "文件夹"),
        ('exec "$@" --output /nowhere/x', "没有这个文件或文件夹"),
    ],
)
def test_what_cannot_be_written_is_said_in_chinese(line, said, place):
    found = subprocess.run(["/bin/sh", "-c", line, "sh", *command(*words(place))], capture_output=True, check=False)
    assert found.returncode == 2
    assert said in found.stderr.decode()
    assert "内部错误" not in found.stderr.decode()


@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full"])
def test_messages_nobody_can_read_change_nothing(closed, place):
    (place / "cases" / "bad.json").write_text("[", encoding="utf-8")
    line = ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *command(*words(place))]
    found = subprocess.run(line, capture_output=True, check=False)
    assert found.returncode == 2
    assert "登记" in found.stdout.decode()


def test_a_pipe_and_the_standard_output_by_name(place):
    usual = start(*words(place)).stdout
    assert start(*words(place, "--output", "/dev/stdout")).stdout == usual
    (place / "kept.txt").write_bytes(b"before\n")
    line = ["/bin/sh", "-c", 'exec "$@" >>"$OUT"', "sh", *command(*words(place, "--output", "/dev/stdout"))]
    subprocess.run(line, check=False, env={**os.environ, "OUT": str(place / "kept.txt")}, stderr=subprocess.DEVNULL)
    assert (place / "kept.txt").read_bytes() == b"before\n" + usual


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["check", "--help"]])
def test_help_that_cannot_be_written(words):
    full = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >/dev/full', "sh", *command(*words)], capture_output=True, check=False
    )
    assert (full.returncode, "磁盘已满" in full.stderr.decode()) == (2, True)
    with subprocess.Popen(command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("option", ["--rules", "--site", "--calendar", "--mapping", "--output"])
def test_an_empty_name_is_refused(option, place):
    result = run("check", place / "cases", option, "")
    assert result.exit_code == 2
    assert f"「{option}」的值有误：不能是空的" in result.stderr


def test_empty_cases_are_refused(place):
    result = run("check", "", "--rules", place / "rules")
    assert (result.exit_code, "不能是空的" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["x" * 5000, "/dev/null"])
def test_what_is_no_file_is_told_by_what_it_is(name, place):
    result = run("check", name, "--rules", place / "rules", name)
    assert result.exit_code == 2
    assert ("名称太长" if name.startswith("x") else "字符设备") in result.stderr


@pytest.mark.parametrize("word", ["--\x1b[31m", "--output=/no/\x1b[31m\n错误：伪造", "--only=\x1b[31m"])
def test_an_argument_cannot_steer_the_terminal(word, place):
    result = run(*words(place, word))
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr
    assert "\n错误：伪造" not in result.stderr


def test_the_mapping_may_not_be_deep_either(place):
    (place / "deep.yaml").write_text("columns: " + "[" * 100_000, encoding="utf-8")
    for option in ("--mapping", "--site", "--calendar"):
        found = start(*words(place, option, place / "deep.yaml"))
        assert found.returncode == 2, option
        assert "嵌套超过 50 层" in found.stderr.decode()


def test_every_mistake_of_a_site_file_with_its_line(place):
    text = "机关:\n  甲: [法院]\n参数:\n  办结: 3\n  x/期限: {值: 2024-02-30}\n多: 1\n"
    (place / "site.yaml").write_text(text, encoding="utf-8")
    result = run(*words(place, "--site", place / "site.yaml"))
    assert result.exit_code == 2
    assert [line.split(" 第 ")[1][0] for line in result.stderr.splitlines() if line.startswith("  在 ")] == list("6245")


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files")
def test_a_cache_that_cannot_be_written_leaves_nothing_behind(place):
    cache = place / "cache"
    (cache / "checker").mkdir(parents=True)
    (cache / "checker" / "norm-old.lark").write_bytes(b"old")
    line = ["/bin/sh", "-c", 'trap "" XFSZ; ulimit -f 1; exec "$@"', "sh", *command(*words(place))]
    found = subprocess.run(line, capture_output=True, check=False, env={**os.environ, "XDG_CACHE_HOME": str(cache)})
    assert found.returncode == 1
    assert [path.name for path in (cache / "checker").iterdir()] == ["norm-old.lark"]
