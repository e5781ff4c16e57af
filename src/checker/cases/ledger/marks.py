"""What calamine does not say of a sheet: formulas, kept results, errors, how far the cells reach."""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeAlias

from checker.cases.ledger.grid import CELLS, ErrorCell, Formula
from checker.cases.problems import Refusal
from checker.model.place import letters

Special: TypeAlias = Formula | ErrorCell | str


class Marks(NamedTuple):
    """Of one sheet: formulas whose results are kept, cells (row, column, from 1) that have none or an error.

    A text is what a date shows where its format hides the day: 2024年3月.
    """

    formulas: int = 0
    special: Mapping[tuple[int, int], Special] = {}


ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""Codes of errors in binary workbooks."""


def judged(kind: str, has_formula: bool, kept: str | None) -> Special | None:
    """What is special about a cell of this type: an error, or a formula without result; ``kept`` is what it holds.

    An empty text is a result too: =IF(…,"") keeps a cell clean.
    """
    if kind == "e":
        return ErrorCell(kept or "#ERROR!")
    return Formula() if has_formula and not kept and (kept is None or kind != "str") else None


def too_wide(row: int, column: int) -> Refusal | None:
    """A stray cell at the far corner makes a sheet of so many cells that reading it would end the program."""
    if row * column <= CELLS:
        return None
    return Refusal(
        "too-large",
        f"有一张表用到单元格 {letters(column)}{row}，太大",
        help="删去远处零星的格子、空行和空列，另存一份",
    )
