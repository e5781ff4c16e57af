"""Each surface of a requirement to the core; those that name their own act bring the anchor with them."""

from typing import NamedTuple

from lark.lexer import Token

from checker.language.conditions import conjunction, lower_condition, lower_span
from checker.language.hours import require_days
from checker.language.literals import period_of
from checker.language.nearest import did_you_mean
from checker.language.numerals import read_count
from checker.language.parties import actor_of, known_act
from checker.language.patterns import atoms_of, bare_pattern, both, lower_group, pattern_list, single_pattern
from checker.language.scope import Scope
from checker.language.syntax import Branch, branch, branches, leaves, names, refuse, token, written
from checker.language.windows import lower_window, moment_limits
from checker.model.expressions import (
    Actor,
    ActorIs,
    All,
    AnchorActor,
    BreachCount,
    Compare,
    Condition,
    Constant,
    Count,
    DateOf,
    LiteralValue,
    Not,
    OrganActor,
    Pattern,
    SelfEvent,
)
from checker.model.norm import Anchor, OnBreach, OnEvent, OnExpiry, OnPeriod
from checker.model.requirements import (
    AtAnchor,
    Contain,
    Deem,
    Groups,
    Hold,
    InPeriod,
    Lead,
    Occur,
    Precede,
    Requirement,
    Review,
    Start,
    UntilClose,
    Window,
    Within,
)
from checker.model.values import Period

NEED_ANCHOR = ("duty", "duty_by", "contain_here", "point_here", "ban_here", "limit_here", "by_here", "review")
"""Forms that stand under 当 or 每."""


class Form(NamedTuple):
    """A lowered requirement; ``anchor`` where the form named its own; ``kind`` and ``condition`` for the linker."""

    requirement: Requirement
    anchor: Anchor | None = None
    kind: str = ""
    condition: Condition | None = None


def lower_requirement(scope: Scope, tree: Branch, anchor: Anchor | None) -> Form:
    """The requirement; ``anchor`` is that of the 当/每 line, if the norm has one."""
    if tree.data in NEED_ANCHOR:
        if anchor is None:
            raise refuse(scope.file, tree, "no-anchor", "规范没有说何时适用。", help="在前面加一行「当 行为」。")
        return _under_anchor(scope, tree, anchor)
    if anchor is not None and tree.data == "ban_act":
        message = f"「当」之下的「{written(tree)}」须是条件，不是行为。"
        raise refuse(scope.file, tree, "two-anchors", message, help="去掉「当」一行，或写作「不得 条件」。")
    if anchor is not None and tree.data != "deem":
        raise refuse(
            scope.file,
            tree,
            "two-anchors",
            "规范已有「当」，这一行又另指一个行为。",
            help="去掉「当」一行，或分写两条规范。",
        )
    return _with_subject(scope, tree, anchor)


def _under_anchor(scope: Scope, tree: Branch, anchor: Anchor) -> Form:
    if isinstance(anchor, OnPeriod) and tree.data not in ("duty", "duty_by", "review"):
        message = "按周期适用的规范没有可检查的行为，只能写「应当」或「人工认定」。"
        raise refuse(scope.file, tree, "no-event", message, help="用「当 行为」触发。")
    match tree.data:
        case "duty" | "duty_by":
            return _duty(scope, tree, anchor)
        case "review":
            question = token(tree, "QUOTE")
            return Form(Review(question=str(question)[1:-1]))
        case "contain_here":
            return Form(Contain(parts=_parts(scope, tree, scope.root)))
        case "point_here":
            return Form(Hold(condition=_moment(scope, branches(tree)[0])))
        case "by_here":
            return Form(Hold(condition=ActorIs(actor=_keepers(scope, tree))))
        case _:
            condition = lower_condition(scope, branches(tree)[0])
            return _ban(condition) if tree.data == "ban_here" else _limit(condition)


def _with_subject(scope: Scope, tree: Branch, anchor: Anchor | None) -> Form:
    match tree.data:
        case "precede":
            return _precede(scope, tree)
        case "ban" | "ban_act" | "ban_between":
            return _ban_act(scope, tree)
        case "breaches_at_most":
            norm = scope.norm(names(tree)[0])
            return Form(_at_most(BreachCount(norm=norm), tree), OnBreach(norm=norm))
        case "deem":
            return _deem(scope, tree, anchor)
        case "permit":
            message = "单独的「可以」没有对错之分，不能检查。"
            raise refuse(
                scope.file, tree, "bare-permission", message, help="指明它解除哪条禁止：「……，不受 规范名 限制」。"
            )
        case _:
            return _of_subject(scope, tree)


def _of_subject(scope: Scope, tree: Branch) -> Form:
    pattern = single_pattern(scope, branches(tree)[0])
    here = _at_anchor(scope, pattern)
    anchor = OnEvent(pattern=pattern)
    match tree.data:
        case "limit":
            return _limit(lower_condition(here, branches(tree)[1]))._replace(anchor=anchor)
        case "by":
            return Form(Hold(condition=ActorIs(actor=_keepers(here, tree))), anchor)
        case "contain":
            return Form(Contain(parts=_parts(scope, tree, pattern.acts)), anchor)
        case "point":
            return Form(Hold(condition=_moment(here, branches(tree)[1])), anchor)
        case _:
            return Form(_at_most(Count(pattern=pattern, inclusive=True), tree), anchor)


def _at_anchor(scope: Scope, pattern: Pattern) -> Scope:
    """The place of a condition on the anchor's event, which is self there."""
    here = scope.at(pattern.acts, SelfEvent())
    return Scope(**{**here.__dict__, "root": pattern.acts, "anchored": True})


def _ban(condition: Condition) -> Form:
    return Form(Hold(condition=Not(of=condition)), None, "ban", condition)


def _limit(condition: Condition) -> Form:
    return Form(Hold(condition=condition), None, "limit", condition)


def _keepers(scope: Scope, tree: Branch) -> Actor:
    return actor_of(scope, names(tree))


def _parts(scope: Scope, tree: Branch, acts: tuple[str, ...] | None) -> tuple[str, ...]:
    for name in names(tree):
        for act in acts or ("",):
            known = scope.lexicon.parts.get(act, ())
            if str(name) not in known:
                message = f"「{act}」的文书没有声明「{name}」这一项。"
                raise refuse(
                    scope.file, name, "unknown-part", message, help=did_you_mean(name, known), expected="、".join(known)
                )
    return tuple(map(str, names(tree)))


def _moment(scope: Scope, tree: Branch) -> Condition:
    if tree.data in ("after", "before", "between"):
        return lower_span(scope, tree)
    first, last = moment_limits(scope, tree)
    day = DateOf(of=SelfEvent())
    parts: list[Condition] = [Compare(op="ge", left=day, right=first)] if first is not None else []
    return both([*parts, Compare(op="le", left=day, right=last)]) or Compare(op="le", left=day, right=last)


def _times(tree: Branch) -> int:
    word = token(tree, "TIMES", "NUMBER")
    return read_count(str(word))


def _at_most(counted: Count | BreachCount, tree: Branch) -> Hold:
    return Hold(condition=Compare(op="le", left=counted, right=LiteralValue(value=_times(tree))))


# ---------------------------------------------------------------------------------------------------- 应当, 之前, 视为


def groups_of(scope: Scope, tree: Branch, actor: Actor | None = None) -> Groups:
    """、 asks for all, 或 for any; ``actor`` is of every pattern without one of its own."""
    every, either = branch(tree, "all_patterns"), branch(tree, "any_patterns")
    if either:
        return (tuple(pattern_list(scope, tree, actor)),)
    if not every:
        return (lower_group(scope, branches(tree, "pattern")[0], actor),)
    return tuple(_every(scope, every, actor))


def _every(scope: Scope, tree: Branch, actor: Actor | None) -> list[tuple[Pattern, ...]]:
    plain = [item for item in branches(tree) if not _is_grouped(item)]
    whole = Branch("patterns", [Branch("all_patterns", list(plain))])
    listed = iter(pattern_list(scope, whole, actor)) if plain else iter(())
    if len(plain) == len(branches(tree)):
        return [(pattern,) for pattern in listed]
    return [lower_group(scope, item, actor) if _is_grouped(item) else (next(listed),) for item in branches(tree)]


def _is_grouped(item: Branch) -> bool:
    head = branch(item, "head")
    return head is not None and branch(head, "patterns") is not None


def _duty(scope: Scope, tree: Branch, anchor: Anchor) -> Form:
    *parties, wanted = branches(tree, "patterns")
    actor = actor_of(scope, _party_names(scope, parties[0])) if parties else None
    groups = groups_of(scope, wanted, actor)
    if actor is not None and any(p.actor != actor for group in groups for p in group):
        raise refuse(scope.file, wanted, "two-actors", "「应当」前后各写了一个主体。", help="只留一个。")
    bound = branch(tree, "within", "until", "by_shift", "by_limit", "during", "after", "before", "between")
    _check_opening(scope, bound, anchor)
    window = lower_window(scope.at(None), bound) if bound else _open_window(anchor)
    return Form(Occur(groups=groups, window=window, one_to_one=branch(tree, "one_to_one") is not None), None, "duty")


_OPENINGS = {
    "from_breach": ("违反", OnBreach),
    "from_expiry": ("期满", OnExpiry),
    "from_period_end": ("期末", OnPeriod),
}


def _check_opening(scope: Scope, window: Branch | None, anchor: Anchor) -> None:
    """自 违反 起 stands only under 当 违反, and so on."""
    opening = branch(window, *_OPENINGS) if window is not None else None
    if opening is None:
        return
    word, wanted = _OPENINGS[str(opening.data)]
    if not isinstance(anchor, wanted):
        line = "每 季度" if word == "期末" else f"当 {word} 规范名"
        message = f"「自 {word} 起」只能用在「{line}」之下。"
        raise refuse(scope.file, window or opening, "opening", message, help="写明从哪个行为起算：「自 行为 起」。")


def _open_window(anchor: Anchor) -> Window:
    return InPeriod() if isinstance(anchor, OnPeriod) else UntilClose()


def _precede(scope: Scope, tree: Branch) -> Form:
    subject, wanted = branches(tree, "patterns")
    pattern = single_pattern(scope, subject)
    groups = groups_of(_at_anchor(scope, pattern).at(None), wanted)
    lead = branch(tree, "lead_period", "lead_earlier_day", "lead_same_day")
    requirement = Precede(groups=groups, lead=_lead(scope, lead), one_to_one=branch(tree, "one_to_one") is not None)
    return Form(requirement, OnEvent(pattern=pattern))


def _lead(scope: Scope, tree: Branch | None) -> Lead:
    if tree is None:
        return Lead()
    if tree.data != "lead_period":
        return Lead(kind="earlier_day" if tree.data == "lead_earlier_day" else "same_day")
    return Lead(kind="period", period=_lead_period(scope, next(iter(leaves(tree)))))


def _lead_period(scope: Scope, word: Token) -> Period:
    if word.type == "PERIOD":
        return require_days(scope.file, word, period_of(scope, word))
    parameter = scope.parameters.get(str(word))
    if parameter is None or not isinstance(parameter.value, Period):
        raise refuse(
            scope.file,
            word,
            "unknown-period",
            f"「{word}」不是表示期间的参数。",
            help=did_you_mean(word, scope.parameters),
        )
    return require_days(scope.file, word, parameter.value)


def _deem(scope: Scope, tree: Branch, anchor: Anchor | None) -> Form:
    opening, period, wanted = branches(tree)
    own = None
    if anchor is None:
        if opening.data != "from_event":
            raise refuse(
                scope.file, opening, "no-anchor", "「自 … 起」要从一个行为算起。", help="在前面加一行「当 行为」。"
            )
        own = OnEvent(pattern=single_pattern(scope, branches(opening)[0]))
    here = _at_anchor(scope, own.pattern).at(None) if own else scope
    whole = Branch("within", [opening, period])
    if anchor is not None:
        _check_opening(scope, whole, anchor)
    window = lower_window(here, whole)
    assert isinstance(window, Within)
    start: Start = AtAnchor() if own else window.start
    unless = tuple(pattern_list(here, wanted))
    requirement = Deem(
        unless=unless, window=Within(start=start, period=window.period), act=known_act(scope, names(tree)[0])
    )
    return Form(requirement, own)


# -------------------------------------------------------------------------------------------------------------- 不得


def _ban_act(scope: Scope, tree: Branch) -> Form:
    *parties, banned = branches(tree, "patterns")
    span = branch(tree, "after", "before", "between")
    actor = actor_of(scope, _party_names(scope, parties[0])) if parties else None
    pattern, atoms = _banned(scope, banned)
    if actor is not None:
        if pattern.actor is not None:
            raise refuse(
                scope.file, banned, "two-actors", "「不得」前后各写了一个主体。", help="只留「不得」前面的一个。"
            )
        pattern = pattern.model_copy(update={"actor": actor})
    if isinstance(pattern.actor, AnchorActor):
        raise refuse(scope.file, tree, "unknown-actor", "「不得」的主体须是声明的机关或人员。")
    here = _at_anchor(scope, pattern)
    conditions: list[Condition] = [lower_span(here, span)] if span else []
    condition = both([*conditions, *conjunction(here, atoms)])
    form = _ban(condition) if condition is not None else Form(Hold(condition=Constant(value=False)), None, "ban")
    return form._replace(anchor=OnEvent(pattern=pattern))


def _banned(scope: Scope, tree: Branch) -> tuple[Pattern, list[Branch]]:
    """The act that is forbidden, apart from the conditions under which it is."""
    item = branch(tree, "pattern")
    if item is None:
        return single_pattern(scope, tree), []
    return bare_pattern(scope, item), atoms_of(item)


def _party_names(scope: Scope, tree: Branch) -> list[Token]:
    """The words before 不得 or 可以, which must all be actors."""
    found: list[Token] = []
    for item in branches(branch(tree, "all_patterns", "any_patterns") or tree, "pattern"):
        head = branch(item, "head")
        if head is None or len(item.children) > 1 or len(head.children) != 1 or not names(head):
            raise refuse(
                scope.file, item, "actor", f"「{written(item)}」不是主体。", help="写作「主体 不得 行为 且 条件」。"
            )
        found += names(head)
    return found


def lower_permission(scope: Scope, tree: Branch) -> tuple[Pattern, Condition | None]:
    """可以: who may do what, and the condition under which a named prohibition gives way."""
    party, allowed = branches(tree, "patterns")
    actor = actor_of(scope, _party_names(scope, party))
    pattern, atoms = _banned(scope, allowed)
    here = _at_anchor(scope, pattern)
    who: list[Condition] = [ActorIs(actor=actor)] if isinstance(actor, OrganActor) else []
    return pattern, both([*who, *conjunction(here, atoms)]) or All(of=())
