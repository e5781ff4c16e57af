"""What is to be written into which cell: remarks where something is of concern, one result a case."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from checker.model.case import Case
from checker.model.diagnostic import Diagnostic, Level
from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES, Verdict
from checker.model.place import Place
from checker.reports.annotated.act_columns import ActColumns, awaited
from checker.reports.annotated.spots import Spot, Spots
from checker.reports.content import CaseReport, RunReport, Shown
from checker.reports.heading import days_text
from checker.reports.layout import width, wrap
from checker.reports.overview.lamps import Lamp, lamp_of, lamp_of_case
from checker.reports.pages.findings import ids_of
from checker.reports.pages.lamp_words import coming, lamp_words
from checker.reports.pages.page import TONES, Tone
from checker.reports.pages.wording import anchor_event, brief, in_short

_MOST_LINES: Final = 3
_LONGEST: Final = 200
_LINE: Final = 76
_RANK: Final = (Tone.RED, Tone.YELLOW, Tone.GREY, Tone.BLUE)


class Remark(NamedTuple):
    """A sentence at a cell, on its colour."""

    tone: Tone
    text: str


class Result(NamedTuple):
    """What stands behind a row: the lamp with its words, and the lines that explain it."""

    tone: Tone
    words: str
    lines: tuple[str, ...]


@dataclass(slots=True)
class Marks:
    """By sheet. ``rows`` are results, by row; ``cells`` are remarks, by row and column."""

    cells: dict[str, dict[tuple[int, int], list[Remark]]] = field(default_factory=dict)
    rows: dict[str, dict[int, list[Result]]] = field(default_factory=dict)

    def note(self, spot: Spot, remark: Remark) -> None:
        """One more remark; said once where it would be said twice."""
        found = self.cells.setdefault(spot.sheet, {}).setdefault((spot.row, spot.column or 1), [])
        if remark not in found:
            found.append(remark)

    def conclude(self, spot: Spot, result: Result) -> None:
        """One more result of a row."""
        self.rows.setdefault(spot.sheet, {}).setdefault(spot.row, []).append(result)


class _At(NamedTuple):
    """A case in the ledger."""

    spots: Spots
    columns: ActColumns
    home: Spot
    as_of: dt.date

    def tone(self, shown: Shown) -> Tone:
        """The colour of what is said of a finding: that of its lamp, but blue for what is due later."""
        lamp = lamp_of(shown.finding, self.as_of)
        return Tone.BLUE if lamp is Lamp.GREEN else TONES[lamp]


def graver(remarks: list[Remark]) -> Tone:
    """The colour of a cell with several remarks."""
    return min((one.tone for one in remarks), key=_RANK.index)


def marks_of(report: RunReport, spots: Spots, list_name: str) -> Marks:
    """Everything that is written into the ledger; ``list_name`` is the sheet in which more is told."""
    marks = Marks()
    columns = ActColumns(report, spots)
    homes = {spot.sheet for one in report.cases if (spot := spots.home(one.case)) is not None}
    for one in report.cases:
        home = spots.home(one.case)
        if home is None:
            continue
        told = [shown for shown in one.shown if _is_told(report, shown)]
        marks.conclude(home, _result(report, one, told, list_name))
        for spot in _elsewhere(one.case, spots, home, homes):
            marks.conclude(spot, Result(Tone.GREY, f"见「{home.sheet}」第 {home.row} 行", ()))
        for number, shown in zip(ids_of(one, told), told, strict=True):
            _mark(marks, one.case, shown, number, _At(spots, columns, home, report.head.as_of))
        _mark_lacking(marks, one.case, told, spots, home)
    _mark_messages(marks, report, spots, homes)
    return marks


def _is_told(report: RunReport, shown: Shown) -> bool:
    verdict = shown.finding.verdict
    waits = verdict in (Verdict.UNDETERMINED, Verdict.REVIEW)
    return verdict.is_violation or waits or coming(shown.finding, report.head.as_of) is not None


def _result(report: RunReport, one: CaseReport, told: list[Shown], list_name: str) -> Result:
    found = sorted(told, key=lambda shown: GRAVEST_FIRST.index(shown.finding.verdict))
    lines = [_on_one_line(in_short(s)) for s in found[:_MOST_LINES]]
    if len(found) > _MOST_LINES:
        lines.append(f"其余 {len(found) - _MOST_LINES}条见「{list_name}」等表")
    if one.failure is not None:
        lines.append(_on_one_line(one.failure))
    lamp = lamp_of_case(one, report.head.as_of)
    return Result(TONES[lamp], lamp_words(one, report.head.as_of), tuple(lines))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _on_one_line(text: str) -> str:
    """As much as a line of the column holds, so that rows stay low; the rest stands in the lists."""
    if width(text) <= _LINE and text.isprintable():
        return text
    lines = wrap(text, columns=_LINE)
    return lines[0] if len(lines) == 1 else f"{lines[0].rstrip('，；：')}…"


def _elsewhere(case: Case, spots: Spots, home: Spot, homes: set[str]) -> Iterator[Spot]:
    """The first row of a case in each other sheet that shows results."""
    seen = {home.sheet}
    for event in case.events:
        spot = spots.of(event.place)
        if spot is not None and spot.sheet in homes and spot.sheet not in seen:
            seen.add(spot.sheet)
            yield spot


def _mark(marks: Marks, case: Case, shown: Shown, number: str, at: _At) -> None:
    finding = shown.finding
    event = anchor_event(case, finding)
    spot = at.spots.of_event(event) if event is not None else None
    if finding.verdict is not Verdict.UNDETERMINED:
        marks.note(spot or at.home, Remark(at.tone(shown), f"{_short(brief(shown))}（{number}）"))
    if finding.verdict is Verdict.LATE:
        _mark_late(marks, case, shown, number, at.spots)
    if finding.verdict in (Verdict.OVERDUE, Verdict.PENDING):
        _mark_awaited(marks, shown, number, at)


def _mark_late(marks: Marks, case: Case, shown: Shown, number: str, spots: Spots) -> None:
    finding = shown.finding
    event = next((one for one in case.events if one.id == finding.fulfilled_by), None)
    spot = spots.of_event(event) if event is not None else None
    if spot is not None and finding.due is not None and finding.days is not None:
        said = f"届满 {finding.due:%Y-%m-%d}，{days_text(finding.verdict, finding.days)}"
        marks.note(spot, Remark(Tone.RED, f"{VERDICT_NAMES[finding.verdict]} · {finding.norm}：{said}（{number}）"))


def _mark_awaited(marks: Marks, shown: Shown, number: str, at: _At) -> None:
    """The empty cell in which the act would be recorded."""
    finding, home = shown.finding, at.home
    due = f"，届满 {finding.due:%Y-%m-%d}" if finding.due is not None else ""
    said = "待核实" if finding.verdict.is_violation else "还没有到期"
    for act in awaited(shown):
        column = at.columns.of(home.sheet, act)
        if column is None or at.spots.layouts[home.sheet].value(home.row, column) not in ("", None):
            continue
        text = f"未见「{act}」的记录：{finding.norm}{due}，{said}（{number}）"
        marks.note(home._replace(column=column), Remark(at.tone(shown), text))


def _mark_lacking(marks: Marks, case: Case, told: list[Shown], spots: Spots, home: Spot) -> None:
    """The cells of what is lacking, each with all norms that wait for it."""
    waiting: dict[tuple[Spot, str], dict[str, None]] = {}
    for shown in told:
        for code in shown.finding.missing:
            name = code.rpartition(".")[2]
            spot = _lacking_spot(case, code, spots, home)
            if spot is not None:
                waiting.setdefault((spot, name), {})[shown.finding.norm] = None
    for (spot, name), norms in waiting.items():
        marks.note(spot, Remark(Tone.GREY, _short(f"缺少「{name}」，补录后可判定：{'、'.join(norms)}")))


def _lacking_spot(case: Case, code: str, spots: Spots, home: Spot) -> Spot | None:
    """The cell of the column that is called like what is lacking; a ledger without one is not marked all over."""
    owner, _, name = code.rpartition(".")
    event = next((one for one in case.events if one.id == owner), None)
    if name == "日期" and event is not None:
        return spots.of_event(event)
    spot = home if owner == "案件" else spots.of(event.place) if event is not None else None
    if spot is None or spot.sheet not in spots.layouts:
        return None
    column = spots.layouts[spot.sheet].heads.get(name)
    return spot._replace(column=column) if column is not None else None


def _mark_messages(marks: Marks, report: RunReport, spots: Spots, homes: set[str]) -> None:
    for told in report.unread:
        spot = spots.of(told.at) if isinstance(told.at, Place) else None
        if spot is None:
            continue
        lost = told.level is Level.ERROR
        marks.note(spot, Remark(Tone.GREY, _said("未读入" if lost else "提示", told)))
        layout = spots.layouts.get(spot.sheet)
        is_record = layout is not None and spot.row > (layout.head or 0)
        if lost and is_record and (spot.sheet in homes or not homes):
            marks.conclude(spot, Result(Tone.GREY, f"{Lamp.GREY}：未读入", (_on_one_line(told.message),)))
    for one in report.cases:
        for told in one.case.remarks:
            spot = spots.of(told.at) if isinstance(told.at, Place) else None
            if spot is not None:
                marks.note(spot, Remark(Tone.GREY, _said("有疑问", told)))


def _said(word: str, told: Diagnostic) -> str:
    parts = [told.message, f"应是：{told.expected}" if told.expected else "", told.help, told.meanwhile]
    return _short(f"{word}：{'；'.join(filter(None, parts))}")
