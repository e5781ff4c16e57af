"""Cases that open a norm, keep it, break it: proposals, for the engine to judge."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.worlds.building import Builder
from checker.drafting.analysis.worlds.stating import Spot, state
from checker.drafting.analysis.worlds.trying import LONG, settled, tried
from checker.drafting.analysis.worlds.world import BASE, World
from checker.model import requirements as r
from checker.model.case import Answer, Extent
from checker.model.dependencies import parts_of
from checker.model.expressions import All, AnyOf, Condition, Expiry, Not, Occurred, Pattern
from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry, OnPeriod
from checker.model.source import Validity

ROOT: Final = 1
"""The name of the event at the root: it is always made first."""
_FEW: Final = 8


def base_for(valid: Validity) -> dt.date | None:
    """A day in force, early enough that what follows is in force as well; None if there is none."""
    if valid.covers(BASE):
        return BASE
    if valid.first is not None and valid.first > BASE:
        later = valid.first + dt.timedelta(days=40)
        return later if valid.covers(later) else valid.first if valid.covers(valid.first) else None
    if valid.last is None:
        return None
    earlier = [valid.last - dt.timedelta(days=days) for days in (200, 60, 10, 0)]
    return next((day for day in earlier if valid.covers(day)), None)


def _days_for(day: dt.date, valid: Validity) -> Iterator[dt.date]:
    """The day, if it is in force; else days that are, the last of them as well."""
    if valid.covers(day):
        yield day
        return
    yield from dict.fromkeys(found for found in (valid.last, base_for(valid)) if found is not None)


def _has_root(world: World) -> bool:
    """Whether an event opens the norm; for a period of the year there is none."""
    return any(one.name == ROOT for one in world.events)


def _with(pattern: Pattern, given: tuple[Condition, ...]) -> Pattern:
    """The pattern with conditions more; these are seen to first, what they leave open the pattern decides."""
    if not given:
        return pattern
    own = () if pattern.where is None else (pattern.where,)
    return pattern.model_copy(update={"where": All(of=(*given, *own))})


class Actor:
    """Proposals about one norm version."""

    def __init__(self, desk: Desk, position: int, given: tuple[Condition, ...] = ()) -> None:
        """``builder`` builds with the root and the correlation of this norm; ``given`` holds at its anchor besides."""
        self.given = given
        self.desk = desk
        self.position = position
        self.norm: Norm = desk.rules.norms[position]
        self.builder = Builder(desk.rules, desk.calendar, self.norm.correlate, desk.compared_with)

    def opened(self, base: dt.date | None = None) -> Iterator[World]:
        """Cases in which the norm finds its anchor."""
        day = base or base_for(self.norm.valid)
        if day is None:
            return
        for world in self._anchored(World(base=day)):
            for scoped in self._scoped(world):
                yield from self.pivoted(scoped)

    def _anchored(self, world: World) -> Iterator[World]:
        match self.norm.anchor:
            case OnEvent(pattern=pattern):
                self.builder.root = None
                for grown, _ in self.builder.make(world, _with(pattern, self.given), None):
                    self.builder.root = ROOT
                    yield grown
            case OnBreach(norm=norm):
                for other in self._others(norm):
                    for day in _days_for(world.base, other.norm.valid):
                        yield from islice(other.broken(day), _FEW)
            case OnExpiry(norm=norm):
                for other in self._others(norm):
                    for day in _days_for(world.base, other.norm.valid):
                        yield from islice((w for one in other.opened(day) for w in other.started(one)), _FEW)
            case OnPeriod():
                year = world.base.year
                yield world._replace(extent=Extent(first=dt.date(year, 1, 1), last=dt.date(year, 12, 31)))

    def _others(self, norm: str) -> Iterator["Actor"]:
        for position in self.desk.versions.get(norm, ()):
            other = Actor(self.desk, position)
            self.builder.root = ROOT
            yield other

    def _scoped(self, world: World) -> Iterator[World]:
        applies = self.norm.applies
        yield from [world] if applies is None else self.builder.satisfy(world, applies, True, None)

    def pivoted(self, world: World) -> Iterator[World]:
        """With the event by whose day the version is chosen."""
        pivot = self.norm.pivot
        if pivot is None or not _has_root(world):
            yield world
            return
        if world.event(ROOT).act in pivot.acts:
            yield from self.builder.fit(world, pivot, ROOT)
        else:
            yield from self.builder.satisfy(world, Occurred(pattern=pivot), True, ROOT)

    def started(self, world: World) -> Iterator[World]:
        """With the event from which the period runs, where that is another than the anchor."""
        requirement = self.norm.requirement
        window = requirement.window if isinstance(requirement, r.Occur | r.Deem) else None
        start = window.start if isinstance(window, r.Within) else None
        if isinstance(start, r.AtDate) and _has_root(world):
            spot, day = Spot(ROOT, start.attribute.name), world.date_of(world.event(ROOT).day)
            dated = state(world, spot, day, self.builder.vocabulary)
            yield from [dated] if dated is not None else []
        if not isinstance(start, r.AtFirst):
            yield world
            return
        pattern = start.pattern
        if _has_root(world) and world.event(ROOT).act in pattern.acts:
            yield from self.builder.fit(world, pattern, ROOT)
        yield from (grown for grown, _ in self.builder.make_on(world, pattern, world.last_day + 1))

    def closed(self, world: World) -> Iterator[World]:
        """With the case closed, where the norm waits for that."""
        requirement = self.norm.requirement
        window = requirement.window if isinstance(requirement, r.Occur | r.Deem) else None
        closing = self.desk.rules.pack(self.norm.pack).closing
        yield world
        if isinstance(window, r.UntilClose) and closing is not None:
            behind = self.behind(world)
            day = max(behind.last_day, behind.later) + 5
            yield from (grown for grown, _ in self.builder.make_on(behind, closing, day))

    def behind(self, world: World) -> World:
        """Where the anchor is no event, what is added from here on stands behind it."""
        if isinstance(self.norm.anchor, OnEvent):
            return world
        trials = settled(self.desk, world, [self.position])
        days = [one.anchor.day for found in trials for _, one in found.of(self.position) if one.anchor.day is not None]
        return world._replace(later=days[0] - world.base.toordinal() + 1) if days else world

    def broken(self, base: dt.date | None = None) -> Iterator[World]:
        """Cases in which the norm is not kept."""
        for world in islice(self.undefeated(base), 4 * _FEW):
            yield from islice(self.unkept(world), 3 * _FEW)

    def unkept(self, world: World) -> Iterator[World]:
        """The same case, with the norm not kept."""
        match self.norm.requirement:
            case r.Hold(condition=condition):
                at = ROOT if isinstance(self.norm.anchor, OnEvent) else None
                yield from self.builder.satisfy(world, condition, False, at)
            case r.Contain() | r.Precede() if not _has_root(world):
                yield world
            case r.Contain():
                yield world.changed(world.event(ROOT)._replace(document=()))
            case r.Review():
                yield self._answered(world, False)
            case r.Precede(groups=groups):
                unseen = [world]
                for pattern in groups[0]:
                    unseen = [
                        w for one in unseen for w in self.builder.satisfy(one, Occurred(pattern=pattern), False, ROOT)
                    ]
                yield from unseen or [world]
            case _:
                for started in self.started(world):
                    yield from self.closed(started)

    def kept(self, base: dt.date | None = None) -> Iterator[World]:
        """Cases in which the norm is kept."""
        for world in islice(self.undefeated(base), 2 * _FEW):
            yield from islice(self.observed(world), 3 * _FEW)

    def undefeated(self, base: dt.date | None = None) -> Iterator[World]:
        """Cases that open the norm and in which no exception takes it away; those first in which that is seen to."""
        defeats = [clause for clause in self.norm.exceptions if isinstance(clause, r.Defeat)]
        clear = [Not(of=clause.when) if clause.unless is None else AnyOf(of=(Not(of=clause.when), clause.unless))
                 for clause in defeats]  # fmt: skip
        at = ROOT if isinstance(self.norm.anchor, OnEvent) else None
        for world in islice(self.opened(base), 2 * _FEW):
            for ready in islice(self._running(world), _FEW):
                if clear:
                    yield from islice(self.builder.satisfy(ready, All(of=tuple(clear)), True, at), _FEW)
                yield ready

    def _running(self, world: World) -> Iterator[World]:
        """With the period of another norm under way, where the window of this one ends with it."""
        requirement = self.norm.requirement
        window = requirement.window if isinstance(requirement, r.Occur | r.Deem) else None
        waits = [part.norm for part in parts_of(window) if isinstance(part, r.UntilExpiry | Expiry)] if window else []
        for norm in waits[:1]:
            for position in self.desk.versions.get(norm, ()):
                anchor = self.desk.rules.norms[position].anchor
                if isinstance(anchor, OnEvent) and _has_root(world):
                    yield from (grown for grown, _ in self.builder.make(world, anchor.pattern, ROOT))
        yield world

    def observed(self, world: World) -> Iterator[World]:
        """The same case, with the norm kept."""
        match self.norm.requirement:
            case r.Hold(condition=condition):
                at = ROOT if isinstance(self.norm.anchor, OnEvent) else None
                yield from self.builder.satisfy(world, condition, True, at)
            case r.Contain() | r.Precede() if not _has_root(world):
                return
            case r.Contain(parts=parts):
                yield world.changed(world.event(ROOT)._replace(document=parts))
            case r.Review():
                yield self._answered(world, True)
            case r.Precede(groups=groups, lead=lead):
                yield from self.preceded(world, groups, lead, ROOT)
            case r.Deem(unless=unless):
                yield from self._acted(world, (unless,))
            case r.Occur(groups=groups):
                yield from self._acted(world, groups)

    def _answered(self, world: World, answer: bool) -> World:
        said = Answer(norm=self.norm.id, event=self._printed(world), answer=answer)
        return world._replace(answers=(*world.answers, said))

    def _printed(self, world: World) -> str:
        found = tried(self.desk, world, [self.position])
        return next((finding.anchor for finding, _ in found.of(self.position)), "e1")

    def preceded(self, world: World, groups: r.Groups, lead: r.Lead, at: int) -> Iterator[World]:
        """With what must come before an event, as far before as is asked."""
        days = _lead_days(self.desk, world, lead, at)
        for patterns in islice(product(*groups), _FEW):
            found = [world]
            for pattern in patterns:
                found = [w for one in found for w in self._preceding(one, pattern, days, at)][:_FEW]
            yield from found

    def _preceding(self, world: World, pattern: Pattern, days: int, at: int) -> Iterator[World]:
        for name in self.builder.earlier(world, pattern, at):
            if world.event(name).day <= world.event(at).day - days:
                yield from self.builder.fit(world, pattern, name)
        day = world.event(at).day - days
        if days:
            yield from (grown for grown, _ in self.builder.make_on(world, pattern, day))
        else:
            yield from (grown for grown, _ in self.builder.make(world, pattern, at))

    def _acted(self, world: World, groups: r.Groups) -> Iterator[World]:
        for started in self.started(world):
            for day in self.days(started):
                yield from self.done(started, groups, day)

    def done(self, world: World, groups: r.Groups, day: int) -> Iterator[World]:
        """With one act of every group on a day."""
        for patterns in islice(product(*groups), _FEW):
            found = [world]
            for pattern in patterns:
                found = [w for one in found for w, _ in islice(self.builder.make_on(one, pattern, day), _FEW)][:_FEW]
            yield from found

    def days(self, world: World) -> Sequence[int]:
        """Days of the world that may lie in the window, the likeliest first."""
        now, later = (world.date_of(world.last_day + days) for days in (0, LONG))
        trials = [next(iter(settled(self.desk, world, [self.position], day))) for day in (now, later)]
        found: list[int] = [world.last_day + 1]
        for _, instance in (pair for trial in trials for pair in trial.of(self.position)):
            timing, base = instance.timing, world.base.toordinal()
            if instance.anchor.day is not None:
                found += [instance.anchor.day - base + 1]
            if timing is None:
                continue
            if timing.due is not None:
                found = [*found, timing.due.day - base, timing.due.day - base - 1]
            found += [day - base for day in (timing.first, timing.start) if day is not None]
            found += [day - base + 1 for day in (timing.start,) if day is not None]
        return list(dict.fromkeys([*found, world.last_day]))


def _lead_days(desk: Desk, world: World, lead: r.Lead, at: int) -> int:
    if lead.kind == "earlier_day":
        return 1
    if lead.kind != "period" or lead.period is None:
        return 0
    from checker.calendars.amount import amount_of
    from checker.calendars.due import back

    day = world.date_of(world.event(at).day).toordinal()
    return day - back(desk.calendar, day, amount_of(lead.period)).day
