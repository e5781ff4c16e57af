"""Archives as batches, through the readers of archives."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from checker.cases.portions import Portion, Setup, load, portioned, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions
from checker.model.norm import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa

Stretch: TypeAlias = Portion | tuple[str, int]
"""A portion, or a row group of a file."""


def batches(path: str, rules: RuleSet) -> "Iterator[pa.RecordBatch]":
    """The cases of a file."""
    return (batch_of(portion, rules) for portion in stretches(path, rules))


def stretches(path: str, rules: RuleSet) -> Iterator[Stretch]:
    """The portions of a file, in order; they can be loaded in any process."""
    if path.endswith(".parquet") and not _reads_nested():
        import pyarrow.parquet as pq

        yield from ((path, group) for group in range(pq.ParquetFile(path).num_row_groups))
        return
    for item in portions([path], _setup(rules)):
        if isinstance(item, BadCase):
            raise SystemExit("\n".join(problem.message for problem in item.diagnostics))
        if isinstance(item, Portion):
            yield item


def batch_of(portion: Stretch, rules: RuleSet) -> "pa.RecordBatch":
    """The cases of a portion."""
    if isinstance(portion, Portion):
        return load(portion, _setup(rules)).cases
    import pyarrow.parquet as pq

    path, group = portion
    return pq.ParquetFile(path).read_row_group(group).combine_chunks().to_batches()[0]


def _reads_nested() -> bool:
    """Whether the readers of archives take case records in batches, or only event tables."""
    return ".jsonl" in portioned()


def _setup(rules: RuleSet) -> Setup:
    return Setup(rules.vocabulary, ReadOptions(unique=False))
