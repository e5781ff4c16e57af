"""The truth tables of the core, cut down to what one norm can meet, in Chinese."""

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar, assert_never

from checker.engines.facts import Act, Clock, Form, Truth
from checker.engines.verdicts import INNER_ROWS, OVERLAY_ROWS, InnerRow, OverlayRow
from checker.model import requirements as r
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.norm import Norm


class Table(NamedTuple):
    """A title, the heads of the columns, the rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


T = TypeVar("T")

_ACTS: Final = {Act.TIMELY: "有，未超过期限", Act.LATE: "有，超过期限", Act.MAYBE: "不明", Act.NONE: "未见"}
_CLOCKS: Final = {
    Clock.RUNNING: "未届满",
    Clock.UNSURE: "是否届满不明",
    Clock.PASSED: "已届满",
    Clock.IDLE: "未起算或未案结",
    Clock.STOPPED: "停止计算中",
    Clock.UNKNOWN: "算不出",
}
_HOLDS: Final = {Truth.YES: "符合", Truth.NO: "不符合", Truth.MAYBE: "不明"}
_ANSWERS: Final = {Truth.YES: "是", Truth.NO: "否", Truth.MAYBE: "尚无认定"}
_TRUTHS: Final = {Truth.YES: "成立", Truth.NO: "不成立", Truth.MAYBE: "不明"}


def form_of(requirement: r.Requirement) -> Form:
    """The table a requirement is read in."""
    match requirement:
        case r.Occur():
            return Form.WINDOW
        case r.Deem():
            return Form.DEEM
        case r.Precede() | r.Hold() | r.Contain():
            return Form.POINT
        case r.Review():
            return Form.REVIEW
        case _:
            assert_never(requirement)


def inner_table(norm: Norm) -> Table:
    """The requirement alone: what the record shows to a verdict."""
    form = form_of(norm.requirement)
    rows = [row for row in INNER_ROWS if row.form is form]
    if isinstance(norm.requirement, r.Occur | r.Deem):
        return _window_table(norm.requirement, norm, rows)
    names = _ANSWERS if form is Form.REVIEW else _HOLDS
    lines = [(name, _verdict(_point(rows, form, truth).verdict)) for truth, name in names.items()]
    head = "人工认定" if form is Form.REVIEW else "记录与要求"
    return Table("要求本身", (head, "结论"), tuple(lines))


def _point(rows: Sequence[InnerRow], form: Form, truth: Truth) -> InnerRow:
    return next(row for row in rows if truth in (row.answer if form is Form.REVIEW else row.holds))


def _window_table(requirement: r.Occur | r.Deem, norm: Norm, rows: Sequence[InnerRow]) -> Table:
    clocks = [clock for clock in Clock if clock in _possible_clocks(requirement.window, norm)]
    lines = []
    for act, name in _ACTS.items():
        found = [next(row for row in rows if act in row.act and clock in row.clock) for clock in clocks]
        lines.append((name, *(_verdict(row.verdict) + _deeming(row) for row in found)))
    return Table("要求本身", ("记录＼期限", *(_CLOCKS[clock] for clock in clocks)), tuple(lines))


def _deeming(row: InnerRow) -> str:
    return {Truth.YES: "（视为发生）", Truth.MAYBE: "（是否视为不明）", Truth.NO: ""}[row.deems]


def _possible_clocks(window: r.Window, norm: Norm) -> set[Clock]:
    found = {Clock.RUNNING, Clock.PASSED, Clock.UNKNOWN}
    if not isinstance(window, r.InPeriod | r.UntilClose):
        found.add(Clock.UNSURE)
    waits = isinstance(window, r.Within) and isinstance(window.start, r.AtFirst)
    restarts = any(isinstance(clause, r.Restart) and clause.origin is not None for clause in norm.exceptions)
    if waits or restarts or isinstance(window, r.UntilClose):
        found.add(Clock.IDLE)
    if any(isinstance(clause, r.Exclude) and clause.end is not None for clause in norm.exceptions):
        found.add(Clock.STOPPED)
    return found


def overlay_table(norm: Norm, overridden: bool) -> Table:
    """How the exceptions, the norms with priority and an unsure trigger change the verdict of the requirement."""
    dimensions = _dimensions(norm, overridden)
    heads = tuple(name for name, _, domain in dimensions if len(domain) > 1)
    lines = []
    for row in OVERLAY_ROWS:
        cells = [_cell(getattr(row, field), domain) for _, field, domain in dimensions]
        if all(cells):
            shown = [c or "" for c, (_, _, domain) in zip(cells, dimensions, strict=True) if len(domain) > 1]
            lines.append((*shown, _outcome(row)))
    return Table("叠加触发、例外与优先", (*heads, "结论"), tuple(lines))


def _dimensions(norm: Norm, overridden: bool) -> list[tuple[str, str, dict[object, str]]]:
    """Head, field of the row, and the values this norm can meet with their names."""
    defeats = [clause for clause in norm.exceptions if isinstance(clause, r.Defeat)]
    moving = len(defeats) < len(norm.exceptions) and isinstance(norm.requirement, r.Occur | r.Deem)
    inner = {row.verdict for row in INNER_ROWS if row.form is form_of(norm.requirement)}
    return [
        ("触发", "certain", {True: "确定", False: "不明"}),
        ("不适用", "defeat", _truths(bool(defeats))),
        ("优先规范", "prior", _truths(overridden)),
        ("事后例外", "cured", _truths(any(d.afterwards for d in defeats))),
        ("期限变动", "unsure", {False: "确定", True: "不明"} if moving else {False: "确定"}),
        ("要求本身", "inner", {v: VERDICT_NAMES[v] for v in Verdict if v in inner}),
    ]


def _truths(possible: bool) -> dict[object, str]:
    return {truth: name for truth, name in _TRUTHS.items() if possible or truth is Truth.NO}


def _cell(allowed: frozenset[T], domain: dict[object, str]) -> str:
    """Names of the values of the domain that the row allows; empty if none, 任意 if all of several."""
    names = [name for value, name in domain.items() if value in allowed]
    if len(names) == len(domain) > 1:
        return "任意"
    return "、".join(names)


def _outcome(row: OverlayRow) -> str:
    if row.keeps_inner:
        return "同要求本身"
    return "不列出" if row.verdict is None else VERDICT_NAMES[row.verdict]


def _verdict(verdict: Verdict) -> str:
    return VERDICT_NAMES[verdict]
