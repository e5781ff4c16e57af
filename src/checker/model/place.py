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


def letters(column: int) -> str:
    """The name of a column of a sheet: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_number(name: str | bytes) -> int:
    """The column of a name, which may come as its bytes in ASCII: A is 1, AA is 27."""
    total = 0
    for letter in name.encode() if isinstance(name, str) else name:
        total = 26 * total + letter - ord("A") + 1
    return total
