"""但 … clauses to the core, each with the 除外 clauses indented under it."""

from dataclasses import replace

from checker.language.conditions import Bound, bindings, lower_condition
from checker.language.lexicon import type_text
from checker.language.literals import PERIOD, period_of
from checker.language.numerals import read_count
from checker.language.patterns import both, head_pattern, lower_pattern, single_pattern
from checker.language.scope import Scope
from checker.language.syntax import Branch, Refusal, branch, branches, names, refuse, token, written
from checker.language.windows import lower_period
from checker.model.expressions import AnchorEvent, AnyOf, Attribute, Condition, Pattern, SelfEvent
from checker.model.requirements import (
    Defeat,
    ExceptionClause,
    Exclude,
    Extend,
    FromAttribute,
    NoRoll,
    Replace,
    Restart,
)
from checker.model.values import Period


def lower_exception(scope: Scope, tree: Branch, unless: list[Branch], text: str) -> ExceptionClause:
    """One clause; ``text`` is its source, for explanations."""
    if tree.data == "exclude_span":
        start, end = (lower_pattern(_at_root(scope), p) for p in branches(tree, "pattern"))
        return Exclude(start=start, end=end, cap=_cap(scope, tree), text=text, unless=_unless(scope, unless, start))
    if tree.data == "exclude_of":
        return _exclude_of(scope, tree, unless, text)
    effect = branches(tree)[-1]
    match effect.data:
        case "extend":
            return _extend(scope, tree, effect, unless, text)
        case "exclude":
            start = _event(scope, tree)
            return Exclude(start=start, length=lower_period(scope.at(start.acts), branches(effect)[0]),
                           cap=_cap(scope, effect), text=text, unless=_unless(scope, unless, start))  # fmt: skip
        case "restart":
            return _restart(scope, tree, effect, unless, text)
        case _:
            return _plain(scope, tree, effect, unless, text)


def _at_root(scope: Scope) -> Scope:
    """Where bare attributes are the anchor's, whatever self is."""
    return scope.at(scope.root, AnchorEvent())


def _plain(scope: Scope, tree: Branch, effect: Branch, unless: list[Branch], text: str) -> ExceptionClause:
    here = scope.at(scope.root, SelfEvent())
    when = lower_condition(here, _condition(tree))
    besides = _unless(here, unless, None)
    if effect.data == "defeat":
        afterwards = branch(effect, "afterwards") is not None
        if afterwards and branch(tree, "early"):
            raise refuse(scope.file, effect, "contradictory", "「期满前」与「事后亦可」不能同时写。")
        return Defeat(when=when, unless=besides, afterwards=afterwards, text=text)
    if effect.data == "replace":
        period = lower_period(scope.at(None), branches(effect)[0])
        return Replace(when=when, unless=besides, period=period, text=text)
    return NoRoll(when=when, unless=besides, text=text)


def _condition(tree: Branch) -> Branch:
    found = branch(tree, "condition")
    assert found is not None
    return found


def _unless(scope: Scope, trees: list[Branch], grant: Pattern | None) -> Condition | None:
    found = [_besides(scope, _condition(tree), grant) for tree in trees]
    return None if not found else found[0] if len(found) == 1 else AnyOf(of=tuple(found))


def _besides(scope: Scope, tree: Branch, grant: Pattern | None) -> Condition:
    """Bare attributes are the anchor's; those that it lacks are the granting act's."""
    if grant is None:
        return lower_condition(scope, tree)
    try:
        return lower_condition(_at_root(scope), tree)
    except Refusal as refusal:
        if refusal.diagnostic.code != "unknown-attribute":
            raise
        return lower_condition(scope.at(grant.acts), tree)


def _grant(scope: Scope, tree: Branch) -> tuple[Pattern | None, Condition | None]:
    """The act that the clause waits for, and what else it asks; (None, …) if it waits for none."""
    (inner,) = branches(_condition(tree))
    if inner.data == "any_of":
        return _either(scope, inner)
    parts = bindings(_at_root(scope), branches(inner) if inner.data == "all_of" else [inner])
    grant = next((part for part in parts if isinstance(part, Bound) and not part.negated), None)
    rest = [part.condition() if isinstance(part, Bound) else part for part in parts if part is not grant]
    return (grant.whole() if grant else None), both(rest)


def _either(scope: Scope, tree: Branch) -> tuple[Pattern | None, Condition | None]:
    parts = [part for atom in branches(tree) for part in bindings(_at_root(scope), [atom])]
    events = [part.whole() for part in parts if isinstance(part, Bound) and not part.negated]
    if not events:
        return None, AnyOf(of=tuple(part for part in parts if not isinstance(part, Bound)))
    first = events[0]
    alike = all(e.model_copy(update={"acts": first.acts}) == first and e.where is None for e in events)
    if len(events) < len(parts) or not alike:
        raise refuse(
            scope.file,
            tree,
            "split",
            f"「{written(tree)}」里有的是行为、有的是条件，分不清因何而动。",
            help="请分写两行「但」。",
        )
    return first.model_copy(update={"acts": tuple(dict.fromkeys(a for e in events for a in e.acts))}), None


def _event(scope: Scope, tree: Branch) -> Pattern:
    """The one act of a clause that must have one; other conditions join its own."""
    grant, when = _grant(scope, tree)
    if grant is None:
        message = f"「{written(_condition(tree))}」没有说从哪个行为算起。"
        raise refuse(scope.file, _condition(tree), "no-act", message, help="写作「但 有 行为 的，……」。")
    where = both([c for c in (when, grant.where) if c is not None])
    return grant.model_copy(update={"where": where})


def _extend(scope: Scope, tree: Branch, effect: Branch, unless: list[Branch], text: str) -> Extend:
    grant, when = _grant(scope, tree)
    if grant is None:
        when = lower_condition(scope.at(scope.root, SelfEvent()), _condition(tree))
    after = branch(effect, "after_expiry") is not None
    if after and branch(tree, "early"):
        raise refuse(scope.file, effect, "contradictory", "「期满前」与「期满后亦可」不能同时写。")
    total = branch(effect, "cap_total")
    inner = scope.at(grant.acts if grant else None)
    besides = _unless(scope if grant else scope.at(scope.root, SelfEvent()), unless, grant)
    return Extend(grant=grant, when=when, unless=besides, period=lower_period(inner, branches(effect)[0]),
                  times=_cap_times(effect), total=_period(scope, total) if total else None,
                  after_expiry=after, text=text)  # fmt: skip


def _restart(scope: Scope, tree: Branch, effect: Branch, unless: list[Branch], text: str) -> Restart:
    at = _event(scope, tree)
    origin = branch(effect, "patterns")
    found = single_pattern(_at_root(scope), origin) if origin else None
    return Restart(at=at, origin=None if found and found.acts == at.acts and found.where is None else found,
                   unless=_unless(scope, unless, at), times=_cap_times(effect), text=text)  # fmt: skip


def _exclude_of(scope: Scope, tree: Branch, unless: list[Branch], text: str) -> Exclude:
    of = branches(tree)[0]
    head, name = branches(of)[0], names(of)[0]
    start = head_pattern(_at_root(scope), head)
    inner = replace(scope.at(start.acts), anchored=False)
    kind = inner.attribute(str(name))
    if kind is None:
        raise inner.no_attribute(name, start.acts)
    if kind != PERIOD:
        raise refuse(scope.file, name, "type", f"「{name}」是{type_text(kind)}，不是期间，不能不计入。")
    length = FromAttribute(attribute=Attribute(of=SelfEvent(), name=str(name)))
    return Exclude(start=start, length=length, cap=_cap(scope, tree), text=text, unless=_unless(scope, unless, start))


def _cap(scope: Scope, tree: Branch) -> Period | None:
    found = branch(tree, "cap_period")
    return _period(scope, found) if found else None


def _cap_times(tree: Branch) -> int | None:
    found = branch(tree, "cap_times")
    return read_count(str(token(found, "TIMES", "NUMBER"))) if found else None


def _period(scope: Scope, tree: Branch) -> Period:
    word = token(tree, "PERIOD")
    assert word is not None
    return period_of(scope, word)
