"""Portions over several processes: the parts come in the order of the input, few are under way at a time.

Each process has a pipe of its own and gets a portion only when it has answered the last one: so it is known what a
process that dies was at, and nobody waits for a pipe that is full. Processes are spawned, never forked: the libraries
for archives keep threads.
"""

import multiprocessing
import os
import pickle
import signal
from collections.abc import Iterator, Set
from contextlib import AbstractContextManager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Final, Protocol, TypeVar

from checker.cases.portions import Portion
from checker.host.plan import Part, Plan
from checker.host.worker import Trouble, serve, trouble
from checker.model.diagnostic import Diagnostic, EngineFault

T = TypeVar("T")

AHEAD: Final = 2
"""So many portions for each process may be finished or under way before the first of them is taken."""

_NONE: Final[frozenset[bytes]] = frozenset()


class Examiners(AbstractContextManager["Examiners"], Protocol):
    """Whoever examines portions."""

    def parts(self, items: Iterator[T]) -> Iterator[tuple[T, Part | None]]:
        """Each item in order; a portion with its part, anything else with None."""

    def again(self, portion: Portion, known: Set[bytes]) -> Part:
        """One portion a second time, without the cases whose ids are known from before."""


class Here(Examiners):
    """Examines in this process."""

    def __init__(self, plan: Plan) -> None:
        """Compile the rules."""
        from checker.host.examining import Examiner

        self._examiner = Examiner(plan)

    def parts(self, items: Iterator[T]) -> Iterator[tuple[T, Part | None]]:
        """See :class:`Examiners`."""
        for item in items:
            yield item, (self.again(item, _NONE) if isinstance(item, Portion) else None)

    def again(self, portion: Portion, known: Set[bytes]) -> Part:
        """See :class:`Examiners`."""
        try:
            return self._examiner.examine(portion, known)
        except Exception as error:
            raise trouble(error, portion.source).raised() from error

    def __exit__(self, *_: object) -> None:
        """Nothing is open."""


class _Process:
    """One process and what it is at."""

    def __init__(self, plan: bytes) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=serve, args=(theirs, plan), daemon=True)
        # A process inherits what is blocked: an interrupt at the terminal is for us, who end it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
        self.number = -1
        self.portion: Portion | None = None

    def send(self, number: int, portion: Portion, known: Set[bytes] = _NONE) -> None:
        self.number, self.portion = number, portion
        with suppress(BrokenPipeError):  # it is dead: receiving will tell
            self.pipe.send((portion, known))

    def receive(self) -> Part:
        portion = self.portion
        assert portion is not None
        try:
            answer: Part | Trouble = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise self._lost(portion) from error
        self.portion = None
        if isinstance(answer, Trouble):
            raise answer.raised()
        return answer

    def _lost(self, portion: Portion) -> EngineFault:
        self.process.join(2)
        code = self.process.exitcode
        how = (
            "不再应答"
            if code is None
            else f"退出（退出码 {code}）"
            if code >= 0
            else f"被终止（{_signal_name(-code)}）"
        )
        hint = (
            "多半是内存不足，用 --jobs 1，或者改到内存更大的机器上运行" if code == -signal.SIGKILL else "报告给维护者"
        )
        part = f"第 {self.number + 1} 部分" if self.number >= 0 else "一部分"
        message = f"检查「{portion.source}」的{part}的进程{how}"
        meanwhile = "这一部分没有结论，检查到此为止"
        return EngineFault((Diagnostic(code="worker-lost", message=message, help=hint, meanwhile=meanwhile),))

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()


class Processes(Examiners):
    """Examines in so many processes, which start with the first portion and are killed at the end."""

    def __init__(self, plan: Plan, jobs: int) -> None:
        """Nothing is started yet."""
        self._plan = pickle.dumps(plan)
        self._jobs = jobs
        self._processes: list[_Process] = []
        self._done: dict[int, Part] = {}

    def parts(self, items: Iterator[T]) -> Iterator[tuple[T, Part | None]]:
        """See :class:`Examiners`."""
        window: dict[int, T] = {}
        upcoming = enumerate(items)
        first = last = 0
        while True:
            while last - first < AHEAD * self._jobs and self._has_room():
                number, item = next(upcoming, (-1, None))
                if item is None:
                    break
                window[number], last = item, number + 1
                if isinstance(item, Portion):
                    self._idle().send(number, item)
            if first not in window:
                return
            while isinstance(window[first], Portion) and first not in self._done:
                self._collect()
            yield window.pop(first), self._done.pop(first, None)
            first += 1

    def again(self, portion: Portion, known: Set[bytes]) -> Part:
        """See :class:`Examiners`."""
        while not self._has_room():
            self._collect()
        self._idle().send(-1, portion, known)
        while -1 not in self._done:
            self._collect()
        return self._done.pop(-1)

    def _has_room(self) -> bool:
        return len(self._processes) < self._jobs or any(process.portion is None for process in self._processes)

    def _idle(self) -> _Process:
        """A process with nothing to do, a new one if there is none."""
        for process in self._processes:
            if process.portion is None:
                return process
        self._processes.append(_Process(self._plan))
        return self._processes[-1]

    def _collect(self) -> None:
        """Wait for an answer and keep it."""
        busy = {process.pipe: process for process in self._processes if process.portion is not None}
        for pipe in wait(list(busy)):
            assert isinstance(pipe, Connection)
            process = busy[pipe]
            self._done[process.number] = process.receive()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End every process at once: none holds anything that is still wanted."""
        while self._processes:
            self._processes.pop().end()


def examiners(plan: Plan, jobs: int) -> Examiners:
    """For so many processes; one is this one."""
    return Here(plan) if jobs == 1 else Processes(plan, jobs)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"信号 {number}"
