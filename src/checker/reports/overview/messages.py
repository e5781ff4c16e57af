"""Messages about the data, those that say the same together, with every place where they hold."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from checker.model.diagnostic import Diagnostic
from checker.model.place import Place, Span
from checker.reports.places import place_text

MOST: Final = 500
"""Different messages that one page holds."""
MOST_PLACES: Final = 1000
"""Places, and cases, of one message that are written out."""


class Message(NamedTuple):
    """One message: where it holds, by file or sheet; the cases it is about; how often it was told."""

    told: Diagnostic
    places: tuple[str, ...]
    cases: tuple[str, ...]
    times: int


class Messages(NamedTuple):
    """The different messages in the order in which they were first told, at most so many of them; and all counts."""

    rows: tuple[Message, ...]
    different: int
    total: int


def messages_of(pairs: Iterable[tuple[str, Diagnostic]], most: int = MOST) -> Messages:
    """The messages, each with the id of the case it is about, empty where it is about none."""
    alike: dict[object, list[tuple[str, Diagnostic]]] = {}
    for case, told in pairs:
        key = (told.code, told.message, told.quote, told.expected, told.help, told.meanwhile, told.notes)
        alike.setdefault(key, []).append((case, told))
    rows = tuple(_message(group) for group in list(alike.values())[:most])
    return Messages(rows, len(alike), sum(map(len, alike.values())))


def _message(group: Sequence[tuple[str, Diagnostic]]) -> Message:
    shown = group[:MOST_PLACES]
    cases = dict.fromkeys(case for case, _ in shown if case)
    return Message(group[0][1], _places([told.at for _, told in shown]), tuple(cases), len(group))


def _places(places: Sequence[Span | Place | None]) -> tuple[str, ...]:
    """``案件.jsonl 第 1、4 行``, ``台账.xlsx 表「督办」单元格 C3、C9``: one text for each file or sheet."""
    spots: dict[tuple[str, str | None, bool], dict[str, None]] = {}
    plain: dict[str, None] = {}
    for at in places:
        if isinstance(at, Place) and at.cell:
            spots.setdefault((at.file, at.sheet, True), {})[at.cell] = None
        elif isinstance(at, Place) and at.line and not at.sheet:
            spots.setdefault((at.file, None, False), {})[str(at.line)] = None
        elif at is not None:
            plain[place_text(at)] = None
    return (*(_joined(*where, "、".join(found)) for where, found in spots.items()), *plain)


def _joined(file: str, sheet: str | None, in_cells: bool, found: str) -> str:
    if not in_cells:
        return f"{file} 第 {found} 行"
    return f"{file}{f' 表「{sheet}」' if sheet else ' '}单元格 {found}"
