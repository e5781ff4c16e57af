"""Which verdicts a norm can come to, read off the truth tables."""

from typing import NamedTuple

from checker.engines.facts import Truth
from checker.engines.ground.truth import MAYBE, NO, YES, conjunction, disjunction, negation
from checker.engines.verdicts import INNER_ROWS, OVERLAY_ROWS, OverlayRow
from checker.explain.truth_tables import form_of
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.finding import Verdict
from checker.model.norm import Norm, OnEvent, OnPeriod

_ANY = frozenset(Truth)
_NO = frozenset({NO})


class _Domain(NamedTuple):
    """The values that the columns of the overlay can take for one norm."""

    certain: frozenset[bool]
    defeat: frozenset[Truth]
    prior: frozenset[Truth]
    cured: frozenset[Truth]
    unsure: frozenset[bool]
    inner: frozenset[Verdict]

    def meets(self, row: OverlayRow) -> bool:
        """Whether the row can come about."""
        return all(getattr(self, name) & getattr(row, name) for name in self._fields)


def reachable(norm: Norm, *, overridden: bool) -> tuple[Verdict, ...]:
    """The verdicts, in the order they are declared; ``overridden``: another norm goes before it."""
    defeats = [clause for clause in norm.exceptions if isinstance(clause, r.Defeat)]
    adjusts = len(defeats) < len(norm.exceptions) and isinstance(norm.requirement, r.Occur | r.Deem)
    domain = _Domain(
        frozenset({True, False}) if _may_be_doubtful(norm) else frozenset({True}),
        _ANY if defeats else _NO,
        _ANY if overridden else _NO,
        _ANY if any(clause.afterwards for clause in defeats) else _NO,
        frozenset({True, False}) if adjusts else frozenset({False}),
        _inner(norm.requirement),
    )
    found: set[Verdict] = set()
    for row in OVERLAY_ROWS:
        if domain.meets(row):
            found |= (domain.inner & row.inner) if row.keeps_inner else {row.verdict} if row.verdict else set()
    return tuple(verdict for verdict in Verdict if verdict in found)


def _inner(requirement: r.Requirement) -> frozenset[Verdict]:
    form = form_of(requirement)
    holds = truths(requirement.condition) if isinstance(requirement, r.Hold) else _ANY
    return frozenset(row.verdict for row in INNER_ROWS if row.form is form and row.holds & holds)


def _may_be_doubtful(norm: Norm) -> bool:
    """Whether a record can leave open that the norm is triggered: by its condition, its time in force, or its scope."""
    bounded = norm.valid.first is not None or norm.valid.last is not None
    if norm.applies is not None or bounded or isinstance(norm.anchor, OnPeriod):
        return True
    pattern = norm.anchor.pattern if isinstance(norm.anchor, OnEvent) else None
    return pattern is not None and (pattern.actor is not None or pattern.where is not None)


def truths(condition: x.Condition) -> frozenset[Truth]:
    """The values a condition can take, each of its parts taken for independent of the others."""
    match condition:
        case x.Constant():
            return frozenset({YES if condition.value else NO})
        case x.Not():
            return frozenset(negation(value) for value in truths(condition.of))
        case x.All() | x.AnyOf():
            join = conjunction if isinstance(condition, x.All) else disjunction
            found = frozenset({join(())})
            for part in condition.of:
                found = frozenset(join((one, other)) for one in found for other in truths(part))
            return found
        case _:
            return frozenset({NO, YES, MAYBE})
