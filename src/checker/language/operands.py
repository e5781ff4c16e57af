"""Either side of a comparison: attributes, dates, actors, counts, sums, ends of periods, constants."""

from typing import NamedTuple

from lark.lexer import Token

from checker.language.hours import require_days
from checker.language.literals import DATE, NUMBER, mismatch, own_type, period_of, shaped
from checker.language.nearest import did_you_mean
from checker.language.patterns import head_pattern
from checker.language.scope import Scope
from checker.language.syntax import Branch, Leaf, branch, leaves, names, refuse, token, written
from checker.model.expressions import (
    ActorOf,
    Attribute,
    BreachCount,
    CaseSubject,
    Count,
    DateOf,
    Expiry,
    Expression,
    LastEvent,
    LiteralValue,
    NthEvent,
    Shift,
    Subject,
    Sum,
)
from checker.model.values import ValueType

PARTIES = ValueType(name="机关", many=True)
"""The type of 主体: a list of organs, or of persons."""


class Typed(NamedTuple):
    """An operand: the expression with its type, or a bare word that only the other side can explain."""

    expression: Expression | None
    kind: ValueType | None
    word: Token | None = None


def operand(scope: Scope, tree: Branch) -> Typed:
    """Either side of a comparison."""
    if tree.data in ("back", "on"):
        base = operand_base(scope, tree.children[0])
        return _shift(scope, tree, base, backward=tree.data == "back")
    return operand_base(scope, tree.children[0])


def _shift(scope: Scope, tree: Branch, base: Typed, *, backward: bool) -> Typed:
    if base.expression is None or base.kind != DATE:
        raise refuse(scope.file, tree, "type", f"「{written(tree.children[0])}」不是日期，不能前后推算。")
    period = token(tree, "PERIOD")
    assert period is not None
    if tree.children[0] is period:
        raise refuse(scope.file, tree, "type", f"「{written(tree)}」缺少起算的日期。")
    length = require_days(scope.file, period, period_of(scope, period))
    return Typed(Shift(base=base.expression, period=length, backward=backward), DATE)


def operand_base(scope: Scope, node: Leaf) -> Typed:
    """An operand without a shift."""
    if isinstance(node, Token):
        ready = shaped(scope, node)
        assert ready is not None
        return Typed(LiteralValue(value=ready[0]), ready[1], node)
    match node.data:
        case "head":
            return _bare(scope, node)
        case "of":
            return lower_of(scope, node)
        case "own":
            return lower_own(scope, node)
        case "expiry":
            return Typed(lower_expiry(scope, node), DATE)
        case "breach_count":
            return Typed(BreachCount(norm=scope.norm(names(node)[0])), NUMBER)
        case _:
            return Typed(_count_or_sum(scope, node), NUMBER)


def _bare(scope: Scope, head: Branch) -> Typed:
    if len(head.children) != 1 or not names(head):
        message = f"「{written(head)}」不是一个值。"
        raise refuse(scope.file, head, "value", message, help="下一个条件之前要写「且」或「或」。")
    name = names(head)[0]
    special = _special(scope.me, str(name))
    if special:
        return special
    if scope.is_ambiguous(str(name)):
        raise scope.ambiguous(name)
    kind = scope.attribute(str(name))
    if kind is not None:
        return Typed(Attribute(of=scope.me, name=str(name)), kind, name)
    parameter = scope.parameters.get(str(name))
    if parameter is not None and not isinstance(parameter.value, tuple) and parameter.value is not None:
        return Typed(LiteralValue(value=parameter.value, parameter=str(name)), own_type(parameter.value), name)
    return Typed(None, None, name)


def _special(subject: Subject, name: str) -> Typed | None:
    if name == "日期" and not isinstance(subject, CaseSubject):
        return Typed(DateOf(of=subject), DATE)
    if name == "主体" and not isinstance(subject, CaseSubject):
        return Typed(ActorOf(of=subject), PARTIES)
    return None


def lower_own(scope: Scope, tree: Branch) -> Typed:
    """其 X: an attribute of the anchor's event."""
    name = names(tree)[0]
    special = _special(scope.anchor_or_self(), str(name))
    if special:
        return special
    acts = scope.root if scope.anchored else scope.subject
    kind = scope.attribute_of(acts, str(name))
    if kind is None:
        raise scope.no_attribute(name, acts)
    return Typed(Attribute(of=scope.anchor_or_self(), name=str(name)), kind)


def lower_of(scope: Scope, tree: Branch) -> Typed:
    """A 的 x: of the case, of the anchor's event if A is its act, else of the last A before."""
    head, name = branch(tree, "head"), names(tree)[0]
    assert head is not None
    if [str(t) for t in leaves(head)] == ["案件"]:
        return _of_case(scope, name)
    if str(name) == "次数":
        return Typed(Count(pattern=head_pattern(scope, head), inclusive=False), NUMBER)
    subject, acts = event_named(scope, head)
    special = _special(subject, str(name))
    if special:
        return special
    kind = scope.attribute_of(acts, str(name))
    if kind is None:
        raise scope.no_attribute(name, acts)
    return Typed(Attribute(of=subject, name=str(name)), kind)


def _of_case(scope: Scope, name: Token) -> Typed:
    kind = scope.case_attribute(str(name))
    if kind is None:
        help = did_you_mean(name, scope.lexicon.case)
        raise refuse(scope.file, name, "unknown-attribute", f"案件没有属性「{name}」。", help=help)
    return Typed(Attribute(of=CaseSubject(), name=str(name)), kind)


def event_named(scope: Scope, head: Branch) -> tuple[Subject, tuple[str, ...]]:
    """The event that a head names when something is asked of it."""
    ordinal, last = token(head, "ORDINAL", "NUMBER"), branch(head, "last")
    if ordinal:
        pattern = head_pattern(scope, head)
        return NthEvent(pattern=pattern), pattern.acts
    if last:
        kept = Branch("head", [c for c in head.children if c is not last], head.meta)
        pattern = head_pattern(scope, kept)
        return LastEvent(pattern=pattern), pattern.acts
    pattern = head_pattern(scope, head)
    if scope.anchored and pattern.acts == scope.root and pattern.actor is None and pattern.where is None:
        return scope.anchor_or_self(), pattern.acts
    return LastEvent(pattern=pattern), pattern.acts


def lower_expiry(scope: Scope, tree: Branch) -> Expiry:
    """期满 N."""
    return Expiry(norm=scope.norm(names(tree)[0]), extended=stage_of(scope, tree))


def stage_of(scope: Scope, tree: Branch) -> bool:
    """Whether 期满 N means the end after extension; must be said where the period of N can be moved."""
    if branch(tree, "original"):
        return False
    name = names(tree)[0]
    if not branch(tree, "extended") and scope.is_adjusted(scope.norm(name)):
        message = f"「{name}」的期间可以变动，「期满 {name}」要写明是哪一个。"
        raise refuse(
            scope.file, tree, "stage", message, help=f"写作「期满 {name}（原期限）」或「期满 {name}（延长后）」。"
        )
    return True


def _count_or_sum(scope: Scope, tree: Branch) -> Count | Sum:
    head = branch(tree, "head")
    assert head is not None
    pattern = head_pattern(scope, head)
    if tree.data == "count":
        return Count(pattern=pattern, inclusive=False)
    name = names(tree)[0]
    kind = scope.attribute_of(pattern.acts, str(name))
    if kind is None:
        raise scope.no_attribute(name, pattern.acts)
    if kind != NUMBER:
        raise mismatch(scope, name, NUMBER)
    return Sum(pattern=pattern, attribute=str(name), inclusive=False)
