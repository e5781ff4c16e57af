"""A run over an archive that is ended anywhere goes on where it stopped, to the same bytes."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from archive.inputs import PACK, lines

PROGRAM = """
import os, pathlib, sys, time
from checker.cases import portions
from checker.cases.flat import regrouping
from checker.host.store import Store
size, where, number = sys.argv[1].split(",")
del sys.argv[1]
portions.CASES = regrouping.CASES = int(size)
calls = 0

def stopping(function):
    def stop(*given):
        global calls
        calls += 1
        if calls == int(number):
            pathlib.Path("here").touch()
            time.sleep(600)
        return function(*given)
    return stop

if where == "keep":
    Store.keep = stopping(Store.keep)
elif where == "remove":
    Store.remove = stopping(Store.remove)
elif where:
    setattr(os, where, stopping(getattr(os, where)))
from checker.cli.main import main
if __name__ == "__main__":
    main()
"""
"""Cuts portions of so many cases, and stops for good before the so-manieth call of a function, leaving a file."""


UNCACHED = {**os.environ, "XDG_CACHE_HOME": os.devnull}
"""Nothing but results is written, so that calls can be counted whatever else the machine has cached."""


@pytest.fixture
def place(tmp_path):
    (tmp_path / "x.norm").write_text(PACK, encoding="utf-8")
    (tmp_path / "many.jsonl").write_text("\n".join(lines(60)), encoding="utf-8")
    return tmp_path


def command(name, *words, stop=",0", size=9, jobs=1, cases="many.jsonl"):
    program = [sys.executable, "-c", PROGRAM, f"{size},{stop}", "check", cases, "--rules", "x.norm"]
    more = ["--as-of", "2026-06-01", "--engine", "archive", "--jobs", jobs, "--output", name]
    return [*map(str, program), *map(str, more), *map(str, words)]


def finished(place, name, *words, **more):
    return subprocess.run(
        command(name, *words, **more),
        cwd=place,
        env=UNCACHED,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def ended(place, name, *words, number=signal.SIGKILL, **more):
    """The same, sent a signal where it has stopped; afterwards none of its processes is left."""
    (place / "here").unlink(missing_ok=True)
    with subprocess.Popen(
        command(name, *words, **more), cwd=place, env=UNCACHED, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        while not (place / "here").exists():
            assert process.poll() is None, process.stderr.read().decode()
            time.sleep(0.01)
        process.send_signal(number)
        told = process.communicate()[1].decode()
    (place / "here").unlink()
    until = time.monotonic() + 60
    while has_members(process.pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not has_members(process.pid)
    return process.returncode, told


def has_members(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def without_going_on(told):
    return [line for line in told.splitlines() if not line.startswith("接着办")]


@pytest.mark.parametrize("form", ["text", "jsonl", "parquet"])
def test_killed_again_and_again(form, place):
    """With no part, while the third is written, after the fifth, over the result, with the result in place."""
    words = ["--format", form, "--only", "all"]
    whole = finished(place, "whole", *words)
    assert whole.returncode == 2
    for stop, jobs in (("keep,1", 2), ("fsync,5", 2), ("keep,4", 2), ("replace,2", 1)):
        code, _ = ended(place, "out", *words, stop=stop, jobs=jobs)
        assert code == -signal.SIGKILL
        assert not (place / "out").exists()
    last = finished(place, "out", *words)
    assert last.returncode == 2
    assert "接着办上次没有办完的检查：前 6 部分已经办完。" in last.stderr
    assert last.stderr.splitlines()[1:] == whole.stderr.splitlines()
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()
    assert not (place / "out.parts").exists()


def test_killed_with_the_result_in_place(place):
    finished(place, "whole")
    assert ended(place, "out", stop="remove,1")[0] == -signal.SIGKILL
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()
    again = finished(place, "out")
    assert (again.returncode, "接着办" in again.stderr) == (2, True)
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()
    assert sorted(path.name for path in place.iterdir()) == ["many.jsonl", "out", "whole", "x.norm"]


def test_what_a_row_without_a_case_leaves_open_stays_open_after_going_on(place):
    """The row stands at the very end, behind every case that was checked before the run was killed."""
    rows = "".join(f"案{n},登记,2024-03-01\n" for n in range(60))
    (place / "t.csv").write_text(f"案件,行为,日期\n{rows},办结,2024-03-04\n", encoding="utf-8")
    words = ["--format", "jsonl", "--only", "all"]
    whole = finished(place, "whole", *words, cases="t.csv", jobs=2)
    assert ended(place, "out", *words, stop="keep,4", cases="t.csv")[0] == -signal.SIGKILL
    last = finished(place, "out", *words, cases="t.csv")
    assert (last.returncode, "前 3 部分已经办完" in last.stderr) == (2, True)
    assert last.stderr.splitlines()[1:] == whole.stderr.splitlines()
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()
    findings = [json.loads(line) for line in (place / "out").read_text("utf-8").splitlines()]
    assert [(one["case"], one["verdict"]) for one in findings] == [
        (f"案{n}", "undetermined") for n in range(60) for _ in range(2)
    ]


def test_an_interrupt_ends_at_once_and_says_how_to_go_on(place):
    code, told = ended(place, "out", stop="keep,3", jobs=2, number=signal.SIGINT)
    assert code == 130
    assert "已中断。" in told
    assert "已办完的 2 部分留在" in told
    assert "Traceback" not in told
    assert finished(place, "whole").returncode == finished(place, "out").returncode == 2
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()


def test_an_interrupt_before_anything_is_done_leaves_nothing(place):
    assert ended(place, "out", stop="keep,1", number=signal.SIGINT)[0] == 130
    assert sorted(path.name for path in place.iterdir()) == ["many.jsonl", "x.norm"]


def test_another_command_does_not_go_on(place):
    ended(place, "out", stop="keep,4")
    kept = sorted((place / "out.parts").iterdir())
    other = finished(place, "out", "--only", "all")
    assert other.returncode == 2
    assert "与这次不同的是：列出的范围" in other.stderr
    with (place / "many.jsonl").open("a", encoding="utf-8") as file:
        file.write("\n\n")
    assert "与这次不同的是：案件文件" in finished(place, "out").stderr
    assert sorted((place / "out.parts").iterdir()) == kept
    anew = finished(place, "out", "--restart")
    assert (anew.returncode, "接着办" in anew.stderr) == (2, False)
    assert not (place / "out.parts").exists()


def test_a_spoilt_part_is_examined_anew(place):
    finished(place, "whole", "--format", "jsonl")
    ended(place, "out", "--format", "jsonl", stop="keep,5")
    for number in (1, 3):
        path = place / "out.parts" / f"{number:06d}.part"
        path.write_bytes(path.read_bytes()[:-3])
    assert finished(place, "out", "--format", "jsonl").returncode == 2
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()


def test_a_disk_that_fills_up(place):
    """Files may grow only so far: first a part is stopped, then the result that all parts make."""
    words = ["--format", "jsonl", "--only", "all"]
    assert finished(place, "whole", *words).returncode == 2
    size = (place / "whole").stat().st_size
    limited = ["/bin/sh", "-c", f'ulimit -f {size // 2 // 512}; exec "$@"', "sh"]
    for portion, held in ((400, 0), (9, 6)):
        line = [*limited, *command("out", *words, size=portion)]
        found = subprocess.run(line, cwd=place, capture_output=True, text=True, encoding="utf-8", check=False)
        assert found.returncode == 2
        assert "文件超过允许的大小" in found.stderr
        assert "内部错误" not in found.stderr
        assert not (place / "out").exists()
        assert len(list(place.glob("out.parts/*.part"))) == held
        assert list(place.glob(".checker-*")) == []
    assert finished(place, "out", *words).returncode == 2
    assert (place / "out").read_bytes() == (place / "whole").read_bytes()


def test_among_the_cases_nothing_is_kept(place):
    (place / "cases").mkdir()
    (place / "many.jsonl").rename(place / "cases" / "many.jsonl")
    line = command("cases/out.txt")
    line[line.index("many.jsonl")] = "cases"
    found = subprocess.run(line, cwd=place, capture_output=True, text=True, encoding="utf-8", check=False)
    assert found.returncode == 2
    assert "中断后不能接着办" in found.stderr
    assert sorted(path.name for path in (place / "cases").iterdir()) == ["many.jsonl", "out.txt"]


def test_the_sums_cover_what_was_done_before(place):
    finished(place, "whole", "--summary", "whole.json")
    ended(place, "out", "--summary", "out.json", stop="keep,5")
    finished(place, "out", "--summary", "out.json")
    sums = json.loads((place / "out.json").read_text(encoding="utf-8"))
    assert sums == json.loads((place / "whole.json").read_text(encoding="utf-8"))
    assert sums["counts"]["read"] + sums["counts"]["left_out"] == sum(map(bool, lines(60)))
