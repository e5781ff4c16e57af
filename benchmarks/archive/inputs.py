"""Archives as batches, through the readers of archives."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cases.portions import Portion, Setup, load, portioned, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions
from checker.model.norm import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa

Stretch = tuple[str, int] | Portion


def batches(path: str, rules: RuleSet, options: ReadOptions | None = None) -> "Iterator[pa.RecordBatch]":
    """The cases of a file."""
    return (batch_of(stretch, rules, options) for stretch in stretches(path, rules, options))


def stretches(path: str, rules: RuleSet, options: ReadOptions | None = None) -> Iterator[Stretch]:
    """The portions of a file, in order; they can be loaded in any process."""
    if Path(path).suffix == ".parquet" and ".parquet" not in portioned():
        import pyarrow.parquet as pq

        yield from ((path, group) for group in range(pq.ParquetFile(path).num_row_groups))
        return
    for item in portions([path], _setup(rules, options)):
        if isinstance(item, BadCase):
            raise SystemExit("\n".join(problem.message for problem in item.diagnostics))
        if isinstance(item, Portion):
            yield item


def batch_of(stretch: Stretch, rules: RuleSet, options: ReadOptions | None = None) -> "pa.RecordBatch":
    """The cases of a portion."""
    if isinstance(stretch, Portion):
        return load(stretch, _setup(rules, options)).cases
    import pyarrow.parquet as pq

    path, group = stretch
    return pq.ParquetFile(path).read_row_group(group).combine_chunks().to_batches()[0]


def _setup(rules: RuleSet, options: ReadOptions | None) -> Setup:
    return Setup(rules.vocabulary, options or ReadOptions(unique=False))
