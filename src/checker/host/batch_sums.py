"""What one portion adds to a census, in the process that examines it."""

import pickle
from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from checker.engines.archive.census import BatchCensus
from checker.engines.archive.packing import unpack
from checker.engines.archive.results import BatchResult
from checker.engines.census.asked import Asked
from checker.engines.census.cells import Sums
from checker.engines.counting import Count, IndicatorSums
from checker.host.troubles import uncounted
from checker.reports.showing import Listing

_AT_ONCE: Final = 500
"""Cases unpacked at a time."""


@dataclass(frozen=True, slots=True)
class Added:
    """The sums of some cases; ``uncounted`` tells of each case that, for a fault of ours, is in no indicator."""

    sums: Sums
    indicators: tuple[IndicatorSums, ...] = ()
    uncounted: tuple[str, ...] = ()


class BatchSums:
    """A census of batches; indicators are counted case by case, since only the row evaluator's patterns know them."""

    def __init__(self, listing: Listing, asked: Asked) -> None:
        """Compile both."""
        self._rules = listing.rules
        self._census = BatchCensus(listing.rules, asked)
        self._count = Count(listing.rules, listing.calendar, listing.as_of) if listing.rules.indicators else None

    def body(self, batch: pa.RecordBatch, result: BatchResult) -> bytes:
        """The sums of a batch, for :func:`added`."""
        sums = self._census.sums(batch, result)
        if self._count is None:
            return pickle.dumps(Added(sums))
        troubles = self._counted(self._count, batch)
        return pickle.dumps(Added(sums, self._count.taken(), tuple(troubles)))

    def _counted(self, count: Count, batch: pa.RecordBatch) -> list[str]:
        troubles = []
        for start in range(0, batch.num_rows, _AT_ONCE):
            rows = range(start, min(start + _AT_ONCE, batch.num_rows))
            for case in unpack(batch, self._rules.vocabulary, rows):
                try:
                    count.add(case)
                except Exception as error:  # a fault of ours on one case spoils no other
                    troubles.append(uncounted(case.id, error))
        return troubles


def added(body: bytes) -> Added:
    """What a process of ours wrote."""
    found: Added = pickle.loads(body)
    return found
