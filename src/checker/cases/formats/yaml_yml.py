"""YAML: one case a document, several documents a file."""

from collections.abc import Iterator
from typing import BinaryIO

from checker.cases.formats import Setup
from checker.cases.problems import BadCase
from checker.cases.record import RawRecord
from checker.cases.yaml_documents import read_documents


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:  # noqa: ARG001
    """The cases of a YAML file."""
    return read_documents(stream, name)
