"""Why a norm can never apply, never be broken, never be kept: reasons that lie in its words alone."""

from collections.abc import Iterator

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.openings import bases, effective, opening, seen_by_exceptions
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.norm import Norm, OnBreach, OnEvent


def never_applies(desk: Desk, norm: Norm) -> str | None:
    """Why no case can open the norm; None where no reason is seen."""
    think = desk.reasoning
    given = opening(norm)
    if think.never(*given):
        return "触发的条件与适用范围合在一起，没有一种情形能成立"
    if isinstance(norm.anchor, OnEvent) and _foregone(desk, norm):
        return "触发它的案件都合于「不适用」的例外"
    wanted = list(bases(desk, norm))
    if not wanted:
        return None
    if isinstance(norm.anchor, OnBreach) and all(unbreakable(desk, base) for base in wanted):
        return f"「{norm.anchor.norm}」不可能被违反"
    if all(never_applies(desk, base) for base in wanted):
        return f"「{wanted[0].id}」不可能适用"
    last = norm.valid.last
    if last is not None and all(base.valid.first is not None and base.valid.first > last for base in wanted):
        return f"它失效以后「{wanted[0].id}」才开始有效"
    return None


def _foregone(desk: Desk, norm: Norm) -> bool:
    """Whether the exceptions that take it away leave nothing of it."""
    cases = [effective(clause) for clause in norm.exceptions if isinstance(clause, r.Defeat)]
    if not cases:
        return False
    given = (*opening(norm), *seen_by_exceptions(norm))
    missed = [x.Not(of=x.All(of=case)) for case in cases]
    return desk.reasoning.never(*given, *missed)


def unbreakable(desk: Desk, norm: Norm) -> str | None:
    """Why the norm can never be broken where it applies; None where no reason is seen."""
    think = desk.reasoning
    given = opening(norm)
    match norm.requirement:
        case r.Deem():
            return "视为的规范没有违反之说"
        case r.Hold(condition=x.ActorIs(actor=x.OrganActor(names=names))) if _is_everyone(desk, names):
            return "词汇里没有别的机关、人员可以做这一行为"
        case r.Hold(condition=condition) if isinstance(norm.anchor, OnEvent):
            return "凡触发它的都已经合于所要求的条件" if think.implies(given, _read(condition)) else None
        case r.Precede(groups=groups, lead=lead):
            return (
                "凡触发它的都已经有了所要求的在先行为"
                if all(_has_come(desk, norm, group, lead) for group in groups)
                else None
            )
        case _:
            return None


def _is_everyone(desk: Desk, names: tuple[str, ...]) -> bool:
    words = desk.rules.vocabulary
    return all(any(words.organ_is(one, name) for name in names) for one in (*words.organs, *words.persons))


def _read(condition: x.Condition) -> x.Condition:
    from checker.drafting.analysis.openings import here

    return here(condition)


def _has_come(desk: Desk, norm: Norm, group: tuple[x.Pattern, ...], lead: r.Lead) -> bool:
    if not isinstance(norm.anchor, OnEvent):
        return False
    if lead.kind == "same_day" and any(desk.reasoning.narrower(norm.anchor.pattern, one) for one in group):
        return True
    come = x.AnyOf(of=tuple(x.Occurred(pattern=one) for one in group))
    return lead.kind in ("order", "same_day") and desk.reasoning.implies(opening(norm), come)


def unkeepable(desk: Desk, norm: Norm) -> str | None:
    """Why the norm can never be kept where it applies; None where no reason is seen, or where that is its sense."""
    think = desk.reasoning
    given = opening(norm)
    match norm.requirement:
        case r.Hold(condition=x.Constant()):
            return None
        case r.Hold(condition=condition) if isinstance(norm.anchor, OnEvent):
            return "凡触发它的都不合于所要求的条件" if think.never(*given, _read(condition)) else None
        case r.Occur(groups=groups):
            if any(all(think.never(one.where) for one in group) for group in groups):
                return "所要求的行为，条件自相矛盾，没有一种情形能成立"
            return _empty_window(norm.requirement.window)
        case r.Precede(groups=groups):
            hopeless = any(all(think.never(one.where) for one in group) for group in groups)
            return "所要求的在先行为，条件自相矛盾，没有一种情形能成立" if hopeless else None
        case _:
            return None


def _empty_window(window: r.Window) -> str | None:
    """A limit that lies before the act from which it is counted."""
    if isinstance(window, r.By) and isinstance(window.limit, x.Shift) and window.limit.backward:
        base = window.limit.base
        if isinstance(base, x.DateOf) and isinstance(base.of, x.AnchorEvent | x.SelfEvent) and _is_some(window.limit):
            return "期限在触发之前就已经届满"
    return None


def _is_some(limit: x.Shift) -> bool:
    return any(part.n for part in limit.period.parts)


def reasons(desk: Desk, norm: Norm) -> Iterator[str]:
    """Every reason why the norm does nothing."""
    for found in (never_applies(desk, norm), unbreakable(desk, norm), unkeepable(desk, norm)):
        if found is not None:
            yield found
