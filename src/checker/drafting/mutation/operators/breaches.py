"""The breach counted as something else: of another category, graver or lighter."""

from collections.abc import Iterator
from typing import Final

from checker.drafting.mutation.mutant import Change, Others, alone, turned
from checker.model.norm import Category, Norm, Severity
from checker.model.requirements import Deem

_GRAVITY: Final = list(Severity)


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Both, once each; what is only deemed is never breached."""
    if isinstance(norm.requirement, Deem):
        return
    held = norm.breach
    category = next(one for one in Category if one is not held.category)
    at = _GRAVITY.index(held.severity)
    severity = _GRAVITY[at + 1] if at + 1 < len(_GRAVITY) else _GRAVITY[at - 1]
    for change, told in (
        ({"category": category}, turned(held.category, category)),
        ({"severity": severity}, turned(f"情节 {held.severity}", f"情节 {severity}")),
    ):
        yield alone(others, norm.model_copy(update={"breach": held.model_copy(update=change)}), told)
