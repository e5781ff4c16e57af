"""Which values a drafter could have written for what a condition asks about."""

from checker.model.dependencies import parts_of
from checker.model.expressions import ActorOf, Attribute, CaseSubject, Expression, Pattern
from checker.model.norm import Norm, RuleSet


def choices_of(norm: Norm, item: Expression, rules: RuleSet) -> tuple[str, ...]:
    """The declared values in order; nothing where any value could be written."""
    vocabulary = rules.vocabulary
    if isinstance(item, ActorOf):
        return tuple(name for name, parent in vocabulary.organs.items() if parent is None)
    if not isinstance(item, Attribute):
        return ()
    if isinstance(item.of, CaseSubject):
        if item.name == "类型":
            return vocabulary.kinds
        declared = [vocabulary.case_attributes.get(item.name)]
    else:
        own = dict.fromkeys(act for part in parts_of(norm) if isinstance(part, Pattern) for act in part.acts)
        acts = [vocabulary.acts[act] for act in (*own, *vocabulary.acts) if act in vocabulary.acts]
        declared = [act.attributes.get(item.name) for act in acts]
    found = next((one for one in declared if one is not None), None)
    if found is None:
        return ()
    if found.name == "机关":
        return tuple(name for name, parent in vocabulary.organs.items() if parent is None)
    return found.choices
