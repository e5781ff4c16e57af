"""What holds wherever a norm applies, as conditions read at its anchor."""

from collections.abc import Iterator

from checker.drafting.analysis.desk import Desk
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry


def opening(norm: Norm) -> tuple[x.Condition, ...]:
    """What is certain at an anchor: the conditions of its pattern and of the case."""
    found: list[x.Condition] = []
    if isinstance(norm.anchor, OnEvent):
        pattern = norm.anchor.pattern
        found += [here(pattern.where)] if pattern.where is not None else []
        found += [x.ActorIs(actor=pattern.actor)] if pattern.actor is not None else []
    return (*found, *((norm.applies,) if norm.applies is not None else ()))


def effective(clause: r.Defeat | r.Replace | r.NoRoll | r.Extend) -> tuple[x.Condition, ...]:
    """When a clause acts, read at the anchor."""
    found = [here(clause.when)] if clause.when is not None else []
    return (*found, *((x.Not(of=here(clause.unless)),) if clause.unless is not None else ()))


def seen_by_exceptions(norm: Norm) -> tuple[x.Condition, ...]:
    """What every exception of the norm sees besides: with a window, the event of the anchor itself."""
    if isinstance(norm.requirement, r.Occur | r.Deem) and isinstance(norm.anchor, OnEvent):
        pattern = norm.anchor.pattern
        plain = pattern.model_copy(update={"where": None}) if _looks_back(pattern.where) else pattern
        return (x.Occurred(pattern=plain),)
    return ()


def _looks_back(condition: x.Condition | None) -> bool:
    """Whether the condition names the event of the anchor, which means another one inside a pattern."""
    from checker.model.dependencies import parts_of

    return condition is not None and any(isinstance(one, x.AnchorEvent | x.AnchorActor) for one in parts_of(condition))


def here(condition: x.Condition) -> x.Condition:
    """The condition read at the anchor, where the event of the anchor is the event itself."""
    match condition:
        case x.All() | x.AnyOf():
            return condition.model_copy(update={"of": tuple(here(one) for one in condition.of)})
        case x.Not():
            return condition.model_copy(update={"of": here(condition.of)})
        case x.Compare() | x.Same():
            return condition.model_copy(update={"left": _own(condition.left), "right": _own(condition.right)})
        case x.Member():
            return condition.model_copy(update={"item": _own(condition.item)})
        case x.Contains():
            return condition.model_copy(update={"whole": _own(condition.whole), "item": _own(condition.item)})
        case x.Present():
            return condition.model_copy(update={"of": _own(condition.of)})
        case _:
            return condition


def _own(expression: x.Expression) -> x.Expression:
    if isinstance(expression, x.Attribute | x.DateOf | x.ActorOf) and isinstance(expression.of, x.AnchorEvent):
        return expression.model_copy(update={"of": x.SelfEvent()})
    if isinstance(expression, x.Shift):
        return expression.model_copy(update={"base": _own(expression.base)})
    return expression


def bases(desk: Desk, norm: Norm) -> Iterator[Norm]:
    """The versions of the norm whose breach or expiry opens this one."""
    if isinstance(norm.anchor, OnBreach | OnExpiry):
        for position in desk.versions.get(norm.anchor.norm, ()):
            yield desk.rules.norms[position]
