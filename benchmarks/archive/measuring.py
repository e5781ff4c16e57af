"""Measurements in processes of their own: CPU-seconds, wall clock and peak memory, children included."""

import contextlib
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TextIO

ROOT: Final = Path(__file__).parents[2]
_EVERY: Final = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work by name (a function of ``tasks`` or ``others``), with its arguments, in some interpreter."""

    name: str
    arguments: Mapping[str, object]
    module: str = "benchmarks.archive.tasks"
    python: str = sys.executable


@dataclass(frozen=True, slots=True)
class Once:
    """One run.

    ``cpu`` and ``wall`` are seconds of the work itself, start-up and compiling the rules left out; ``whole`` is the CPU
    of the process with all that; ``peak`` the most memory at once, in MB.
    """

    cpu: float
    wall: float
    whole: float
    peak: float
    said: Mapping[str, Any]


@dataclass(slots=True)
class Measured:
    """All runs of one task."""

    runs: list[Once] = field(default_factory=list)
    refusal: str = ""

    @property
    def cpu(self) -> float:
        """The least CPU-seconds: what disturbs a run only adds."""
        return min(run.cpu for run in self.runs)

    @property
    def said(self) -> Mapping[str, Any]:
        """What the work told besides, the same every time."""
        return self.runs[0].said

    def as_json(self) -> dict[str, object]:
        """Least and median of everything."""
        if not self.runs:
            return {"refusal": self.refusal}
        return {
            name: {"least": min(values), "median": statistics.median(values)}
            for name in ("cpu", "wall", "whole", "peak")
            for values in ([getattr(run, name) for run in self.runs],)
        } | {"runs": len(self.runs), "said": dict(self.said)}


def interleaved(tasks: Mapping[str, Task], times: Mapping[str, int] | int) -> dict[str, Measured]:
    """Run every task so often, one round after the other, so that a disturbance touches all of them alike."""
    wanted = {name: times if isinstance(times, int) else times[name] for name in tasks}
    found = {name: Measured() for name in tasks}
    for turn in range(max(wanted.values(), default=0)):
        for name, task in tasks.items():
            measured = found[name]
            if turn < wanted[name] and not measured.refusal:
                once = run(task)
                if isinstance(once, str):
                    measured.refusal = once
                else:
                    measured.runs.append(once)
    return found


def run(task: Task) -> Once | str:
    """One run in a process of its own; the reason where it came to nothing."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    with tempfile.TemporaryFile("w+") as errors:
        return _run(task, {**os.environ, "PYTHONPATH": path}, errors)


def _run(task: Task, environment: Mapping[str, str], errors: TextIO) -> Once | str:
    process = subprocess.Popen(
        [task.python, "-m", task.module, task.name, json.dumps(task.arguments)],
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        cwd=ROOT,
        env=environment,
    )
    peak = _Peak(process.pid)
    peak.start()
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    peak.stop()
    said = _answered(output)
    if process.returncode or said is None:
        errors.seek(0)
        return f"退出码 {process.returncode}：{(errors.read().splitlines() or ['没有说明'])[-1]}"
    if "refusal" in said:
        return str(said["refusal"])
    return Once(said.pop("cpu"), said.pop("wall"), usage.ru_utime + usage.ru_stime, peak.most, said)


def _answered(output: str) -> dict[str, Any] | None:
    """What the process told; libraries print their own words before and after it."""
    lines = [line for line in output.splitlines() if line.startswith(('{"cpu"', '{"refusal"'))]
    return json.loads(lines[-1]) if lines else None


class _Peak(threading.Thread):
    """Watches how much memory a process and its children hold together."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self._pid = pid
        self._done = threading.Event()

    def run(self) -> None:
        while not self._done.wait(_EVERY):
            self.most = max(self.most, _held(self._pid) / 2**20, _highest(self._pid) / 2**20)

    def stop(self) -> None:
        self._done.set()
        self.join()


def _held(pid: int) -> int:
    """Bytes resident of a process and all below it; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(_held(int(child)) for child in below)


def _highest(pid: int) -> int:
    """Bytes that one process held at most, as the system noted.

    What it says after the end of a process counts its parent's memory from before the start.
    """
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


class Watch:
    """CPU and wall of what runs between ``with`` and its end, children that ended included."""

    def __enter__(self) -> "Watch":
        self._cpu, self._wall = _spent(), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.cpu, self.wall = _spent() - self._cpu, time.perf_counter() - self._wall


def _spent() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def answer(watch: Watch, **said: object) -> None:
    """Tell the process that started this one what came out."""
    print(json.dumps({"cpu": watch.cpu, "wall": watch.wall, **said}, ensure_ascii=False))


def refuse(reason: str) -> None:
    """Tell it that nothing could be measured, and why."""
    print(json.dumps({"refusal": reason}, ensure_ascii=False))


def facts(modules: Sequence[str] = ("numpy", "pyarrow", "duckdb")) -> dict[str, object]:
    """The machine and what runs on it."""
    import platform
    from importlib.metadata import version

    memory = 0
    with contextlib.suppress(ValueError, OSError):
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    describe = ["git", "describe", "--always", "--dirty"]
    git = subprocess.run(describe, cwd=ROOT, capture_output=True, text=True, check=False)
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_mb": memory,
        "processor": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
        "commit": git.stdout.strip(),
        "load_before": list(os.getloadavg()),
        **{name: version(name) for name in modules},
    }
