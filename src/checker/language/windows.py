"""Periods, starts and windows of a requirement to the core."""

import re

from lark.lexer import Token

from checker.language.hours import require_days
from checker.language.lexicon import type_text
from checker.language.literals import DATE, PERIOD, period_of
from checker.language.nearest import did_you_mean
from checker.language.numerals import read_number
from checker.language.operands import lower_expiry, lower_of, lower_own, operand_base, stage_of
from checker.language.patterns import pattern_list
from checker.language.scope import Scope
from checker.language.syntax import Branch, Leaf, branch, branches, names, refuse, token, written
from checker.model.expressions import Attribute, Expression, Pattern, SelfEvent, Shift
from checker.model.requirements import (
    AtAnchor,
    AtDate,
    AtFirst,
    AtPeriodEnd,
    By,
    During,
    Earlier,
    Fixed,
    FromAttribute,
    Later,
    PeriodExpr,
    Start,
    UntilExpiry,
    Window,
    Within,
)
from checker.model.values import Period, ValueType

DISCRETION = ("及时", "尽快", "立即", "适时", "必要时", "酌情", "合理期限", "短期", "近期", "一定期限")
"""Words that never get a number by themselves."""


def discretion_help(word: str) -> str:
    """What to write instead of a discretion word."""
    asked = (
        f"是否在{word}内"
        if word.endswith("期限") or word in ("短期", "近期")
        else f"是否{word.removesuffix('时') if word == '必要时' else word}"
    )
    return f"「{word}」没有天数：写一个有出处的「参数 名 = 5日 「出处」」，或用「人工认定 「{asked}」」。"


def lower_period(scope: Scope, tree: Branch) -> PeriodExpr:
    """A period expression. Bare names are parameters, attributes of self's act in an exception, or of the anchor's."""
    return _term(scope, tree.children[0])


def _term(scope: Scope, node: Leaf) -> PeriodExpr:
    if isinstance(node, Token):
        return Fixed(period=period_of(scope, node)) if node.type == "PERIOD" else _named(scope, node)
    match node.data:
        case "period":
            return lower_period(scope, node)
        case "earlier":
            return Earlier(of=tuple(_term(scope, child) for child in node.children))
        case "later":
            return Later(of=tuple(_term(scope, child) for child in node.children))
        case "expiry":
            return UntilExpiry(norm=scope.norm(names(node)[0]), extended=stage_of(scope, node))
        case "own":
            return _attribute(scope, node, lower_own(scope, node))
        case _:
            return _term_of(scope, node)


def _term_of(scope: Scope, node: Branch) -> PeriodExpr:
    act, name = names(node)
    head = Branch("head", [act], node.meta)
    if scope.subject == (str(act),) and isinstance(scope.me, SelfEvent):
        return _attribute(scope, node, _own_attribute(scope, name))
    return _attribute(scope, node, lower_of(scope, Branch("of", [head, name], node.meta)))


def _own_attribute(scope: Scope, name: Token) -> tuple[Expression, ValueType | None, None]:
    kind = scope.attribute(str(name))
    if kind is None:
        raise scope.no_attribute(name, scope.subject)
    return Attribute(of=scope.me, name=str(name)), kind, None


def _attribute(scope: Scope, node: Leaf, typed: tuple[Expression | None, ValueType | None, Token | None]) -> PeriodExpr:
    expression, kind, _ = typed
    if not isinstance(expression, Attribute) or kind not in (PERIOD, DATE):
        message = f"「{written(node)}」不是期间或日期，不能作期限。"
        raise refuse(scope.file, node, "type", message, expected="「期间」或「日期」的属性")
    return FromAttribute(attribute=expression)


def _named(scope: Scope, name: Token) -> PeriodExpr:
    parameter = scope.parameters.get(str(name))
    if parameter is not None and scope.is_ambiguous(str(name)):
        raise scope.ambiguous(name)
    if parameter is not None:
        if not isinstance(parameter.value, Period):
            raise refuse(scope.file, name, "type", f"参数「{name}」不是期间，不能作期限。")
        return Fixed(period=parameter.value, parameter=str(name))
    if str(name) in DISCRETION:
        raise refuse(scope.file, name, "discretion", f"「{name}」不是可以计算的期限。", help=discretion_help(str(name)))
    kind = scope.attribute(str(name))
    if kind is not None:
        return _attribute(scope, name, (Attribute(of=scope.me, name=str(name)), kind, None))
    if scope.anchored and scope.attribute_of(scope.root, str(name)) is not None:
        return _attribute(scope, name, lower_own(scope, Branch("own", [name])))
    weeks = re.fullmatch(r"(.+?)个?(周|星期|礼拜)", str(name))
    if weeks:
        number = read_number(weeks[1])
        help = f"写作「{number * 7}日」。" if number else ""
        raise refuse(scope.file, name, "weeks", f"「{name}」没有统一的算法，请折算成日。", help=help)
    known = {*scope.parameters, *(a for act in scope.root or () for a in scope.lexicon.acts.get(act, {}))}
    message = f"「{name}」不是参数，也不是期间或日期的属性，不能作期限。"
    raise refuse(scope.file, name, "unknown-period", message, help=did_you_mean(name, known))


def lower_window(scope: Scope, tree: Branch) -> Window:
    """What follows the comma of a duty."""
    match tree.data:
        case "within":
            opening, period = branches(tree)
            return Within(start=lower_start(scope, opening), period=lower_period(scope, period))
        case "until":
            opening, end = branches(tree)
            return Within(start=lower_start(scope, opening), period=_term(scope, end))
        case "by_shift":
            return By(limit=Shift(base=_limit(scope, tree), period=_days(scope, tree), backward=True))
        case "by_limit":
            return By(limit=_limit(scope, tree))
        case "during":
            last = _limit(scope, tree)
            return During(first=Shift(base=last, period=_days(scope, tree), backward=True), last=last)
        case _:
            message = f"「{written(tree)}」只说先后，没有说期限。"
            raise refuse(scope.file, tree, "window", message, help="期限写作「自 X 起 P 内」或「在 期满 N 5日前」。")


def moment_limits(scope: Scope, tree: Branch) -> tuple[Expression | None, Expression]:
    """The first and last date that 在 … 前 names; no first date for a backward limit."""
    window = lower_window(scope, tree)
    assert isinstance(window, By | During)
    return (None, window.limit) if isinstance(window, By) else (window.first, window.last)


def _days(scope: Scope, tree: Branch) -> Period:
    word = token(tree, "PERIOD")
    assert word is not None
    return require_days(scope.file, word, period_of(scope, word))


def _limit(scope: Scope, tree: Branch) -> Expression:
    node = branches(tree)[0]
    if node.data == "expiry":
        return lower_expiry(scope, node)
    typed = operand_base(scope, node)
    if typed.expression is None or typed.kind != DATE:
        kind = type_text(typed.kind) if typed.kind else written(node)
        raise refuse(scope.file, node, "type", f"「{written(node)}」是{kind}，不是日期，不能作界限。")
    return typed.expression


def lower_start(scope: Scope, tree: Branch) -> Start:
    """自 X 起."""
    match tree.data:
        case "from_breach" | "from_expiry":
            return AtAnchor()
        case "from_period_end":
            return AtPeriodEnd()
        case "from_attribute":
            own = lower_own(scope, tree)
            if isinstance(own.expression, Attribute) and own.kind == DATE:
                return AtDate(attribute=own.expression)
            raise refuse(scope.file, tree, "type", f"「其 {written(tree)}」不是日期，不能作起点。")
        case _:
            return _from_event(scope, tree)


def _from_event(scope: Scope, tree: Branch) -> Start:
    (patterns,) = branches(tree)
    found = pattern_list(scope, patterns)
    if len(found) > 1 and (branch(patterns, "all_patterns") or any(p.where or p.actor for p in found)):
        raise refuse(scope.file, tree, "split", f"起点「{written(tree)}」只能是一个行为，或用「或」连接的行为。")
    acts = tuple(dict.fromkeys(a for p in found for a in p.acts))
    pattern = found[0].model_copy(update={"acts": acts})
    is_anchor = scope.root is not None and set(scope.root) == set(acts) and pattern == Pattern(acts=acts)
    return AtAnchor() if is_anchor else AtFirst(pattern=pattern)
