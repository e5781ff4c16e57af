"""What the head of a pack says for all its norms: how long it is in force, to which cases it applies."""

from collections.abc import Iterator

from checker.drafting.mutation.dates import moved_ends
from checker.drafting.mutation.mutant import Change, Mutant, Operator, Others
from checker.model.expressions import All, Condition
from checker.model.norm import Norm, RuleSet


def head_condition(rules: RuleSet, pack: str) -> Condition | None:
    """The first part of the condition under which every norm of the pack applies, if it is the same in all."""
    firsts = [_parts(norm)[:1] for norm in rules.norms if norm.pack == pack]
    if not firsts or not all(firsts):
        return None
    return firsts[0][0] if all(repr(one) == repr(firsts[0]) for one in firsts) else None


def without_head(norm: Norm, head: Condition | None) -> Norm:
    """The norm with only what it says itself of the cases to which it applies."""
    if head is None:
        return norm
    return norm.model_copy(update={"applies": _joined(_parts(norm)[1:])})


def with_head(norm: Norm, head: Condition | None) -> Norm:
    """The other way round."""
    return norm if head is None else norm.model_copy(update={"applies": _joined((head, *_parts(norm)))})


def validity_mutants(rules: RuleSet, pack: str) -> Iterator[Mutant]:
    """The head a day off at either end, for all norms that follow it."""
    held = rules.pack(pack).valid
    for name, _, told in moved_ends(held):
        moved = {
            n: norm.model_copy(update={"valid": valid})
            for n, norm in enumerate(rules.norms)
            if norm.pack == pack and getattr(norm.valid, name) == getattr(held, name)
            for end, valid, said in moved_ends(norm.valid)
            if end == name and said == told
        }
        if moved:
            yield Mutant("validity", Change(moved, told))


def scope_mutants(rules: RuleSet, pack: str, name: str, operator: Operator) -> Iterator[Mutant]:
    """What an operator does to the condition that all norms of the pack share."""
    head = head_condition(rules, pack)
    if head is None:
        return
    places = [n for n, norm in enumerate(rules.norms) if norm.pack == pack]
    bare = rules.norms[places[0]].model_copy(update={"applies": head})
    for change in operator(bare, Others(rules, places[0])):
        changed = change.norms.get(places[0])
        if changed is not None and changed.applies is not None and repr(changed.applies) != repr(head):
            norms: dict[int, Norm | None] = {
                n: with_head(without_head(rules.norms[n], head), changed.applies) for n in places
            }
            yield Mutant(name, Change(norms, change.told))


def _parts(norm: Norm) -> tuple[Condition, ...]:
    if norm.applies is None:
        return ()
    return norm.applies.of if isinstance(norm.applies, All) else (norm.applies,)


def _joined(parts: tuple[Condition, ...]) -> Condition | None:
    return None if not parts else parts[0] if len(parts) == 1 else All(of=parts)
