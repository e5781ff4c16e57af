"""The norms on which a norm depends, as a rule set of its own: no question needs the others."""

from collections.abc import Collection, Mapping

from checker.model.dependencies import deemed_by, waits_for
from checker.model.node import Node
from checker.model.norm import Norm, RuleSet


def cone_of(rules: RuleSet, norms: Collection[str]) -> RuleSet:
    """The rule set of these norms (all their versions) and of all they wait for."""
    wanted = _reached(rules, norms)
    places = {old: new for new, old in enumerate(i for i, norm in enumerate(rules.norms) if norm.id in wanted)}
    strata = (tuple(places[i] for i in stratum if i in places) for stratum in rules.strata)
    used = {rules.norms[i].pack for i in places}
    return rules.model_copy(
        update={
            "packs": tuple(pack for pack in rules.packs if pack.id in used),
            "norms": tuple(rules.norms[i] for i in places),
            "strata": tuple(stratum for stratum in strata if stratum),
            "indicators": (),
        }
    )


def is_same(old: RuleSet, new: RuleSet) -> bool:
    """Whether two cones say the same to the letter of the core, wherever and however it is written."""
    return _said(old) == _said(new) and (old.vocabulary is new.vocabulary or old.vocabulary == new.vocabulary)


def _reached(rules: RuleSet, norms: Collection[str]) -> set[str]:
    closings, deemed = {pack.id: pack.closing for pack in rules.packs}, deemed_by(rules.norms)
    versions: dict[str, list[Norm]] = {}
    above: dict[str, list[str]] = {}
    for norm in rules.norms:
        versions.setdefault(norm.id, []).append(norm)
        for override in norm.overrides:
            above.setdefault(override.norm, []).append(norm.id)
    found: set[str] = set()
    waiting = list(norms)
    while waiting:
        name = waiting.pop()
        if name not in found and name in versions:
            found.add(name)
            waiting += above.get(name, ())
            for norm in versions[name]:
                waiting += waits_for(norm, closings.get(norm.pack), deemed)
    return found


def _said(rules: RuleSet) -> str:
    # The printed form tells true from 1, which equality of the models does not.
    return repr(([_core(norm) for norm in rules.norms], [(pack.id, pack.closing) for pack in rules.packs]))


def _core(norm: Norm) -> Mapping[str, object]:
    left_out = {"sources", "rank", "draft", "relation", "consequences", "text", "span", "exceptions", "counting"}
    said = {name: getattr(norm, name) for name in type(norm).model_fields if name not in left_out}
    said["counting"] = norm.counting.model_copy(update={"sources": ()})
    said["exceptions"] = [_bare(clause) for clause in norm.exceptions]
    said["overrides"] = [override.norm for override in norm.overrides]
    return said


def _bare(clause: Node) -> Node:
    named = type(clause).model_fields
    return clause.model_copy(update={name: "" for name in ("text", "sources", "permission") if name in named})
