"""The norms on which a norm depends, as a rule set of its own: no question needs the others."""

from collections.abc import Collection, Mapping

from checker.model.linking import limited
from checker.model.node import Node
from checker.model.norm import Norm, RuleSet


def cone_of(rules: RuleSet, norms: Collection[str]) -> RuleSet:
    """The rule set of these norms (all their versions) and of all they wait for, with no pack beside theirs."""
    found = limited(rules, norms)
    used = {norm.pack for norm in found.norms}
    packs = tuple(pack for pack in rules.packs if pack.id in used)
    return found.model_copy(update={"packs": packs, "indicators": ()})


def is_same(old: RuleSet, new: RuleSet) -> bool:
    """Whether two cones say the same to the letter of the core, wherever and however it is written."""
    return _said(old) == _said(new) and (old.vocabulary is new.vocabulary or old.vocabulary == new.vocabulary)


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
