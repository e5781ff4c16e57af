"""Who did it: the actor of an event against organs, roles, or an attribute of the anchor (semantics §2)."""

from typing import Protocol

from checker.engines.facts import Truth
from checker.engines.ground.scope import Scope
from checker.engines.ground.truth import MAYBE, NO, YES
from checker.engines.ground.view import Seen
from checker.model.expressions import AnchorActor
from checker.model.vocabulary import Vocabulary


class ActorTest(Protocol):
    """Whether one of the actors of an event is meant."""

    def owed_by(self, scope: Scope) -> tuple[str, ...] | None:
        """The names meant, as printed for the bearer of a duty; None where the record does not say."""

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """Its value at an event."""

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """Add the names of the facts that would settle it."""


class NamedActor:
    """Any of the organs, instances or roles named; the answers for all declared organs are looked up."""

    __slots__ = ("maybe", "names", "sure")

    def __init__(self, names: tuple[str, ...], sure: frozenset[str], maybe: frozenset[str]) -> None:
        self.names = names
        self.sure = sure
        self.maybe = maybe

    def owed_by(self, _: Scope) -> tuple[str, ...] | None:
        """The names as written."""
        return self.names

    def truth(self, _: Scope, at: Seen) -> Truth:
        """§2: unknown actors are unknown; else any actor that is any of the names."""
        if at.actors is None:
            return MAYBE
        if not self.sure.isdisjoint(at.actors):
            return YES
        return NO if self.maybe.isdisjoint(at.actors) else MAYBE

    def missing(self, _: Scope, at: Seen, out: set[str]) -> None:
        """The actor of the event."""
        out.add(f"{at.id}.主体")


class AnchorNamedActor:
    """Whom an attribute of the anchor's root event names, or who did that event."""

    __slots__ = ("attribute", "is_doer", "vocabulary")

    def __init__(self, actor: AnchorActor, vocabulary: Vocabulary) -> None:
        self.attribute = actor.attribute
        self.is_doer = actor.is_doer
        self.vocabulary = vocabulary

    def owed_by(self, scope: Scope) -> tuple[str, ...] | None:
        """The members of the attribute's value, or the actors."""
        if self.is_doer:
            return scope.root.actors if scope.root else None
        value = scope.root.attributes.get(self.attribute) if scope.root else None
        if value is None:
            return None
        return tuple(str(v) for v in value) if isinstance(value, tuple) else (str(value),)

    def truth(self, scope: Scope, at: Seen) -> Truth:
        """§2: unknown where the attribute or the actors are."""
        names = self.owed_by(scope)
        if at.actors is None or names is None:
            return MAYBE
        answers = [self.vocabulary.organ_is(actor, name) for actor in at.actors for name in names]
        if True in answers:
            return YES
        return MAYBE if None in answers else NO

    def missing(self, scope: Scope, at: Seen, out: set[str]) -> None:
        """The attribute of the anchor, or else the actor of the event."""
        if self.owed_by(scope) is None:
            out.add(f"{scope.root.id if scope.root else scope.spot.id}.{self.attribute}")
        if at.actors is None or self.owed_by(scope) is not None:
            out.add(f"{at.id}.主体")
