"""Three truth values, each with what supports it (when known) and what is missing (when unknown)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

NONE: frozenset[Any] = frozenset()


@dataclass(frozen=True)
class Truth:
    """``value`` None is unknown. ``support`` holds items of the record, ``missing`` printed names."""

    value: bool | None
    support: frozenset[Any] = NONE
    missing: frozenset[str] = NONE

    @property
    def yes(self) -> bool:
        return self.value is True

    @property
    def no(self) -> bool:
        return self.value is False

    @property
    def maybe(self) -> bool:
        return self.value is None

    @property
    def possible(self) -> bool:
        return self.value is not False


YES = Truth(True)
NO = Truth(False)


def unknown(*names: str) -> Truth:
    return Truth(None, NONE, frozenset(names))


def unknown_for(names: frozenset[str]) -> Truth:
    return Truth(None, NONE, names)


def known(value: bool) -> Truth:
    return YES if value else NO


def union(sets: Iterable[frozenset[Any]]) -> frozenset[Any]:
    result: frozenset[Any] = NONE
    for each in sets:
        result |= each
    return result


def conjunction(parts: Iterable[Truth]) -> Truth:
    parts = list(parts)
    if any(part.no for part in parts):
        return Truth(False, union(part.support for part in parts if part.no))
    if any(part.maybe for part in parts):
        return unknown_for(union(part.missing for part in parts if part.maybe))
    return Truth(True, union(part.support for part in parts))


def negation(part: Truth) -> Truth:
    return part if part.value is None else Truth(not part.value, part.support)


def disjunction(parts: Iterable[Truth]) -> Truth:
    return negation(conjunction([negation(part) for part in parts]))
