"""Acts and actors by name."""

from lark.lexer import Token

from checker.language.nearest import did_you_mean, missing_space, segment
from checker.language.parse import keywords
from checker.language.scope import Scope
from checker.language.syntax import refuse
from checker.model.expressions import DOER, Actor, AnchorActor, OrganActor

SAME_DOER = "同一主体"
"""Who did the anchor's event."""

_HAVING = ("有", "没有", "已有", "已")
"""Words that begin a condition; where a list of acts goes on, the grammar can only take them for an actor."""


def is_act(scope: Scope, name: str) -> bool:
    """Whether the name is a declared act."""
    return name in scope.lexicon.acts


def known_act(scope: Scope, name: Token) -> str:
    """The act, refused if it is not declared."""
    if not is_act(scope, name):
        cut = segment(name, scope.lexicon.words() | keywords())
        help = missing_space(cut) if cut else did_you_mean(name, scope.lexicon.acts)
        raise refuse(scope.file, name, "unknown-act", f"行为「{name}」没有在词汇中声明。", help=help)
    return str(name)


def actor_of(scope: Scope, names: list[Token]) -> Actor:
    """Organs and roles, or the one attribute of the anchor, that these words name."""
    if [str(name) for name in names] == [SAME_DOER] and scope.anchored and scope.root is not None:
        return AnchorActor(attribute=DOER)
    for name in names:
        _check(scope, name)
    if all(scope.is_party(name) for name in names):
        return OrganActor(names=tuple(map(str, names)))
    if len(names) > 1:
        raise refuse(scope.file, names[0], "actors", "机关名与触发行为的属性不能并列作主体。", help="请分写两条规范。")
    return AnchorActor(attribute=str(names[0]))


def _check(scope: Scope, name: Token) -> None:
    party, attribute = scope.is_party(name), scope.is_anchor_party(name)
    if party and attribute:
        message = f"「{name}」既是声明的机关，又是触发行为的属性，主体不明。"
        raise refuse(scope.file, name, "ambiguous-actor", message, help="请改属性的名字。")
    if not party and not attribute:
        if str(name) in _HAVING:
            message = f"「{name} …」是条件，而这里的「或」「、」连接的是行为，读法不明。"
            raise refuse(scope.file, name, "mixed", message, help="给条件加括号，如「甲 且 （乙 或 有 丙）」。")
        known = {*scope.lexicon.organs, *scope.lexicon.persons}
        if scope.anchored:
            known |= {a for act in scope.root or () for a in scope.lexicon.acts.get(act, {})}
        message = f"主体「{name}」不是声明的机关、人员，也不是触发行为的机关或人员属性。"
        help = did_you_mean(name, known) or _of_another_act(scope, name)
        raise refuse(scope.file, name, "unknown-actor", message, help=help)


def _of_another_act(scope: Scope, name: Token) -> str:
    """What to write where the attribute is one of an act, but not of what opens the norm."""
    having = [act for act, attributes in scope.lexicon.acts.items() if str(name) in attributes]
    if not having:
        return ""
    return f"「{name}」是「{having[0]}」的属性；给触发行为也声明「{name}」，或者写机关的名称、「{SAME_DOER}」。"
