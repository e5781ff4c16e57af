"""Strong Kleene logic over :class:`checker.engines.facts.Truth`."""

from collections.abc import Iterable

from checker.engines.facts import Truth

NO, YES, MAYBE = Truth.NO, Truth.YES, Truth.MAYBE


def truth_of(value: bool | None) -> Truth:
    """A Python answer, None meaning unknown."""
    if value is None:
        return MAYBE
    return YES if value else NO


def negation(value: Truth) -> Truth:
    """非."""
    if value is MAYBE:
        return MAYBE
    return NO if value is YES else YES


def conjunction(values: Iterable[Truth]) -> Truth:
    """且: false if one is false, else unknown if one is unknown. Stops reading at the first false one."""
    result = YES
    for value in values:
        if value is NO:
            return NO
        if value is MAYBE:
            result = MAYBE
    return result


def disjunction(values: Iterable[Truth]) -> Truth:
    """或: true if one is true, else unknown if one is unknown. Stops reading at the first true one."""
    result = NO
    for value in values:
        if value is YES:
            return YES
        if value is MAYBE:
            result = MAYBE
    return result
