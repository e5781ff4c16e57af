"""Case records from paths: one stream of cases and of what had to be left out."""

from collections.abc import Iterator, Sequence

from checker.cases.columns import Layout
from checker.cases.event_record import Words, words
from checker.cases.formats import Setup, formats, reader
from checker.cases.ledger.mapping import LedgerMapping
from checker.cases.problems import BadCase, Refusal, diagnosed, unread
from checker.cases.record import RawRecord, read_case
from checker.cases.several import held_open, in_several
from checker.cases.source import Missing, Skipped, Source, sources, unreadable
from checker.model.case import Case
from checker.model.node import Node
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary


class ReadOptions(Node):
    """How to read: ``time_zone`` (IANA) for instants with a UTC offset, ``layout`` for event tables.

    ``ledger`` is the mapping for ledgers that have none beside them.

    ``unique`` refuses a case id that was already read, at the cost of keeping all ids; an archive that is known to have
    no duplicates may turn it off and be read in constant memory.
    """

    time_zone: str | None = None
    layout: Layout = Layout()
    ledger: LedgerMapping | None = None
    unique: bool = True

    @property
    def zone(self) -> str | None:
        """The time zone that holds: the option's, else the layout's."""
        return self.time_zone or self.layout.time_zone


class ReadSummary(Node):
    """How many cases were read, how many records (or unreadable stretches) left out, which files were passed over."""

    read: int
    left_out: int
    skipped: tuple[str, ...]


class CaseStream:
    """The cases under some paths, read as they are asked for; ``summary`` counts what was read so far."""

    def __init__(self, paths: Sequence[str], vocabulary: Vocabulary, options: ReadOptions) -> None:
        """Nothing is opened before the first case is asked for."""
        self._items = _unique(_items(paths, vocabulary, options), options.unique)
        self._read = 0
        self._left_out = 0
        self._skipped: list[str] = []

    def __iter__(self) -> Iterator[Case | BadCase]:
        """Each record once, in the order of the paths; a second iteration goes on where the first stopped."""
        for item in self._items:
            if isinstance(item, Skipped):
                self._skipped.append(item.name)
                continue
            if isinstance(item, BadCase):
                self._left_out += 1
            else:
                self._read += 1
            yield item

    @property
    def summary(self) -> ReadSummary:
        """The counts so far."""
        return ReadSummary(read=self._read, left_out=self._left_out, skipped=tuple(self._skipped))


def read_cases(paths: Sequence[str], vocabulary: Vocabulary, options: ReadOptions | None = None) -> CaseStream:
    """The cases under the paths: files, folders (at any depth, sorted by name), patterns, ``-`` for standard input.

    A record with anything wrong in it comes as a :class:`BadCase` with all its diagnostics; it touches no other.
    """
    return CaseStream(paths, vocabulary, options or ReadOptions())


def raw_records(
    paths: Sequence[str],
    vocabulary: Vocabulary,
    layout: Layout,
    ledger: LedgerMapping | None = None,
    *,
    is_one_archive: bool = True,
) -> Iterator[RawRecord | BadCase | Skipped]:
    """The records under the paths as their formats give them, before the vocabulary is applied.

    ``is_one_archive``: an id means the same case in all files; otherwise each file has cases of its own.
    """
    found = list(sources(paths, frozenset(suffix for suffix in formats() if suffix)))
    several = in_several(found, Setup(layout, vocabulary, None, ledger)) if is_one_archive else frozenset[str]()
    for source in found:
        match source:
            case Skipped():
                yield source
            case Missing(place, refusal):
                yield unread(refusal, place)
            case Source():
                setup = Setup(layout, vocabulary, source.again, ledger)
                try:
                    with source.open() as stream:
                        for record in reader(source.suffix)(stream, source.name, setup):
                            yield held_open(record, several)
                except OSError as error:
                    yield unreadable(source.name, error)


def _items(paths: Sequence[str], vocabulary: Vocabulary, options: ReadOptions) -> Iterator[Case | BadCase | Skipped]:
    known: Words = words(vocabulary, options.zone)
    for record in raw_records(paths, vocabulary, options.layout, options.ledger):
        yield read_case(record, known) if isinstance(record, RawRecord) else record


def _unique(items: Iterator[Case | BadCase | Skipped], wanted: bool) -> Iterator[Case | BadCase | Skipped]:
    seen: set[str] = set()
    for item in items:
        if not wanted or not isinstance(item, Case):
            yield item
        elif item.id in seen:
            yield twice(item.id, item.place or Place(file=""))
        else:
            seen.add(item.id)
            yield item


def twice(name: str, place: Place) -> BadCase:
    """A case whose id was already read."""
    refusal = Refusal(
        "duplicate-case",
        f"案件编号「{name}」已经读过一次",
        help="每案一份记录，合并或改编号；先读的那份里未见的，可能写在这份里",
    )
    return BadCase(name, place, (diagnosed(refusal, place, name),))
