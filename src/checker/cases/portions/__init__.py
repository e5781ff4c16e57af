"""Archives in portions: stretches of an input small enough for memory, each read on its own, in any process.

One file a format, found by walking this folder and named after the suffixes it reads, joined by ``_``; ``rows`` takes
whatever has no file of its own, case by case. A format's ``portions(source, setup)`` describes the stretches of one
source without reading them, and ``load(portion, setup)`` reads one. Both give the same every time, so that an
interrupted run can go on where it stopped. Compressed sources cannot be sought in: a format with a file of its own
takes them only if it says ``SEQUENTIAL = True``, and then its portions carry what is to be read.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final, Protocol

from checker.cases.formats import Setup as FormatSetup
from checker.cases.formats import formats
from checker.cases.problems import BadCase, unread
from checker.cases.reading import ReadOptions
from checker.cases.several import in_several, is_ledger_file
from checker.cases.source import Missing, Skipped, Source, sources
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    import pyarrow as pa

ROWS: Final = "rows"
TABLES: Final = "csv"
CASES: Final = 20_000
"""About so many cases make a portion."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What reading needs: the words, how tables and dates are read, about how many cases make a portion."""

    vocabulary: Vocabulary
    options: ReadOptions
    cases: int = CASES


@dataclass(frozen=True, slots=True)
class Portion:
    """A stretch of one source; it can be pickled.

    ``format`` is the module here that loads it, ``source`` the name for messages. ``where`` is for that module alone:
    an offset, a row group, or the bytes themselves where the source can be read only once. ``size`` is what it adds to
    the progress: about so many bytes of the files, 0 where that is not known.
    """

    format: str
    source: str
    where: object
    size: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """The cases of one portion, in the order of the source.

    ``cases`` has the schema :func:`checker.engines.archive.schema.case_schema` (columns nobody fills may lack, any text
    may be a dictionary) and holds only records that :func:`checker.cases.record.read_case` would take. ``lines`` is the
    line, row or number of each case in its ``files`` (parallel; None: all from the portion's source). ``bad`` are the
    records left out, each with the row of ``cases`` before which it stood. ``remarks`` are warnings, by row.
    ``columns`` are those of the cases in their lines, where they have any; ``cells`` the sheets and cells of those that
    stand in workbooks.
    """

    cases: "pa.RecordBatch"
    lines: Sequence[int | None] = ()
    files: Sequence[str] | None = None
    bad: tuple[tuple[int, BadCase], ...] = ()
    remarks: tuple[tuple[int, Diagnostic], ...] = ()
    columns: Sequence[int | None] = ()
    cells: Sequence[tuple[str | None, str | None]] = ()


class Format(Protocol):
    """The doors of a format."""

    def portions(self, source: Source, setup: Setup) -> Iterator[Portion | BadCase]:
        """The stretches of a source in order, and whatever of it can be no part of any."""

    def load(self, portion: Portion, setup: Setup) -> Chunk:
        """Read one."""


@cache
def portioned() -> dict[str, str]:
    """File suffix, with its dot, to the module here that reads it."""
    names = (info.name for info in pkgutil.iter_modules(__path__))
    return {f".{suffix}": name for name in names if name != ROWS for suffix in name.split("_")}


def portions(paths: Sequence[str], setup: Setup) -> Iterator[Portion | BadCase | Skipped]:
    """The portions of everything under the paths, in the order given.

    Small files without a format of their own here are put together, as many as make a portion.
    """
    small: list[Source] = []
    found = list(sources(paths, frozenset(suffix for suffix in formats() if suffix)))
    reading = FormatSetup(setup.options.layout, setup.vocabulary, ledger=setup.options.ledger)
    several = in_several(found, reading)
    for source in found:
        if several and isinstance(source, Source) and is_ledger_file(source, reading):
            from checker.cases.portions import rows

            if small:
                yield rows.together(small)
                small = []
            yield from rows.portions(source, setup, several)
            continue
        if isinstance(source, Source) and _way(source, setup) == ROWS:
            from checker.cases.portions.rows import is_full, is_small, together

            if is_small(source, setup):
                small.append(source)
                if is_full(small, setup):
                    yield together(small)
                    small = []
                continue
        if small:
            yield together(small)
            small = []
        yield from _portions_of(source, setup)
    if small:
        yield together(small)


def _portions_of(source: Source | Missing | Skipped, setup: Setup) -> Iterator[Portion | BadCase | Skipped]:
    match source:
        case Skipped():
            yield source
        case Missing(place, refusal):
            yield unread(refusal, place)
        case Source():
            yield from _module(_way(source, setup)).portions(source, setup)


def load(portion: Portion, setup: Setup) -> Chunk:
    """The cases of a portion."""
    return _module(portion.format).load(portion, setup)


def place_of(portion: Portion, chunk: Chunk, row: int) -> Place:
    """Where a case of a chunk stands."""
    name = portion.source if chunk.files is None else chunk.files[row]
    line, column = (one[row] if row < len(one) else None for one in (chunk.lines, chunk.columns))
    sheet, cell = chunk.cells[row] if row < len(chunk.cells) else (None, None)
    return Place(file=name, line=line, column=column, sheet=sheet, cell=cell)


def _way(source: Source, setup: Setup) -> str:
    """The module that cuts a source; tables are cut only where they are tables of events."""
    name = portioned().get(source.suffix, ROWS)
    if name == TABLES and source.is_file and not source.compressed:
        from checker.cases.formats.csv import is_ledger

        if is_ledger(source.name, FormatSetup(setup.options.layout, setup.vocabulary, ledger=setup.options.ledger)):
            return ROWS
    return ROWS if source.compressed and not getattr(_module(name), "SEQUENTIAL", False) else name


def _module(name: str) -> Format:
    found: Format = importlib.import_module(f"{__name__}.{name}")
    return found
