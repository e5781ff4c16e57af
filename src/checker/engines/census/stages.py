"""环节: the act that a norm is about, read from its core."""

from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry, OnPeriod, RuleSet
from checker.model.requirements import Deem, Occur, Requirement

RECURRING = "（周期）"


def stages_of(rules: RuleSet) -> tuple[str, ...]:
    """By position of the norm: of a duty to act the act it asks for, of everything else the act that sets it off.

    A norm that watches a breach or the end of a period is set off by whatever set off the norm that it watches.
    """
    by_id = {norm.id: norm for norm in rules.norms}
    return tuple(_stage(norm, by_id) for norm in rules.norms)


def _stage(norm: Norm, by_id: dict[str, Norm]) -> str:
    match norm.requirement:
        case Occur(groups=groups):
            return "或".join(dict.fromkeys(act for pattern in groups[0] for act in pattern.acts))
        case Deem(act=act):
            return act
        case _:
            return _trigger(norm, by_id)


def _trigger(norm: Norm, by_id: dict[str, Norm]) -> str:
    match norm.anchor:
        case OnEvent(pattern=pattern):
            return "或".join(dict.fromkeys(pattern.acts))
        case OnBreach(norm=base) | OnExpiry(norm=base):
            return _trigger(by_id[base], by_id)
        case OnPeriod():
            return RECURRING


def has_deadline(requirement: Requirement) -> bool:
    """Whether somebody owes an act by some day; where an act is only deemed done, nobody owes it."""
    return isinstance(requirement, Occur)
