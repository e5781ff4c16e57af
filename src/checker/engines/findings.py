"""Instance and outcome to a finding: every field except the explanation (semantics §11)."""

import datetime as dt

from checker.engines.facts import Act, Clock, Truth
from checker.engines.ground.grounding import Grounded, is_open, is_violation
from checker.engines.ground.view import View
from checker.engines.instance import Instance, Timing
from checker.model.finding import Finding, Verdict
from checker.model.requirements import Deem, Occur


def settle(grounded: Grounded) -> None:
    """Write into an instance, once its outcome is known, whether and when it was breached."""
    instance, form = grounded.instance, grounded.rule.form
    instance.inner_violation = is_violation(instance, form)
    verdict = instance.outcome.verdict if instance.outcome else None
    if not instance.inner_violation or verdict is None:
        return
    if verdict in (Verdict.LATE, Verdict.OVERDUE, Verdict.BREACHED) or is_cured(instance):
        instance.breached_on = _breach_day(instance)


def is_cured(instance: Instance) -> bool:
    """Whether it is exempt only because of what happened afterwards."""
    outcome = instance.outcome
    exempt = outcome is not None and outcome.verdict == Verdict.EXEMPT and outcome.defeated_by < 0
    return exempt and instance.prior is not Truth.YES


def finding_of(grounded: Grounded, view: View) -> Finding:
    """The finding of a listed instance, without its explanation."""
    instance = grounded.instance
    norm = instance.norm
    assert instance.outcome is not None
    assert instance.outcome.verdict is not None
    verdict = Verdict(instance.outcome.verdict)
    violation = verdict.is_violation
    missing: frozenset[str] | set[str] = frozenset()
    if verdict is Verdict.UNDETERMINED:
        missing = _missing(grounded)
    timing = instance.timing
    due = timing.due if timing is not None else None
    last = _discharging(instance) if verdict in (Verdict.MET, Verdict.LATE) else -1
    event = instance.chosen[last] if last >= 0 else None
    return Finding.model_construct(
        case=view.case.id,
        norm=grounded.rule.id,
        version=norm.version,
        verdict=verdict,
        category=norm.breach.category if violation else None,
        severity=norm.breach.severity if violation else None,
        bearer=_bearer(grounded),
        anchor=instance.anchor.printed,
        due=None if due is None else due.last or dt.date.fromordinal(due.day),
        fulfilled_by=event.id if event is not None else None,
        breached_on=None if instance.breached_on is None else dt.date.fromordinal(instance.breached_on),
        days=_days(instance, verdict, view.as_of, last),
        evidence=_evidence(grounded, verdict, view),
        missing=tuple(sorted(missing)) if missing else (),
        provisional=due is not None and due.provisional,
        explanation="",
    )


def _breach_day(instance: Instance) -> int | None:
    due = instance.timing.due if instance.timing is not None else None
    if due is None:
        return instance.anchor.day
    if due.last is not None:
        return due.day
    # Nothing lies after the last day a date can be; a breach there cannot be passed either.
    return due.day + 1


def _discharging(instance: Instance) -> int:
    """The group whose chosen event fulfilled the requirement; -1 for none."""
    chosen = instance.chosen
    if not chosen or None in chosen:
        return -1
    if instance.timing is None:
        return len(chosen) - 1
    if isinstance(instance.norm.requirement, Deem) and instance.act is not Act.TIMELY:
        return -1
    return instance.latest_group


def _days(instance: Instance, verdict: Verdict, as_of: int, last: int) -> int | None:
    timing = instance.timing
    if timing is None:
        return None
    if verdict is Verdict.PENDING and timing.clock is Clock.STOPPED:
        return -(timing.remaining or 0)
    if timing.due is None:
        return None
    match verdict:
        case Verdict.LATE:
            day = instance.chosen_days[last] if last >= 0 else None
            return None if day is None else day - timing.due.day
        case Verdict.OVERDUE | Verdict.PENDING:
            return as_of - timing.due.day
        case _:
            return None


def _bearer(grounded: Grounded) -> str | None:
    requirement = grounded.instance.norm.requirement
    if isinstance(requirement, Deem):
        return None
    if isinstance(requirement, Occur):
        for group in grounded.rule.groups:
            for pattern in group:
                if pattern.actor is not None:
                    return "、".join(pattern.actor.owed_by(grounded.scope) or ()) or None
        return None
    root = grounded.scope.root
    return "、".join(root.actors) or None if root is not None and root.actors is not None else None


def _evidence(grounded: Grounded, verdict: Verdict, view: View) -> tuple[str, ...]:
    instance = grounded.instance
    anchor, timing = instance.anchor, instance.timing
    found = [anchor.root.id] if anchor.root is not None else []
    if instance.chosen and _shows_chosen(instance, verdict):
        found += [event.id for event in instance.chosen if event is not None]
    if timing is not None:
        found += _timing_evidence(timing)
    found += instance.hold_support
    if verdict is Verdict.EXEMPT:
        found += _defeat_support(instance)
    return view.in_order(found) if len(found) > 1 else tuple(found)


def _shows_chosen(instance: Instance, verdict: Verdict) -> bool:
    if verdict is Verdict.UNDETERMINED:
        return instance.timing is None or instance.timing.clock is not Clock.UNKNOWN
    return verdict in (Verdict.MET, Verdict.LATE) and _discharging(instance) >= 0


def _timing_evidence(timing: Timing) -> list[str]:
    found = list(timing.support)
    if timing.start_event is not None:
        found.append(timing.start_event.id)
    if timing.closing is not None:
        found.append(timing.closing.id)
    return found


def _defeat_support(instance: Instance) -> tuple[str, ...]:
    assert instance.outcome is not None
    if instance.outcome.defeated_by >= 0:
        return instance.defeats[instance.outcome.defeated_by].support
    if is_cured(instance):
        return next((value.support for value in instance.curing if value.truth is Truth.YES), ())
    return ()


def _missing(grounded: Grounded) -> set[str]:
    """Every unknown that entered the verdict."""
    instance = grounded.instance
    if is_open(grounded):
        instance.inner_missing = frozenset(grounded.inner_missing())
    out = set(instance.anchor.missing) | instance.inner_missing | instance.prior_missing
    if not any(value.truth is Truth.YES for value in instance.defeats):
        out |= {name for value in instance.defeats for name in value.missing}
    if instance.inner_violation and instance.cured is Truth.MAYBE:
        out |= {name for value in instance.curing for name in value.missing}
    if instance.timing is not None and instance.timing.unsure:
        out |= instance.timing.doubts
    return out
