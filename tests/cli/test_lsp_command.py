"""``checker lsp`` where it cannot serve: one sentence and exit code 2. What it answers: tests/lsp."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = "from checker.cli.main import main; main()"


def start(before="", options=(), **streams):
    script = f"import sys; {before}sys.argv = {['checker', 'lsp', *options]!r}; {PROGRAM}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False, **streams)


@pytest.mark.parametrize("package", ["pygls", "lsprotocol"])
def test_without_the_extra_it_says_what_to_install(package):
    done = start(f"sys.modules[{package!r}] = None; ", stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：语言服务器需要 pygls：pip install 'checker[editor]'。")


def test_an_editor_that_leaves_without_a_word_ends_it():
    done = start(stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_without_input_there_is_nobody_to_serve():
    done = start("sys.stdin = None; ")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("错误：读不了请求：标准输入已经关闭")


def test_a_calendar_that_is_not_there_is_told():
    done = start(options=["--calendar", "没有.yaml"], stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有.yaml" in done.stderr
