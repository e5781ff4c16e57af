"""Whether one norm asks all that another asks, wherever the other applies; from the words alone."""

from checker.calendars.amount import amount_of
from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.openings import here, opening
from checker.model import requirements as r
from checker.model.expressions import Pattern
from checker.model.norm import Norm, OnEvent
from checker.model.values import Unit


def covers(desk: Desk, strong: Norm, weak: Norm) -> bool:
    """Whether whoever breaks the weak norm breaks the strong one as well."""
    return (
        strong.valid.contains(weak.valid)
        and strong.pivot == weak.pivot
        and _applies_wherever(desk, strong, weak)
        and set(weak.correlate) <= set(strong.correlate)
        and _is_no_laxer(strong, weak)
        and not _gives_way(desk, strong)
        and _asks_all(desk, strong, weak)
    )


def _applies_wherever(desk: Desk, strong: Norm, weak: Norm) -> bool:
    think = desk.reasoning
    if not think.implies(opening(weak), strong.applies):
        return False
    if isinstance(strong.anchor, OnEvent) and isinstance(weak.anchor, OnEvent):
        return think.narrower(weak.anchor.pattern, strong.anchor.pattern)
    return strong.anchor == weak.anchor


def _is_no_laxer(strong: Norm, weak: Norm) -> bool:
    """Every exception of the strong norm is one of the weak norm too; what the weak one has besides only helps it."""
    mine = [one.model_copy(update={"text": "", "permission": None}) for one in weak.exceptions]
    theirs = [one.model_copy(update={"text": "", "permission": None}) for one in strong.exceptions]
    extras = [one for one in mine if one not in theirs]
    return all(one in mine for one in theirs) and all(isinstance(o, r.Defeat | r.Extend | r.Exclude) for o in extras)


def _gives_way(desk: Desk, norm: Norm) -> bool:
    return any(override.norm == norm.id for one in desk.rules.norms for override in one.overrides)


def _asks_all(desk: Desk, strong: Norm, weak: Norm) -> bool:
    match strong.requirement, weak.requirement:
        case r.Hold(condition=mine), r.Hold(condition=theirs):
            return desk.reasoning.implies((*opening(weak), here(mine)), here(theirs))
        case r.Contain(parts=mine), r.Contain(parts=theirs):
            return set(theirs) <= set(mine)
        case ((r.Precede() as one), (r.Precede() as other)):
            is_free = not other.one_to_one or one.one_to_one
            return is_free and _leads(one.lead, other.lead) and _has_groups(desk, one.groups, other.groups)
        case ((r.Occur() as one), (r.Occur() as other)):
            is_free = not other.one_to_one or one.one_to_one
            return is_free and _ends_before(desk, strong, weak) and _has_groups(desk, one.groups, other.groups)
        case _:
            return False


def _has_groups(desk: Desk, strong: r.Groups, weak: r.Groups) -> bool:
    """Whether what fulfils every strong group fulfils every weak one."""
    return all(any(_within(desk, mine, theirs) for mine in strong) for theirs in weak)


def _within(desk: Desk, group: tuple[Pattern, ...], wide: tuple[Pattern, ...]) -> bool:
    return all(
        any(desk.reasoning.narrower(one, other) and one.dated_by == other.dated_by for other in wide) for one in group
    )


def _leads(strong: r.Lead, weak: r.Lead) -> bool:
    order = ("same_day", "order", "earlier_day", "period")
    if strong.kind == "period" and weak.kind == "period" and strong.period and weak.period:
        return _is_within(weak, strong)
    if strong.kind == "period":
        return strong.period is not None and any(part.n for part in strong.period.parts)
    return order.index(strong.kind) >= order.index(weak.kind)


def _is_within(short: r.Lead, long: r.Lead) -> bool:
    assert short.period is not None
    assert long.period is not None
    return all(a <= b for a, b in zip(amount_of(short.period), amount_of(long.period), strict=True))


def _ends_before(desk: Desk, strong: Norm, weak: Norm) -> bool:
    """Whether the window of the strong norm lies inside that of the weak one."""
    assert isinstance(strong.requirement, r.Occur)
    assert isinstance(weak.requirement, r.Occur)
    one, other = strong.requirement.window, weak.requirement.window
    if strong.counting.model_copy(update={"sources": ()}) != weak.counting.model_copy(update={"sources": ()}):
        return False
    if isinstance(one, r.UntilClose) and isinstance(other, r.UntilClose):
        return desk.rules.pack(strong.pack).closing == desk.rules.pack(weak.pack).closing
    if isinstance(one, r.Within) and isinstance(other, r.Within) and _is_fixed(one) and _is_fixed(other):
        assert isinstance(one.period, r.Fixed)
        assert isinstance(other.period, r.Fixed)
        mine, theirs = amount_of(one.period.period), amount_of(other.period.period)
        return one.start == other.start and all(a <= b for a, b in zip(mine, theirs, strict=True))
    return one == other


def _is_fixed(window: r.Within) -> bool:
    period = window.period
    return isinstance(period, r.Fixed) and all(part.unit is not Unit.HOUR for part in period.period.parts)
