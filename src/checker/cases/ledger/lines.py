"""The rows below a header, each told for what it is: a case or event, or a blank, total, note or printed header."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final, NamedTuple

from checker.cases.ledger.grid import ErrorCell, Formula, Grid, Row
from checker.cases.ledger.headers import Header, label


class Kind(StrEnum):
    """What a row is."""

    DATA = "数据"
    BLANK = "空行"
    HEADER = "重复的表头"
    TITLE = "标题"
    TOTAL = "合计行"
    NUMBERS = "栏次行"
    NOTE = "说明"
    OTHER_HEADER = "另一个表头"


class Line(NamedTuple):
    """A row, from 1, and what it is."""

    number: int
    kind: Kind
    under: int | None = None
    """The row with another header, below which this one stands: its cells are not what the first header says."""


_COUNT: Final = re.compile(r"[:：]?[\d.,]*(?:件|起|案|人|个|宗|份)?")
_TOTAL: Final = re.compile(
    r"(?:本[页月年]|本?季度?|[上下]?半年|全年|以上)?(?:合计|小计|总计|共计|累计|总数|合共)(?:件?数|案件数)?"
    + _COUNT.pattern
)
_NOTE: Final = re.compile(
    r"[（(]?(?:注|备注|说明|附注?|填[表报写][^：:]{0,4}|制表[^：:]{0,3}|审[核批]人?|[^：:]{0,6}负责人|[^：:]{0,6}签[字名章]"
    r"|联系(?:人|电话)|统计[^：:]{0,6}|(?:填报)?单位(?:[(（]盖?章[)）])?|报[送表][^：:]{0,4}|截[止至][^：:]{0,6}|日期|电话)[：:].*",
    re.DOTALL,
)
_NUMBERS: Final = re.compile(r"[(（]?(?:\d{1,2}|[甲乙丙丁])[)）]?")
_PLAIN: Final = re.compile(r"[^:：计数]*[A-Za-z第〔（(\[-][^:：计数]*\d[^:：计数]*")
"""What can only be the number of a case; most rows have one, and need no closer look."""
_LONG: Final = 12


def lines(grid: Grid, header: Header, case: int | None) -> Iterator[Line]:
    """Every row below the header; ``case`` is the column of the case numbers."""
    heads = {row: _texts(grid.rows[row - 1]) for row in range(1, header.bottom + 1)}
    printed = [found for row, found in heads.items() if row >= header.top and len(found) > 1]
    titles = [found for row, found in heads.items() if row < header.top and found]
    spanned = {m.top for m in grid.merged if m.right - m.left >= max(2, len(header.names) // 2)}
    known = _columns_of_heads(printed)
    under: int | None = None
    for number, row in enumerate(grid.rows[header.bottom :], start=header.bottom + 1):
        kind = _kind(row, case, printed, titles, known, is_spanned=number in spanned)
        if kind is Kind.OTHER_HEADER:
            under = number
        elif kind is Kind.HEADER:
            under = None
        yield Line(number, kind, under)


def _columns_of_heads(printed: list[dict[int, str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for head in printed:
        for column, text in head.items():
            found.setdefault(text, set()).add(column)
    return found


def _texts(row: Row) -> dict[int, str]:
    return {column: label(raw) for column, raw in enumerate(row, start=1) if label(raw)}


def _kind(
    row: Row,
    case: int | None,
    printed: list[dict[int, str]],
    titles: list[dict[int, str]],
    known: dict[str, set[int]],
    *,
    is_spanned: bool,
) -> Kind:
    number = row[case - 1] if case is not None and case <= len(row) else None
    if isinstance(number, str) and _PLAIN.fullmatch(number) and not is_spanned:
        return Kind.DATA
    filled = {column: raw for column, raw in enumerate(row, start=1) if raw is not None}
    if not filled:
        return Kind.BLANK
    texts = _texts(row)
    if texts in titles:
        return Kind.TITLE
    if _is_other(texts, known):
        return Kind.OTHER_HEADER
    if any(_is_same(texts, one) for one in printed):
        return Kind.HEADER
    return _by_cells(filled, texts, None if case is None else filled.get(case), is_spanned=is_spanned)


def _by_cells(filled: dict[int, object], texts: dict[int, str], case: object, *, is_spanned: bool) -> Kind:
    first = list(filled)[:3]
    if (case is None or _is_total(case) or _is_count(case)) and any(_is_total(filled[column]) for column in first):
        return Kind.TOTAL
    if len(filled) > 2 and [str(raw) for raw in filled.values()] == [str(n) for n in range(1, len(filled) + 1)]:
        return Kind.NUMBERS
    if len(filled) > 2 and all(_NUMBERS.fullmatch(str(raw)) for raw in filled.values()) and len(texts) == len(filled):
        return Kind.NUMBERS
    notes = [raw for raw in filled.values() if isinstance(raw, str) and _NOTE.fullmatch(raw.strip())]
    if len(notes) == len(filled) or (notes and len(filled) <= 2 * len(notes) and filled[min(filled)] in notes):
        return Kind.NOTE
    if len(filled) == 1 and len(texts) == 1 and (case is None or is_spanned):
        ((column, text),) = texts.items()
        return Kind.NOTE if is_spanned or (len(text) > _LONG and column == 1) else Kind.DATA
    return Kind.DATA


def _is_total(raw: object) -> bool:
    return isinstance(raw, str) and _TOTAL.fullmatch(label(raw)) is not None


def _is_count(raw: object) -> bool:
    """A sum, also one whose formula was never calculated."""
    return isinstance(raw, Formula | ErrorCell) or _COUNT.fullmatch(label(raw) or str(raw)) is not None


def _is_other(texts: dict[int, str], known: dict[str, set[int]]) -> bool:
    """A header of another table further down the sheet: most of its names are known, some from other columns."""
    heads = [column for column, text in texts.items() if text in known]
    moved = [column for column in heads if column not in known[texts[column]]]
    return len(heads) > 1 and len(heads) * 2 >= len(texts) and len(moved) > 0


def _is_same(texts: dict[int, str], head: dict[int, str]) -> bool:
    """A header printed again on the next page, of which a cell or two may differ."""
    if not texts:
        return False
    same = sum(head.get(column) == text for column, text in texts.items())
    return same * 5 >= len(texts) * 4 and same * 2 >= len(head)
