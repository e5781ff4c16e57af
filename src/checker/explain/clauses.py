"""Exceptions in sentences: each clause as written, whether it holds here, and why."""

from checker.engines.facts import Truth
from checker.engines.instance import ClauseValue, Instance
from checker.explain.context import Context, Reason, Topic, ids_text, quoted
from checker.explain.missing import missing_text
from checker.explain.observed import observed
from checker.explain.phrases import pattern_at, pattern_phrase
from checker.explain.requirement_phrases import clause_phrases
from checker.explain.sources import source_text
from checker.model import expressions as x
from checker.model.requirements import Defeat, ExceptionClause


def clause_title(rule: ExceptionClause) -> str:
    """The clause as the drafter wrote it; its core form where the text was not kept."""
    if isinstance(rule, Defeat) and rule.permission:
        return f"许可{quoted(rule.permission)}"
    return quoted(rule.text or "；".join(clause_phrases(rule)))


def defeat_reasons(context: Context, instance: Instance) -> list[Reason]:
    """Every 不适用 clause with its value; of those that only a later fact makes true, that as well."""
    reasons = [_reason(context, instance, value) for value in instance.defeats]
    decided = {value.clause for value in instance.defeats if value.truth is Truth.YES}
    for value in instance.curing:
        if value.truth is not Truth.NO and value.clause not in decided:
            reasons.append(_reason(context, instance, value, "事后"))
    return reasons


def clause_reason(context: Context, instance: Instance, value: ClauseValue) -> Reason:
    """One clause of the period (期限为, 延长, 不顺延) with its value."""
    return _reason(context, instance, value)


def _reason(context: Context, instance: Instance, value: ClauseValue, when: str = "") -> Reason:
    return Reason(Topic.EXCEPTION, f"{clause_title(value.rule)}{when}{_because(context, instance, value)}")


def _because(context: Context, instance: Instance, value: ClauseValue) -> str:
    match value.truth:
        case Truth.YES:
            return f"成立{ids_text(value.support)}{_facts(context, instance, value.rule)}{_basis(value.rule)}"
        case Truth.MAYBE:
            return f"是否成立尚不能确定{missing_text(context, value.missing)}"
        case Truth.NO:
            return f"不成立{_against(context, instance, value.rule)}"


def _basis(rule: ExceptionClause) -> str:
    """What a permission rests on: it is written elsewhere than the norm whose sources follow below."""
    sources = rule.sources if isinstance(rule, Defeat) else ()
    return f"，其依据是 {'；'.join(source_text(source) for source in sources)}" if sources else ""


def _against(context: Context, instance: Instance, rule: ExceptionClause) -> str:
    when = getattr(rule, "when", None)
    if isinstance(when, x.Occurred):
        return f"：所看时段内未见符合「{pattern_phrase(pattern_at(when.pattern, instance.anchor.root))}」的记录"
    return _facts(context, instance, rule)


def _facts(context: Context, instance: Instance, rule: ExceptionClause) -> str:
    parts = [part for part in (getattr(rule, "when", None), rule.unless) if part is not None]
    facts = [fact for part in parts for fact in observed(context, part, instance.anchor.root)]
    return f"：{'，'.join(dict.fromkeys(facts))}" if facts else ""


def priority_reasons(context: Context, instance: Instance) -> list[Reason]:
    """Whether another norm goes first at this anchor."""
    match instance.prior:
        case Truth.YES:
            return [Reason(Topic.PRIORITY, f"「{instance.prior_by}」在此优先适用，本条不再适用")]
        case Truth.MAYBE:
            lacking = missing_text(context, instance.prior_missing)
            return [Reason(Topic.PRIORITY, f"有优先的规范，是否适用尚不能确定{lacking}")]
        case Truth.NO:
            return []
