"""A situation that fails, made as small as it goes: seeded cases cannot be shrunk by the numbers they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from checker.model.case import Case, Event
from checker.model.norm import Norm, RuleSet
from strategies.altered import numbered
from strategies.rules import nodes, strata_of

Fails = Callable[[RuleSet, Sequence[Case]], bool]


def smallest(rules: RuleSet, cases: Sequence[Case], fails: Fails, most: int = 2000) -> tuple[RuleSet, list[Case]]:
    """What is left when nothing more can be taken away without the failure going too; ``most`` limits the trials."""
    found, left = (rules, list(cases)), most
    is_smaller = True
    while is_smaller and left > 0:
        is_smaller = False
        for tried in _smaller(*found):
            left -= 1
            if left <= 0:
                break
            if _holds(tried, fails):
                found, is_smaller = tried, True
                break
    return found


def _holds(tried: tuple[RuleSet, list[Case]], fails: Fails) -> bool:
    try:
        return fails(*tried)
    except Exception:  # what was taken away was needed by something else
        return False


def _smaller(rules: RuleSet, cases: list[Case]) -> Iterator[tuple[RuleSet, list[Case]]]:
    for size in (len(cases) // 2, len(cases) // 4, 1):
        for at in range(0, len(cases), size) if 0 < size < len(cases) else ():
            yield rules, [*cases[:at], *cases[at + size :]]
    for at, norm in enumerate(rules.norms):
        rest = [*rules.norms[:at], *rules.norms[at + 1 :]]
        if all(each.id != norm.id for each in rest) and any(norm.id in _mentioned(each) for each in rest):
            continue
        yield _with(rules, rest), cases
    for at, norm in enumerate(rules.norms):
        for less in _plainer(norm):
            yield _with(rules, [*rules.norms[:at], less, *rules.norms[at + 1 :]]), cases
    for at, case in enumerate(cases):
        for fewer in _poorer(case):
            yield rules, [*cases[:at], fewer, *cases[at + 1 :]]


def _with(rules: RuleSet, norms: list[Norm]) -> RuleSet:
    return rules.model_copy(update={"norms": tuple(norms), "strata": strata_of(norms)})


def _mentioned(norm: Norm) -> set[str]:
    """The norms that a norm builds upon or has priority over."""
    return {name for node in nodes(norm) if isinstance(name := getattr(node, "norm", None), str)}


def _plainer(norm: Norm) -> Iterator[Norm]:
    for at in range(len(norm.exceptions)):
        yield norm.model_copy(update={"exceptions": (*norm.exceptions[:at], *norm.exceptions[at + 1 :])})
    for name in ("overrides", "correlate", "pivot", "applies", "valid", "counting", "breach"):
        plain = Norm.model_fields[name].get_default(call_default_factory=True)
        if getattr(norm, name) != plain:
            yield norm.model_copy(update={name: plain})


def _poorer(case: Case) -> Iterator[Case]:
    for at in reversed(range(len(case.events))):
        yield case.model_copy(update={"events": numbered((*case.events[:at], *case.events[at + 1 :]))})
    for name in ("answers", "covers", "extent", "attributes", "kind", "ordered"):
        plain = Case.model_fields[name].get_default(call_default_factory=True)
        if getattr(case, name) != plain:
            yield case.model_copy(update={name: plain})
    for at, event in enumerate(case.events):
        for barer in _barer(event):
            yield case.model_copy(update={"events": (*case.events[:at], barer, *case.events[at + 1 :])})


def _barer(event: Event) -> Iterator[Event]:
    for name in ("time", "document", "actors"):
        if getattr(event, name) is not None:
            yield event.model_copy(update={name: None})
    for name in event.attributes:
        rest = {n: v for n, v in event.attributes.items() if n != name}
        yield event.model_copy(update={"attributes": rest})
