"""Indicators compared: they have no verdict, so no case is sought."""

from collections.abc import Iterator

from checker.drafting.canonical import plain, written
from checker.drafting.comparing.annotations import sources_details
from checker.drafting.comparing.phrasing import phrase
from checker.explain.indicators import measure_phrase
from checker.model.changes import ChangeKind, Detail, NormChange
from checker.model.indicator import CountCases, Indicator, Measure
from checker.model.norm import RuleSet


def indicator_changes(old: RuleSet, new: RuleSet) -> Iterator[NormChange]:
    """Every indicator that differs, those of the new rules first."""
    before, after = ({one.id: one for one in rules.indicators} for rules in (old, new))
    for name in dict.fromkeys([*after, *before]):
        change = _change(name, before.get(name), after.get(name))
        if change is not None:
            yield change


def _change(name: str, old: Indicator | None, new: Indicator | None) -> NormChange | None:
    if old is None or new is None:
        kind = ChangeKind.ADDED if old is None else ChangeKind.REMOVED
        detail = Detail(aspect="指标", old=_measured(old), new=_measured(new))
        return NormChange(id=name, kind=kind, indicator=True, details=(detail,))
    meant = tuple(_meant(old, new))
    details = (*meant, *sources_details("依据", old.sources, new.sources))
    if meant:
        return NormChange(id=name, kind=ChangeKind.MEANING, indicator=True, details=details)
    if details:
        return NormChange(id=name, kind=ChangeKind.METADATA, indicator=True, details=details)
    return NormChange(id=name, kind=ChangeKind.TEXT, indicator=True) if old.text != new.text else None


def _meant(old: Indicator, new: Indicator) -> Iterator[Detail]:
    for field, aspect in _FIELDS.items():
        before, after = getattr(old, field), getattr(new, field)
        if written(plain(before)) != written(plain(after)):
            told = _counted if field in ("measure", "base") else phrase
            yield Detail(aspect=aspect, old=told(before), new=told(after))


_FIELDS = {"applies": "适用于", "months": "每几个月分列", "measure": "计", "base": "分母"}


def _measured(indicator: Indicator | None) -> str:
    return "" if indicator is None else _counted(indicator.measure)


def _counted(measure: Measure | None) -> str:
    if measure is None:
        return ""
    dated = measure.dated if isinstance(measure, CountCases) else None
    return f"{measure_phrase(measure)}{f'（以第一次 {phrase(dated)} 之日分期）' if dated is not None else ''}"
