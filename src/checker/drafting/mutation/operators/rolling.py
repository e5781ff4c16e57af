"""A last day on a rest day moves on, or no longer does."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone
from checker.drafting.mutation.places import spots, spots_of
from checker.model.node import Node
from checker.model.norm import Norm
from checker.model.requirements import FromAttribute, Within
from checker.model.values import Period, Unit


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Norms that count a period which may end on a rest day: in working days or hours none does."""
    if any(True for _ in spots_of(norm, Within)) and any(_may_rest(node, others) for _, node in spots(norm)):
        roll = not norm.counting.roll
        told = "「末日不顺延」改为「末日遇休假日顺延」" if roll else "「末日遇休假日顺延」改为「末日不顺延」"
        yield alone(others, norm.model_copy(update={"counting": norm.counting.model_copy(update={"roll": roll})}), told)


def _may_rest(node: Node, others: Others) -> bool:
    """A date that the record states never moves; a period that it states may be of any unit but hours."""
    if isinstance(node, Period):
        return any(part.unit not in (Unit.HOUR, Unit.WORKDAY) for part in node.parts)
    if not isinstance(node, FromAttribute):
        return False
    vocabulary = others.rules.vocabulary
    declared = [act.attributes for act in vocabulary.acts.values()] + [vocabulary.case_attributes]
    return any(held[name].name == "期间" for held in declared if (name := node.attribute.name) in held)
