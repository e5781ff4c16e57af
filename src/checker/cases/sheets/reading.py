"""Sheets to raw records, one a case, with the way back from each value to its cell."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from checker.cases.ledger.grid import Book
from checker.cases.problems import BadCase, Path, Refusal, named, unread
from checker.cases.record import RawRecord
from checker.cases.sheets.book import Cells, Sheet, pieces, read_book, sheets_of
from checker.cases.sheets.layout import (
    ANSWERS,
    BETWEEN,
    CASE,
    CASES,
    DETAILS,
    EMPTY,
    EVENTS,
    EXPECTED,
    NULL,
    OF_ANSWER,
    OF_CASE,
    OF_DETAIL,
    OF_EVENT,
)
from checker.cases.spots import Spot
from checker.cases.typed import Plain
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary

_ITEM: Final = re.compile(r"(?P<verdict>[^\s（(0-9]+)\s*[（(]?\s*(?P<due>[0-9][^（）()]*|无)?\s*[）)]?")
_BETWEEN_ITEMS: Final = re.compile(r"[、；;，,\n]")
_LISTS: Final = ("evidence", "missing")


@dataclass(slots=True)
class _Draft:
    """One case on its way to a record; ``spots`` lead from paths to cells."""

    start: Spot
    data: dict[str, object]
    spots: dict[Path, Spot] = field(default_factory=dict)
    spoilt: list[tuple[Refusal, Path, str]] = field(default_factory=list)

    def items(self, key: str) -> list[object]:
        """The list under a key, begun if there is none yet."""
        found = self.data.setdefault(key, [])
        assert isinstance(found, list)
        return found

    def put(self, key: str, value: object, spot: Spot) -> None:
        """One value of the case itself."""
        self.data[key] = value
        self.spots[(key,)] = spot


def read_workbook(stream: BinaryIO, name: str, vocabulary: Vocabulary) -> Iterator[RawRecord | BadCase]:
    """The cases of a workbook, in the order in which the sheets first name them."""
    yield from _records(read_book(stream, name), name, vocabulary)


def read_opened(book: Book, vocabulary: Vocabulary) -> Iterator[RawRecord | BadCase]:
    """The cases of a workbook that was opened already."""
    yield from _records(sheets_of(book), book.name, vocabulary)


def _records(book: dict[str, Sheet] | BadCase, name: str, vocabulary: Vocabulary) -> Iterator[RawRecord | BadCase]:
    if isinstance(book, BadCase):
        yield book
        return
    if EVENTS not in book and CASES not in book:
        expected = f"工作表「{EVENTS}」，一行一个事件；工作表「{CASES}」，一行一个案件"
        yield unread(Refusal("no-sheet", f"工作簿里没有工作表「{EVENTS}」", expected=expected), Place(file=name))
        return
    drafts: dict[str, _Draft] = {}
    readers: tuple[tuple[str, Callable[[_Draft, Cells], None]], ...] = (
        (CASES, lambda draft, row: _case(draft, row, vocabulary)),
        (EVENTS, lambda draft, row: _event(draft, row, vocabulary)),
        (ANSWERS, _answer),
        (EXPECTED, _expected),
        (DETAILS, _detail),
    )
    for title, read in readers:
        if title in book:
            yield from _rows(book[title], title, name, drafts, read)
    strays = [row for row in book[EVENTS].rows if CASE not in row.values] if EVENTS in book else []
    for draft in drafts.values():
        if strays:
            _uncover(draft, strays, vocabulary)
        yield _record(draft, name)
    if not drafts:
        yield unread(Refusal("empty-file", "文件里没有案件"), Place(file=name))


def _rows(
    sheet: Sheet, title: str, name: str, drafts: dict[str, _Draft], read: Callable[[_Draft, Cells], None]
) -> Iterator[BadCase]:
    seen: set[str] = set()
    for row in sheet.rows:
        if CASE not in row.values:
            help_ = "补上编号；没有补的，各案都不能说没有这一行的行为" if title == EVENTS else ""
            refusal = Refusal("missing-case", "这一行没有案件编号", expected=f"「{CASE}」一列", help=help_)
            yield unread(refusal, row.start.place(name))
            continue
        case = str(row.values[CASE])
        draft = drafts.setdefault(case, _Draft(row.spots[CASE], {"case": Plain(case), "events": []}))
        if title in (CASES, EXPECTED) and case in seen:
            twice = Refusal("duplicate-case", f"工作表「{title}」里案件「{case}」写了两行", help="合并成一行")
            path: Path = (title, row.start.row)
            draft.spots[path] = row.spots[CASE]
            draft.spoilt.append((twice, path, case))
        seen.add(case)
        read(draft, row)


def _uncover(draft: _Draft, strays: Sequence[Cells], vocabulary: Vocabulary) -> None:
    """An act in a row without a case may belong to any of them: none can be said to lack it.

    Of an act that nobody knows, it may be any act at all; of one that suspends a period, nothing may be overdue.
    """
    acts = {str(row.values.get("行为", "")) for row in strays}
    given = draft.data.get("covers", [Plain(act) for act in vocabulary.acts])
    covered = given if isinstance(given, list) and acts <= vocabulary.acts.keys() - vocabulary.suspending else []
    draft.data["covers"] = [act for act in covered if str(act) not in acts]


def _case(draft: _Draft, row: Cells, vocabulary: Vocabulary) -> None:
    attributes: dict[str, object] = {}
    parts: dict[str, dict[str, object]] = {"extent": {}, "todo": {}}
    draft.start = row.spots[CASE]
    for head, value in row.values.items():
        key, spot = OF_CASE.get(head), row.spots[head]
        if head == CASE:
            draft.spots[("case",)] = spot
        elif key is None:
            declared = vocabulary.case_attributes.get(head)
            attributes[head] = _value(value, declared is not None and declared.many)
            draft.spots["attributes", head] = spot
        elif key in ("first", "last", "reason", "until"):
            part = "extent" if key in ("first", "last") else "todo"
            parts[part][key] = value
            draft.spots[part, key] = spot
            draft.spots.setdefault((part,), spot)
        else:
            draft.put(key, _list(value) if key == "covers" else value, spot)
    for name, found in (("attributes", attributes), *parts.items()):
        if found:
            draft.data[name] = found


def _event(draft: _Draft, row: Cells, vocabulary: Vocabulary) -> None:
    act = vocabulary.acts.get(str(row.values.get("行为", "")))
    types = act.attributes if act is not None else {}
    event: dict[str, object] = {}
    at: Path = ("events", len(draft.items("events")))
    draft.spots[at] = row.start
    for head, value in row.values.items():
        if head == CASE:
            continue
        key = OF_EVENT.get(head, head)
        many = key in ("actor", "document") or (head in types and types[head].many)
        event[key] = _value(value, many)
        draft.spots[*at, key] = row.spots[head]
    draft.items("events").append(event)


def _answer(draft: _Draft, row: Cells) -> None:
    _structured(draft, "answers", row, OF_ANSWER)


def _detail(draft: _Draft, row: Cells) -> None:
    _structured(draft, "expect", row, OF_DETAIL)


def _structured(draft: _Draft, name: str, row: Cells, keys: Mapping[str, str]) -> None:
    at: Path = (name, len(draft.items(name)))
    draft.spots[at] = row.start
    found: dict[str, object] = {}
    for head, value in row.values.items():
        if head != CASE:
            key = keys.get(head, head)
            found[key] = _value(value, key in _LISTS)
            draft.spots[*at, key] = row.spots[head]
    draft.items(name).append(found)


def _expected(draft: _Draft, row: Cells) -> None:
    """One cell a norm: its verdicts, each with a due date or without; a case whose cells are blank expects nothing."""
    items = draft.items("expect")
    draft.spots.setdefault(("expect",), row.start)
    for head, value in row.values.items():
        if head == CASE:
            continue
        for piece in _BETWEEN_ITEMS.split(str(value)):
            at: Path = ("expect", len(items))
            draft.spots[at] = row.spots[head]
            said = _ITEM.fullmatch(piece.strip())
            if said is None:
                expected = "结论，可以写几个，各带到期日，如「合规 2026-06-11、逾期未履行」"
                refusal = Refusal("bad-expectation", f"期望{named(piece.strip())}读不懂", expected=expected)
                draft.spots[EXPECTED, row.start.row, head] = row.spots[head]
                draft.spoilt.append((refusal, (EXPECTED, row.start.row, head), piece.strip()))
                continue
            due = said["due"]
            dated = {} if due is None else {"due": None if due == "无" else Plain(due.strip())}
            items.append({"norm": Plain(head), "verdict": Plain(said["verdict"])} | dated)


def _value(value: object, many: bool) -> object:
    if value == NULL:
        return None
    return _list(value) if many else value


def _list(value: object) -> list[object]:
    return [] if value == EMPTY else list(pieces(value, BETWEEN))


def _record(draft: _Draft, name: str) -> RawRecord:
    def locate(path: Path) -> Place:
        for length in range(len(path), 0, -1):
            if path[:length] in draft.spots:
                return draft.spots[path[:length]].place(name)
        return draft.start.place(name)

    def event_places(count: int) -> list[Place]:
        return [locate(("events", n)) for n in range(count)]

    return RawRecord(draft.data, locate, event_places, tuple(draft.spoilt))
