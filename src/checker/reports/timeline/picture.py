"""A whole timeline: every mark with its place, in units of a picture that is :data:`WIDTH` wide."""

import datetime as dt
from typing import Final, NamedTuple

from checker.reports.timeline.bars import Bar, bar_of, words
from checker.reports.timeline.facts import Facts, Happening
from checker.reports.timeline.flags import COLUMN, LONGEST, MOST_FLAGS, Flag, cut, lanes, room_of
from checker.reports.timeline.scale import Scale, scale_of
from checker.reports.timeline.ticks import Tick, ticks_of

WIDTH: Final = 860.0
LANE: Final = 18
ROW: Final = 36
_LEFT: Final = 14.0
_RIGHT: Final = 24.0
_UNDER: Final = 30
"""Room for the dates under the line."""


class Cut(NamedTuple):
    """Where the line is shortened, and by how much."""

    x: float
    text: str


class AsOf(NamedTuple):
    """The line of the as-of date; its words begin at ``text_x``."""

    x: float
    text: str
    text_x: float


class Picture(NamedTuple):
    """``axis`` is the height at which the line stands; rows of bars begin ``ROW`` apart under it."""

    height: int
    axis: int
    first_row: int
    line: tuple[float, float]
    ticks: tuple[Tick, ...]
    cuts: tuple[Cut, ...]
    flags: tuple[Flag, ...]
    dots: tuple[float, ...]
    bars: tuple[Bar, ...]
    as_of: AsOf
    summary: str


def picture_of(facts: Facts) -> Picture:
    """The timeline of a case; a case without any day has one all the same, with the as-of date alone."""
    scale = scale_of(facts.days)
    named, others = _named(facts)
    labels = [_label(one) for one in named]
    span = _span(scale, named, labels)

    def place(day: dt.date) -> float:
        return _LEFT + scale.at(day) * span

    heights = lanes([place(one.day) for one in named], [room_of(label) for label in labels])
    axis = LANE * (max(heights, default=-1) + 1) + 26
    first_row = axis + _UNDER
    bars = tuple(bar_of(window, place, facts.as_of, WIDTH) for window in facts.windows)
    return Picture(
        first_row + ROW * len(bars) + LANE,
        axis,
        first_row,
        (_LEFT, round(_LEFT + span, 1)),
        ticks_of(scale, _LEFT, span, WIDTH),
        tuple(_cut(one.start, one.end, one.days, span) for one in scale.breaks),
        tuple(
            Flag(round(place(one.day), 1), lane, label, one.full, one.is_later)
            for one, lane, label in zip(named, heights, labels, strict=True)
        ),
        tuple(round(place(one.day), 1) for one in others),
        bars,
        _as_of(facts.as_of, place(facts.as_of)),
        summary_of(facts),
    )


def summary_of(facts: Facts) -> str:
    """The picture in words, for whoever does not see it."""
    days = facts.days
    parts = [f"{days[0]} 至 {days[-1]}", f"有日期的事件 {len(facts.happenings)}个"]
    parts += [words(window.finding) for window in facts.windows]
    return f"{'；'.join(parts)}；截至 {facts.as_of}。下面的文字表内容相同。"


def _named(facts: Facts) -> tuple[list[Happening], list[Happening]]:
    """The events that get words, and the others; where there are too many, those that findings rest on come first."""
    wanted = {id_ for window in facts.windows for id_ in window.finding.evidence}
    chosen = sorted(range(len(facts.happenings)), key=lambda n: (facts.happenings[n].id not in wanted, n))[:MOST_FLAGS]
    picked = set(chosen)
    both: tuple[list[Happening], list[Happening]] = ([], [])
    for n, one in enumerate(facts.happenings):
        both[n not in picked].append(one)
    return both


def _label(one: Happening) -> str:
    later = "（截至日之后）" if one.is_later else ""
    return cut(one.label, LONGEST - (14 if later else 0)) + later


def _span(scale: Scale, named: list[Happening], labels: list[str]) -> float:
    """How wide the line may be, so that no label ends outside of the picture."""
    span = WIDTH - _LEFT - _RIGHT
    for one, label in zip(named, labels, strict=True):
        share = scale.at(one.day)
        if share > 0:
            span = min(span, (WIDTH - _LEFT - room_of(label) - COLUMN) / share)
    return span


def _cut(start: float, end: float, days: int, span: float) -> Cut:
    return Cut(round(_LEFT + (start + end) / 2 * span, 1), f"{days}日")


def _as_of(day: dt.date, x: float) -> AsOf:
    text = f"截至 {day}"
    return AsOf(round(x, 1), text, round(max(0.0, min(x + 4, WIDTH - room_of(text))), 1))
