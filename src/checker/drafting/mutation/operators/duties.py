"""The whole norm without force: a duty that one may do, a prohibition that is gone."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone
from checker.model.norm import Norm
from checker.model.requirements import Deem, Hold, Review


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Once for each norm."""
    match norm.requirement:
        case Hold():
            told = "整条删去（「不得」「限于」不再要求）"
        case Deem():
            told = "整条删去（不再「视为」）"
        case Review():
            told = "整条删去（不再人工认定）"
        case _:
            told = "「应当」改为「可以」"
    yield alone(others, None, told)
