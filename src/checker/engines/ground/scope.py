"""Where a condition is read: the case, the anchor's root, the place of the anchor, and the horizon of an exception."""

from collections.abc import Callable
from typing import Final, Protocol

from checker.engines.facts import Truth
from checker.engines.ground.truth import YES
from checker.engines.ground.view import Seen, View


class Unknown:
    """The value of what the record does not say."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()

Horizon = Callable[[Seen], Truth]


HorizonNames = Callable[[Seen, set[str]], None]


def everything(_: Seen) -> Truth:
    """The horizon that hides nothing."""
    return YES


def nothing_named(_: Seen, __: set[str]) -> None:
    """What is unknown about it: nothing."""


class Scope:
    """One anchor being evaluated.

    ``root`` is the root event (None for period anchors), ``spot`` what self means at the top: the root itself, or the
    place of a synthetic anchor. ``horizon`` is what ``Occurred`` sees at the top of an exception,
    ``horizon_missing`` names why an event's place relative to it is unknown.
    """

    __slots__ = ("horizon", "horizon_missing", "root", "spot", "view")

    def __init__(self, view: View, root: Seen | None, spot: Seen) -> None:
        self.view = view
        self.root = root
        self.spot = spot
        self.horizon: Horizon = everything
        self.horizon_missing: HorizonNames = nothing_named


class Condition(Protocol):
    """A compiled condition. ``missing`` is asked only where it is unknown, ``support`` only where it is ``wanted``."""

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Its value at an event."""

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Add the names of the facts that would settle it."""

    def support(self, scope: Scope, at: Seen, wanted: bool, out: set[str]) -> None:
        """Add the ids of the events its value rests on."""


class Expression(Protocol):
    """A compiled expression; None is "known to be none"."""

    def value(self, scope: Scope, at: Seen) -> object:
        """Its value at an event, or UNKNOWN."""

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Add the names of the facts that would settle it."""

    def support(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Add the ids of the other events it names."""
