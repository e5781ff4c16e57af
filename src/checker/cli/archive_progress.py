"""How far a check of an archive has come: a bar on a terminal, a line every minute elsewhere."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Protocol, TextIO, TypeVar

if TYPE_CHECKING:
    from checker.cases.portions import Portion

_PATIENCE: Final = 2.0
"""Seconds before the bar appears."""

EVERY: Final = 60.0
"""Seconds between two lines where nobody watches a bar."""


class Counted(Protocol):
    """The sums of a run."""

    @property
    def read(self) -> int:
        """Cases read so far."""


class Advanced(Protocol):
    """A step of a run."""

    @property
    def portion(self) -> "Portion | None":
        """The portion that is done with it, if one is."""


S_co = TypeVar("S_co", bound=Advanced, covariant=True)


class Followed(Protocol[S_co]):
    """A run in steps."""

    @property
    def totals(self) -> Counted:
        """The sums so far."""

    def __iter__(self) -> Iterator[S_co]:
        """The steps, once."""


class Position:
    """Bytes of the input that are done; the portions of one file stand together."""

    def __init__(self) -> None:
        self.done = 0
        self._file = ""
        self._size = self._of_file = 0

    def after(self, portion: "Portion") -> int:
        """How many, now that this portion is done as well."""
        if portion.source != self._file:
            self.done += max(0, self._size - self._of_file)  # what stands between the portions of a file is nobody's
            self._file, self._size, self._of_file = portion.source, size_of([portion.source]), 0
        self._of_file += portion.size  # where a portion is several small files, all of them
        self.done += portion.size
        return self.done


def size_of(paths: Sequence[str]) -> int:
    """Bytes of the files under the paths; what is no file has none."""
    from checker.host.choice import sizes

    return sum(sizes(paths))


def followed(run: Followed[S_co], paths: Sequence[str], results: TextIO | None, what: str = "检查") -> Iterator[S_co]:
    """The steps of a run, shown as they come, unless the results go to the same terminal."""
    if sys.stderr is None or (results is not None and results.isatty() and sys.stderr.isatty()):
        return iter(run)
    total = size_of(paths)
    return _bar(run, total, what) if sys.stderr.isatty() else _lines(run, total)


def _bar(run: Followed[S_co], total: int, what: str) -> Iterator[S_co]:
    from tqdm import tqdm

    position = Position()
    size = total or None
    with tqdm(total=size, unit="B", unit_scale=True, delay=_PATIENCE, file=sys.stderr, leave=False, desc=what) as bar:
        for step in run:
            yield step
            if step.portion is not None:
                listed = getattr(run, "findings", None)
                found = "" if listed is None else f"，列出 {listed}个"
                bar.set_postfix_str(f"{run.totals.read}件{found}", refresh=False)
                bar.update(min(position.after(step.portion), total) - bar.n)


def _lines(run: Followed[S_co], total: int) -> Iterator[S_co]:
    from checker.cli.diagnostics import note

    position = Position()
    start = last = time.monotonic()
    for step in run:
        yield step
        if step.portion is None:
            continue
        done, now = min(position.after(step.portion), total), time.monotonic()
        if now - last >= EVERY:
            last = now
            note(progress_line(run.totals.read, done, total, now - start))


def progress_line(cases: int, done: int, total: int, seconds: float) -> str:
    """``进度：120000件，1800件/秒；已读 45%，约需 3分10秒。``."""
    rate = f"{cases / seconds:.0f}件/秒" if seconds > 0 else ""
    if not total or not done:
        return f"进度：{cases}件，{rate}。"
    left = seconds * (total - done) / done
    minutes, rest = divmod(round(left), 60)
    return f"进度：{cases}件，{rate}；已读 {done * 100 // total}%，约需 {minutes}分{rest}秒。"
