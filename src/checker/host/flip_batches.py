"""Past cases under two rule sets, whole batches at a time: for archives that both read alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from checker.cases.portions import CASES, Chunk, Portion, Setup, load
from checker.cases.portions import portions as portions_under
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions
from checker.cases.source import Skipped
from checker.drafting.comparing.effects import COMPARED, differing_pairs
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.packing import unpack
from checker.engines.archive.results import findings_of
from checker.host.examining import digest, notices
from checker.host.flipping import BARE, Asked, Side, Tally, pairs_of
from checker.host.plan import Notice
from checker.host.seen import Seen
from checker.model.finding import Finding
from checker.model.linking import limited
from checker.model.norm import RuleSet

_KEY: Final = ("row", "norm", "anchor", "verdict")
_REST: Final = tuple(name for name in (*COMPARED, "due_at") if name != "verdict")
"""What else of a finding must be the same in both; ``due_at`` tells apart instants of one day."""


class Told(NamedTuple):
    """What came next: what is to be told, and the portion that is done with it, if one is."""

    notices: tuple[Notice, ...]
    portion: Portion | None = None


class BatchFlips:
    """The archive in portions, each evaluated under both rule sets: iterate once, then read ``tally``."""

    def __init__(self, asked: Asked, paths: Sequence[str], options: ReadOptions | None = None) -> None:
        """Compile the norms in question twice. The two vocabularies must read alike."""
        self.tally = Tally(asked)
        self._asked, self._paths = asked, paths
        self._setup = Setup(asked.new.vocabulary, options or ReadOptions(), CASES)
        self._sides = (Side(asked.old, asked, asked.moved), Side(asked.new, asked, {}))
        self._kernels = [self._kernel(asked.old, asked.moved), self._kernel(asked.new, {})]
        self._seen = Seen()

    @property
    def totals(self) -> _Read:
        """How many cases so far."""
        return _Read(self.tally.counts["read"])

    def __iter__(self) -> Iterator[Told]:
        """Portion by portion."""
        for item in portions_under(self._paths, self._setup):
            match item:
                case Skipped():
                    self.tally.counts["skipped"] += 1
                    yield Told(())
                case BadCase():
                    self.tally.counts["left_out"] += 1
                    yield Told(item.diagnostics)
                case Portion():
                    yield Told(self._portion(item), item)

    def _kernel(self, rules: RuleSet, moved: Mapping[str, str]) -> Kernel:
        names = {norm.id for norm in rules.norms if moved.get(norm.id, norm.id) in self._asked.norms}
        return Kernel(limited(rules, names), self._asked.calendar)

    def _portion(self, portion: Portion) -> tuple[Notice, ...]:
        chunk = load(portion, self._setup)
        repeated = self._repeated(chunk)
        kept = [row for row in range(chunk.cases.num_rows) if row not in repeated]
        batch = chunk.cases.take(pa.array(kept, pa.int32())) if repeated else chunk.cases
        self.tally.counts["left_out"] += len(chunk.bad) + len(repeated)
        failures = self._compared(batch) if batch.num_rows else {}
        return notices(portion, chunk, repeated, {kept[row]: message for row, message in failures.items()})

    def _repeated(self, chunk: Chunk) -> dict[int, str]:
        """The rows whose id was read before, with it."""
        if not self._setup.options.unique:
            return {}
        names = chunk.cases.column("case").to_pylist()
        ids = [digest(name) for name in names]
        known = set(self._seen.among(b"".join(ids)))
        found: dict[int, str] = {}
        for row, one in enumerate(ids):
            if one in known:
                found[row] = names[row]
            known.add(one)
        self._seen.add(b"".join(one for row, one in enumerate(ids) if row not in found))
        return found

    def _compared(self, batch: pa.RecordBatch) -> dict[int, str]:
        results = [kernel.evaluate(batch, self._asked.as_of, verdicts_only=True) for kernel in self._kernels]
        failures = {row: message for result in results for row, message in result.failures}
        moved: tuple[Mapping[str, str], ...] = (self._asked.moved, {})
        tables = [_table(one.findings, names, self._asked) for one, names in zip(results, moved, strict=True)]
        changed = self._changed(batch, *_differing(*tables), failures)
        counts = self.tally.counts
        counts["failed"] += len(failures)
        same = batch.num_rows - len(failures) - changed
        counts["read"] += same
        counts["unchanged"] += same
        return failures

    def _changed(
        self, batch: pa.RecordBatch, old: pa.RecordBatch, new: pa.RecordBatch, failures: Mapping[int, str]
    ) -> int:
        """Count the cases of which a finding differs."""
        sides = [_by_row(side) for side in (old, new)]
        rows = sorted((sides[0].keys() | sides[1].keys()) - failures.keys())
        for row in rows:
            before, after = (side.get(row, []) for side in sides)
            for norm in dict.fromkeys(self.tally.add(list(pairs_of(before, after)))):
                self._keep(batch, row, norm)
        return len(rows)

    def _keep(self, batch: pa.RecordBatch, row: int, norm: str) -> None:
        (case,) = unpack(batch, self._asked.new.vocabulary, [row])
        told = [side.explained(case) for side in self._sides]
        self.tally.keep(case.id, norm, differing_pairs(told[0], told[1], norm))


class _Read(NamedTuple):
    read: int


def _table(findings: pa.RecordBatch, moved: Mapping[str, str], asked: Asked) -> pa.RecordBatch:
    """The findings on the norms in question, under their new names."""
    norms = findings.column("norm").cast(pa.string())
    for old, new in moved.items():
        norms = pc.if_else(pc.equal(norms, old), new, norms)
    place = findings.schema.get_field_index("norm")
    named = findings.set_column(place, "norm", norms.cast(findings.schema.field("norm").type))
    return named.filter(pc.is_in(norms, pa.array(sorted(asked.norms), pa.string())))


def _differing(old: pa.RecordBatch, new: pa.RecordBatch) -> tuple[pa.RecordBatch, pa.RecordBatch]:
    """Of each side the findings that the other does not have."""
    keys = [_keys(side) for side in (old, new)]
    return (
        old.filter(pc.invert(pc.is_in(keys[0], keys[1]))),
        new.filter(pc.invert(pc.is_in(keys[1], keys[0]))),
    )


def _keys(findings: pa.RecordBatch) -> Any:  # noqa: ANN401 - an array of the library
    """Each finding as one text; of the exempt and undetermined the verdict alone (see :func:`pairs_of`)."""
    is_bare = pc.is_in(findings.column("verdict").cast(pa.string()), pa.array(sorted(BARE), pa.string()))
    texts = [findings.column(name).cast(pa.string()) for name in _KEY]
    texts += [pc.if_else(is_bare, "", pc.fill_null(findings.column(name).cast(pa.string()), "")) for name in _REST]
    return pc.binary_join_element_wise(*texts, "\x1f")


def _by_row(findings: pa.RecordBatch) -> dict[int, list[Finding]]:
    return {row: [one for _, one in some] for row, some in groupby(findings_of(findings), lambda one: one[0])}
