"""Excluded intervals [start, end) of day ordinals: the day of 中止 is out, the day of 恢复 counts."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


def union(spans: Sequence[Span], first: int) -> tuple[Span, ...]:
    """The union, in order, without what lies before ``first``; empty intervals vanish."""
    merged: list[Span] = []
    for start, end in sorted((max(start, first), end) for start, end in spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def gaps(first: int, last: int, spans: Sequence[Span]) -> Iterator[Span]:
    """The stretches of [first, last] outside the spans, both ends included."""
    for start, end in spans:
        if start > last:
            break
        if first < start:
            yield first, start - 1
        first = max(first, end)
    if first <= last:
        yield first, last
