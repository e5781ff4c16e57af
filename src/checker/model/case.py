"""A case record: what a file says happened, in its own order."""

import datetime as dt
from collections.abc import Mapping

from checker.model.diagnostic import Diagnostic
from checker.model.node import Node
from checker.model.place import Place
from checker.model.values import Value


class Event(Node):
    """One act in a case.

    ``position`` counts from 1 in the record. ``date``, ``actors``, ``document`` are None where the record is silent.
    ``attributes`` holds only what the record states; a value of None says "known to be none".
    """

    id: str
    position: int
    act: str
    date: dt.date | None = None
    time: dt.time | None = None
    actors: tuple[str, ...] | None = None
    document: tuple[str, ...] | None = None
    attributes: Mapping[str, Value] = {}
    place: Place | None = None


class Answer(Node):
    """A person's answer to a 人工认定 question. ``event`` is the anchor's printed form."""

    norm: str
    event: str
    answer: bool
    by: str = ""
    date: dt.date | None = None


class Extent(Node):
    """The time an organ's own record covers (起止); an open end runs to the as-of date."""

    first: dt.date
    last: dt.date | None = None


class Case(Node):
    """One case. ``covers`` None: every declared act; ``ordered`` False: the source has no order within a day.

    ``remarks`` are warnings met while reading; they spoil nothing.
    """

    id: str
    kind: str | None = None
    covers: frozenset[str] | None = None
    attributes: Mapping[str, Value] = {}
    events: tuple[Event, ...] = ()
    answers: tuple[Answer, ...] = ()
    extent: Extent | None = None
    ordered: bool = True
    place: Place | None = None
    remarks: tuple[Diagnostic, ...] = ()


class Expectation(Node):
    """One line of ``expect`` in a fixture: the keys given must agree, the others are free."""

    norm: str
    values: Mapping[str, object]
    place: Place | None = None


class Todo(Node):
    """待办: a known gap. The fixture may fail up to and including ``until``; later, or once it passes, this must go."""

    reason: str
    until: dt.date


class Fixture(Node):
    """A case with the findings that drafters expect at a date."""

    case: Case
    as_of: dt.date
    expect: tuple[Expectation, ...] = ()
    todo: Todo | None = None
