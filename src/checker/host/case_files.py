"""Files of cases in the format that their names tell."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Final

from checker.host.case_lines import LineCases
from checker.host.case_parquet import ParquetCases
from checker.host.converting import Sink
from checker.model.vocabulary import Vocabulary

PARQUET: Final = ".parquet"
GZIP: Final = ".gz"
SUFFIXES: Final = (PARQUET, ".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
"""How the names of such files end."""


def suffix_of(path: str) -> str | None:
    """The suffix of a name that tells a format; None if it tells none."""
    return next((suffix for suffix in sorted(SUFFIXES, key=len, reverse=True) if path.lower().endswith(suffix)), None)


@contextmanager
def writing_cases(
    vocabulary: Vocabulary, suffix: str, file: IO[bytes], spool: IO[bytes], metadata: Callable[[], Mapping[str, str]]
) -> Iterator[Sink]:
    """What writes cases into an open file in the format of a suffix; the file is complete when this ends.

    ``spool`` is an open temporary file, ``metadata`` is asked for at the end; only Parquet needs the two. OSError where
    one of the files cannot be written.
    """
    if suffix == PARQUET:
        held = ParquetCases(vocabulary, spool)
        yield held
        held.write(file, metadata())
    elif suffix.endswith(GZIP):
        with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
            yield LineCases(vocabulary, packed)
    else:
        yield LineCases(vocabulary, file)
