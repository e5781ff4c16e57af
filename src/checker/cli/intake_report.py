"""What ``checker intake`` shows of a ledger: columns, rows, the first cases, and what could not be read."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.cases.ledger.beyond import Beyond
    from checker.cases.ledger.looking import Look
    from checker.cases.ledger.mapping import FromColumn, Given, SheetMapping
    from checker.cases.ledger.reading.ledger import Tally
    from checker.cases.record import RawRecord
    from checker.model.diagnostic import Diagnostic

_LISTED = 20
"""Cells named of one sort of message; the rest are counted."""
_ASKED = 12
"""Acts named that the rules ask for beyond the ledger, and norms named for each."""
_NAMED = 2
_FIRST = 5
"""Cases shown as they would be read."""


def text_lines(found: "Look") -> Iterator[str]:
    """For people."""
    from checker.cases.ledger.reading.single_rows import single_rows
    from checker.reports.layout import clean, wrap

    book = found.book
    yield f"台账「{clean(book.name)}」（{book.kind}）"
    bound = {one.number: one for one in found.fit.bound}
    tallies = {one.bound.number: one for one in found.intake.tallies} if found.intake is not None else {}
    for number, sheet in enumerate(found.mapping.sheets):
        yield ""
        yield from _sheet_lines(sheet, number in bound, tallies.get(number))
        if sheet.read is not False and sheet.header:
            yield from _beyond_lines(found.beyond[number])
    yield from _blank_sheets(found)
    for question in single_rows(found.fit):
        yield ""
        yield from wrap(f"{question}。", "请核对：", "  ")
    if found.fit.differences and found.state != "new":
        yield from wrap("；".join(found.fit.differences) + "。", "与对照不合：", "  ")
    if found.intake is None:
        return
    shown = [item for item in found.intake.items if not hasattr(item, "diagnostics")][:_FIRST]
    if shown:
        yield ""
        yield f"头 {len(shown)} 案读成："
        for record in shown:
            yield from wrap(_case_text(record), "  ", "    ")
    yield from _messages(found.messages)
    yield ""
    yield _sum(found)
    if found.until is not None:
        yield from wrap(
            f"最晚的日期是 {found.until}。检查时用「--as-of」写明台账填到哪一天：写得晚了，还没有填的会当作没有记录。"
        )


def _sheet_lines(sheet: "SheetMapping", is_bound: bool, tally: "Tally | None") -> Iterator[str]:
    from checker.reports.layout import clean, pad, width, wrap

    name = f"工作表「{clean(sheet.title)}」" if sheet.title else "表"
    if sheet.read is False:
        yield f"{name}：不读。"
        return
    if not sheet.header:
        yield f"{name}：没有认出表头，还没有决定读不读。"
        return
    form = "一行一事件" if sheet.form == "event" else "一行一案"
    rows = (
        "–".join(dict.fromkeys(map(str, (sheet.header_rows[0], sheet.header_rows[-1])))) if sheet.header_rows else "？"
    )
    undecided = "；还没有决定读不读" if sheet.read is None else ""
    yield f"{name}：{form}，表头在第 {rows} 行{undecided}"
    meanings = meanings_of(sheet)
    room = min(40, max((width(head) for head in sheet.header), default=0))
    for head in sheet.header:
        said = "、".join(meanings.get(head, ["没有写到，不读"]))
        yield from wrap(said, f"  {pad(clean(head), room)}  ", " " * (room + 4))
    for words in _constants(sheet):
        yield f"  {words}"
    if is_bound and tally is not None:
        yield f"  {_count(tally)}"
        yield from _others(tally)


def _beyond_lines(found: "Beyond") -> Iterator[str]:
    """What makes the findings of all rows alike, and what a person may do about it."""
    from checker.reports.layout import wrap

    if found.bare:
        yield from wrap(
            f"{'、'.join(found.bare)}：在涵盖里，却没有一列记它；这样各案都是「未见记录」。"
            "台账确实会记的，补上对照；不记的，从「涵盖」里删去。",
            "  请核对：",
            "    ",
        )
    if found.lacking:
        acts = list(found.lacking.items())
        some = "；".join(f"{act}（{_titles(titles)}）" for act, titles in acts[:_ASKED])
        rest = f"；等 {len(acts)}个行为" if len(acts) > _ASKED else ""
        yield from wrap(
            f"下列行为不在涵盖里，等着它的规范只能是资料不足：{some}{rest}。"
            "台账有这一列的，补上对照；凡有就会记在这份台账里的，加进「涵盖」。",
            "  规则还要看：",
            "    ",
        )


def _titles(titles: Sequence[str]) -> str:
    return "、".join(titles[:_NAMED]) + (f"等 {len(titles)}条" if len(titles) > _NAMED else "")


def meanings_of(sheet: "SheetMapping") -> dict[str, list[str]]:
    """What each column is read as."""
    found: dict[str, list[str]] = defaultdict(list)
    for given, what in _read_columns(sheet):
        column = given if isinstance(given, str) else given.column
        unit = None if isinstance(given, str) else given.unit
        found[column].append(f"{what}（单位：{unit}）" if unit else what)
    for names, what in (
        (sheet.ignored, "不读"),
        (sheet.parties, "不读（可能写着人名或案情）"),
        (sheet.unmapped, "没有对照，不读"),
    ):
        for name in names:
            found[name].append(what)
    return found


def _read_columns(sheet: "SheetMapping") -> "Iterator[tuple[str | FromColumn, str]]":
    """The columns that are read (a name, or a column with its unit), and what as."""
    for column, what in ((sheet.case, "案件编号"), (sheet.act, "行为")):
        if column is not None:
            yield column, what
    yield from _from_column(sheet.kind, "案件类型")
    for name, given in sheet.case_attributes.items():
        yield from _from_column(given, f"案件的「{name}」")
    for event in sheet.events:
        of = f"「{event.act}」的" if event.act is not None else ""
        if event.date is not None:
            yield event.date, f"{of}日期"
        yield from _from_column(event.actor, f"{of}主体")
        for name, given in event.attributes.items():
            yield from _from_column(given, f"{of}「{name}」")


def _from_column(given: "Given | None", what: str) -> "Iterator[tuple[FromColumn, str]]":
    if given is not None and not isinstance(given, str):
        yield given, what


def _constants(sheet: "SheetMapping") -> Iterator[str]:
    if isinstance(sheet.kind, str):
        yield f"案件类型都是「{sheet.kind}」"
    actors = [f"{event.act}（{event.actor}）" for event in sheet.events if isinstance(event.actor, str) and event.act]
    if actors:
        yield f"由谁做的：{'、'.join(dict.fromkeys(actors))}"
    yield f"没有记录就当作没有的行为（涵盖）：{'、'.join(sheet.covers) or '没有'}"


def _count(tally: "Tally") -> str:
    from checker.cases.ledger.reading.facts import Ending

    counts = "，".join(f"{ending.value} {tally.endings[ending]} 行" for ending in Ending)
    passed = f"（其中按对照不读的 {tally.passed} 行）" if tally.passed else ""
    return f"案件或事件共 {sum(tally.endings.values())} 行：{counts}{passed}"


def _others(tally: "Tally") -> Iterator[str]:
    """Rows that are no cases, with their numbers."""
    said = []
    for kind, rows in tally.others.items():
        some = "、".join(map(str, rows[:_LISTED])) + ("等" if len(rows) > _LISTED else "")
        said.append(f"{kind.value} {len(rows)} 行（第 {some} 行）")
    if said:
        yield f"  另有不是案件的：{'，'.join(said)}"


def _blank_sheets(found: "Look") -> Iterator[str]:
    from checker.reports.layout import clean

    named = {sheet.title for sheet in found.mapping.sheets} | {one.grid.title for one in found.fit.bound}
    blank = [grid.title for grid in found.book.grids if grid.title not in named]
    blank = [title for title in blank if not any(title in difference for difference in found.fit.differences)]
    if blank:
        yield ""
        yield f"空的工作表：{'、'.join(clean(title) for title in blank)}"


def _case_text(record: "RawRecord") -> str:
    data: Any = record.data
    place = record.locate(())
    events = "；".join(_event_text(event) for event in data["events"]) or "没有行为"
    return f"{place.cell or ''} 案件「{data['case']}」：{events}"


def _event_text(event: dict[str, Any]) -> str:
    date = event.get("date")
    day = date.isoformat()[:16].replace("T", " ") if isinstance(date, dt.date) else "（日期不明）"
    rest = {key: value for key, value in event.items() if key not in ("id", "act", "date", "actor")}
    actor = f"，{'、'.join(event['actor'])}" if event.get("actor") else ""
    more = "".join(f"，{name} {_value_text(value)}" for name, value in rest.items())
    return f"{event['act']} {day}{actor}{more}"


def _value_text(value: object) -> str:
    if value is None:
        return "无"
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _messages(diagnostics: "Sequence[Diagnostic]") -> Iterator[str]:
    """Messages of one sort in one column together: once in full, then the cells."""
    from checker.reports.layout import wrap

    groups: dict[tuple[str, ...], list[Diagnostic]] = defaultdict(list)
    for one in diagnostics:
        head = one.message.split("：")[0] if one.message.startswith("列「") else ""
        groups[one.level, one.code, getattr(one.at, "sheet", None) or "", head].append(one)
    for (_, _, sheet, _), found in groups.items():
        first = found[0]
        yield ""
        yield from wrap(first.message, _level(first), "  ")
        where = f"  在 表「{sheet}」 " if sheet else "  在 "
        cells = [_cell_text(one) for one in found[:_LISTED]]
        rest = f"；同样的共 {len(found)} 处" if len(found) > _LISTED else ""
        yield from wrap("、".join(cells) + rest, where, "    ")
        for word, said in (("此处可写：", first.expected), ("建议：", first.help), ("", first.meanwhile)):
            if said:
                yield from wrap(said, f"  {word}", "    ")


def _level(one: "Diagnostic") -> str:
    from checker.cases.ledger.reading.facts import Ending
    from checker.model.diagnostic import Level

    if getattr(one.at, "cell", None) is None and one.level is not Level.ERROR:
        return "提示："  # of the file or a sheet, not of a row
    return {Level.ERROR: f"{Ending.UNREAD}：", Level.WARNING: f"{Ending.DOUBTFUL}：", Level.NOTE: "提示："}[one.level]


def _cell_text(one: "Diagnostic") -> str:
    at: Any = one.at
    where = getattr(at, "cell", None) or (f"第 {at.line} 行" if getattr(at, "line", None) else "")
    return f"{where}「{one.quote}」" if one.quote else where


def _sum(found: "Look") -> str:
    from checker.cases.ledger.reading.facts import Ending

    assert found.intake is not None
    totals = {ending: sum(one.endings[ending] for one in found.intake.tallies) for ending in Ending}
    cases = sum(not hasattr(item, "diagnostics") for item in found.intake.items)
    rows = "，".join(f"{ending.value} {count} 行" for ending, count in totals.items())
    return f"合计 {sum(totals.values())} 行：{rows}；共 {cases} 案。"


def jsonl_lines(found: "Look") -> Iterator[str]:
    """For machines: each message, then the counts of each sheet."""
    yield from message_lines(found)
    for one in found.intake.tallies if found.intake is not None else ():
        sheet = {
            "ledger": found.book.name,
            "sheet": one.bound.grid.title,
            "form": one.bound.sheet.form,
            "header_rows": [one.bound.header.top, one.bound.header.bottom],
            "columns": meanings_of(one.bound.sheet),
            "rows": {ending.name.lower(): one.endings[ending] for ending in _endings()},
            "others": {kind.name.lower(): rows for kind, rows in one.others.items()},
        }
        yield json.dumps(sheet, ensure_ascii=False)


def _endings() -> "Iterable[Any]":

    from checker.cases.ledger.reading.facts import Ending

    return Ending


def message_lines(found: "Look") -> Iterator[str]:
    """All messages about rows, one a line."""
    for one in found.messages:
        at: Any = one.at
        said = {"level": one.level, "code": one.code, "file": getattr(at, "file", found.book.name)}
        said |= {key: value for key in ("sheet", "cell", "line") if (value := getattr(at, key, None)) is not None}
        parts = ("quote", "message", "expected", "help", "meanwhile")
        said |= {key: value for key in parts if (value := getattr(one, key))}
        yield json.dumps(said, ensure_ascii=False)
