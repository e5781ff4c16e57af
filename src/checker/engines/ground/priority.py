"""N 优先于 M: whether a norm of priority takes an instance's place at its anchor (semantics §8, [R8])."""

from checker.engines.facts import Truth
from checker.engines.ground.rules import Rule
from checker.engines.ground.truth import MAYBE, YES, conjunction, disjunction, negation
from checker.engines.ground.view import View
from checker.engines.instance import Instance


def prior_of(rule: Rule, instance: Instance, view: View) -> None:
    """Write into the instance whether it is prior-defeated, by whom, and what leaves it open."""
    open_questions: set[str] = set()
    truths: list[Truth] = []
    for norm in rule.overridden_by:
        instances = _at(view, norm, instance.anchor.printed)
        truth = disjunction(_defeating(one) for one in instances)
        truths.append(truth)
        if truth is YES:
            instance.prior_by = instance.prior_by or norm
            instance.above = (*instance.above, *(one for one in instances if _defeating(one) is YES))
        elif truth is MAYBE:
            open_questions.add(f"优先.{norm}")
    instance.prior = disjunction(truths)
    if instance.prior is MAYBE:
        instance.prior_missing = frozenset(open_questions)


def _defeating(above: Instance) -> Truth:
    """Whether an instance of the norm of priority stands: certainly anchored, neither defeated nor prior-defeated."""
    defeated = disjunction([*(value.truth for value in above.defeats), above.prior])
    return conjunction((YES if above.anchor.certain else MAYBE, negation(defeated)))


def _at(view: View, norm: str, printed: str) -> list[Instance]:
    key = ("优先", norm)
    if key not in view.memory:
        found: dict[str, list[Instance]] = {}
        for one in view.past.get(norm, ()):
            found.setdefault(one.anchor.printed, []).append(one)
        view.memory[key] = found
    by_printed: dict[str, list[Instance]] = view.memory[key]
    return by_printed.get(printed, [])
