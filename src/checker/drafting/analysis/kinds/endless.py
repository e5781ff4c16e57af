"""Duties that never end: whoever fulfils one owes the next, round a ring with nothing in it that stops."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.results import Expected, Result, Shown, named
from checker.drafting.analysis.rings import rings
from checker.drafting.analysis.worlds.acting import Actor
from checker.drafting.analysis.worlds.trying import settled
from checker.drafting.analysis.worlds.world import World
from checker.model import requirements as r
from checker.model.finding import Verdict

NAME: Final = "endless"
TITLE: Final = "循环不止"
IS_GRAVE: Final = True
_ROUNDS: Final = 3


def look(desk: Desk) -> Iterator[Result]:
    """Each ring once, shown by going round it a few times."""
    if desk.share.number:
        return
    for ring in rings(desk):
        norms = [desk.rules.norms[n] for n in ring]
        names = "、".join(f"「{norm.id}」" for norm in norms)
        claim = f"{names}循环不止：照办一次，又生出下一次同样的义务，没有写明何时停止。"
        case = _unrolled(desk, ring)
        if case is not None:
            proof = f"从条文的写法推出每次照办都生出下一次；这里转了 {_ROUNDS} 圈。"
            yield Result(kind=NAME, norms=named(*norms), claim=claim, shown=(case,), proof=proof)
        else:
            claim = f"{names}看来循环不止，没有能用案件转出来。"
            yield Result(kind=NAME, norms=named(*norms), claim=claim, open="没有造出转圈的案件")


def _unrolled(desk: Desk, ring: Sequence[int]) -> Shown | None:
    for opened in islice(Actor(desk, ring[0]).undefeated(), 8):
        for begun in settled(desk, opened, [ring[0]], opened.date_of(opened.last_day)):
            world = begun.world if Verdict.PENDING in begun.verdicts(ring[0]) else None
            for step in range(_ROUNDS * len(ring)):
                world = None if world is None else _next(desk, world, ring, step)
            if world is not None:
                return _shown(desk, world, ring)
    return None


def _next(desk: Desk, world: World, ring: Sequence[int], step: int) -> World | None:
    """The duty that is open fulfilled, and the next one open."""
    actor = Actor(desk, ring[step % len(ring)])
    actor.builder.root = world.events[-1].name
    following = ring[(step + 1) % len(ring)]
    requirement = actor.norm.requirement
    assert isinstance(requirement, r.Occur)
    for done in islice(actor.done(world, requirement.groups, world.last_day + 1), 12):
        for one in settled(desk, done, [*ring], done.date_of(done.last_day), wanted=[following]):
            last = one.world.id_of(one.world.events[-1].name)
            if any(f.anchor == last and f.verdict is Verdict.PENDING for f, _ in one.of(following)):
                return one.world
    return None


def _shown(desk: Desk, world: World, ring: Sequence[int]) -> Shown:
    case, as_of = world.case(), world.date_of(world.last_day)
    found = desk.evaluation(case, as_of, ring)
    expect = tuple(
        Expected(norm=finding.norm, verdict=finding.verdict, anchor=finding.anchor)
        for finding, instance in zip(found.findings, found.instances, strict=True)
        if instance.position in ring
    )
    return Shown(says="每次都照办，最后一次办完又有一件待办", case=case, as_of=as_of, expect=expect)
