"""How a fixture stands after its run: passed, failed, or a known gap (待办) that may fail until a date."""

import datetime as dt
from enum import StrEnum

from checker.drafting.fixtures import Comparison
from checker.model.case import Fixture


class Standing(StrEnum):
    """What became of a fixture; only the first two do not spoil a run."""

    PASSED = "passed"
    GAP = "gap"
    """Fails, as its 待办 says it may."""
    FAILED = "failed"
    EXPIRED = "expired"
    """Fails, and the 待办 is past its date."""
    CLOSED = "closed"
    """Passes, so that the 待办 has to go."""

    @property
    def is_fine(self) -> bool:
        """Whether the run may go on as green."""
        return self in (Standing.PASSED, Standing.GAP)


def standing_of(fixture: Fixture, comparison: Comparison, today: dt.date | None) -> Standing:
    """The standing on a day; without one no 待办 expires. A norm that does not exist is excused by nothing."""
    if fixture.todo is None:
        return Standing.PASSED if comparison.passed else Standing.FAILED
    if comparison.passed:
        return Standing.CLOSED
    if not all(miss.known for miss in comparison.misses):
        return Standing.FAILED
    return Standing.EXPIRED if today is not None and today > fixture.todo.until else Standing.GAP
