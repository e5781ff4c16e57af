"""``checker watch`` as a program of its own: files are really touched, and Ctrl-C ends it."""

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import api
from checker.cli.main import program
from checker.cli.watching import Seen, look, told

SRC = Path(__file__).parents[2] / "src"
PATIENCE = 60


class Watching:
    """The program, with its standard output read line by line."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "checker", "watch", "rules"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(SRC), "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def until(self, *starts):
        """The lines up to one that begins like this."""
        found = []
        while not found or not found[-1].startswith(starts):
            found.append(self.lines.get(timeout=PATIENCE))
        return found

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=PATIENCE), self.process.stderr.read()

    def close(self):
        """Nothing is left running or open, whatever the test came to."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=PATIENCE)
        self.reader.join(timeout=PATIENCE)
        self.process.stdout.close()
        self.process.stderr.close()


def run(*args):
    return CliRunner().invoke(program, [str(a) for a in args])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("new", "pack", "jia")
    run("new", "norm", "rules/jia", "催办", "--organ", "政法委", "--act", "催", "--when", "交")
    run("new", "fixture", "催办", "--rules", "rules/jia")
    return tmp_path


@pytest.fixture
def watching(folder):
    found = Watching(folder)
    yield found
    found.close()


def test_what_changes_is_told(folder, watching):
    assert watching.until("规范 ") == [
        "",
        "== rules/jia",
        "规范 1条：错误 0处，提示 0处，说明 0处；用例通过 5个，没有通过 0个。",
    ]
    rules, fixtures = folder / "rules/jia/jia.norm", folder / "fixtures/jia/催办.yaml"
    good, cases = rules.read_text(encoding="utf-8"), fixtures.read_text(encoding="utf-8")

    rules.write_text(good.replace("5日 内", "4日 内"), encoding="utf-8")
    found = watching.until("规范 ")
    assert found[:3] == ["", "== rules/jia rules/jia/jia.norm", "规范「jia/催办」的意思改了。"]
    assert "提示：规范「催办」写的是「4日」，引文说的是「五日」。" in found
    assert "  检查项：number-differs" in found
    assert any(line.startswith("没有通过：案件「催办-边界之内」") for line in found)

    rules.write_text(good.replace("当 交", "当 胶"), encoding="utf-8")
    found = watching.until("规则有误")
    assert any("「胶」" in line for line in found)

    rules.write_text(good, encoding="utf-8")
    found = watching.until("规范 1条")
    assert found[2:4] == ["规则改好了。", "规范「jia/催办」的意思改了。"]
    assert "改好了：规范「催办」写的是「4日」，引文说的是「五日」。" in found
    assert "通过了：用例「催办-边界之内」。" in found
    assert found[-1].endswith("用例通过 5个，没有通过 0个。")

    fixtures.write_text(cases.replace("verdict: overdue", "verdict: met", 1), encoding="utf-8")
    found = watching.until("规范 1条")
    assert found[1] == "== rules/jia fixtures/jia/催办.yaml"
    assert any(line.startswith("没有通过：案件「催办-违规」") for line in found)
    assert found[-1].endswith("用例通过 4个，没有通过 1个。")

    fixtures.unlink()
    found = watching.until("规范 1条")
    assert "规范「jia/催办」没有用例。" in found
    assert found[-1].endswith("用例通过 0个，没有通过 0个。")

    code, told = watching.end()
    assert code == 130
    assert [line for line in told.splitlines() if line] == ["看着这些文件，改了就再检查；按 Ctrl-C 结束。", "已中断。"]


def test_a_new_pack_and_one_that_goes_are_told(folder, watching):
    watching.until("规范 ")
    run("new", "pack", "yi")
    assert watching.until("规范 ")[1] == "== rules/yi"
    (folder / "rules/yi/yi.norm").unlink()
    assert watching.until("规则包")[-1] == "规则包「rules/yi」没有了。"
    assert watching.end()[0] == 130


@pytest.mark.parametrize(("args", "message"), [(["没有"], "「没有」不是文件夹"), (["."], "里没有规则包")])
def test_wrong_arguments(tmp_path, monkeypatch, args, message):
    monkeypatch.chdir(tmp_path)
    result = run("watch", *args)
    assert result.exit_code == 2
    assert message in result.stderr


def test_without_watchfiles_it_says_what_to_install(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = run("watch", folder / "rules")
    assert result.exit_code == 2
    assert "pip install 'checker[watch]'" in result.stderr


@pytest.mark.parametrize(
    ("until", "sum_"),
    [("2199-01-01", "用例通过 5个，待办 1个，没有通过 0个。"), ("2020-01-01", "用例通过 5个，没有通过 1个。")],
)
def test_a_known_gap_is_told_apart_until_its_day(folder, until, sum_):
    gap = (
        "case: 缺口\nevents: []\nas_of: 2026-06-12\nexpect: [{norm: jia/催办, verdict: met}]\n"
        f"todo: {{reason: 等口径, until: {until}}}\n"
    )
    (folder / "fixtures" / "jia" / "缺口.yaml").write_text(gap, encoding="utf-8")
    seen = look("rules/jia", "fixtures/jia", Seen(), (), api.calendar_named("cn"))
    assert list(told(Seen(), seen, True, False))[-1].endswith(sum_)
