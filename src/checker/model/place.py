"""Where something stands: in a rule text, in a data file, in a sheet."""

from checker.model.node import Node


class Span(Node):
    """A stretch of a text file. Lines and columns count from 1 in code points; the end column is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Place(Node):
    """A spot in a data source: a file with a line, or a sheet with a cell. Unknown parts are None."""

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
