"""Inference through durable-rules: facts in, outcomes out, failures named."""

import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from checker.engines.facts import EngineFailure, GroundFact, Outcome
from checker.engines.infer.availability import module_file
from checker.engines.infer.compiling import compile_rules
from checker.engines.infer.process import Worker, WorkerLost
from checker.engines.infer.wire import REQUEST, Derivation, Piece, Unfit, Wire, pieces
from checker.model.diagnostic import Diagnostic, EngineFault
from checker.model.norm import RuleSet

COMMAND = (sys.executable, "-I", "-S", str(Path(__file__).with_name("worker.py")))
"""Run by its path, without the package and without site-packages."""


class DurableInference:
    """The type ``Infer`` over one rule set; rules are compiled once, the process is started by the first facts.

    ``limit`` is the seconds a request of at most 1,024 facts may take, ``restarts`` how often a lost process is
    replaced before every further case fails. To be closed; may be used as a context manager. Calls from several threads
    wait for each other.

    :raises EngineUnavailable: the engine is not installed.
    :raises RulesError: a norm is too large for it.
    """

    def __init__(
        self, rules: RuleSet, *, limit: float = 30.0, restarts: int = 20, command: Sequence[str] = COMMAND
    ) -> None:
        self._wire = Wire(compile_rules(rules))
        self._worker = Worker(command, self._wire.setup(module_file(), limit), limit)
        self._restarts = restarts
        self._lock = threading.Lock()
        self._is_closed = False

    def __call__(self, facts: Sequence[tuple[int, GroundFact]]) -> Sequence[tuple[int, Outcome | EngineFailure]]:
        """One outcome for each fact, or one failure for its case."""
        return [(case, found.outcome if isinstance(found, Derivation) else found) for case, found in self.derive(facts)]

    def derive(self, facts: Sequence[tuple[int, GroundFact]]) -> list[tuple[int, Derivation | EngineFailure]]:
        """As the call, with the rules that fired and the norms that breaches may open."""
        by_case: dict[int, list[GroundFact]] = {}
        for case, fact in facts:
            by_case.setdefault(case, []).append(fact)
        found: dict[int, list[Derivation]] = {}
        failed: dict[int, str] = {}
        with self._lock:
            if self._is_closed:
                message = "推理已经关闭，不能再用。"
                raise EngineFault((Diagnostic(code="inference-closed", message=message),))
            for batch in _batches(by_case):
                self._settle([piece for piece in batch if piece.case not in failed], found, failed)
        failures = [(case, EngineFailure(case, f"{reason}，没有得出结论。")) for case, reason in failed.items()]
        derived = [(case, one) for case, of_case in found.items() if case not in failed for one in of_case]
        return [*derived, *failures]

    def close(self) -> None:
        """End the process; later calls are refused."""
        with self._lock:
            self._is_closed = True
            self._worker.close()

    def __enter__(self) -> "DurableInference":
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def _settle(self, batch: list[Piece], found: dict[int, list[Derivation]], failed: dict[int, str]) -> None:
        """Ask for all pieces at once and, if that fails, for each alone."""
        try:
            answers = self._ask(batch)
        except (WorkerLost, Unfit) as error:
            if len(batch) == 1:
                failed[batch[0].case] = str(error)
            else:
                for piece in batch:
                    self._settle([piece], found, failed)
            return
        for piece, derivations in zip(batch, answers, strict=True):
            found.setdefault(piece.case, []).extend(derivations)

    def _ask(self, batch: list[Piece]) -> list[list[Derivation]]:
        if not batch:
            return []
        request = self._wire.encode(batch)
        if not self._worker.is_running and self._worker.starts > self._restarts:
            raise WorkerLost(f"推理进程已经重新启动 {self._restarts} 次，不再启动")
        return self._wire.decode(self._worker.ask(request), batch)


def _batches(by_case: dict[int, list[GroundFact]]) -> Iterator[list[Piece]]:
    batch: list[Piece] = []
    size = 0
    for case, facts in by_case.items():
        for piece in pieces(case, facts):
            if size + len(piece.facts) > REQUEST:
                yield batch
                batch, size = [], 0
            batch.append(piece)
            size += len(piece.facts)
    if batch:
        yield batch
