"""Whether a change shows in any case: the answer of a search or a proof, with what both rule sets say of the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Answer, Bound, Proved, Undecided, Witness
from checker.drafting.comparing.families import Families
from checker.drafting.fixture_text import fixture_text
from checker.engines.ground.program import Program
from checker.engines.run import evaluate, prepare
from checker.explain.context import context_of
from checker.explain.findings import explanation_of, reasons_of
from checker.explain.pairs import pair_text
from checker.model.case import Case, Event, Fixture
from checker.model.changes import Effect, Equal, Open, Pair, Shows
from checker.model.diagnostic import CheckerError
from checker.model.finding import Finding
from checker.model.norm import RuleSet

COMPARED: Final = ("verdict", "due", "breached_on", "fulfilled_by", "days", "category", "severity", "bearer")
"""What of a finding must be the same, besides that there is one."""


class Difference(Protocol):
    """Who finds a small case on which the findings on a norm differ, or proves that there is none."""

    def __call__(
        self,
        old: RuleSet,
        new: RuleSet,
        norm: str,
        calendar: Calendar,
        seeds: Sequence[Fixture],
        bound: Bound,
        prove: bool,
    ) -> Answer:
        """Any of the three answers."""


class Asking(NamedTuple):
    """How effects are sought. ``seeds`` are fixtures by norm; ``is_over`` says that no time is left for more."""

    difference: Difference
    calendar: Calendar
    seeds: Callable[[str], Sequence[Fixture]]
    bound: Bound
    prove: bool
    is_over: Callable[[], bool]


class Sides:
    """Two rule sets ready to be asked about the same norms."""

    def __init__(self, before: Families, after: Families, calendar: Calendar) -> None:
        """Compile both once."""
        self._calendar = calendar
        self._families = (before, after)
        self._old, self._new = prepare(before.rules, calendar), prepare(after.rules, calendar)

    def effect(self, norm: str, asking: Asking) -> Effect:
        """What a change of the norm comes to."""
        if asking.is_over():
            return Open(reason="已到全部时限，没有再找；用「--seconds」放宽")
        old, new = (side.only(norm) for side in self._families)
        try:
            answer = asking.difference(old, new, norm, self._calendar, asking.seeds(norm), asking.bound, asking.prove)
        except CheckerError:
            raise
        except Exception as error:  # a fault of ours over one norm leaves that norm open, and the others are told
            return Open(reason=f"找案件时程序出错（{type(error).__name__}：{error}）")
        match answer:
            case Witness(case=case, as_of=as_of):
                return self._shown(norm, case, as_of)
            case Proved(bound=bound):
                return Equal(bound="" if bound is None else bound_text(bound))
            case Undecided(reason=reason):
                return Open(reason=reason)

    def pairs(self, case: Case, as_of: dt.date, norm: str) -> tuple[Pair, ...]:
        """The anchors of a norm at which the two say different things, explained."""
        old, new = (self._findings(program, case, as_of) for program in (self._old, self._new))
        return differing_pairs(old, new, norm)

    def _shown(self, norm: str, case: Case, as_of: dt.date) -> Effect:
        if not self.pairs(case, as_of, norm):  # an answer that does not replay shows nothing
            return Open(reason="找到的案件在两套规则下结论相同，不能算见证")
        case, as_of = self._sharpened(norm, case, as_of)
        case = case.model_copy(update={"id": f"{norm.replace('/', '-')}-见证"})  # kept as a fixture, a case of its own
        pairs = self.pairs(case, as_of, norm)
        pack = norm.partition("/")[0]
        kept = [one for one in self._findings(self._new, case, as_of) if one.norm.partition("/")[0] == pack]
        wanted = [one for one in kept if one.norm == norm or one.verdict.is_violation]
        remark = "\n".join(f"「{norm}」在 {pair.anchor}：{pair_text(pair)}" for pair in pairs)
        return Shows(case=case, as_of=as_of, pairs=pairs, fixture=fixture_text(case, as_of, wanted, remark))

    def _sharpened(self, norm: str, case: Case, as_of: dt.date) -> tuple[Case, dt.date]:
        """A case no larger on which the verdicts themselves differ, not only a date, if one is near at hand."""
        pairs = self.pairs(case, as_of, norm)
        if any(_flips(pair) for pair in pairs):
            return case, as_of
        dues = {_day(one.due) for pair in pairs for one in (pair.old, pair.new) if one is not None and one.due}
        days = sorted({as_of, *dues, *(due + dt.timedelta(days=1) for due in dues)})
        smaller = (case.model_copy(update={"events": _without(case, n)}) for n in reversed(range(len(case.events))))
        for one in (case, *smaller):
            for day in days:
                if any(_flips(pair) for pair in self.pairs(one, day, norm)):
                    return one, day
        return case, as_of

    def _findings(self, program: Program, case: Case, as_of: dt.date) -> tuple[Finding, ...]:
        return explained(program, case, as_of)


def explained(program: Program, case: Case, as_of: dt.date) -> tuple[Finding, ...]:
    """All findings of a case, with their explanations; none where the engine failed on it."""
    found = evaluate(program, case, as_of)
    context = context_of(program.source, program.calendar, case, as_of, found.instances)
    return tuple(
        finding.model_copy(update={"explanation": explanation_of(reasons_of(context, instance, finding))})
        for instance, finding in zip(found.instances, found.findings, strict=True)
    )


def differing_pairs(old: Sequence[Finding], new: Sequence[Finding], norm: str) -> tuple[Pair, ...]:
    """The findings on a norm, anchor by anchor, where they differ."""
    before, after = ({one.anchor: one for one in side if one.norm == norm} for side in (old, new))
    pairs = [Pair(anchor=a, old=before.get(a), new=after.get(a)) for a in dict.fromkeys([*before, *after])]
    return tuple(pair for pair in pairs if _seen(pair.old) != _seen(pair.new))


def _seen(finding: Finding | None) -> tuple[object, ...]:
    return () if finding is None else tuple(getattr(finding, key) for key in COMPARED)


def _flips(pair: Pair) -> bool:
    return (pair.old and pair.old.verdict) != (pair.new and pair.new.verdict)


def _day(due: dt.date | dt.datetime) -> dt.date:
    return due.date() if isinstance(due, dt.datetime) else due


def _without(case: Case, place: int) -> tuple[Event, ...]:
    left = [event for n, event in enumerate(case.events) if n != place]
    return tuple(event.model_copy(update={"position": n}) for n, event in enumerate(left, 1))


def bound_text(bound: Bound) -> str:
    """How far a proof reaches."""
    return f"至多 {bound.events}个事件、自 {bound.first} 起 {bound.days}日之内、不缺事实的案件"
