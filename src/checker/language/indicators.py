"""Sixth pass, beside the norms: one 指标 block to an indicator of the core."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from checker.language.conditions import Bound, bindings
from checker.language.drafts import Draft, Index
from checker.language.lexicon import Lexicon
from checker.language.literals import NUMBER
from checker.language.norms import Work, applies_of, basis_of, months_of, scope_of
from checker.language.patterns import both, head_pattern, pattern_list
from checker.language.scope import Scope
from checker.language.syntax import Branch, branch, branches, complaint, names, refuse
from checker.model.dependencies import parts_of
from checker.model.diagnostic import Diagnostic, Note
from checker.model.expressions import (
    Attribute,
    BreachCount,
    Compare,
    Contains,
    Expiry,
    LiteralValue,
    Member,
    OrganActor,
    Pattern,
    Same,
)
from checker.model.indicator import CountCases, CountEvents, Indicator, Measure, SumOver
from checker.model.node import Node

_N = TypeVar("_N", bound=Node)
_KINDS = {"cases": "案件", "events": "行为", "sum": "合计"}


def lower_indicators(
    drafts: Sequence[Draft], lexicon: Lexicon, index: Index
) -> tuple[tuple[Indicator, ...], list[Diagnostic]]:
    """The indicators of all blocks, and every problem found on the way."""
    found, problems = [], _titles(drafts, index)
    for draft in drafts:
        work = Work(draft, scope_of(draft, lexicon, index, draft.head.time))
        indicator = _indicator(work)
        problems += work.problems
        found += [indicator] if indicator is not None and not work.problems else []
    return tuple(found), problems


def _titles(drafts: Sequence[Draft], index: Index) -> list[Diagnostic]:
    """Names with 「/」, and names that stand for something already."""
    problems = []
    known = {draft.id: draft for family in reversed(index.drafts.values()) for draft in reversed(family)}
    for draft in drafts:
        file, title = draft.parsed.name, draft.title
        if "/" in title:
            problems.append(complaint(file, title, "bad-title", f"指标的名称「{title}」不能含有「/」。"))
        earlier = known.setdefault(draft.id, draft)
        if earlier is not draft:
            note = Note(at=earlier.span, text="先前写在这里。")
            message = f"「{title}」已经是这个规程里一个{earlier.word}的名称。"
            problems.append(complaint(file, title, "twice", message, help="换一个名称。", notes=(note,)))
    return problems


def _indicator(work: Work) -> Indicator | None:
    draft, scope = work.draft, work.scope
    sources, applies = basis_of(work), applies_of(work)
    cycle, counted, base = work.single("cycle"), work.single("measure"), work.single("base")
    months = work.attempt(lambda: months_of(scope, cycle)) if cycle else None
    if counted is None:
        _missing(work)
        return None
    measure = work.attempt(lambda: _measure(scope, counted))
    whole = work.attempt(lambda: _measure(scope, base)) if base else None
    if applies is not None:
        work.attempt(lambda: _check_impersonal(scope, (work.lines("applies") or [draft.tree])[0], applies))
    if measure is None or (base is not None and whole is None):
        return None
    if base is not None and whole is not None:
        work.attempt(lambda: _check_share(scope, base, measure, whole))
    if cycle is not None and isinstance(measure, CountCases):
        work.attempt(lambda: _check_dated(scope, cycle, draft, measure, whole))
    return Indicator(pack=draft.head.id, title=str(draft.title), sources=sources, applies=applies, months=months,
                     measure=measure, base=whole, text=draft.text, span=draft.span)  # fmt: skip


def _missing(work: Work) -> None:
    if not work.draft.is_damaged:
        message = f"指标「{work.draft.title}」没有说计什么。"
        help = "加一行，如「计 案件 且 有 办结」或「计 协调会」。"
        work.problems.append(complaint(work.draft.parsed.name, work.draft.title, "no-measure", message, help=help))


def _measure(scope: Scope, line: Branch) -> Measure:
    """计 … or 比 …."""
    tree = branches(line)[0]
    match tree.data:
        case "cases":
            return _on_record(scope, tree, _cases(scope.of_case(), tree))
        case "total":
            return _on_record(scope, tree, _total(scope, tree))
        case _:
            return _on_record(scope, tree, CountEvents(patterns=tuple(pattern_list(scope, tree))))


def _cases(scope: Scope, tree: Branch) -> CountCases:
    """The case's first 有 B dates it."""
    parts = bindings(scope, branches(tree))
    dated = next((part.whole() for part in parts if isinstance(part, Bound) and not part.negated), None)
    return CountCases(condition=both([p.condition() if isinstance(p, Bound) else p for p in parts]), dated=dated)


def _total(scope: Scope, tree: Branch) -> SumOver:
    head, name = branch(tree, "head"), names(tree)[0]
    assert head is not None
    pattern = head_pattern(scope, head)
    kind = scope.attribute_of(pattern.acts, str(name))
    if kind is None:
        raise scope.no_attribute(name, pattern.acts)
    if kind != NUMBER:
        raise refuse(scope.file, name, "type", f"「{name}」不是数，不能求和。", help="只有类型为「数」的属性可以求和。")
    return SumOver(pattern=pattern, attribute=str(name))


def _on_record(scope: Scope, tree: Branch, measure: _N) -> _N:
    """The measure, refused if it asks for anything but the record and the dates of its events."""
    for part in parts_of(measure):
        if isinstance(part, BreachCount | Expiry):
            message = f"指标只看记录，不能用到规范「{part.norm}」的结论或期满。"
            raise refuse(scope.file, tree, "not-on-record", message, help="改用行为、属性来写。")
        if isinstance(part, Pattern) and part.dated_by is not None:
            message = f"指标按行为自己的日期计，不能写「以 {part.dated_by} 为准」。"
            raise refuse(scope.file, tree, "dated", message, help="删去这一部分。")
    _check_impersonal(scope, tree, measure)
    return measure


def _check_impersonal(scope: Scope, tree: Branch, node: Node) -> None:
    """Nothing may be counted for one person, or for what a free text names: a person, a place."""
    for part in parts_of(node):
        named = next((name for name in _singled_out(part, scope.lexicon) if name), None)
        if named is not None:
            message = f"指标不按人、按地方计，不能用「{named}」来限定。"
            raise refuse(scope.file, tree, "personal", message, help="改用机关、列举、数或日期来限定。")


def _singled_out(part: Node, lexicon: Lexicon) -> Iterator[str | None]:
    """What of persons, or of free text, a part of a condition compares with a constant."""
    match part:
        case OrganActor():
            yield next((name for name in part.names if name in lexicon.persons), None)
        case Member():
            yield _personal(part.item, lexicon)
        case Compare() | Same():
            sides = (part.left, part.right)
            if any(isinstance(side, LiteralValue) for side in sides):
                yield from (_personal(side, lexicon) for side in sides)
        case Contains(item=LiteralValue()):
            yield _personal(part.whole, lexicon)


def _personal(asked: Node, lexicon: Lexicon) -> str | None:
    if not isinstance(asked, Attribute):
        return None
    kinds = (held.get(asked.name) for held in (*lexicon.acts.values(), lexicon.case))
    return asked.name if any(kind is not None and kind.name in ("人员", "文本") for kind in kinds) else None


def _check_share(scope: Scope, line: Branch, measure: Measure, base: Measure) -> None:
    """A share is of things of one kind, and what is counted must be able to lie within what it is a share of."""
    if measure.tag != base.tag:
        message = f"「计」的是{_KINDS[measure.tag]}，「比」的是{_KINDS[base.tag]}，不能相比。"
        raise refuse(scope.file, line, "other-kind", message, help="两行都计案件，都计行为，或都加同一个属性。")
    if isinstance(measure, SumOver) and isinstance(base, SumOver) and measure.attribute != base.attribute:
        message = f"「计」加的是「{measure.attribute}」，「比」加的是「{base.attribute}」，不能相比。"
        raise refuse(scope.file, line, "other-kind", message, help="两行都加同一个属性。")
    outside = [act for act in _acts(measure) if act not in _acts(base)]
    if outside:
        message = f"「计」的「{outside[0]}」不在「比」之内，占比永远算不到它。"
        raise refuse(scope.file, line, "outside", message, help=f"在「比」里也写上「{outside[0]}」。")


def _acts(measure: Measure) -> tuple[str, ...]:
    match measure:
        case CountEvents():
            return tuple(act for pattern in measure.patterns for act in pattern.acts)
        case SumOver():
            return measure.pattern.acts
        case _:
            return ()


def _check_dated(scope: Scope, cycle: Branch, draft: Draft, measure: CountCases, base: Measure | None) -> None:
    if measure.dated is None and not (isinstance(base, CountCases) and base.dated is not None):
        message = f"指标「{draft.title}」按周期分列，却没有写案件以哪个行为的日期为准。"
        raise refuse(scope.file, cycle, "no-date", message, help="写作「计 案件 且 有 登记」，登记之日即案件之日。")
