"""Archives as batches, through the readers of archives."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from checker.cases.portions import Portion, Setup, load, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions
from checker.model.norm import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa


def batches(path: str, rules: RuleSet) -> "Iterator[pa.RecordBatch]":
    """The cases of a file."""
    return (batch_of(portion, rules) for portion in stretches(path, rules))


def stretches(path: str, rules: RuleSet) -> Iterator[Portion]:
    """The portions of a file, in order; they can be loaded in any process."""
    for item in portions([path], _setup(rules)):
        if isinstance(item, BadCase):
            raise SystemExit("\n".join(problem.message for problem in item.diagnostics))
        if isinstance(item, Portion):
            yield item


def batch_of(portion: Portion, rules: RuleSet) -> "pa.RecordBatch":
    """The cases of a portion."""
    return load(portion, _setup(rules)).cases


def _setup(rules: RuleSet) -> Setup:
    return Setup(rules.vocabulary, ReadOptions(unique=False))
