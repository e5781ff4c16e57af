"""The derivation of a due date: the same computation, with its steps kept and put into words."""

from collections.abc import Callable, Sequence
from datetime import date

from checker.calendars.amount import Amount
from checker.calendars.calendar import Calendar
from checker.calendars.due import Due, back, due_day, stated_day
from checker.calendars.sentences import sentence
from checker.calendars.steps import Step
from checker.model.node import Node
from checker.model.norm import Counting


class Derivation(Node):
    """A due date with every step that led to it; fields as in :class:`checker.calendars.due.Due`."""

    start: date
    raw: date
    day: date
    low: date
    high: date
    provisional: bool
    missing_year: int | None
    steps: tuple[Step, ...]

    def sentences(self) -> tuple[str, ...]:
        """Every step as a Chinese sentence, without full stops."""
        return tuple(sentence(step) for step in self.steps)


def derive(
    calendar: Calendar,
    start: date,
    amount: Amount,
    counting: Counting,
    exclusions: Sequence[tuple[date, date]] = (),
) -> Derivation:
    """As :func:`checker.calendars.due.due_day`, with dates and steps."""
    spans = [(first.toordinal(), resumed.toordinal()) for first, resumed in exclusions]
    return _derived(start, lambda steps: due_day(calendar, start.toordinal(), amount, counting, spans, steps))


def derive_stated(
    calendar: Calendar, start: date, day: date, amount: Amount, exclusions: Sequence[tuple[date, date]] = ()
) -> Derivation:
    """As :func:`checker.calendars.due.stated_day`, with dates and steps."""
    spans = [(first.toordinal(), resumed.toordinal()) for first, resumed in exclusions]
    first, last = start.toordinal(), day.toordinal()
    return _derived(start, lambda steps: stated_day(calendar, first, last, amount, spans, steps))


def derive_back(calendar: Calendar, day: date, amount: Amount) -> Derivation:
    """As :func:`checker.calendars.due.back`, with dates and steps."""
    return _derived(day, lambda steps: back(calendar, day.toordinal(), amount, steps))


def _derived(start: date, compute: Callable[[list[Step]], Due]) -> Derivation:
    steps: list[Step] = []
    due = compute(steps)
    raw, day, low, high = (date.fromordinal(ordinal) for ordinal in due[:4])
    return Derivation(
        start=start,
        raw=raw,
        day=day,
        low=low,
        high=high,
        provisional=due.provisional,
        missing_year=due.missing_year,
        steps=tuple(steps),
    )
