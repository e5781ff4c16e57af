"""What the engine can carry, and whether a ruleset stays inside: a model of its network of comparisons.

The engine shares equal beginnings of patterns: each distinct comparison after the same beginning is a child of one
node. Beyond some numbers it fails or loops; they were measured on durable-rules 2.0.28 and read off its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.engines.infer.rules import KEYS, LARGEST, Comparison, Rule


class Limits(NamedTuple):
    """The most of each that a ruleset may have. ``rules`` is ours: a session costs memory for every rule."""

    rules: int = 128
    identical: int = 255
    """Rules on one identical pattern."""
    literals: int = 511
    """Children of one node; the engine finds them through one table of 512 places."""
    branches: int = 64
    """Comparisons waiting on the engine's stack while one fact is matched."""


@dataclass(slots=True)
class _Node:
    children: dict[Comparison, _Node] = field(default_factory=dict)
    rules: int = 0
    stack: int | None = None
    """As :func:`_stack` found it; None after a change below."""


class Network:
    """The comparisons of a growing ruleset, with what there is most of."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._root = _Node()
        self._rules = self._identical = self._literals = 0

    def add(self, rules: Iterable[Rule]) -> None:
        """Add rules, whether or not they fit."""
        for rule in rules:
            _check_form(rule)
            node = self._root
            for comparison in rule.when:
                node.stack = None
                child = node.children.setdefault(comparison, _Node())
                self._literals = max(self._literals, len(node.children))
                node = child
            node.rules += 1
            self._identical = max(self._identical, node.rules)
            self._rules += 1

    def excess(self) -> str | None:
        """The first limit exceeded, in Chinese; None if there is none."""
        limits = self._limits
        measured = (
            ("规则", self._rules, limits.rules),
            ("条件相同的规则", self._identical, limits.identical),
            ("同一处的比较值", self._literals, limits.literals),
            ("同时成立的分支", _stack(self._root), limits.branches),
        )
        return next((f"{name}有 {number} 个，超过 {most} 个" for name, number, most in measured if number > most), None)


def _stack(node: _Node) -> int:
    """The most comparisons that can wait at once below this node, one fact being matched.

    Of the ``eq`` comparisons of one property only one can match; every other comparison is taken to match.
    """
    if node.stack is None:
        exclusive = {comparison.key for comparison in node.children if comparison.operator == "eq"}
        width = len(exclusive) + sum(comparison.operator != "eq" for comparison in node.children)
        node.stack = max((width - 1 + _stack(child) for child in node.children.values()), default=1)
    return node.stack


def _check_form(rule: Rule) -> None:
    """A pattern of ours is a conjunction of known properties against small literals, nothing else."""
    for key, operator, value in rule.when:
        if key not in KEYS or operator not in ("eq", "neq", "gte", "lte") or not 0 <= value <= LARGEST:
            raise ValueError(f"rule {rule.name}: {key} {operator} {value} is not a comparison the engine may be given")
