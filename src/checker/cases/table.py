"""Event tables, whatever file they come from: their columns, their cells, and the record of a case from its rows."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from checker.cases.columns import Layout, roles_in, unknown_column
from checker.cases.dates import read_moment
from checker.cases.problems import BadCase, Path, Refusal, named, quoted, unknown_word, unread
from checker.cases.record import RawRecord
from checker.cases.typed import Plain
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary

Cell: TypeAlias = object
Row: TypeAlias = tuple[int, Sequence[Cell]]
"""The line (or the row, where there are no lines) from 1, and the cells."""


class BrokenOffError(Exception):
    """A table that cannot be opened, or whose rows cannot be read any further; ``bad`` says why."""

    def __init__(self, bad: BadCase) -> None:
        super().__init__(bad)
        self.bad = bad


@dataclass(frozen=True, slots=True)
class Table:
    """What reading rows needs: the file, the layout, the columns found, the words."""

    name: str
    layout: Layout
    header: tuple[str, ...]
    roles: Mapping[str, int]
    attributes: Mapping[int, str]
    case_attributes: Mapping[int, str]
    vocabulary: Vocabulary

    @property
    def width(self) -> int:
        """How many cells a row has."""
        return len(self.header)


@dataclass(frozen=True, slots=True)
class Apart:
    """Where other rows of a case stand: the last line of those before, the first of those behind."""

    earlier: int | None = None
    later: int | None = None


@dataclass(slots=True)
class _Group:
    """The rows of one case on their way to a record."""

    case: str
    events: list[dict[str, object]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    event_lines: list[int] = field(default_factory=list)
    kind: object = None
    attributes: dict[str, object] = field(default_factory=dict)
    spoilt: list[tuple[Refusal, Path, str]] = field(default_factory=list)


def table(header: Sequence[str], name: str, layout: Layout, vocabulary: Vocabulary) -> Table | Refusal:
    """The table that a header opens, or why its columns cannot be used."""
    twice = next((column for column in header if column and header.count(column) > 1), None)
    if twice is not None:
        return Refusal("duplicate-column", f"表头里「{quoted(twice)}」出现两次", help="改掉其中一个列名")
    roles = roles_in(header, layout)
    if isinstance(roles, Refusal):
        return roles
    declared = {name for act in vocabulary.acts.values() for name in act.attributes}
    wanted = layout.attributes
    attributes = {c: c for c in header if c in declared} if wanted is None else wanted
    refusal = _check(header, {**attributes, **layout.case_attributes}) or _undeclared(layout, declared, vocabulary)
    if refusal:
        return refusal
    positions = {header.index(column): attribute for column, attribute in attributes.items()}
    free = {n: attribute for n, attribute in positions.items() if n not in roles.values()}
    of_case = {header.index(column): attribute for column, attribute in layout.case_attributes.items()}
    return Table(name, layout, tuple(header), roles, free, of_case, vocabulary)


def used(opened: Table) -> list[int]:
    """The positions of the columns that are read, in their order."""
    return sorted({*opened.roles.values(), *opened.attributes, *opened.case_attributes})


def _check(header: Sequence[str], columns: Mapping[str, str]) -> Refusal | None:
    return next((unknown_column(column, header) for column in columns if column not in header), None)


def _undeclared(layout: Layout, declared: set[str], vocabulary: Vocabulary) -> Refusal | None:
    checks = (
        ("unknown-attribute", "对照的属性", (layout.attributes or {}).values(), sorted(declared)),
        ("unknown-attribute", "对照的案件属性", layout.case_attributes.values(), vocabulary.case_attributes),
        ("unknown-act", "对照的行为", (layout.acts or {}).values(), vocabulary.acts),
    )
    for code, what, words, known in checks:
        for word in words:
            if word not in known:
                return unknown_word(code, what, word, known)
    return None


def record(
    opened: Table, case: str, rows: Iterable[Row], apart: Apart | None = None, head: Row | None = None
) -> RawRecord:
    """The record of one case from all its rows.

    ``apart`` says where there are more of them, though they should have stood together. ``head`` is what is said of the
    case alone, before its rows; with it there need be none.
    """
    group = _Group(case)
    if head is not None:
        line, cells = head
        group.lines.append(line)
        kind = clean(cells[opened.roles["kind"]]) if "kind" in opened.roles else None
        _fold_case(opened, group, cells, kind, line)
    for line, cells in rows:
        if apart is not None and not group.lines:
            group.spoilt.append((_not_grouped(case, apart), ("row", line), case))
        _add(opened, group, line, cells)
    return _record(opened, group)


def _not_grouped(case: str, apart: Apart) -> Refusal:
    where = f"后一段从第 {apart.later} 行起" if apart.earlier is None else f"前一段到第 {apart.earlier} 行为止"
    return Refusal("not-grouped", f"案件「{case}」的行不连续，{where}", help="把同一案的行排在一起，或不声明按案连续")


def case_text(raw: Cell) -> str:
    """The case that a cell names; empty where it names none."""
    return "" if raw is None else str(raw).strip()


def missing_case(opened: Table, line: int) -> BadCase:
    """A row that belongs to no case."""
    column = opened.header[opened.roles["case"]]
    help_text = "补上编号；没有补的，各案都不能说没有这一行的行为"
    refusal = Refusal("missing-case", "这一行没有案件编号", expected=f"「{column}」一列", help=help_text)
    return unread(refusal, Place(file=opened.name, line=line))


def _add(opened: Table, group: _Group, line: int, cells: Sequence[Cell]) -> None:
    """One row to its group; a row that cannot be used spoils the case, for what it would have said is unknown."""
    group.lines.append(line)
    if len(cells) != opened.width:
        help_text = "检查分隔符与引号" + ("；没有改的，各案都不能说没有哪一行为" if opened.roles["case"] else "")
        wrong = Refusal("wrong-width", f"这一行有 {len(cells)} 格，表头有 {opened.width} 列", help=help_text)
        group.spoilt.append((wrong, ("row", line), ""))
        return
    role = {name: clean(cells[n]) for name, n in opened.roles.items()}
    act = act_of(opened.layout, role["act"])
    if act is None:
        return
    date = date_of(opened.layout, role["date"], role.get("time"))
    for name, value in (("act", act), ("date", date)):
        if isinstance(value, Refusal):
            group.spoilt.append((value, ("row", line), quoted(role[name])))
    _fold_case(opened, group, cells, role.get("kind"), line)
    if not isinstance(act, Refusal) and not isinstance(date, Refusal):
        group.events.append(_event(opened, act, date, role, cells))
        group.event_lines.append(line)


def _event(opened: Table, act: str, date: object, role: Mapping[str, Cell], cells: Sequence[Cell]) -> dict[str, object]:
    actor = split_actors(role.get("actor"))
    event: dict[str, object] = {"act": act, "date": date, "id": role.get("id"), "actor": actor}
    return event | _attributes(opened, act, cells)


def native(value: object) -> object:
    """Binary floats as the shortest decimal that reads back the same: what was written, not what was stored."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def split_actors(actor: Cell) -> Cell:
    """Names may be joined by 、 as in a sentence."""
    return [piece.strip() for piece in actor.split("、")] if isinstance(actor, str) else actor


def clean(raw: Cell) -> Cell:
    """A cell as records take it: text without the space around it, None for an empty one."""
    if not isinstance(raw, str):
        return raw
    text = raw.strip()
    return Plain(text) if text else None


def act_of(layout: Layout, raw: Cell) -> str | Refusal | None:
    """What the row's activity is called in the vocabulary; None for a row to be ignored."""
    if raw is None:
        return Refusal("missing-act", "这一行没有写行为")
    text = str(raw)
    if text in layout.ignore:
        return None
    if layout.acts is None or text in layout.acts:
        return text if layout.acts is None else layout.acts[text]
    expected = "、".join(layout.acts)
    return Refusal("unmapped-activity", f"行为{named(text)}没有对照", expected=expected, help="写进对照，或列入忽略")


def date_of(layout: Layout, raw: Cell, time: Cell) -> object | Refusal:
    """The date, or date and time, that a row's clean cells give; None where there is none."""
    if raw is None:
        return None
    value: object = f"{raw} {time}" if time is not None else raw
    if layout.date_format is not None and isinstance(value, str):
        try:
            value = dt.datetime.strptime(value, layout.date_format)
        except ValueError:
            return Refusal("bad-date", f"{named(raw)}不合日期格式「{layout.date_format}」")
        if not any(code in layout.date_format for code in ("%H", "%I", "%T", "%X", "%c", "%M")):
            value = value.date()
    moment = read_moment(value, layout.time_zone)
    if isinstance(moment, Refusal):
        return moment
    day, time = moment
    return day if layout.dates_only or time is None else dt.datetime.combine(day, time)


def _attributes(opened: Table, act: str, cells: Sequence[Cell]) -> dict[str, object]:
    """The cells of the columns whose attribute this act declares; a wide table leaves the others to other acts."""
    declared = opened.vocabulary.acts.get(act)
    if declared is None:
        return {}
    found = {name: clean(cells[n]) for n, name in opened.attributes.items() if name in declared.attributes}
    return {name: value for name, value in found.items() if value is not None}


def _fold_case(opened: Table, group: _Group, cells: Sequence[Cell], kind: Cell, line: int) -> None:
    """What a row says of its case; two rows that say different things are a problem."""
    for name, value in [("类型", kind), *((name, clean(cells[n])) for n, name in opened.case_attributes.items())]:
        if value is None:
            continue
        earlier = group.kind if name == "类型" else group.attributes.get(name)
        if earlier is not None and earlier != value:
            differs = Refusal("case-differs", f"同一案的「{name}」前后不一：{named(earlier)}与{named(value)}")
            group.spoilt.append((differs, ("row", line), quoted(value)))
        elif name == "类型":
            group.kind = value
        else:
            group.attributes[name] = value


def _record(opened: Table, group: _Group) -> RawRecord:
    layout = opened.layout
    covers = covers_of(layout)
    data: dict[str, object] = {"case": group.case, "events": group.events, "ordered": layout.ordered}
    data |= {"kind": group.kind} if group.kind is not None else {}
    data |= {"covers": list(covers)} if covers is not None else {}
    data |= {"attributes": group.attributes} if group.attributes else {}
    first, lines = group.lines[0], group.event_lines

    def locate(path: Path) -> Place:
        match path:
            case ("row", int(line)):
                return Place(file=opened.name, line=line)
            case ("events", int(n), *_):
                return Place(file=opened.name, line=lines[n])
            case _:
                return Place(file=opened.name, line=first)

    return RawRecord(data, locate, lambda _: [locate(("events", n)) for n in range(len(lines))], tuple(group.spoilt))


def covers_of(layout: Layout) -> Sequence[str] | None:
    """The acts that every record of the table covers; None: all."""
    if layout.covers is not None:
        return layout.covers
    return None if layout.acts is None else sorted(set(layout.acts.values()))
