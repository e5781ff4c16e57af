"""The words a rule set declares: organs, acts with their attributes, attributes of the case."""

from collections.abc import Mapping

from checker.model.node import Node
from checker.model.values import ValueType


class Act(Node):
    """An act, with its attributes. ``parts`` are the document parts it may carry (文书 {…})."""

    name: str
    attributes: Mapping[str, ValueType] = {}
    parts: tuple[str, ...] = ()


class Vocabulary(Node):
    """All declared names. ``organs`` maps a kind or an instance to what it is one of (None at the top).

    ``suspending`` are the acts from which on some norm's period stands still until another act (中止 至 恢复): only
    recorded spans count, so where one of these may be missing from a record nothing can be said to be overdue.
    """

    organs: Mapping[str, str | None] = {}
    persons: tuple[str, ...] = ()
    acts: Mapping[str, Act] = {}
    case_attributes: Mapping[str, ValueType] = {}
    kinds: tuple[str, ...] = ()
    suspending: frozenset[str] = frozenset()

    def organ_is(self, actual: str, wanted: str) -> bool | None:
        """Whether ``actual`` is (one of) ``wanted``.

        None where ``actual`` is only the kind and ``wanted`` one instance of it: the record does not say which.
        """
        if self._reaches(actual, wanted):
            return True
        return None if self._reaches(wanted, actual) else False

    def _reaches(self, name: str, goal: str) -> bool:
        seen: set[str] = set()
        current: str | None = name
        while current is not None and current not in seen:
            if current == goal:
                return True
            seen.add(current)
            current = self.organs.get(current)
        return False
