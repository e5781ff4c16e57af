"""A log trace by trace, element by element."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from xml.parsers.expat import ExpatError

from checker.cases.problems import BadCase, Path, Refusal, unread
from checker.cases.record import RawRecord
from checker.cases.table import Cell, Row, Table, case_text, clean, record
from checker.cases.typed import Plain
from checker.cases.xes.guard import StoppedError, check_root, check_size, guarded, local
from checker.cases.xes.keys import OF_TRACE
from checker.model.place import Place

Spoilt: TypeAlias = tuple[Refusal, Path, str]

LOG, TRACE, EVENT = 0, 1, 2
"""How many elements stand around a log, a trace, an event."""


@dataclass(slots=True)
class _Trace:
    line: int
    values: dict[str, Cell] = field(default_factory=dict)
    events: list[tuple[int, dict[str, Cell]]] = field(default_factory=list)
    spoilt: list[Spoilt] = field(default_factory=list)


@dataclass(slots=True)
class Loose:
    """Events that belong to no trace and stand together: how many, and the line of the first."""

    name: str
    count: int = 0
    line: int = 0

    def add(self, line: int) -> None:
        """One more."""
        self.line = self.line if self.count else line
        self.count += 1

    def told(self) -> list[BadCase]:
        """What is left out with them; nothing where there are none. The count begins anew."""
        if not self.count:
            return []
        message = f"这里有 {self.count} 个事件不属于任何轨迹"
        help_text = "把事件放进轨迹（trace）；没有放进的，各案都不能说没有它们的行为"
        where = Place(file=self.name, line=self.line)
        self.count = 0
        return [unread(Refusal("loose-event", message, help=help_text), where)]


class TraceReader:
    """Fed with bytes, it collects in ``done`` the records of the traces they complete, and events outside of traces.

    ``inside`` is for a stretch out of the middle of a log: how many lines stand before it.
    """

    def __init__(self, opened: Table, inside: int | None = None) -> None:
        self.done: list[RawRecord | BadCase] = []
        self._loose = Loose(opened.name)
        self._opened = opened
        self._before = inside or 0
        self._wanted = frozenset(opened.header)
        self._trace: _Trace | None = None
        self._event: dict[str, Cell] | None = None
        self._list: list[Cell] | None = None
        self._list_depth = 0
        self._is_values = False
        self._depth = 0
        self._since = 0
        self.parser = guarded(None if inside is None else "utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        if inside is not None:
            self.parser.Parse(b"<log>")

    def feed(self, data: bytes, last: bool = False) -> None:
        """Some more of the log. ExpatError or StoppedError where it cannot be read; ``done`` holds what came before."""
        before = len(self.done)
        self.parser.Parse(data, last)
        self._since = self._since + len(data) if len(self.done) == before else 0
        check_size(self._since)

    def feed_rest(self, data: bytes) -> None:
        """The rest of a log, up to where it cannot be read; why it cannot is known to whoever read the whole."""
        with suppress(ExpatError, StoppedError):
            self.feed(data)
        self.finish()

    def finish(self) -> None:
        """Nothing more will be fed."""
        self.done += self._loose.told()

    @property
    def at(self) -> tuple[int, int]:
        """Line and column, from 1, where the parser stands."""
        return self._line, self.parser.CurrentColumnNumber + 1

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber + self._before

    def _start(self, name: str, attributes: list[str]) -> None:
        depth, self._depth = self._depth, self._depth + 1
        kind = local(name)
        if depth == LOG:
            check_root(kind)
        elif kind == "trace":
            self._open_trace(depth)
        elif self._trace is not None:
            self._in_trace(self._trace, kind, depth, attributes)
        elif depth == TRACE and kind == "event":
            self._loose.add(self._line)

    def _open_trace(self, depth: int) -> None:
        if depth != TRACE:
            raise StoppedError(Refusal("misplaced-trace", "轨迹（trace）写在别的项里面", expected="直接写在 log 之下"))
        self.done += self._loose.told()
        self._trace = _Trace(self._line)

    def _in_trace(self, trace: _Trace, kind: str, depth: int, attributes: list[str]) -> None:
        if depth == EVENT and kind == "event":
            self._event = {}
            trace.events.append((self._line, self._event))
        elif depth == EVENT:
            self._attribute(trace, trace.values, OF_TRACE, kind, attributes)
        elif depth == EVENT + 1 and self._event is not None:
            self._attribute(trace, self._event, "", kind, attributes)
        elif self._list is not None:
            self._in_list(self._list, kind, depth - self._list_depth, attributes)

    def _in_list(self, items: list[Cell], kind: str, deep: int, attributes: list[str]) -> None:
        """The items of a list stand in it, or in ``values`` in it."""
        if deep == 1:
            self._is_values = kind == "values"
        if deep == 1 + self._is_values:
            items.append(clean(Plain(pairs(attributes).get("value", ""))))

    def _attribute(self, trace: _Trace, owner: dict[str, Cell], prefix: str, kind: str, attributes: list[str]) -> None:
        given = pairs(attributes)
        key = given.get("key", "")
        name = prefix + key
        if name not in self._wanted:
            return
        if name in owner:
            twice = Refusal("duplicate-key", f"「{key}」在同一处写了两次", help="只留一个")
            trace.spoilt.append((twice, ("row", self._line), key))
        elif kind == "list":
            owner[name] = self._list = []
            self._list_depth = self._depth - 1
        elif "value" in given:
            owner[name] = Plain(given["value"])
        else:
            without = Refusal("missing-value", f"「{key}」没有写 value", help="写上 value，未知时删去这一项")
            trace.spoilt.append((without, ("row", self._line), key))

    def _end(self, name: str) -> None:
        self._depth = depth = self._depth - 1
        if self._trace is None:
            return
        if depth == TRACE:
            self.done.append(_record(self._opened, self._trace))
            self._trace = None
        elif depth == EVENT and local(name) == "event":
            self._event = None
        if depth <= self._list_depth:
            self._list = None


def pairs(attributes: Sequence[str]) -> dict[str, str]:
    """The attributes of an element, which the parser gives in a row, by their names."""
    return dict(zip(attributes[::2], attributes[1::2], strict=True))


def _record(opened: Table, trace: _Trace) -> RawRecord:
    def row(line: int, values: dict[str, Cell]) -> Row:
        return line, [trace.values.get(n) if n.startswith(OF_TRACE) else values.get(n) for n in opened.header]

    _, head = row(trace.line, {})
    case = case_text(head[opened.roles["case"]])
    rows = [row(line, values) for line, values in trace.events]
    made = record(opened, case, rows, head=(trace.line, head))
    return replace(made, spoilt=(*trace.spoilt, *made.spoilt)) if trace.spoilt else made
