"""The engine's process as its asker sees it: started when first needed, killed when it errs or is late."""

import contextlib
import json
import os
import select
import signal
import subprocess
import time
import weakref
from collections.abc import Callable, Sequence
from typing import IO, Any

from checker.calendars import unreadable

MEMORY = {"MALLOC_MMAP_THRESHOLD_": "268435456", "MALLOC_TRIM_THRESHOLD_": "268435456"}
"""Keeps memory between sessions: without it half of the time goes into giving it back and asking again."""

PATIENCE = 2.0
"""Seconds a process that is told to end has before it is killed."""


class WorkerLost(Exception):
    """The process died, erred or was late, and is gone. The text is a Chinese clause without a full stop."""


class Worker:
    """One process at a time, for one asker.

    ``limit`` is in seconds, for one request. ``starts`` counts the processes started.
    """

    def __init__(self, command: Sequence[str], setup: bytes, limit: float) -> None:
        self._command = list(command)
        self._setup = setup
        self._limit = limit
        self._process: subprocess.Popen[bytes] | None = None
        self._requests = self._answers = -1
        self._stop: Callable[[], object] = lambda: None
        self._owner = os.getpid()
        self.starts = 0

    @property
    def is_running(self) -> bool:
        """Whether a process is there to answer; False before the first request and after a loss."""
        return self._process is not None and self._process.poll() is None

    def ask(self, request: bytes) -> dict[str, Any]:
        """Send a request and wait for the answer.

        :raises WorkerLost: no answer will come; the next request starts another process.
        """
        try:
            if not self.is_running:
                self._start()
            return self._exchange(request)
        except BaseException:  # also an interrupt: the answer still under way would be taken for the next one's
            self.close(patience=0)
            raise

    def close(self, patience: float = PATIENCE) -> None:
        """End the process; without patience, kill it."""
        process, self._process = self._process, None
        if process is not None:
            self._stop()
            _end(process, self._owner, patience)

    def _start(self) -> None:
        self.close(patience=0)
        self.starts += 1
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                env={**os.environ, **MEMORY},
                start_new_session=True,  # an interrupt at the terminal is for us, not for it
            )
        except OSError as error:
            raise WorkerLost(f"推理进程不能启动（{unreadable.reason(error)}）") from error
        self._requests, self._answers = _descriptor(process.stdin), _descriptor(process.stdout)
        os.set_blocking(self._requests, False)
        self._process = process
        self._owner = os.getpid()
        self._stop = weakref.finalize(self, _end, process, self._owner, 0.0).detach
        if self._exchange(self._setup).get("ready") is not True:
            raise WorkerLost("推理进程没有就绪")

    def _exchange(self, request: bytes) -> dict[str, Any]:
        deadline = time.monotonic() + self._limit
        self._send(len(request).to_bytes(4, "little") + request, deadline)
        answer = self._receive(int.from_bytes(self._receive(4, deadline), "little"), deadline)
        try:
            decoded = json.loads(answer)
        except ValueError as error:
            raise WorkerLost("推理进程的回答不能读") from error
        if not isinstance(decoded, dict) or "error" in decoded:
            raise WorkerLost(f"推理出错（{decoded['error'] if isinstance(decoded, dict) else '回答不是对象'}）")
        return decoded

    def _send(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            self._wait(self._requests, select.POLLOUT, deadline)
            try:
                rest = rest[os.write(self._requests, rest) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise WorkerLost(self._how_it_ended()) from error

    def _receive(self, size: int, deadline: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(self._answers, select.POLLIN, deadline)
            part = os.read(self._answers, min(size - len(data), 1 << 20))
            if not part:
                raise WorkerLost(self._how_it_ended())
            data += part
        return bytes(data)

    def _wait(self, pipe: int, event: int, deadline: float) -> None:
        poll = select.poll()
        poll.register(pipe, event)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise WorkerLost(f"推理超过 {self._limit:g} 秒没有结果")

    def _how_it_ended(self) -> str:
        try:
            code = self._process.wait(PATIENCE) if self._process else 0
        except subprocess.TimeoutExpired:
            return "推理进程不再应答"
        if code >= 0:
            return f"推理进程退出（退出码 {code}）"
        return f"推理进程崩溃（{_signal_name(-code)}）"


def _descriptor(pipe: IO[bytes] | None) -> int:
    if pipe is None:
        raise WorkerLost("推理进程没有管道")
    return pipe.fileno()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"信号 {number}"


def _end(process: subprocess.Popen[bytes], owner: int, patience: float) -> None:
    """Close the pipes and wait for the process; a forked copy of the owner must leave it alone."""
    is_owner = owner == os.getpid()
    if is_owner and not patience:
        process.kill()  # before its pipes close, or it might be ending by itself meanwhile
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    if not is_owner:
        return
    if patience:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    if process.poll() is None:
        process.kill()
    process.wait()
