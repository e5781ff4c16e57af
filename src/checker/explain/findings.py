"""A finding and its instance to sentences: the order a supervisor would recount it in."""

from checker.engines.instance import Instance
from checker.explain.acts import act_reasons
from checker.explain.clauses import defeat_reasons, priority_reasons
from checker.explain.context import Context, Reason, Topic
from checker.explain.missing import missing_reasons
from checker.explain.sources import source_text, standing_text
from checker.explain.triggers import trigger_reasons
from checker.explain.values import ordinal_day
from checker.explain.windows import window_reasons
from checker.model.finding import Finding, Verdict
from checker.model.norm import Norm
from checker.model.requirements import Deem, Occur


def reasons_of(context: Context, instance: Instance, finding: Finding) -> tuple[Reason, ...]:
    """Every sentence about one finding, in reading order."""
    reasons = trigger_reasons(context, instance)
    requirement = instance.norm.requirement
    if isinstance(requirement, Occur | Deem) and instance.timing is not None:
        reasons += window_reasons(context, instance, requirement.window, instance.timing)
    reasons += act_reasons(context, instance, finding)
    reasons += defeat_reasons(context, instance)
    reasons += _cured(instance, finding)
    reasons += priority_reasons(context, instance)
    reasons += missing_reasons(context, finding.missing)
    reasons += _classes(finding)
    reasons += source_reasons(instance.norm)
    reasons.append(Reason(Topic.STANDING, standing_text(context.rules.pack(instance.norm.pack), instance.norm)))
    return (*reasons, *_consequences(instance.norm, finding))


def explanation_of(reasons: tuple[Reason, ...]) -> str:
    """The sentences as one text, each with its topic: ``触发：…。届满：…。``."""
    return "".join(f"{topic}：{text}。" for topic, text in reasons)


def source_reasons(norm: Norm) -> list[Reason]:
    """The articles with their quoted words."""
    return [Reason(Topic.SOURCE, source_text(source)) for source in norm.sources]


def _consequences(norm: Norm, finding: Finding) -> list[Reason]:
    """The articles on consequences, named with a violation; whether anything follows is not for this program."""
    if not finding.verdict.is_violation or not norm.consequences:
        return []
    articles = [Reason(Topic.CONSEQUENCE, source_text(source)) for source in norm.consequences]
    return [*articles, Reason(Topic.CONSEQUENCE, "以上条文是否适用，由有权机关依规定的程序决定，本程序不作建议")]


def _classes(finding: Finding) -> list[Reason]:
    if finding.category is None:
        return []
    severity = f"，情节{finding.severity}" if finding.severity is not None else ""
    return [Reason(Topic.CLASS, f"{finding.category}{severity}")]


def _cured(instance: Instance, finding: Finding) -> list[Reason]:
    if finding.verdict is not Verdict.EXEMPT or finding.breached_on is None or instance.breached_on is None:
        return []
    return [Reason(Topic.EXCEPTION, f"例外属事后成立，原定界限自 {ordinal_day(instance.breached_on)} 起未满足")]
