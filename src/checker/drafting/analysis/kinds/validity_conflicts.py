"""Validities that do not go together: of two versions, of a norm and its pack, of a norm and one that it names."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.doubt import BY_WORDS
from checker.drafting.analysis.results import Result, named
from checker.drafting.analysis.showing import shown
from checker.drafting.analysis.worlds.acting import Actor
from checker.drafting.analysis.worlds.trying import Tried, first_found, settled
from checker.drafting.analysis.worlds.world import World
from checker.model.dependencies import parts_of
from checker.model.expressions import BreachCount, Expiry
from checker.model.finding import Verdict
from checker.model.norm import Norm, OnBreach, OnExpiry
from checker.model.requirements import UntilExpiry
from checker.model.source import Validity

NAME: Final = "validity-conflict"
TITLE: Final = "效力不合"
IS_GRAVE: Final = True


def look(desk: Desk) -> Iterator[Result]:
    """Versions side by side, then each norm with its pack and with those it names."""
    for place, positions in enumerate(desk.versions.values()):
        if desk.share.has(place):
            for one, other in pairwise(positions):
                yield from _versions(desk, one, other)
    for position, norm in desk.mine():
        yield from _with_pack(desk, position, norm)
        yield from _with_others(desk, norm)


def _versions(desk: Desk, one: int, other: int) -> Iterator[Result]:
    """Two versions that are chosen by different events may both be chosen."""
    first, second = desk.rules.norms[one], desk.rules.norms[other]
    if first.pivot == second.pivot:
        return
    both = _both(desk, one, other)
    if both is not None:
        claim = f"「{first.id}」的两版以不同行为之日选用，同一次触发可能两版都适用。"
        case = shown(desk, both, [one, other], "同一次触发，两版各有一个结论")
        yield Result(kind=NAME, norms=named(first, second), claim=claim, shown=(case,))


def _both(desk: Desk, one: int, other: int) -> Tried | None:
    """A case with the two pivots on either side of the change."""
    change = desk.rules.norms[other].valid.first
    if change is None:
        return None

    def worlds() -> Iterator[World]:
        for position, second in ((other, one), (one, other)):
            for world in islice(Actor(desk, position).opened(change), 4):
                actor = Actor(desk, second)
                actor.builder.root = 1
                for grown in islice(actor.pivoted(world), 4):
                    yield from _astride(grown, change)

    def overlap(found: Tried) -> bool:
        lists = [[f.anchor for f, _ in found.of(p) if f.verdict is not Verdict.UNDETERMINED] for p in (one, other)]
        return any(anchor in lists[1] for anchor in lists[0])

    return first_found(worlds(), lambda world: settled(desk, world, [one, other]), overlap)


def _astride(world: World, change: dt.date) -> Iterator[World]:
    """The events in turn before and on the day of the change, in their order."""
    for cut in range(len(world.events) + 1):
        events = tuple(one._replace(day=-5 + n if n < cut else n) for n, one in enumerate(world.events))
        yield world._replace(base=change, events=events)


def _with_pack(desk: Desk, position: int, norm: Norm) -> Iterator[Result]:
    """A norm that outlives its pack; one older than the pack has days of its own on purpose."""
    pack = desk.rules.pack(norm.pack)
    last = pack.valid.last
    if last is None or (norm.valid.last is not None and norm.valid.last <= last):
        return
    claim = f"「{norm.id}」在规程废止以后还有效（{_span(norm.valid)}），规程是{_span(pack.valid)}。"
    day = max(last + dt.timedelta(days=1), norm.valid.first or dt.date.min)
    found = first_found(
        Actor(desk, position).opened(day),
        lambda world: settled(desk, world, [position]),
        lambda one: one.verdicts(position) not in ([], [Verdict.UNDETERMINED]),
    )
    cases = () if found is None else (shown(desk, found, [position], f"{day} 规程已经废止，本条照样适用"),)
    yield Result(kind=NAME, norms=named(norm), claim=claim, shown=cases, proof="" if cases else BY_WORDS)


def _span(valid: Validity) -> str:
    return f"{valid.first or '不限'} 至 {valid.last or '不限'}"


def _with_others(desk: Desk, norm: Norm) -> Iterator[Result]:
    """Norms named that are never in force while this one is."""
    named_ids: dict[str, str] = {override.norm: "优先于" for override in norm.overrides}
    for part in parts_of(norm):
        if isinstance(part, OnBreach | OnExpiry | BreachCount | Expiry | UntilExpiry):
            named_ids.setdefault(part.norm, "所依的")
    for other, how in named_ids.items():
        versions = [desk.rules.norms[p] for p in desk.versions.get(other, ())]
        if versions and not any(_may_matter(norm.valid, one.valid, how) for one in versions):
            claim = f"「{norm.id}」{how}「{other}」，与它的有效期间没有重合。"
            yield Result(kind=NAME, norms=named(norm, versions[0]), claim=claim, proof=BY_WORDS)


def _may_matter(mine: Validity, other: Validity, how: str) -> bool:
    """Whether the other is in force in time: with priority on the same day, otherwise then or before."""
    begins = mine.last is None or other.first is None or other.first <= mine.last
    ends = mine.first is None or other.last is None or mine.first <= other.last
    return begins and (ends or how != "优先于")
