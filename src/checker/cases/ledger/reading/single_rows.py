"""A sheet of events in which no case has a second row: most likely the column of the cases is another one."""

from collections import Counter
from typing import Final

from checker.cases.ledger.lines import Kind, lines
from checker.cases.ledger.mapping import PASSED
from checker.cases.ledger.reading.bound import Bound, Fit
from checker.cases.ledger.values.case_numbers import read_case_number

_FEWEST: Final = 4
_SINGLE: Final = 0.9
"""So many rows, and so many of them the only one of their case, are no chance."""


def single_rows(fit: Fit) -> tuple[str, ...]:
    """What a person has to say of such sheets, one sentence each."""
    return tuple(_question(one) for one in fit.bound if _is_doubtful(one))


def _is_doubtful(bound: Bound) -> bool:
    sheet = bound.sheet
    columns = bound.header.columns
    if sheet.form != "event" or sheet.one_row or sheet.case not in columns or sheet.act not in columns:
        return False
    cases: Counter[str] = Counter()
    acts: set[str] = set()
    again, most = 0, (1 - _SINGLE) * len(bound.grid.rows)
    for line in lines(bound.grid, bound.header, columns[sheet.case]):
        act = sheet.acts.get(str(bound.grid.cell(line.number, columns[sheet.act])).strip())
        case = read_case_number(bound.grid.cell(line.number, columns[sheet.case]))
        if line.kind is Kind.DATA and isinstance(case, str) and act != PASSED:
            again += case in cases
            cases[case] += 1
            acts |= {act} if act else set()
        if again > most:
            return False  # which spares most rows of most ledgers
    single = sum(count == 1 for count in cases.values())
    return cases.total() >= _FEWEST and single >= _SINGLE * cases.total() and len(acts) > 1


def _question(bound: Bound) -> str:
    name = f"工作表「{bound.grid.title}」" if bound.grid.title else "表里"
    return (
        f"{name}每案都只有一行：「案件」写的「{bound.sheet.case}」一列对不对？"
        "不对的，改成案件编号那一列；对的，在这张表下写「每案一行: 是」"
    )
