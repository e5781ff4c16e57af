"""Dates of one case that cannot both be right: an act dated before the one that opens its period."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from checker.cases.ledger.reading.facts import Facts, Told
from checker.cases.problems import Refusal


class _At(NamedTuple):
    """An event, by its row and its place among the events of that row."""

    facts: Facts
    number: int

    @property
    def told(self) -> Told:
        """The event as it is now."""
        return self.facts.events[self.number]


def doubt_earlier(rows: Sequence[Facts]) -> None:
    """Of the rows of a case: which of the two dates is wrong nobody can say, so neither is kept.

    In a sheet of cases the dates of one row are compared, in a sheet of events those of the whole case.
    """
    for not_before, events in _groups(rows):
        wrong = [pair for act, firsts in not_before.items() for pair in _wrong(events, act, firsts)]
        for late, first in wrong:  # all are told before any date is dropped
            _doubt(late, first)
        for at in (one for pair in wrong for one in pair):
            at.facts.events[at.number] = at.told._replace(date=None)


def _groups(rows: Sequence[Facts]) -> Iterator[tuple[Mapping[str, tuple[str, ...]], list[_At]]]:
    """The events to be compared with each other, and which of them come first."""
    whole: dict[int, tuple[Mapping[str, tuple[str, ...]], list[_At]]] = {}
    for facts in rows:
        sheet = facts.spot.bound.sheet
        if not sheet.not_before:
            continue
        events = [_At(facts, n) for n in range(len(facts.events))]
        if sheet.form == "event":
            whole.setdefault(id(facts.spot.bound), (sheet.not_before, []))[1].extend(events)
        else:
            yield sheet.not_before, events
    yield from whole.values()


def _wrong(events: Sequence[_At], act: str, firsts: Sequence[str]) -> Iterator[tuple[_At, _At]]:
    """The events of an act that are dated before all that open its periods, each with the first of these.

    Before one of several is no wonder: judgment is given before the appeal is taken in, too.
    """
    openings = [(_day(at.told.date), n, at) for n, at in enumerate(events) if at.told.act in firsts]
    known = [(day, n, at) for day, n, at in openings if day is not None]
    if not known or len(known) < len(openings):
        return
    earliest, _, opening = min(known, key=lambda one: one[:2])
    for at in events:
        day = _day(at.told.date)
        if at.told.act == act and day is not None and day < earliest:
            yield at, opening


def _day(date: object) -> dt.date | None:
    if isinstance(date, dt.datetime):
        return date.date()
    return date if isinstance(date, dt.date) else None


def _doubt(late: _At, first: _At) -> None:
    day, other = _day(late.told.date), _day(first.told.date)
    act, opening = late.told.act, first.told.act
    refusal = Refusal(
        "date-before",
        f"「{act}」{day} 早于「{opening}」{other}，请查对",
        help=f"改正写错的日期；确实可以更早的，从对照的「不早于」里删去「{act}」一行",
    )
    meanwhile = f"本案已读入，「{act}」「{opening}」都按有记录、日期不明处理"
    late.facts.doubt(refusal, late.told.spot.column, meanwhile, (first.told.spot, f"「{opening}」写在这里"))
