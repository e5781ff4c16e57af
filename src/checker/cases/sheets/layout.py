"""The sheets of a workbook of cases and their columns, and how a cell says what a blank one does not."""

from typing import Final

from checker.cases.keys import ANSWER, EVENT, EXPECT

CASES: Final = "案件"
EVENTS: Final = "事件"
ANSWERS: Final = "认定"
EXPECTED: Final = "期望"
DETAILS: Final = "期望明细"
NOTES: Final = "说明"
SHEETS: Final = (NOTES, CASES, EVENTS, ANSWERS, EXPECTED, DETAILS)

CASE: Final = "案件"
REMARK: Final = "备注"
"""Columns whose heads begin so are for people only."""

OF_CASE: Final = {
    "截至": "as_of",
    "类型": "kind",
    "涵盖": "covers",
    "有序": "ordered",
    "起": "first",
    "止": "last",
    "待办理由": "reason",
    "待办截止": "until",
}
OF_EVENT: Final = {alias: key for key, alias in EVENT.items()}
OF_ANSWER: Final = {alias: key for key, alias in ANSWER.items()}
OF_DETAIL: Final = {alias: key for key, alias in EXPECT.items()}

NULL: Final = "（无）"
"""Known to be none; a blank cell is unknown."""
EMPTY: Final = "（空）"
"""A list with nothing in it."""
BETWEEN: Final = "、"
