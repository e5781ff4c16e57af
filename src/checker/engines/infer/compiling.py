"""A rule set of the core, compiled to rulesets for the engine."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from checker.engines.facts import Form, Truth
from checker.engines.infer.limits import Limits, Network
from checker.engines.infer.rules import MOST_EXCEPTIONS, Comparison, Rule, Step, is_step, template
from checker.engines.infer.tables import Inputs, inputs_of, table_rules
from checker.model.diagnostic import Diagnostic, RulesError
from checker.model.norm import Norm, OnBreach, RuleSet
from checker.model.requirements import Deem, Defeat, Occur, Review


class Entry(NamedTuple):
    """How facts of one norm enter: the ruleset they go to and the start of their text."""

    ruleset: int
    form: Form
    exceptions: int
    inputs: Inputs
    start: str


class Compiled(NamedTuple):
    """Rulesets, and an entry for each norm position."""

    rulesets: tuple[tuple[Rule, ...], ...]
    entries: tuple[Entry, ...]


LIMITS = Limits()


def compile_rules(rules: RuleSet, limits: Limits = LIMITS) -> Compiled:
    """Norms in their order, packed into as few rulesets as the limits allow.

    :raises RulesError: a norm has more exceptions than a ruleset can hold.
    """
    tables = table_rules()
    rulesets = [tables]
    network = _network(tables, limits)
    entries = []
    inputs = {form: inputs_of(form) for form in Form}
    opened = opened_by_breach(rules)
    for position, norm in enumerate(rules.norms):
        own = tuple(norm_rules(norm, position, opened[norm.id], inputs[form_of(norm)]))
        if own:
            network.add(own)
            if network.excess() is not None:
                rulesets.append(tables)
                network = _network((*tables, *own), limits)
                _refuse(norm, network.excess())
            rulesets[-1] = (*rulesets[-1], *own)
        entries.append(_entry(len(rulesets) - 1, position, norm, inputs[form_of(norm)]))
    return Compiled(tuple(rulesets), tuple(entries))


def norm_rules(norm: Norm, position: int, opened: tuple[int, ...], inputs: Inputs) -> Iterator[Rule]:
    """What holds of this norm alone: its exceptions in written order, and what its breach opens.

    A norm without either has no rule of its own; its facts enter at the inner verdict.
    """
    count = len(_defeats(norm))
    if count > MOST_EXCEPTIONS:
        _refuse(norm, f"「不适用」有 {count} 条，超过 {MOST_EXCEPTIONS} 条")
    if count:
        yield from _exception_rules(position, form_of(norm), count, inputs)
    if opened:
        yield Rule(f"opens:{position}", (is_step(Step.BREACH), Comparison("n", "eq", position)), opens=opened)


def form_of(norm: Norm) -> Form:
    """The inner table the norm is read in."""
    match norm.requirement:
        case Occur():
            return Form.WINDOW
        case Deem():
            return Form.DEEM
        case Review():
            return Form.REVIEW
        case _:
            return Form.POINT


def opened_by_breach(rules: RuleSet) -> dict[str, tuple[int, ...]]:
    """For each norm, by its id, the positions of the norms that its breach may give an anchor to.

    They say 违反 of it, or of a norm over which it takes precedence, directly or through others (§4).
    """
    overridden: dict[str, set[str]] = {}
    for norm in rules.norms:
        overridden.setdefault(norm.id, set()).update(override.norm for override in norm.overrides)
    waiting: dict[str, list[int]] = {}
    for position, norm in enumerate(rules.norms):
        if isinstance(norm.anchor, OnBreach):
            waiting.setdefault(norm.anchor.norm, []).append(position)
    return {
        name: tuple(sorted(position for reached in _closure(name, overridden) for position in waiting.get(reached, ())))
        for name in overridden
    }


def _closure(start: str, steps: Mapping[str, set[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        further = steps.get(waiting.pop(), set()) - reached
        reached |= further
        waiting.extend(further)
    return reached


def _exception_rules(position: int, form: Form, count: int, inputs: Inputs) -> Iterator[Rule]:
    """The first true exception decides; none true but one unknown: unknown; else the norm stands (§7)."""
    here = (is_step(Step.EXCEPTIONS), Comparison("n", "eq", position))
    kept = ("i", "n", *inputs.keys)

    def decided(defeat: Truth, by: int) -> str:
        return template(Step.INNER, kept, {"f": form, "d": defeat, "b": by})

    not_true = [Comparison(f"x{n}", "neq", Truth.YES) for n in range(count)]
    false = [Comparison(f"x{n}", "eq", Truth.NO) for n in range(count)]
    for n in range(count):
        true = Comparison(f"x{n}", "eq", Truth.YES)
        yield Rule(f"exception:{position}.{n}", (*here, *not_true[:n], true), decided(Truth.YES, n + 1))
        first_unknown = Comparison(f"x{n}", "eq", Truth.MAYBE)
        pattern = (*here, *false[:n], first_unknown, *not_true[n + 1 :])
        yield Rule(f"unknown:{position}.{n}", pattern, decided(Truth.MAYBE, 0))
    yield Rule(f"stands:{position}", (*here, *false), decided(Truth.NO, 0))


def _entry(ruleset: int, position: int, norm: Norm, inputs: Inputs) -> Entry:
    form, count = form_of(norm), len(_defeats(norm))
    step = Step.EXCEPTIONS if count else Step.INNER
    known = "" if count else f',"d":{int(Truth.NO)},"b":0'
    return Entry(ruleset, form, count, inputs, f'"k":{int(step)},"n":{position},"f":{int(form)}{known}')


def _defeats(norm: Norm) -> Sequence[Defeat]:
    return [clause for clause in norm.exceptions if isinstance(clause, Defeat)]


def _network(rules: Sequence[Rule], limits: Limits) -> Network:
    network = Network(limits)
    network.add(rules)
    return network


def _refuse(norm: Norm, excess: str | None) -> None:
    if excess is not None:
        message = f"规范「{norm.id}」超出推理引擎的限度：{excess}。"
        raise RulesError((Diagnostic(code="too-many-exceptions", message=message, at=norm.span, quote=norm.title),))
