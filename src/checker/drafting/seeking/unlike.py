"""Where two wordings of some norms differ: the events that the differing parts speak of."""

from collections.abc import Iterator, Sequence

from checker.drafting.normal import meaning_of
from checker.model.dependencies import parts_of
from checker.model.expressions import Pattern
from checker.model.node import Node
from checker.model.norm import Norm


def differing_patterns(old: Sequence[Norm], new: Sequence[Norm]) -> tuple[Pattern, ...]:
    """Patterns in what one of the two says and the other does not: those that differ themselves first."""
    mine, theirs = _parts(old), _parts(new)
    unlike = [
        part for here, there in ((mine, theirs), (theirs, mine)) for key, part in here.items() if key not in there
    ]
    own = [part for part in unlike if isinstance(part, Pattern)]
    inner = [part for whole in unlike for part in parts_of(whole) if isinstance(part, Pattern)]
    return tuple({repr(one): one for one in (*own, *inner)}.values())


def _parts(norms: Sequence[Norm]) -> dict[str, Node]:
    """What the norms say in pieces: anchors, requirements, exceptions, patterns; by what each means."""
    return {repr(meaning_of(part)): part for norm in norms for part in _pieces(norm)}


def _pieces(norm: Norm) -> Iterator[Node]:
    whole = [part for part in (norm.applies, norm.pivot, norm.anchor, norm.requirement) if part is not None]
    yield from (*whole, *norm.exceptions)
    yield from (part for root in (*whole, *norm.exceptions) for part in parts_of(root) if isinstance(part, Pattern))
