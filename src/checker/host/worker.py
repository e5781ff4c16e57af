"""The process that examines portions: one plan, then portions one after the other until its asker is gone."""

import gc
import os
import pickle
import threading
import traceback
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from typing import NamedTuple

from checker.calendars.unreadable import reason
from checker.host.plan import Part
from checker.model.diagnostic import CheckerError, Diagnostic, EngineFault

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Trouble(NamedTuple):
    """Why there is no part."""

    error: type[CheckerError]
    diagnostics: tuple[Diagnostic, ...]

    def raised(self) -> CheckerError:
        """The same as an error."""
        return self.error(self.diagnostics)


def serve(connection: Connection, plan: bytes) -> None:
    """Answer each (portion, known ids) with a part or the trouble with it; ends with the asker."""
    _end_with_asker()
    _one_thread()
    from checker.host.examining import Examiner

    examiner = None
    while True:
        try:
            portion, known = connection.recv()
        except EOFError:
            return
        answer: Part | Trouble
        try:
            if examiner is None:
                examiner = Examiner(pickle.loads(plan))
                _collect_between_portions()
            answer = examiner.examine(portion, known)
        except Exception as error:
            answer = trouble(error, portion.source)
        gc.collect()
        try:
            connection.send(answer)
        except OSError:  # nobody is there to hear it
            return


def trouble(error: Exception, source: str) -> Trouble:
    """What becomes of an error over a portion: whatever it is, no case of the portion may pass for checked."""
    if isinstance(error, CheckerError):
        return Trouble(type(error), error.diagnostics)
    if isinstance(error, MemoryError):
        return _fault(
            "out-of-memory", f"检查「{source}」的一部分时内存不足", "用 --jobs 1，或者改到内存更大的机器上运行"
        )
    what = reason(error) if isinstance(error, OSError) else f"{type(error).__name__}：{error}"
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(place.filename)} 第 {place.lineno} 行"
    return _fault(
        "portion-failed", f"检查「{source}」的一部分时程序出错（{what}，{where}）", "改用 --engine row，并报告给维护者"
    )


def _fault(code: str, message: str, help_: str) -> Trouble:
    meanwhile = "没有得出完整的结论"
    return Trouble(EngineFault, (Diagnostic(code=code, message=message, help=help_, meanwhile=meanwhile),))


def _one_thread() -> None:
    """Each process keeps to one core; the libraries read this when they are loaded."""
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    import pyarrow as pa

    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


def _collect_between_portions() -> None:
    """Within a portion hardly anything becomes garbage, and looking for it would take a third of the time."""
    gc.freeze()
    gc.disable()


def _end_with_asker() -> None:
    """However the asker ends, killed or not, nobody needs what is being worked out for it."""
    asker = parent_process()
    if asker is not None:
        threading.Thread(target=_watch, args=(asker.join,), daemon=True).start()


def _watch(wait: object) -> None:
    assert callable(wait)
    wait()
    os._exit(1)
