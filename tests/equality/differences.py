"""Two lists of findings compared; where they differ, what a person needs to see why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from checker.model.case import Case
from checker.model.finding import Finding
from checker.model.node import Node
from checker.model.norm import RuleSet


def bare(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings without their prose."""
    return tuple(f.model_copy(update={"explanation": ""}) for f in findings)


def difference(rules: RuleSet, case: Case, expected: Sequence[Finding], actual: Sequence[Finding]) -> str:
    """Empty if both agree in every field but the explanation, and in order."""
    left, right = bare(expected), bare(actual)
    if left == right:
        return ""
    lines = ["", "oracle and engine differ"]
    places = dict.fromkeys((f.norm, f.version, f.anchor) for f in (*left, *right))
    for place in places:
        mine, theirs = _at(left, place), _at(right, place)
        if mine != theirs:
            lines += [f"at {place}", *_fields(mine, theirs), *_norms(rules, place)]
    if len(lines) == 2:
        lines += [
            "only the order differs",
            *(f"oracle {_place(f)}" for f in left),
            *(f"engine {_place(f)}" for f in right),
        ]
    lines += [shown(event) for event in case.events]
    lines.append(shown(case.model_copy(update={"events": ()})))
    return "\n".join(lines)


def shown(value: Any) -> str:
    """A value without its defaults, on one line."""
    if isinstance(value, Node):
        stated = {n: getattr(value, n) for n in type(value).model_fields if n in value.model_fields_set and n != "tag"}
        return f"{type(value).__name__}({', '.join(f'{n}={shown(v)}' for n, v in stated.items())})"
    if isinstance(value, tuple):
        return f"({', '.join(shown(part) for part in value)})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {shown(part)}' for name, part in value.items())}}}"
    return str(value)


def _place(finding: Finding) -> tuple[str, str, str]:
    return (finding.norm, finding.version, finding.anchor)


def _at(findings: Sequence[Finding], place: tuple[str, str, str]) -> list[Finding]:
    return [f for f in findings if _place(f) == place]


def _fields(mine: list[Finding], theirs: list[Finding]) -> list[str]:
    if len(mine) != 1 or len(theirs) != 1:
        return [f"  oracle: {mine}", f"  engine: {theirs}"]
    pairs = ((name, getattr(mine[0], name), getattr(theirs[0], name)) for name in Finding.model_fields)
    return [f"  {name}: oracle {a!r}, engine {b!r}" for name, a, b in pairs if a != b]


def _norms(rules: RuleSet, place: tuple[str, str, str]) -> list[str]:
    return [f"  {shown(n)}" for n in rules.norms if (n.id, n.version) == place[:2]]
