"""What the record says of the things a condition asks about: 「来源」为 群众反映强烈, 此前未见「审批」的记录."""

from collections.abc import Iterator
from typing import assert_never

from checker.explain.context import Context, ids_text
from checker.explain.phrases import pattern_phrase
from checker.explain.values import value_text
from checker.model import expressions as x
from checker.model.case import Event


def observed(context: Context, condition: x.Condition, root: Event | None) -> tuple[str, ...]:
    """One phrase for each thing asked of the event, the case or (by name) of other events; each once."""
    return tuple(dict.fromkeys(_of_condition(context, condition, root)))


def _of_condition(context: Context, condition: x.Condition, root: Event | None) -> Iterator[str]:
    match condition:
        case x.Constant() | x.Occurred() | x.Inside():
            return
        case x.All() | x.AnyOf():
            for part in condition.of:
                yield from _of_condition(context, part, root)
        case x.Not():
            yield from _of_condition(context, condition.of, root)
        case x.ActorIs():
            yield from _actors(root)
            if isinstance(condition.actor, x.AnchorActor) and not condition.actor.is_doer:
                yield from _attribute(root, condition.actor.attribute)
        case x.Compare() | x.Same() | x.Member() | x.Contains() | x.Present():
            for side in _sides(condition):
                yield from _of_expression(context, side, root)
        case _:
            assert_never(condition)


def _sides(condition: x.Compare | x.Same | x.Member | x.Contains | x.Present) -> tuple[x.Expression, ...]:
    match condition:
        case x.Compare() | x.Same():
            return condition.left, condition.right
        case x.Member():
            return (condition.item,)
        case x.Contains():
            return condition.whole, condition.item
        case x.Present():
            return (condition.of,)
        case _:
            assert_never(condition)


def _of_expression(context: Context, expression: x.Expression, root: Event | None) -> Iterator[str]:
    match expression:
        case x.Attribute(of=x.SelfEvent() | x.AnchorEvent()):
            yield from _attribute(root, expression.name)
        case x.Attribute(of=x.CaseSubject()):
            yield _case_attribute(context, expression.name)
        case x.ActorOf(of=x.SelfEvent() | x.AnchorEvent()):
            yield from _actors(root)
        case x.DateOf(of=x.SelfEvent() | x.AnchorEvent()):
            if root is not None and root.date is not None:
                yield f"日期为 {root.date}"
        case x.Attribute() | x.DateOf() | x.ActorOf():
            yield from _elsewhere(context, expression.of)
        case x.Count() | x.Sum():
            seen = _seen(context, expression.pattern.acts)
            yield f"「{'或'.join(expression.pattern.acts)}」的记录共 {len(seen)}次{ids_text(seen)}"
        case x.Shift():
            yield from _of_expression(context, expression.base, root)
        case x.LiteralValue() | x.BreachCount() | x.Expiry():
            return
        case _:
            assert_never(expression)


def _attribute(event: Event | None, name: str) -> Iterator[str]:
    if event is None:
        return
    stated = name in event.attributes
    yield f"「{name}」为 {value_text(event.attributes[name])}" if stated else f"未写「{name}」"


def _case_attribute(context: Context, name: str) -> str:
    if name == "类型":
        return f"案件类型为 {context.case.kind}" if context.case.kind is not None else "未写案件类型"
    attributes = context.case.attributes
    return f"案件的「{name}」为 {value_text(attributes[name])}" if name in attributes else f"未写案件的「{name}」"


def _actors(event: Event | None) -> Iterator[str]:
    if event is not None:
        yield f"主体为 {'、'.join(event.actors) or '无'}" if event.actors is not None else "未写主体"


def _elsewhere(context: Context, subject: x.Subject) -> Iterator[str]:
    if isinstance(subject, x.LastEvent | x.NthEvent):
        seen = _seen(context, subject.pattern.acts)
        yield f"对照「{pattern_phrase(subject.pattern)}」{ids_text(seen) or '：未见记录'}"


def _seen(context: Context, acts: tuple[str, ...]) -> list[str]:
    return [e.id for e in context.case.events if e.act in acts and (e.date is None or e.date <= context.as_of)]
