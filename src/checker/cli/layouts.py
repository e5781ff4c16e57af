"""``--columns`` and ``--mapping``: how event tables are read."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from checker.cases.reading import ReadOptions


def read_options(columns: str | None, mapping: str | None) -> "ReadOptions":
    """The layout that one of the two options gives; both together are refused."""
    from checker.cases.columns import Layout, parse_columns
    from checker.cases.mapping_file import read_mapping_file
    from checker.cases.reading import ReadOptions

    if columns is not None and mapping is not None:
        raise click.UsageError("「--columns」与「--mapping」只能用一个", click.get_current_context())
    if columns is not None:
        return ReadOptions(layout=parse_columns(columns))
    if mapping is None:
        return ReadOptions()
    found = read_mapping_file(mapping)
    return ReadOptions(layout=found) if isinstance(found, Layout) else ReadOptions(ledger=found)
