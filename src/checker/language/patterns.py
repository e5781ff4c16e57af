"""Which events are meant: heads, lists of them, and what stands after 且."""

from lark.lexer import Token

from checker.language.literals import DATE, mismatch
from checker.language.numerals import read_count
from checker.language.parties import actor_of, is_act, known_act
from checker.language.scope import Scope
from checker.language.syntax import Branch, branch, branches, names, refuse, token, written
from checker.model.expressions import Actor, All, Condition, Pattern


def both(parts: list[Condition]) -> Condition | None:
    """The conjunction; None of nothing."""
    return None if not parts else parts[0] if len(parts) == 1 else All(of=tuple(parts))


def lower_pattern(scope: Scope, tree: Branch, carried: Actor | None = None) -> Pattern:
    """One pattern with its conditions; each condition binds the nearest act."""
    bare = bare_pattern(scope, tree, carried)
    atoms = atoms_of(tree)
    if not atoms:
        return bare
    where = both(scope.conjoin(scope.at(bare.acts), atoms))
    return bare.model_copy(update={"where": joined(bare.where, where)})


def joined(first: Condition | None, second: Condition | None) -> Condition | None:
    """The conjunction of those that are there."""
    return both([c for c in (first, second) if c is not None])


def atoms_of(pattern: Branch) -> list[Branch]:
    """The conditions joined to a pattern by 且."""
    return branches(pattern)[1:]


def bare_pattern(scope: Scope, tree: Branch, carried: Actor | None = None) -> Pattern:
    """The pattern without the conditions that follow it."""
    head = branch(tree, "head")
    assert head is not None
    return head_pattern(scope, head, carried)


def _dated(scope: Scope, pattern: Pattern, name: Token) -> Pattern:
    kind = scope.attribute_of(pattern.acts, str(name))
    if kind is None:
        raise scope.no_attribute(name, pattern.acts)
    if kind != DATE:
        raise mismatch(scope, name, DATE)
    return pattern.model_copy(update={"dated_by": str(name)})


def head_pattern(scope: Scope, head: Branch, carried: Actor | None = None) -> Pattern:
    """行为, 主体 行为, 第二次 行为, or a list in （）; each with the date it counts by."""
    inner, dated = branch(head, "patterns"), branch(head, "dated")
    found = _listed(scope, head, inner, carried) if inner else _single(scope, head, carried)
    return _dated(scope, found, names(dated)[0]) if dated else found


def _listed(scope: Scope, head: Branch, inner: Branch, carried: Actor | None) -> Pattern:
    found = single_pattern(scope, inner)
    party = names(head)
    if party and found.actor is not None:
        raise refuse(scope.file, head, "two-actors", f"「{written(head)}」写了两个主体。", help="只留括号前面的一个。")
    actor = actor_of(scope, party) if party else found.actor or carried
    return found.model_copy(update={"actor": actor})


def _single(scope: Scope, head: Branch, carried: Actor | None) -> Pattern:
    *party, act = names(head)
    ordinal = token(head, "ORDINAL", "NUMBER")
    if branch(head, "last"):
        raise refuse(scope.file, head, "last", f"「{written(head)}」后面要接「的 属性」。")
    return Pattern(
        acts=(known_act(scope, act),),
        actor=actor_of(scope, party) if party else carried,
        ordinal=read_count(str(ordinal)) if ordinal else None,
    )


def single_pattern(scope: Scope, tree: Branch) -> Pattern:
    """A list of acts that is one pattern: any of them. Conditions and actors must be common to all."""
    found = pattern_list(scope, tree)
    if len(found) == 1:
        return found[0]
    first = found[0]
    common = all(p.model_copy(update={"acts": first.acts}) == first and p.where is None for p in found)
    if not common or first.ordinal is not None or first.dated_by is not None:
        message = f"「{written(tree)}」里各行为的主体或条件不同，不能合成一个。"
        raise refuse(
            scope.file, tree, "split", message, help="共同的条件写作「（甲、乙） 且 条件」，否则请分写两条规范。"
        )
    return first.model_copy(update={"acts": tuple(dict.fromkeys(a for p in found for a in p.acts))})


def pattern_list(scope: Scope, tree: Branch, actor: Actor | None = None) -> list[Pattern]:
    """The patterns of a list; an actor named once is carried on, and several before one act are any of them."""
    items = branches(branch(tree, "all_patterns", "any_patterns") or tree, "pattern")
    found: list[Pattern] = []
    waiting: list[Token] = []
    for item in items:
        lone = _lone_party(scope, item)
        if lone is not None:
            waiting.append(lone)
            continue
        pattern = lower_pattern(scope, item, actor)
        if waiting:
            pattern = pattern.model_copy(update={"actor": _with_waiting(scope, waiting, item)})
            waiting = []
        actor = pattern.actor
        found.append(pattern)
    if waiting:
        raise refuse(
            scope.file, waiting[-1], "no-act", f"「{waiting[-1]}」后面缺少行为。", help=f"写作「{waiting[-1]} 行为」。"
        )
    return found


def _lone_party(scope: Scope, item: Branch) -> Token | None:
    head = branch(item, "head")
    if head is None or len(item.children) > 1 or len(head.children) != 1 or not names(head):
        return None
    name = names(head)[0]
    return name if not is_act(scope, name) and (scope.is_party(name) or scope.is_anchor_party(name)) else None


def _with_waiting(scope: Scope, waiting: list[Token], item: Branch) -> Actor:
    head = branch(item, "head")
    own = names(head)[:-1] if head else []
    if not own:
        raise refuse(scope.file, item, "no-actor", f"「{written(item)}」前面缺少主体，「{waiting[-1]}」没有着落。")
    return actor_of(scope, [*waiting, *own])


def lower_group(scope: Scope, tree: Branch, carried: Actor | None = None) -> tuple[Pattern, ...]:
    """One item of a duty: a pattern, or alternatives in （） of which any will do."""
    head = branch(tree, "head")
    inner = branch(head, "patterns") if head else None
    if inner and len(tree.children) == 1 and branch(inner, "any_patterns"):
        return tuple(pattern_list(scope, inner, carried))
    return (lower_pattern(scope, tree, carried),)
