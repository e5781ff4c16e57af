"""Cases from any input once through, each record checked, into a file of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

import pyarrow as pa

from checker.cases.portions import Portion, Setup, load, portions
from checker.cases.problems import BadCase
from checker.cases.source import Skipped
from checker.host.examining import digest, notices
from checker.host.plan import Notice
from checker.host.seen import Seen


class Sink(Protocol):
    """What takes the cases."""

    def add(self, cases: pa.RecordBatch) -> None:
        """The next cases (schema: ``case_schema``). OSError where they cannot be written."""


@dataclass(slots=True)
class Counts:
    """What was read so far. ``sources`` are the names of the files that gave anything, in order."""

    read: int = 0
    left_out: int = 0
    skipped: int = 0
    sources: dict[str, None] = field(default_factory=dict)


class Step(NamedTuple):
    """What is to be told of one portion, or of what is in none."""

    notices: tuple[Notice, ...]
    portion: Portion | None = None


class Conversion:
    """Iterate once: each portion's cases are in the sink when its step comes, and counted in ``totals``.

    A case whose id came before is left out, as a check leaves it out.
    """

    def __init__(self, paths: Sequence[str], setup: Setup, sink: Sink, totals: Counts) -> None:
        """Nothing is read yet."""
        self._paths, self._setup, self._sink = paths, setup, sink
        self._seen = Seen()
        self.totals = totals

    def __iter__(self) -> Iterator[Step]:
        """Every portion in the order of the input, and what of the input is in none."""
        for item in portions(self._paths, self._setup):
            match item:
                case Skipped():
                    self.totals.skipped += 1
                case BadCase():
                    self.totals.left_out += 1
                    yield Step(item.diagnostics)
                case Portion():
                    yield self._converted(item)

    def _converted(self, portion: Portion) -> Step:
        chunk = load(portion, self._setup)
        names = chunk.cases.column("case").to_pylist()
        repeated = self._repeated(names) if self._setup.options.unique else {}
        batch = chunk.cases
        if repeated:
            batch = batch.take(pa.array([row for row in range(len(names)) if row not in repeated], pa.int32()))
        self.totals.read += batch.num_rows
        self.totals.left_out += len(chunk.bad) + len(repeated)
        self.totals.sources.update(dict.fromkeys([portion.source] if chunk.files is None else chunk.files))
        if batch.num_rows:
            self._sink.add(batch)
        return Step(notices(portion, chunk, repeated, {}), portion)

    def _repeated(self, names: Sequence[str]) -> dict[int, str]:
        """The rows whose ids were read before, in this portion or an earlier one."""
        ids = [digest(name) for name in names]
        met = set(self._seen.among(b"".join(ids)))
        repeated: dict[int, str] = {}
        fresh: list[bytes] = []
        for row, one in enumerate(ids):
            if one in met:
                repeated[row] = names[row]
            else:
                met.add(one)
                fresh.append(one)
        self._seen.add(b"".join(fresh))
        return repeated
