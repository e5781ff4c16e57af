"""Work over several processes, results in order; an interrupt at the terminal ends them without a word from them."""

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def over_processes(function: Callable[[T], R], work: Iterable[T], count: int) -> Iterator[R]:
    """The function of each piece of work. Who stops taking results ends what is still under way."""
    # Spawned, never forked: the libraries for archives and proofs keep threads.
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))
    others = set(multiprocessing.active_children())
    # A process inherits what is blocked: an interrupt at the terminal is for us, who end it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        results = pool.map(function, work)
        ours = set(multiprocessing.active_children()) - others
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    try:
        yield from results
    except BaseException:
        for one in ours:
            one.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
