"""Conditions, with what they bind, to the core; comparisons are typed here, before any case is read."""

from dataclasses import dataclass, field
from typing import Literal

from lark.lexer import Token

from checker.language.lexicon import type_text
from checker.language.literals import constant
from checker.language.operands import PARTIES, Typed, operand, operand_base
from checker.language.parties import is_act
from checker.language.patterns import both, head_pattern, joined
from checker.language.scope import Scope
from checker.language.syntax import Branch, branch, branches, names, refuse, tokens, written
from checker.model.expressions import (
    ActorIs,
    ActorOf,
    All,
    AnyOf,
    Compare,
    Condition,
    Contains,
    Expression,
    Inside,
    LiteralValue,
    Member,
    Not,
    Occurred,
    OrganActor,
    Pattern,
    Present,
    Same,
    SelfEvent,
)
from checker.model.values import Scalar, ValueType

_OPS: dict[str, Literal["eq", "ne", "lt", "le", "gt", "ge"]] = {
    "eq": "eq", "ne": "ne", "gt": "gt", "lt": "lt", "le": "le", "ge": "ge",
    "earlier_than": "lt", "later_than": "gt", "not_earlier": "ge", "not_later": "le",
}  # fmt: skip


@dataclass
class Bound:
    """An event a condition speaks of, with the conditions that bind it."""

    pattern: Pattern
    negated: bool
    where: list[Condition] = field(default_factory=list)

    def whole(self) -> Pattern:
        """The pattern with what binds it."""
        return self.pattern.model_copy(update={"where": joined(self.pattern.where, both(self.where))})

    def condition(self) -> Condition:
        """有 B, or 没有 B."""
        found = Occurred(pattern=self.whole())
        return Not(of=found) if self.negated else found


def bindings(scope: Scope, atoms: list[Branch]) -> list[Condition | Bound]:
    """The conjuncts in order, those that follow 有 B bound to B."""
    found: list[Condition | Bound] = []
    current: Bound | None = None
    for atom in atoms:
        event = event_of(scope, atom)
        if event is not None:
            current = Bound(event, atom.data == "absent")
            found.append(current)
        elif current is not None:
            current.where.append(lower_atom(scope.at(current.pattern.acts), atom))
        else:
            found.append(lower_atom(scope, atom))
    return found


def conjunction(scope: Scope, atoms: list[Branch]) -> list[Condition]:
    """The conjuncts as conditions of self."""
    return [part.condition() if isinstance(part, Bound) else part for part in bindings(scope, atoms)]


def event_of(scope: Scope, atom: Branch) -> Pattern | None:
    """The pattern of 有 B / 没有 B where B is an event; None for any other condition."""
    head = branch(atom, "head") if atom.data in ("present", "absent") else None
    if head is None or _is_value(scope, head):
        return None
    return head_pattern(scope, head)


def _is_value(scope: Scope, head: Branch) -> bool:
    if len(head.children) != 1 or not names(head):
        return False
    name = names(head)[0]
    return not is_act(scope, name) and scope.attribute(str(name)) is not None


def lower_condition(scope: Scope, tree: Branch) -> Condition:
    """且 binds what follows to the nearest act; 或 takes each alternative alone."""
    (inner,) = branches(tree)
    if inner.data == "any_of":
        return AnyOf(of=tuple(lower_atom(scope, atom) for atom in branches(inner)))
    parts = conjunction(scope, branches(inner) if inner.data == "all_of" else [inner])
    return parts[0] if len(parts) == 1 else All(of=tuple(parts))


def lower_atom(scope: Scope, atom: Branch) -> Condition:
    """One condition."""
    match atom.data:
        case "group":
            return lower_condition(scope, branches(atom)[0])
        case "negation":
            return Not(of=lower_atom(scope, branches(atom)[0]))
        case "compare":
            return _compare(scope, atom)
        case "belongs" | "not_belongs":
            return _negated(_member(scope, atom), atom.data == "not_belongs")
        case "contains" | "not_contains":
            return _negated(_contains(scope, atom), atom.data == "not_contains")
        case "same_value" | "other_value":
            return _negated(_same(scope, atom), atom.data == "other_value")
        case "inside":
            return lower_span(scope, branches(atom)[0])
        case _:
            return _present(scope, atom)


def _negated(condition: Condition, negate: bool) -> Condition:
    return Not(of=condition) if negate else condition


def lower_span(scope: Scope, tree: Branch) -> Inside:
    """在 X 之后 Y 之前."""
    heads = [head_pattern(scope, head) for head in branches(tree, "head")]
    if tree.data == "before":
        return Inside(after=None, before=heads[0])
    return Inside(after=heads[0], before=heads[1] if tree.data == "between" else None)


def _present(scope: Scope, atom: Branch) -> Condition:
    event = event_of(scope, atom)
    if event is not None:
        return _negated(Occurred(pattern=event), atom.data == "absent")
    (asked,) = branches(atom)
    value = operand_base(scope, asked)
    assert value.expression is not None
    return _negated(Present(of=value.expression), atom.data == "absent")


def _known(scope: Scope, typed: Typed) -> tuple[Expression, ValueType]:
    if typed.expression is None or typed.kind is None:
        assert typed.word is not None
        raise scope.no_attribute(typed.word, scope.subject)
    return typed.expression, typed.kind


def _compare(scope: Scope, atom: Branch) -> Condition:
    left_tree, op_tree, right_tree = branches(atom)
    left, kind = _known(scope, operand(scope, left_tree))
    op = _OPS[op_tree.data]
    if op in ("eq", "ne"):
        return _negated(_equal(left, _right(scope, right_tree, kind), kind), op == "ne")
    if kind.many or kind.name not in ("数", "日期", "期间"):
        message = f"{type_text(kind)}不分大小先后，不能这样比较。"
        raise refuse(scope.file, atom, "type", message, help="请用「为」「属于」或「相同」。")
    return Compare(op=op, left=left, right=_right(scope, right_tree, kind))


def _equal(left: Expression, right: Expression, kind: ValueType) -> Condition:
    """为. An organ is also what it is an instance of; of self's actors any will do."""
    if not isinstance(right, LiteralValue) or kind.name not in ("机关", "人员"):
        return Compare(op="eq", left=left, right=right)
    if isinstance(left, ActorOf) and isinstance(left.of, SelfEvent):
        return ActorIs(actor=OrganActor(names=(str(right.value),)))
    return Member(item=left, values=(right.value,))


def _right(scope: Scope, tree: Branch, kind: ValueType) -> Expression:
    """The right side, read as the type of the left."""
    wanted = kind.model_copy(update={"many": False})
    typed = operand(scope, tree)
    word = typed.word
    if word is not None and (typed.expression is None or str(word) in kind.choices):
        return LiteralValue(value=_value(scope, word, wanted, kind))
    if typed.kind is not None and typed.kind.name != kind.name and word is not None and word.type != "NAME":
        return LiteralValue(value=constant(scope, word, wanted))
    if typed.expression is None or typed.kind is None or not _comparable(typed.kind, kind):
        found = type_text(typed.kind) if typed.kind else written(tree)
        message = f"左边是{type_text(kind)}，右边是{found}，不能比较。"
        raise refuse(scope.file, tree, "type", message, expected=type_text(kind))
    return typed.expression


def _value(scope: Scope, word: Token, wanted: ValueType, kind: ValueType) -> Scalar:
    if kind is PARTIES and str(word) in scope.lexicon.persons:
        return str(word)
    return constant(scope, word, wanted)


def _comparable(one: ValueType, other: ValueType) -> bool:
    parties = ("机关", "人员")
    if one.name in parties and other.name in parties:
        return True
    return one.name == other.name and (one.name != "枚举" or bool(set(one.choices) & set(other.choices)))


def _member(scope: Scope, atom: Branch) -> Member:
    tree = branches(atom)[0]
    item, kind = _known(scope, operand(scope, tree))
    choices = branch(atom, "choices")
    assert choices is not None
    wanted = kind.model_copy(update={"many": False})
    return Member(item=item, values=tuple(_value(scope, word, wanted, kind) for word in tokens(choices)))


def _contains(scope: Scope, atom: Branch) -> Contains:
    left, right = branches(atom)
    whole, kind = _known(scope, operand(scope, left))
    if not kind.many:
        raise refuse(
            scope.file, left, "type", f"「{written(left)}」不是多个值，不能用「包含」。", help="请用「为」或「属于」。"
        )
    return Contains(whole=whole, item=_right(scope, right, kind))


def _same(scope: Scope, atom: Branch) -> Same:
    left, right = branches(atom)
    one, kind = _known(scope, operand(scope, left))
    other, other_kind = _known(scope, operand(scope, right))
    if not _comparable(kind, other_kind):
        message = f"左边是{type_text(kind)}，右边是{type_text(other_kind)}，不能比较。"
        raise refuse(scope.file, atom, "type", message)
    return Same(left=one, right=other)
