"""Many norms over several processes: the results come in the order of the rules, however many processes there are."""

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from checker.calendars.calendar import Calendar
from checker.drafting.mutation.board import Board
from checker.drafting.mutation.results import Unit
from checker.drafting.mutation.trial import Subject, Ways, try_subject
from checker.drafting.processes import over_processes

_AT_ONCE: Final = 6
"""So many norms are handed to a process together: the fixtures go with them."""


class Task(NamedTuple):
    """Some subjects of one pack with the fixtures that may reach them."""

    boards: tuple[Board, ...]
    subjects: tuple[Subject, ...]


def tasks_of(boards: Sequence[Board], subjects: Sequence[Subject]) -> Iterator[Task]:
    """The subjects of one pack in parts."""
    for first in range(0, len(subjects), _AT_ONCE):
        yield Task(tuple(boards), tuple(subjects[first : first + _AT_ONCE]))


def run_tasks(tasks: Sequence[Task], calendar: Calendar, ways: Ways, jobs: int | None) -> Iterator[tuple[Unit, ...]]:
    """What came of each task, in order."""
    wanted = min(jobs or len(os.sched_getaffinity(0)), len(tasks))
    if wanted <= 1:
        yield from (_run((task, calendar, ways)) for task in tasks)
        return
    yield from over_processes(_run, _inputs(tasks, calendar, ways), wanted)


def _inputs(tasks: Iterable[Task], calendar: Calendar, ways: Ways) -> Iterator[tuple[Task, Calendar, Ways]]:
    return ((task, calendar, ways) for task in tasks)


def _run(given: tuple[Task, Calendar, Ways]) -> tuple[Unit, ...]:
    task, calendar, ways = given
    return tuple(try_subject(task.boards, subject, calendar, ways) for subject in task.subjects)
