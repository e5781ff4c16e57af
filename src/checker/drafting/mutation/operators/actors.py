"""Another organ in the place of the one named, or none."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, at, left_out, turned
from checker.drafting.mutation.places import exchanged, spots
from checker.explain.phrases import actor_phrase
from checker.model.expressions import Actor, ActorIs, OrganActor, Pattern
from checker.model.norm import Norm
from checker.model.vocabulary import Vocabulary


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each actor of an act, and each 由."""
    for path, node in spots(norm):
        if isinstance(node, Pattern | ActorIs) and node.actor is not None:
            other = another(node.actor, others.rules.vocabulary)
            if other is not None:
                told = at(norm, path, turned(actor_phrase(node.actor), other))
                yield alone(others, exchanged(norm, (*path, "actor"), OrganActor(names=(other,))), told)
            if isinstance(node, Pattern):
                told = at(norm, path, f"{'、'.join(node.acts)}的主体{left_out(actor_phrase(node.actor))}")
                yield alone(others, exchanged(norm, (*path, "actor"), None), told)


def another(actor: Actor, vocabulary: Vocabulary) -> str | None:
    """The first declared organ that is none of those named, nor one of theirs."""
    named = actor.names if isinstance(actor, OrganActor) else ()
    kinds = (name for name, parent in vocabulary.organs.items() if parent is None)
    apart = (
        kind
        for kind in kinds
        if all(vocabulary.organ_is(kind, one) is False and vocabulary.organ_is(one, kind) is False for one in named)
    )
    return next(apart, None)
