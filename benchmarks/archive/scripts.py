"""From rules to scripts: what may happen in a case, event by event, so that the norms have something to say.

A script starts from one norm, and takes in the norms that hang on its events until it is long enough. Each event says
after which earlier event of the script it comes and in what manner; :mod:`benchmarks.archive.drawing` throws the dice.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final, NamedTuple

from benchmarks.archive.plan import Plan
from benchmarks.archive.wishes import STATED, days_of_expression, wishes_of

from checker.engines.archive.packing import text_of
from checker.model.expressions import (
    All,
    AnchorActor,
    Attribute,
    CaseSubject,
    Compare,
    Condition,
    LiteralValue,
    Member,
    OrganActor,
    Pattern,
)
from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry, OnPeriod, RuleSet
from checker.model.requirements import (
    AtFirst,
    By,
    Contain,
    Deem,
    Defeat,
    During,
    Exclude,
    Extend,
    Hold,
    Occur,
    Precede,
    Restart,
    Review,
    UntilExpiry,
    Within,
)

KIND: Final = "类型"
LONGEST: Final = 24
"""Events a script has at most."""
SERVES_SEVERAL: Final = ("履行", "前置")
"""Purposes of events of which one does for all norms that ask for it."""


class Manner(IntEnum):
    """How an event is dated from the one it comes after."""

    FIRST = 0
    SOON = 1
    BEFORE = 2
    DEADLINE = 3
    INSIDE = 4


class Coming(NamedTuple):
    """When an event comes after another, how likely, and what for."""

    manner: Manner
    days: int
    chance: float
    purpose: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One event of a script: it comes with a ``chance`` if the slot ``after`` came, within ``days`` in its manner."""

    act: str
    after: int | None
    manner: Manner
    days: int
    chance: float
    order: float
    purpose: str
    actors: tuple[str, ...] = ()
    actor_from: str | None = None
    wanted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    round: int = 0


@dataclass(frozen=True, slots=True)
class Script:
    """What happens in the cases of one sort. ``periodic`` is an organ's own record, with beginning and end."""

    kind: str | None
    slots: tuple[Slot, ...]
    case_wanted: Mapping[str, tuple[str, ...]]
    periodic: bool

    @property
    def expected(self) -> float:
        """Events to be expected, before the record ends."""
        came: list[float] = []
        for slot in self.slots:
            came.append(slot.chance * (1.0 if slot.after is None else came[slot.after]))
        return sum(came)


def scripts(rules: RuleSet, plan: Plan) -> tuple[Script, ...]:
    """One script for every norm of the rule set, the same for the same seed."""
    kinds = _about_cases(rules, _kinds(rules))
    rng = random.Random(plan.seed)
    return tuple(_Writer(rules, plan, norm, kinds, rng).script() for norm in rules.norms)


def shared_attributes(rules: RuleSet) -> frozenset[str]:
    """Attributes that hold the events of one assignment together, or name who must act."""
    names = {name for norm in rules.norms for name in norm.correlate}
    for norm in rules.norms:
        for pattern in _patterns_of(norm):
            if isinstance(pattern.actor, AnchorActor) and not pattern.actor.is_doer:
                names.add(pattern.actor.attribute)
    return frozenset(names)


def _kinds(rules: RuleSet) -> dict[int, tuple[str | None, ...]]:
    """Position of a norm to the kinds of case it may be about."""
    said = {n: _kinds_in(norm.applies) for n, norm in enumerate(rules.norms)}
    of_pack: dict[str, dict[str, None]] = {}
    for n, norm in enumerate(rules.norms):
        of_pack.setdefault(norm.pack, {}).update(dict.fromkeys(said[n]))
    claimed = {kind for kinds in of_pack.values() for kind in kinds}
    free = tuple(kind for kind in rules.vocabulary.kinds if kind not in claimed)
    return {n: said[n] or tuple(of_pack[norm.pack]) or free or (None,) for n, norm in enumerate(rules.norms)}


def _about_cases(rules: RuleSet, kinds: Mapping[int, tuple[str | None, ...]]) -> dict[int, tuple[str | None, ...]]:
    """The same, but no organ's own record for a norm that is about cases, too."""
    ledgers = {kind for n, norm in enumerate(rules.norms) if isinstance(norm.anchor, OnPeriod) for kind in kinds[n]}
    return {n: tuple(kind for kind in some if kind not in ledgers) or some for n, some in kinds.items()}


def _kinds_in(condition: Condition | None) -> tuple[str, ...]:
    match condition:
        case Compare(op="eq", left=Attribute(of=CaseSubject(), name="类型"), right=LiteralValue(value=value)):
            return (text_of(value),)
        case Member(item=Attribute(of=CaseSubject(), name="类型"), values=values):
            return tuple(text_of(value) for value in values)
        case All(of=parts):
            said = [kinds for part in parts if (kinds := _kinds_in(part))]
            return tuple(kind for kind in said[0] if all(kind in kinds for kinds in said)) if said else ()
    return ()


def _patterns_of(norm: Norm) -> Iterable[Pattern]:
    if isinstance(norm.anchor, OnEvent):
        yield norm.anchor.pattern
    if isinstance(norm.requirement, Occur | Precede):
        yield from (pattern for group in norm.requirement.groups for pattern in group)


class _Writer:
    """Writes one script."""

    def __init__(
        self,
        rules: RuleSet,
        plan: Plan,
        root: Norm,
        kinds: Mapping[int, Sequence[str | None]],
        rng: random.Random,
    ) -> None:
        self._rules, self._plan, self._root, self._rng = rules, plan, root, rng
        self.kind = rng.choice(list(kinds[rules.norms.index(root)]))
        self._near = [norm for n, norm in enumerate(rules.norms) if self.kind in kinds[n] and norm.pack == root.pack]
        self._slots: list[Slot] = []
        self._case: dict[str, tuple[str, ...]] = {}
        self._used: list[Norm] = []
        self._depth = 0

    def script(self) -> Script:
        goal = self._plan.events * self._rng.uniform(0.6, 1.4)
        self._norm(self._root)
        if self._root.correlate and self._rng.random() < self._plan.repeated * 4:
            self._again()
        while self._script().expected < goal and len(self._slots) < LONGEST and (norm := self._next()) is not None:
            self._norm(norm)
        self._close()
        return self._script()

    def _script(self) -> Script:
        periodic = any(isinstance(norm.anchor, OnPeriod) for norm in self._used)
        return Script(self.kind, tuple(self._slots[:LONGEST]), self._case, periodic)

    def _next(self) -> Norm | None:
        acts = {slot.act for slot in self._slots}
        fresh = [norm for norm in self._near if norm not in self._used]
        hanging = [n for n in fresh if isinstance(n.anchor, OnEvent) and acts.intersection(n.anchor.pattern.acts)]
        found = hanging or fresh
        return self._rng.choice(found) if found else None

    def _close(self) -> None:
        closing = self._rules.pack(self._root.pack).closing
        if closing is not None and all(slot.act not in closing.acts for slot in self._slots):
            self._event(closing, 0, Coming(Manner.SOON, 120, 0.8, "结案"))

    def _again(self) -> None:
        """The same once more, for another organ."""
        first, base = list(self._slots), len(self._slots)
        for slot in first:
            if len(self._slots) >= LONGEST:
                return
            place = 0 if slot.after is None else slot.after + base
            manner, days = (Manner.SOON, 60) if slot.after is None else (slot.manner, slot.days)
            self._slots.append(replace(slot, after=place, manner=manner, days=days, order=slot.order + base, round=1))

    def _norm(self, norm: Norm) -> int:
        """Write what a norm is about; the place of its anchor."""
        self._used.append(norm)
        self._depth += 1
        anchor, spent = self._anchor(norm)
        self._requirement(norm, anchor, spent)
        for clause in norm.exceptions:
            self._exception(clause, anchor, self._days(norm))
        self._depth -= 1
        return anchor

    def _anchor(self, norm: Norm) -> tuple[int, int]:
        match norm.anchor:
            case OnEvent(pattern=pattern):
                return self._find(pattern), 0
            case OnBreach(norm=name) | OnExpiry(norm=name):
                base = next(one for one in self._rules.norms if one.id == name)
                place = self._place_of(base)
                return place, self._days(base)
            case OnPeriod():
                return (0 if self._slots else -1), 0

    def _place_of(self, base: Norm) -> int:
        if base not in self._used and self._depth < 5:
            return self._norm(base)
        return self._find(base.anchor.pattern) if isinstance(base.anchor, OnEvent) else 0

    def _days(self, norm: Norm) -> int:
        match norm.requirement:
            case (
                Occur(window=Within(period=UntilExpiry(norm=name))) | Deem(window=Within(period=UntilExpiry(norm=name)))
            ):
                base = next(one for one in self._rules.norms if one.id == name)
                return self._days(base) if base is not norm else STATED
            case Occur(window=Within(period=period)) | Deem(window=Within(period=period)):
                return days_of_expression(period)
            case Occur(window=By() | During()):
                return STATED // 2
        return STATED

    def _requirement(self, norm: Norm, anchor: int, spent: int) -> None:
        come = 1 - self._plan.absent if not spent else 0.5
        match norm.requirement:
            case Occur(groups=groups, window=window):
                start = anchor
                if isinstance(window, Within) and isinstance(window.start, AtFirst):
                    start = self._find(window.start.pattern, after=anchor)
                for group in groups:
                    pattern = self._rng.choice(group)
                    days = spent + self._days(norm)
                    self._event(pattern, start, Coming(Manner.DEADLINE, days, come, "履行"))
            case Precede(groups=groups):
                for group in groups:
                    self._event(self._rng.choice(group), anchor, Coming(Manner.BEFORE, 12, come, "前置"))
            case Hold(condition=condition):
                self._wish(anchor, condition)
            case Contain(parts=parts) if self._slots:
                self._slots[anchor] = replace(self._slots[anchor], parts=(*self._slots[anchor].parts, *parts))
            case Deem(unless=patterns):
                self._event(self._rng.choice(patterns), anchor, Coming(Manner.DEADLINE, self._days(norm), 0.6, "履行"))
            case Review() if self._slots:
                slot = self._slots[anchor]
                self._slots[anchor] = replace(slot, reviews=(*slot.reviews, norm.id))

    def _exception(self, clause: object, anchor: int, days: int) -> None:
        match clause:
            case Extend(grant=Pattern() as grant):
                self._event(grant, anchor, Coming(Manner.INSIDE, days, self._plan.extended, "延长"))
            case Exclude(start=start, end=end):
                place = self._event(start, anchor, Coming(Manner.SOON, days, self._plan.suspended, "中止"))
                if end is not None and place is not None:
                    self._event(end, place, Coming(Manner.SOON, 40, self._plan.resumed, "恢复"))
            case Restart(at=at):
                self._event(at, anchor, Coming(Manner.SOON, days, 0.05, "重新计算"))
            case Defeat(when=when):
                for pattern, extra in wishes_of(when).before:
                    self._event(pattern, anchor, Coming(Manner.SOON, days, 0.06, "不适用"), extra)

    def _wish(self, place: int, condition: Condition | None) -> None:
        """Let an event be such that a condition holds of it."""
        if not 0 <= place < len(self._slots):
            return
        wishes = wishes_of(condition)
        slot = self._slots[place]
        self._slots[place] = replace(slot, wanted={**wishes.own, **slot.wanted})
        self._case |= {name: values for name, values in wishes.case.items() if name not in self._case}
        if self._depth > 6:
            return
        for pattern, extra in wishes.before:
            if all(slot.act not in pattern.acts for slot in self._slots):
                self._depth += 1
                self._event(pattern, place, Coming(Manner.BEFORE, 20, 0.93, "前提"), extra)
                self._depth -= 1

    def _find(self, pattern: Pattern, after: int | None = None) -> int:
        """The place of an event that a pattern means, written if it is not there."""
        for place, slot in enumerate(self._slots):
            if slot.act in pattern.acts and place != after:
                self._wish(place, pattern.where)
                return place
        if after is None and not self._slots:
            return self._event(pattern, None, Coming(Manner.FIRST, 0, 1.0, "启动")) or 0
        found = self._event(pattern, after or 0, Coming(Manner.SOON, 30, 0.93, "启动"))
        return 0 if found is None else found

    def _event(
        self,
        pattern: Pattern,
        after: int | None,
        coming: Coming,
        extra: Mapping[str, tuple[str, ...]] | None = None,
    ) -> int | None:
        """Write an event that a pattern means; its place, or None where the script is full."""
        if len(self._slots) >= LONGEST:
            return None
        root = max(after or 0, 0) if self._slots else None
        if coming.purpose in SERVES_SEVERAL and (place := self._same(pattern, root)) is not None:
            self._wish(place, pattern.where)
            return place
        self._slots.append(self._slot(pattern, root, coming, dict(extra or {})))
        place = len(self._slots) - 1
        self._wish(place, pattern.where)
        return place

    def _slot(self, pattern: Pattern, after: int | None, coming: Coming, wanted: Mapping[str, tuple[str, ...]]) -> Slot:
        actors, actor_from = _actor(pattern)
        if after is None:
            first = pattern.acts[0]
            return Slot(first, None, Manner.FIRST, 1, 1.0, 0.0, coming.purpose, actors, actor_from, wanted)
        step = 1 + len(self._slots)
        return Slot(
            act=self._rng.choice(pattern.acts),
            after=after,
            manner=coming.manner,
            days=max(1, coming.days),
            chance=coming.chance,
            order=self._slots[after].order + (-1 / step if coming.manner is Manner.BEFORE else step),
            purpose=coming.purpose,
            actors=actors,
            actor_from=actor_from,
            wanted=wanted,
            round=self._slots[after].round,
        )

    def _same(self, pattern: Pattern, after: int | None) -> int | None:
        """The place of an event that does for several norms."""
        return next((n for n, slot in enumerate(self._slots) if slot.act in pattern.acts and slot.after == after), None)


def _actor(pattern: Pattern) -> tuple[tuple[str, ...], str | None]:
    match pattern.actor:
        case OrganActor(names=names):
            return names, None
        case AnchorActor(attribute=name) if not pattern.actor.is_doer:
            return (), name
    return (), None
