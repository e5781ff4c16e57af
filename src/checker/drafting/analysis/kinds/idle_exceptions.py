"""Exceptions that change no finding: their condition cannot hold, or earlier ones have taken all of it."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from checker.drafting.analysis.clauses import acted, idle
from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.doubt import BY_WORDS, ask_difference, bound_text
from checker.drafting.analysis.excerpts import with_and_without
from checker.drafting.analysis.hopeless import never_applies
from checker.drafting.analysis.results import Expected, Result, Shown, named
from checker.drafting.analysis.worlds.trying import LONG, Tried, settled
from checker.drafting.answers import Proved, Undecided
from checker.engines.ground.program import Program
from checker.engines.run import evaluate, prepare
from checker.model.case import Case
from checker.model.finding import Verdict
from checker.model.norm import Norm

NAME: Final = "idle-exception"
TITLE: Final = "例外无用"
IS_GRAVE: Final = True
_MOST: Final = 80


class _Clause(NamedTuple):
    position: int
    norm: Norm
    place: int

    @property
    def text(self) -> str:
        lines = self.norm.exceptions[self.place].text.splitlines()
        return " ".join(line.strip() for line in lines) or f"第 {self.place + 1} 个例外"


def look(desk: Desk) -> Iterator[Result]:
    """Every exception either changes a finding in a case, or is reported."""
    for position, norm in desk.mine():
        if norm.exceptions and never_applies(desk, norm) is None:
            for place in range(len(norm.exceptions)):
                yield from _answer(desk, _Clause(position, norm, place))


def _answer(desk: Desk, clause: _Clause) -> Iterator[Result]:
    reason = idle(desk, clause.norm, clause.place)
    differs, sample = _tried(desk, clause)
    if differs:
        return
    whose = f"「{clause.norm.id}」的例外「{clause.text}」"
    if reason is not None:
        yield Result(kind=NAME, norms=named(clause.norm), claim=f"{whose}不改变任何结论：{reason}。", proof=BY_WORDS,
                     shown=sample, about=clause.text)  # fmt: skip
        return
    old, new = with_and_without(desk, clause.position, clause.place)
    answer = ask_difference(desk, old, new, clause.norm.id)
    match answer:
        case Proved(bound=bound):
            yield Result(kind=NAME, norms=named(clause.norm), claim=f"{whose}不改变任何结论。", proof=bound_text(bound),
                         about=clause.text)  # fmt: skip
        case Undecided(reason=open_reason):
            claim = f"没有找到因{whose}而结论不同的案件，也没有证明没有。"
            yield Result(kind=NAME, norms=named(clause.norm), claim=claim, open=open_reason, about=clause.text)
        case _:
            return


def _tried(desk: Desk, clause: _Clause) -> tuple[bool, tuple[Shown, ...]]:
    """Whether a case comes out otherwise without the clause; if none, one in which the norm is exempt all the same."""
    whole, part = (prepare(one, desk.calendar) for one in with_and_without(desk, clause.position, clause.place))
    sample: tuple[Shown, ...] = ()
    for world in islice(acted(desk, clause.position, clause.place), _MOST):
        for one in settled(desk, world, [clause.position]):
            for day in (one.as_of, world.date_of(one.world.last_day), world.date_of(one.world.last_day + LONG // 3)):
                if _said(whole, one.case, day, clause.norm) != _said(part, one.case, day, clause.norm):
                    return True, ()
            sample = sample or _sample(clause, one)
    return False, sample


def _sample(clause: _Clause, one: Tried) -> tuple[Shown, ...]:
    exempt = [finding for finding, _ in one.of(clause.position) if finding.verdict is Verdict.EXEMPT]
    if not exempt:
        return ()
    expect = tuple(Expected(norm=found.norm, verdict=found.verdict, anchor=found.anchor) for found in exempt)
    says = "合于这一款的案件；删去这一款，结论不变"
    return (Shown(says=says, case=one.case, as_of=one.as_of, expect=expect),)


def _said(program: Program, case: Case, day: dt.date, norm: Norm) -> list[tuple[object, ...]]:
    found = evaluate(program, case, day).findings
    return [
        (one.anchor, one.verdict, one.due, one.days)
        for one in found
        if (one.norm, one.version) == (norm.id, norm.version)
    ]
