"""The values of the sets that conditions name, and the declared ones outside them."""

from collections.abc import Iterable

from checker.drafting.coverage.places import Inner, Places
from checker.model import expressions as x
from checker.model.values import Scalar
from checker.model.vocabulary import Vocabulary


def set_values(condition: x.Condition) -> tuple[Scalar, ...]:
    """What a set of several names, each once; of one, the condition itself says enough."""
    match condition:
        case x.Member(values=values):
            found: tuple[Scalar, ...] = tuple(dict.fromkeys(values))
        case x.ActorIs(actor=x.OrganActor(names=names)):
            found = tuple(dict.fromkeys(names))
        case _:
            return ()
    return found if len(found) > 1 else ()


def outside_values(
    condition: x.Condition, inner: Inner | None, places: Places, vocabulary: Vocabulary
) -> tuple[Scalar, ...]:
    """The declared values of an enumeration that 属于 leaves out."""
    if not isinstance(condition, x.Member) or not isinstance(condition.item, x.Attribute):
        return ()
    choices = _choices(condition.item, inner, places, vocabulary)
    return tuple(choice for choice in choices if choice not in condition.values)


def _choices(item: x.Attribute, inner: Inner | None, places: Places, vocabulary: Vocabulary) -> Iterable[str]:
    opening = next((one.pattern.acts for one in places.inners if one.key == "anchor"), ())
    match item.of:
        case x.CaseSubject():
            declared = [vocabulary.kinds] if item.name == "类型" else []
            declared += [vocabulary.case_attributes[item.name].choices] if not declared else []
            return [choice for choices in declared for choice in choices]
        case x.SelfEvent():
            acts = opening if inner is None else inner.pattern.acts
        case x.AnchorEvent():
            acts = opening
        case x.LastEvent(pattern=pattern) | x.NthEvent(pattern=pattern):
            acts = pattern.acts
    types = [vocabulary.acts[act].attributes.get(item.name) for act in acts if act in vocabulary.acts]
    return dict.fromkeys(choice for one in types if one is not None for choice in one.choices)
