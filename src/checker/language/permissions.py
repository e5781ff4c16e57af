"""可以 … 不受 N 限制: an exception put into the prohibition it names."""

from checker.language.norms import Lowered
from checker.language.syntax import complaint
from checker.model.diagnostic import Diagnostic
from checker.model.expressions import All, Compare, Condition, DateOf, LiteralValue, Pattern, SelfEvent
from checker.model.norm import Norm, OnEvent
from checker.model.requirements import Defeat, Hold


def grant_permissions(norms: list[Lowered], permissions: list[Lowered], problems: list[Diagnostic]) -> list[Norm]:
    """The norms in the same order, each prohibition with the permissions that name it."""
    found = {id(low): low.norm for low in norms if low.norm is not None}
    for permission in permissions:
        assert permission.permission is not None
        target, pattern, _ = permission.permission
        for low in (low for low in norms if low.norm is not None and low.norm.id == target):
            norm = found[id(low)]
            reason = _misfit(norm, pattern)
            if reason:
                draft = permission.draft
                problems.append(
                    complaint(
                        draft.parsed.name,
                        draft.title,
                        "permission",
                        f"「{draft.title}」解除不了「{target}」：{reason}。",
                    )
                )
                break
            found[id(low)] = norm.model_copy(update={"exceptions": (*norm.exceptions, _clause(permission))})
    return [found[id(low)] for low in norms if id(low) in found]


def _misfit(norm: Norm, pattern: Pattern) -> str:
    if not isinstance(norm.requirement, Hold) or not isinstance(norm.anchor, OnEvent):
        return "它不是禁止"
    if not set(norm.anchor.pattern.acts) <= set(pattern.acts):
        return f"它禁止「{'、'.join(norm.anchor.pattern.acts)}」，而这里只许「{'、'.join(pattern.acts)}」"
    return ""


def _clause(permission: Lowered) -> Defeat:
    draft = permission.draft
    assert permission.permission is not None
    _, pattern, condition = permission.permission
    parts = [c for c in (condition, pattern.where) if c is not None] + _dates(permission)
    when: Condition = parts[0] if len(parts) == 1 else All(of=tuple(parts))
    return Defeat(when=when, permission=draft.id, sources=permission.sources, text=draft.text)


def _dates(permission: Lowered) -> list[Condition]:
    """A permission with a validity of its own holds only for acts on those days."""
    first, end = permission.days
    day = DateOf(of=SelfEvent())
    found: list[Condition] = []
    if first is not None:
        found.append(Compare(op="ge", left=day, right=LiteralValue(value=first)))
    if end is not None:
        found.append(Compare(op="lt", left=day, right=LiteralValue(value=end)))
    return found
