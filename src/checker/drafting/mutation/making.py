"""All mutants of a norm, or of the head of a pack: every operator in the folder, each different meaning once."""

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

from checker.drafting.mutation import operators
from checker.drafting.mutation.heads import (
    head_condition,
    scope_mutants,
    validity_mutants,
    with_head,
    without_head,
)
from checker.drafting.mutation.mutant import Change, Mutant, Operator, Others
from checker.drafting.normal import meaning_of
from checker.model.expressions import Condition
from checker.model.norm import Norm, RuleSet


@cache
def known_operators() -> tuple[tuple[str, Operator], ...]:
    """The operators by name, in order."""
    names = sorted(module.name for module in pkgutil.iter_modules(operators.__path__))
    return tuple((name, import_module(f"{operators.__name__}.{name}").changes) for name in names)


def mutants_of(rules: RuleSet, position: int) -> tuple[Mutant, ...]:
    """The mutants of one version of a norm: of what it says itself, not of what the head of its pack says for all."""
    norm = rules.norms[position]
    head = head_condition(rules, norm.pack)
    bare = without_head(norm, head)
    made = (
        Mutant(name, _completed(change, position, head))
        for name, operator in known_operators()
        for change in operator(bare, Others(rules, position))
    )
    return tuple(_different(rules, made))


def head_mutants(rules: RuleSet, pack: str) -> tuple[Mutant, ...]:
    """The mutants of what the head of a pack says for all its norms."""
    scopes = (one for name, operator in known_operators() for one in scope_mutants(rules, pack, name, operator))
    return tuple(_different(rules, (*validity_mutants(rules, pack), *scopes)))


def _completed(change: Change, position: int, head: Condition | None) -> Change:
    norm = change.norms[position]
    return change if norm is None else change._replace(norms={**change.norms, position: with_head(norm, head)})


def _different(rules: RuleSet, mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """Those that say something else than the rules and than any before."""
    seen: set[str] = set()
    for mutant in mutants:
        changed = sorted(mutant.change.norms.items())
        said = repr([(n, _meaning(norm)) for n, norm in changed])
        if said not in seen and any(_meaning(norm) != _meaning(rules.norms[n]) for n, norm in changed):
            seen.add(said)
            yield mutant


def _meaning(norm: Norm | None) -> object:
    return None if norm is None else meaning_of(norm)
