"""事后亦可 and 期满后亦可 said or not said."""

from collections.abc import Iterator

from checker.drafting.mutation.mutant import Change, Others, alone, at, left_out, said_more
from checker.drafting.mutation.places import Path, exchanged
from checker.model.expressions import All, AnyOf, Condition, Not, Occurred
from checker.model.norm import Norm
from checker.model.requirements import Defeat, Extend


def changes(norm: Norm, others: Others) -> Iterator[Change]:
    """Each exception that could say so; a permission is no place for it."""
    for n, clause in enumerate(norm.exceptions):
        here: Path = ("exceptions", n)
        if isinstance(clause, Defeat) and clause.permission is None and _sees_events(clause):
            yield _switched(norm, others, (*here, "afterwards"), clause.afterwards, "事后亦可")
        if isinstance(clause, Extend) and clause.grant is not None:
            yield _switched(norm, others, (*here, "after_expiry"), clause.after_expiry, "期满后亦可")


def _sees_events(clause: Defeat) -> bool:
    """Whether a later event may make it true: it asks by itself that there is one, not that there is none."""
    waiting: list[tuple[Condition | None, bool]] = [(clause.when, True), (clause.unless, False)]
    while waiting:
        match waiting.pop():
            case Occurred(), True:
                return True
            case ((All(of=parts) | AnyOf(of=parts)), wanted):
                waiting += [(part, wanted) for part in parts]
            case Not(of=part), wanted:
                waiting.append((part, not wanted))
    return False


def _switched(norm: Norm, others: Others, path: Path, held: bool, words: str) -> Change:
    told = at(norm, path, left_out(words) if held else said_more(words))
    return alone(others, exchanged(norm, path, not held), told)
