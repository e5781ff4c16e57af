"""Instance and outcome to a finding: every field except the explanation (semantics §11)."""

import datetime as dt
from typing import Final

from checker.engines.facts import Act, Clock, Form, Truth
from checker.engines.ground.grounding import Grounded, is_open, is_violation
from checker.engines.ground.view import View
from checker.engines.instance import Instance, Timing
from checker.engines.verdicts import VIOLATIONS
from checker.model.finding import Finding, Verdict
from checker.model.node import constructed
from checker.model.requirements import Deem

_VERDICTS: Final = {verdict.value: verdict for verdict in Verdict}


def settle(grounded: Grounded) -> None:
    """Write into an instance, once its outcome is known, whether and when it was breached."""
    instance, form = grounded.instance, grounded.rule.form
    instance.inner_violation = is_violation(instance, form)
    verdict = instance.outcome.verdict if instance.outcome else None
    if not instance.inner_violation or verdict is None:
        return
    if verdict in VIOLATIONS or is_cured(instance):
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
    verdict = _VERDICTS[instance.outcome.verdict]
    is_violation = verdict in VIOLATIONS
    due = instance.timing.due if instance.timing is not None else None
    last = _discharging(instance) if verdict is Verdict.MET or verdict is Verdict.LATE else -1
    event = instance.chosen[last] if last >= 0 else None
    return constructed(
        Finding,
        {
            "case": view.case.id,
            "norm": grounded.rule.id,
            "version": norm.version,
            "verdict": verdict,
            "category": norm.breach.category if is_violation else None,
            "severity": norm.breach.severity if is_violation else None,
            "bearer": _bearer(grounded),
            "anchor": instance.anchor.printed,
            "due": None if due is None else due.last or dt.date.fromordinal(due.day),
            "fulfilled_by": event.id if event is not None else None,
            "breached_on": None if instance.breached_on is None else dt.date.fromordinal(instance.breached_on),
            "days": _days(instance, verdict, view.as_of, last),
            "evidence": _evidence(grounded, verdict, view, last),
            "missing": tuple(sorted(_missing(grounded))) if verdict is Verdict.UNDETERMINED else (),
            "provisional": due is not None and due.provisional,
            "explanation": "",
        },
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
    """Who owes the act; of forms without a window, who did what the anchor is."""
    rule = grounded.rule
    if rule.form is Form.DEEM:
        return None
    if rule.form is not Form.WINDOW:
        root = grounded.opening.scope.root
        return "、".join(root.actors) or None if root is not None and root.actors is not None else None
    if rule.bearer is None:
        return None
    return "、".join(rule.bearer.owed_by(grounded.opening.scope) or ()) or None


def _evidence(grounded: Grounded, verdict: Verdict, view: View, last: int) -> tuple[str, ...]:
    instance = grounded.instance
    anchor, timing = instance.anchor, instance.timing
    found = [anchor.root.id] if anchor.root is not None else []
    if instance.chosen and (last >= 0 or (verdict is Verdict.UNDETERMINED and _is_computed(timing))):
        found += [event.id for event in instance.chosen if event is not None]
    if timing is not None:
        found += _timing_evidence(timing)
    found += instance.hold_support
    if verdict is Verdict.EXEMPT:
        found += _defeat_support(instance)
    return view.in_order(found) if len(found) > 1 else tuple(found)


def _is_computed(timing: Timing | None) -> bool:
    return timing is None or timing.clock is not Clock.UNKNOWN


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
