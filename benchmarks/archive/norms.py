"""Which norms the benchmark checks: twenty of every form, and about two hundred, of the shipped packs."""

from collections.abc import Collection
from typing import Final

from checker import api
from checker.model.expressions import BreachCount, Expiry
from checker.model.node import Node
from checker.model.norm import Norm, OnBreach, OnExpiry, RuleSet
from checker.model.requirements import UntilExpiry

PACKS: Final = ("duban", "petition", "trial-civil", "enforcement")
"""Their norms together are the two hundred; no two are copies of each other."""

TWENTY: Final = (
    "duban/限期分流",  # a deadline that any of three acts meets
    "duban/先批后交",  # precedence, with a condition on what must come before
    "duban/督办范围",  # scope; a breach is overreach
    "duban/交办要件",  # parts of a document
    "duban/职权异议",  # a deadline in working days, owed by whom the record names
    "duban/按期办结",  # a deadline with one extension and with exclusions
    "duban/按指定期限办结",  # the period stands in the record
    "duban/延期限次",  # at most once for each assignment
    "duban/逾期说明",  # contrary to duty: opened by the breach of another norm
    "duban/期内督查",  # until the extended period of another norm ends
    "duban/限期报告",  # the period starts at a later act
    "duban/报告审查",  # no period: until the case is closed
    "duban/效果统一",  # left to a person, whose answer stands in the record
    "petition/限期办结",  # two versions; limited total extension; exceptions
    "petition/检举不得转给被检举单位",  # prohibition, comparing attributes of two events
    "petition/年度报告",  # every calendar year of an organ's own record
    "trial-civil/起诉七日立案",  # recomputation from a later act
    "trial-civil/简易程序审限",  # many exclusions, one of them capped
    "trial-civil/延长先申请",  # one to one
)
"""With the second version of one of them twenty norms, one of each form."""


def twenty(rules: RuleSet) -> RuleSet:
    """The mix of forms."""
    return only(rules, TWENTY)


def compiled() -> RuleSet:
    """All norms of the packs."""
    return api.compile_rules(PACKS)[0]


def only(rules: RuleSet, wanted: Collection[str]) -> RuleSet:
    """The rule set of the wanted norms (ids) and of those they rest on, with the whole vocabulary."""
    unknown = set(wanted) - {norm.id for norm in rules.norms}
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    kept: set[str] = set()
    fresh = set(wanted)
    while fresh:
        kept |= fresh
        fresh = {name for norm in rules.norms if norm.id in kept for name in _rests_on(norm)} - kept
    places = [n for n, norm in enumerate(rules.norms) if norm.id in kept]
    number = {old: new for new, old in enumerate(places)}
    strata = tuple(tuple(number[n] for n in stratum if n in number) for stratum in rules.strata)
    return rules.model_copy(
        update={
            "norms": tuple(rules.norms[n] for n in places),
            "strata": tuple(stratum for stratum in strata if stratum),
            "indicators": (),
        }
    )


def _rests_on(norm: Norm) -> set[str]:
    found = {override.norm for override in norm.overrides}
    stack: list[object] = [norm.anchor, norm.requirement, norm.exceptions, norm.pivot, norm.applies]
    while stack:
        match stack.pop():
            case OnBreach(norm=name) | OnExpiry(norm=name) | UntilExpiry(norm=name):
                found.add(name)
            case Expiry(norm=name) | BreachCount(norm=name):
                found.add(name)
            case tuple() as parts:
                stack.extend(parts)
            case Node() as node:
                stack.extend(getattr(node, name) for name in type(node).model_fields)
    return found
