"""The surroundings as they should not be: terminals, folders, signals, a lost worker, a closed pipe."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from hostile.inputs import AS_OF, NORM, case
from hostile.program import command, start


@pytest.fixture
def pack(tmp_path):
    (tmp_path / "x.norm").write_text(NORM, encoding="utf-8")
    (tmp_path / "good.json").write_text(case(), encoding="utf-8")
    return tmp_path / "x.norm"


@pytest.fixture
def many(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(case(f"丙{i}") for i in range(1500)), encoding="utf-8")
    return path


def words(pack, cases, *more):
    return ["check", cases, "--rules", pack, *AS_OF, *more]


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"NO_COLOR": "1"},
        {"COLUMNS": "10"},
        {"HOME": "/nowhere", "XDG_CACHE_HOME": "/dev/null"},
    ],
    ids=str,
)
def test_the_same_bytes_wherever(env, pack, tmp_path):
    usual = start(*words(pack, tmp_path / "good.json"))
    found = start(*words(pack, tmp_path / "good.json"), env=env, cwd="/")
    assert found.returncode == usual.returncode == 1
    assert found.stdout == usual.stdout
    assert found.stderr == usual.stderr == b""


def test_two_at_once_with_no_cache_yet(pack, tmp_path):
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    line = command(*words(pack, tmp_path / "good.json"))
    both = [subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env) for _ in range(2)]
    answers = [process.communicate(timeout=60) for process in both]
    assert answers[0] == answers[1]
    assert [process.returncode for process in both] == [1, 1]


def test_a_damaged_cache_is_built_anew(pack, tmp_path):
    env = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    usual = start(*words(pack, tmp_path / "good.json"), env=env)
    for kept in (tmp_path / "cache" / "checker").iterdir():
        kept.write_bytes(kept.read_bytes()[:1000])
    assert start(*words(pack, tmp_path / "good.json"), env=env).stdout == usual.stdout


@pytest.mark.parametrize("engine", ["row", "durable"])
def test_an_interrupt_ends_it_at_once(engine, pack, tmp_path):
    path = tmp_path / "endless.jsonl"
    path.write_text("\n".join(case(f"丙{i}") for i in range(30_000)), encoding="utf-8")
    line = command(*words(pack, path, "--format", "jsonl", "--engine", engine))
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        workers = children(process.pid)
        assert len(workers) == (engine == "durable")
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        _, error = process.communicate(timeout=30)
        assert time.monotonic() - began < 5
    assert process.returncode == 130
    assert error.decode().strip() == "已中断。"
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def children(pid):
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def run_with_murder(line, times):
    """Run it and kill its worker so many times; the process and what it wrote."""
    killed = 0
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        os.set_blocking(process.stdout.fileno(), False)
        written = b""
        while process.poll() is None:
            for worker in children(process.pid) if killed < times else ():
                os.kill(worker, signal.SIGKILL)
                killed += 1
            written += process.stdout.read() or b""
            time.sleep(0.002)
        written += process.stdout.read() or b""
        error = process.stderr.read().decode()
    assert killed
    return process.returncode, written, error


def test_a_worker_killed_once_loses_nothing(pack, many):
    usual = start(*words(pack, many, "--format", "jsonl", "--engine", "row"))
    code, written, _ = run_with_murder(command(*words(pack, many, "--format", "jsonl", "--engine", "durable")), 1)
    assert code == 1
    assert written == usual.stdout


def test_a_worker_killed_for_ever_is_a_fault_of_every_case(pack, tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(case(f"丙{i}") for i in range(50)), encoding="utf-8")
    line = command(*words(pack, path, "--format", "jsonl", "--engine", "durable"))
    code, written, error = run_with_murder(line, 10_000)
    assert code == 3
    assert len(written.splitlines()) + error.count("没有得出结论") == 50
    assert "Traceback" not in error


def test_a_reader_that_leaves(pack, many):
    with subprocess.Popen(command(*words(pack, many)), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_no_colour_in_a_file(pack, tmp_path):
    out = tmp_path / "out.txt"
    assert start(*words(pack, tmp_path / "good.json", "--output", out)).returncode == 1
    assert b"\x1b" not in out.read_bytes()
