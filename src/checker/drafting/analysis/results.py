"""What an analysis says: one claim about norms, with cases that show it, or why it must be so, or why it is open."""

from __future__ import annotations

import datetime as dt

from checker.model.case import Case
from checker.model.finding import Verdict
from checker.model.node import Node
from checker.model.norm import Norm
from checker.model.place import Span


class Named(Node):
    """A norm the claim is about, and where it stands."""

    norm: str
    version: str
    span: Span | None
    text: str


class Expected(Node):
    """What the row evaluator must find again for the case to show what it is said to show.

    ``verdict`` None: nothing at all is found of the norm at that anchor (None: at any).
    """

    norm: str
    verdict: Verdict | None
    anchor: str | None = None


class Shown(Node):
    """A case at a date that shows the claim, or one half of it; ``says`` is that half in words."""

    says: str
    case: Case
    as_of: dt.date
    expect: tuple[Expected, ...]


class Result(Node):
    """One answer. ``proof`` says why it must be so and within which bound; ``open`` why it could not be decided."""

    kind: str
    norms: tuple[Named, ...]
    claim: str
    shown: tuple[Shown, ...] = ()
    proof: str = ""
    open: str = ""
    about: str = ""
    """What it is about where that is no norm: an act, an organ, a kind of case."""

    @property
    def is_open(self) -> bool:
        """Neither shown nor proved: 未能判定."""
        return bool(self.open)

    @property
    def ids(self) -> tuple[str, ...]:
        """The norms by their ids, in order."""
        return tuple(dict.fromkeys(one.norm for one in self.norms))


def named(*norms: Norm) -> tuple[Named, ...]:
    """The norms as a result names them."""
    return tuple(Named(norm=n.id, version=n.version, span=n.span, text=n.text) for n in norms)
