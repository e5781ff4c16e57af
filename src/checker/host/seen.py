"""The ids of all cases read so far, as digests: 16 bytes a case in memory, whatever the ids look like."""

import numpy as np
import numpy.typing as npt

from checker.host.plan import DIGEST

_Halves = npt.NDArray[np.uint64]


class Seen:
    """Digests in sorted runs, each more than twice as long as the next, so that a digest is looked for in few."""

    def __init__(self) -> None:
        """None yet."""
        self._runs: list[_Halves] = []

    def among(self, ids: bytes) -> frozenset[bytes]:
        """Those of the digests that were added before."""
        if not ids:
            return frozenset()
        asked = _halves(ids)
        return frozenset(asked[n].tobytes() for run in self._runs for n in _found(run, asked))

    def add(self, ids: bytes) -> None:
        """Take digests, none of which was added before."""
        if not ids:
            return
        run = _sorted(_halves(ids))
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = _sorted(np.concatenate((self._runs.pop(), run)))
        self._runs.append(run)


def _halves(ids: bytes) -> _Halves:
    """One row a digest, its two halves as numbers."""
    return np.frombuffer(ids, np.uint64).reshape(-1, DIGEST // 8)


def _sorted(rows: _Halves) -> _Halves:
    # Two digests with the same first half are as good as impossible, but only their order would be left open.
    return rows[np.argsort(rows[:, 0], kind="stable")]


def _found(run: _Halves, asked: _Halves) -> list[int]:
    first = np.ascontiguousarray(run[:, 0])
    low = np.searchsorted(first, asked[:, 0], "left")
    high = np.searchsorted(first, asked[:, 0], "right")
    hits = np.nonzero(low < high)[0].tolist()
    return [n for n in hits if asked[n, 1] in run[low[n] : high[n], 1]]
