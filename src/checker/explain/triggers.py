"""What opened an instance, and from which text it is taken."""

from checker.engines.instance import Anchor, Instance
from checker.explain.context import Context, Reason, Topic, event_text
from checker.explain.missing import missing_text
from checker.explain.phrases import pattern_phrase
from checker.explain.values import ordinal_day
from checker.model.norm import OnBreach, OnEvent, OnExpiry, OnPeriod


def trigger_reasons(context: Context, instance: Instance) -> list[Reason]:
    """The event, breach, expiry or calendar period; whether it is certain; the version it falls under."""
    anchor = instance.anchor
    reasons = [Reason(Topic.TRIGGER, _opening(instance))]
    if not anchor.certain:
        reasons.append(Reason(Topic.TRIGGER, f"本条是否由此触发尚不能确定{missing_text(context, anchor.missing)}"))
    if instance.norm.pivot is not None:
        pivot = pattern_phrase(instance.norm.pivot)
        reasons.append(Reason(Topic.TRIGGER, f"版本以「{pivot}」之日选定，为「{instance.norm.version}」"))
    return reasons


def _opening(instance: Instance) -> str:
    anchor = instance.anchor
    match instance.norm.anchor:
        case OnEvent():
            return event_text(anchor.root) if anchor.root is not None else anchor.printed
        case OnBreach(norm=norm):
            return f"{_since(anchor)}记录不符合「{norm}」{_by(anchor)}{_root(anchor)}"
        case OnExpiry(norm=norm):
            return f"「{norm}」的期限{_on(anchor)}届满{_root(anchor)}"
        case OnPeriod():
            return _calendar_period(anchor)


def _since(anchor: Anchor) -> str:
    return f"自 {ordinal_day(anchor.day)} 起，" if anchor.day is not None else ""


def _on(anchor: Anchor) -> str:
    return f"于 {ordinal_day(anchor.day)} " if anchor.day is not None else ""


def _by(anchor: Anchor) -> str:
    via = anchor.via
    if via is None or anchor.base is None or via is anchor.base:
        return ""
    return f"（在此由优先的「{via.norm.id}」代替）"


def _root(anchor: Anchor) -> str:
    return f"，起于 {event_text(anchor.root)}" if anchor.root is not None else ""


def _calendar_period(anchor: Anchor) -> str:
    if anchor.first is None or anchor.last is None:
        return "记录没有写台账起止日期，无法分期"
    return f"{anchor.printed}，{ordinal_day(anchor.first)} 至 {ordinal_day(anchor.last)}"
