"""Norms that stand in each other's way: a duty and the limits on its acts, the limits on one act among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.doubt import ask, bound_text
from checker.drafting.analysis.hopeless import reasons
from checker.drafting.analysis.lawful import Lawful, Offence, Search, is_ban, is_limit
from checker.drafting.analysis.modes import limits_on, situations
from checker.drafting.analysis.pairs import exclusive_pairs
from checker.drafting.analysis.results import Result, Shown, named
from checker.drafting.analysis.showing import replayed, shown
from checker.drafting.analysis.worlds.acting import ROOT, Actor
from checker.drafting.analysis.worlds.trying import LONG, settled, tried
from checker.drafting.analysis.worlds.world import World
from checker.drafting.answers import Proved, Undecided, Witness
from checker.drafting.proof.claims import DoubleBind
from checker.model import expressions as x
from checker.model import requirements as r
from checker.model.dependencies import parts_of
from checker.model.norm import Norm, OnEvent

_DAYS: Final = 4
_STARTS: Final = 24
_LONGEST: Final = 400
"""Days of a window that are tried one by one."""
_MOVED: Final = 30
"""Days by which a case is moved to get away from weekends and holidays."""


class Clash(NamedTuple):
    """Norms that cannot all be kept, with the cases that show it; ``open`` where that is not certain."""

    norms: tuple[Norm, ...]
    claim: str
    shown: tuple[Shown, ...]
    proof: str
    open: str
    is_timed: bool
    is_of_act: bool = False

    def result(self, kind: str) -> Result:
        """The clash as an answer of that kind."""
        return Result(kind=kind, norms=named(*self.norms), claim=self.claim, shown=self.shown, proof=self.proof,
                      open=self.open)  # fmt: skip


def is_timed(norms: Iterable[Norm]) -> bool:
    """Whether days, numbers of times or the order of acts have a part in it."""
    limits = [norm for norm in norms if is_limit(norm)]
    timed = x.DateOf | x.Shift | x.Expiry | x.Count | x.BreachCount | x.Occurred | x.Inside
    return any(
        isinstance(norm.requirement, r.Precede) or any(isinstance(p, timed) for p in parts_of(norm.requirement))
        for norm in limits
    )


def all_clashes(desk: Desk) -> tuple[Clash, ...]:
    """Those of this part of the work, found once; limits that clash on one act are told once."""
    return desk.once("clashes", lambda: (*duties(desk), *_distinct(acts(desk)), *exclusive(desk)))


def _distinct(found: Iterable[Clash]) -> Iterator[Clash]:
    seen: set[frozenset[str]] = set()
    for clash in found:
        ids = frozenset(norm.id for norm in clash.norms)
        if ids not in seen:
            seen.add(ids)
            yield clash


def duties(desk: Desk) -> Iterator[Clash]:
    """Duties whose every fulfilment breaks a limit, and those of which no fulfilment was found to begin with."""
    for position, norm in desk.mine():
        if not isinstance(norm.requirement, r.Occur) or next(reasons(desk, norm), None) is not None:
            continue
        limits = limits_on(desk, norm.requirement.groups)
        tried_any = False
        worlds = situations(desk, position, limits) if limits else iter(())
        for world in (one for base in worlds for one in (base, *_begun_later(desk, position, base))):
            clash, is_tried = _of_duty(desk, position, world)
            tried_any = tried_any or is_tried
            if clash is not None:
                yield clash
                break
        if limits and not tried_any:
            yield _untried(desk, norm, limits)


def _begun_later(desk: Desk, position: int, world: World) -> Iterator[World]:
    """The same case so many days later that no rest day puts off the last day: put off, it may leave a way out."""
    days = (world._replace(base=world.date_of(days)) for days in range(_MOVED))
    free = next((one for one in days if not _may_be_put_off(desk, position, one)), world)
    if free != world:
        yield free


def _may_be_put_off(desk: Desk, position: int, world: World) -> bool:
    found = tried(desk, world, [position], world.date_of(world.last_day))
    timings = [one.timing for _, one in found.of(position) if one.timing is not None]
    return any(one.due is not None and not desk.calendar.is_workday(one.due.day - 1) for one in timings)


def _untried(desk: Desk, norm: Norm, limits: list[int]) -> Clash:
    norms = (norm, *(desk.rules.norms[p] for p in limits))
    names = "、".join(f"「{one.id}」" for one in norms[1:])
    claim = f"「{norm.id}」与{names}能不能同时遵守，没有判定。"
    return Clash(norms, claim, (), "", "没有造出履行它的案件", is_timed(norms))


def _of_duty(desk: Desk, position: int, world: World) -> tuple[Clash | None, bool]:
    """The clash, if there is one; and whether any way to fulfil the duty was found at all."""
    norm = desk.rules.norms[position]
    assert isinstance(norm.requirement, r.Occur)
    lawful = Lawful(desk, [position])
    starts = list(islice(_done(desk, position, world, norm.requirement.groups), _STARTS + 1))
    lawful.is_whole = len(starts) <= _STARTS
    found = lawful.search(starts[:_STARTS])
    met = [one for one in found.offences if one.is_met]
    if found.kept is not None or not met or _on_some_day(desk, position, world):
        return None, found.kept is not None or bool(met)
    against = tuple(dict.fromkeys(one.position for one in met))
    norms = (norm, *(desk.rules.norms[p] for p in against))
    names = "、".join(f"「{one.id}」" for one in norms[1:])
    claim = f"有的案件里，「{norm.id}」要求的行为怎样按期办都违反{names}，二者不能同时遵守。"
    return _clash(desk, (position, *against), claim, found, _halves(desk, position, world, met[0])), True


def _done(desk: Desk, position: int, world: World, groups: r.Groups) -> Iterator[tuple[World, set[int]]]:
    """The case with the duty fulfilled on one day or another, and what was added for it."""
    actor = Actor(desk, position)
    actor.builder.root = ROOT
    before = {made.name for made in world.events}
    for started in islice(actor.started(world), 2):
        for day in actor.days(started)[:_DAYS]:
            for done in islice(actor.done(started, groups, day), 6):
                yield done, {made.name for made in done.events} - before


def _on_some_day(desk: Desk, position: int, world: World) -> bool:
    """Whether on some day of the window, each tried in turn, the duty can be fulfilled lawfully after all."""
    actor = Actor(desk, position)
    actor.builder.root = ROOT
    requirement = actor.norm.requirement
    assert isinstance(requirement, r.Occur)
    before = {made.name for made in world.events}
    for started in islice(actor.started(world), 2):
        last = max(actor.days(started))
        for day in range(started.last_day, min(last, started.last_day + _LONGEST) + 1):
            done = [(one, {made.name for made in one.events} - before)
                    for one in islice(actor.done(started, requirement.groups, day), 6)]  # fmt: skip
            if Lawful(desk, [position]).search(done).kept is not None:
                return True
    return False


def _halves(desk: Desk, position: int, world: World, offence: Offence) -> tuple[Shown, ...]:
    """Not done: the duty is broken. Done in time: the limit is."""
    actor = Actor(desk, position)
    actor.builder.root = ROOT
    found: list[Shown] = []
    for undone in islice(actor.unkept(world), 4):
        for one in settled(desk, undone, [position], undone.date_of(undone.last_day + LONG)):
            if not found and any(verdict.is_violation for verdict in one.verdicts(position)):
                found.append(shown(desk, one, [position], "不办，义务没有履行"))
    limit = desk.rules.norms[offence.position].id
    found.append(shown(desk, offence.found, [position, offence.position], f"按期办，违反「{limit}」"))
    return tuple(found)


def acts(desk: Desk) -> Iterator[Clash]:
    """Limits on one act that leave no lawful way to do what the first of them speaks of."""
    for position, norm in desk.mine():
        if not is_limit(norm) or is_ban(norm) or next(reasons(desk, norm), None) is not None:
            continue
        clash = _of_act(desk, position)
        if clash is not None:
            yield clash._replace(is_of_act=True)


def _of_act(desk: Desk, position: int) -> Clash | None:
    norm = desk.rules.norms[position]
    assert isinstance(norm.anchor, OnEvent)
    others = [p for act in norm.anchor.pattern.acts for p in desk.by_act[act] if p != position]
    if not any(is_limit(desk.rules.norms[p]) for p in others):
        return None
    for world in islice(Actor(desk, position).opened(), 4):
        found = Lawful(desk).search([(world, [ROOT])])
        if found.kept is not None or not found.offences:
            return None
    against = tuple(dict.fromkeys((position, *(one.position for one in found.offences))))
    if len(against) < 2:
        return None
    names = "、".join(f"「{desk.rules.norms[p].id}」" for p in against[1:])
    claim = f"「{norm.id}」所说的行为，怎样办都违反它或者{names}，没有合规的办法。"
    cases = tuple(
        shown(desk, one.found, list(against), f"这样办，违反「{desk.rules.norms[one.position].id}」")
        for one in found.offences[:2]
    )
    return _clash(desk, against, claim, found._replace(is_whole=found.is_whole and not found.moves_days), cases)


def exclusive(desk: Desk) -> Iterator[Clash]:
    """Two duties of which only one can be fulfilled lawfully."""
    for first, second, together, alone in exclusive_pairs(desk):
        met = [one for one in together.offences if one.is_met]
        against = tuple(dict.fromkeys(one.position for one in met))
        one, other = desk.rules.norms[first].id, desk.rules.norms[second].id
        names = "、".join(f"「{desk.rules.norms[p].id}」" for p in against)
        claim = f"「{one}」与「{other}」只能履行一条：两条都履行，总要违反{names}。"
        cases = [_alone(desk, search, (first, second)) for search in alone]
        limit = desk.rules.norms[met[0].position].id
        cases.append(shown(desk, met[0].found, [first, second, met[0].position], f"两条都履行，违反「{limit}」"))
        whole = together._replace(is_whole=together.is_whole and not together.moves_days)
        clash = _clash(desk, (first, second, *against), claim, whole, tuple(cases))
        if clash is not None:
            yield clash


def _alone(desk: Desk, search: Search, pair: tuple[int, int]) -> Shown:
    """One of the two done lawfully, and the other left undone."""
    assert search.kept is not None
    again = tried(desk, search.kept.world, pair, search.kept.as_of)
    return shown(desk, again, pair, "只履行一条，另一条没有履行")


def _clash(desk: Desk, positions: tuple[int, ...], claim: str, found: Search, cases: tuple[Shown, ...]) -> Clash | None:
    """The clash if every way was tried; otherwise what the prover says of the first two norms."""
    norms = tuple(desk.rules.norms[p] for p in positions)
    timed = is_timed(norms)
    if found.is_whole:
        proof = "在这一情形里，把各种取值、主体、先行行为和期限内的日子逐一试过，没有一种两全。"
        return Clash(norms, claim, cases, proof, "", timed)
    answer = ask(desk, DoubleBind(one=norms[0].id, other=norms[1].id))
    match answer:
        case Witness(case=case, as_of=as_of):
            shown_one = replayed(desk, case, as_of, positions, "此后怎样办都不能两全")
            return Clash(norms, claim, (*cases, shown_one), bound_text(desk.bound), "", timed)
        case Proved() if len(norms) == 2:
            return None
        case _:
            names = "、".join(f"「{one.id}」" for one in norms)
            reason = answer.reason if isinstance(answer, Undecided) else "只证明了其中两条可以两全"
            return Clash(norms, f"没有找到同时遵守{names}的办法，也没有证明没有。", (), "", reason, timed)
