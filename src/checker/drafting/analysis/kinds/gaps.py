"""Words that are declared and of which no norm speaks: acts, kinds of case, values, organs."""

from collections.abc import Iterable, Iterator
from typing import Final

from checker.drafting.analysis.desk import Desk
from checker.drafting.analysis.openings import opening
from checker.drafting.analysis.results import Expected, Result, Shown, named
from checker.drafting.analysis.worlds.acting import ROOT, Actor
from checker.drafting.analysis.worlds.trying import first_found, settled
from checker.drafting.analysis.worlds.world import World
from checker.model import expressions as x
from checker.model.dependencies import parts_of
from checker.model.finding import Verdict
from checker.model.node import Node
from checker.model.requirements import Deem

NAME: Final = "gap"
TITLE: Final = "空白"
IS_GRAVE: Final = False
_REST: Final = "其他"
"""A value that begins so gathers what no other names; that no norm speaks of it is its sense."""


def look(desk: Desk) -> Iterator[Result]:
    """The whole vocabulary at once, in the first part of the work."""
    if desk.share.number == 0:
        used = _used(desk)
        yield from _acts(desk, used)
        yield from _kinds(desk)
        yield from _values(desk)
        yield from _parties(desk, used)


def _roots(desk: Desk) -> Iterable[Node]:
    closings = [pack.closing for pack in desk.rules.packs if pack.closing is not None]
    return (*desk.rules.norms, *closings, *desk.rules.indicators)


def _used(desk: Desk) -> frozenset[str]:
    """Every act, organ, person and value that is named anywhere."""
    found: set[str] = set()
    for part in (p for root in _roots(desk) for p in parts_of(root)):
        match part:
            case x.Pattern():
                found.update(part.acts)
            case x.OrganActor():
                found.update(part.names)
            case x.Member():
                found.update(one for one in part.values if isinstance(one, str))
            case x.LiteralValue(value=str() as text):
                found.add(text)
            case Deem():
                found.add(part.act)
            case _:
                pass
    return frozenset(found)


def _acts(desk: Desk, used: frozenset[str]) -> Iterator[Result]:
    for act in desk.rules.vocabulary.acts:
        if act not in used:
            world, _ = World().after(act, 0)
            says = f"只有「{act}」的案件，没有任何规范适用"
            case = Shown(says=says, case=world.case(), as_of=world.date_of(30), expect=())
            yield Result(
                kind=NAME, norms=(), claim=f"声明了行为「{act}」，没有一条规范说到它。", about=act, shown=(case,)
            )


def _kinds(desk: Desk) -> Iterator[Result]:
    """Kinds of case to which nothing applies, where other kinds are spoken of."""
    norms = desk.rules.norms
    kind = x.Attribute(of=x.CaseSubject(), name="类型")
    empty = []
    for name in desk.rules.vocabulary.kinds:
        is_it = x.Compare(op="eq", left=kind, right=x.LiteralValue(value=name))
        if all(desk.reasoning.never(*opening(norm), is_it) for norm in norms):
            empty.append(name)
    for name in empty if len(empty) < len(desk.rules.vocabulary.kinds) else ():
        yield Result(kind=NAME, norms=(), claim=f"声明了类型「{name}」，没有一条规范适用于这种案件。", about=name)


def _values(desk: Desk) -> Iterator[Result]:
    """Values at which an act opens no norm, where it does at others."""
    for act, positions in desk.by_act.items():
        for attribute, kind in desk.rules.vocabulary.acts[act].attributes.items():
            if kind.name != "枚举" or kind.many:
                continue
            silent = [value for value in kind.choices if not _opens(desk, positions, attribute, value)]
            named_elsewhere = desk.compared_with(attribute)
            told = [value for value in silent if not value.startswith(_REST) and value not in named_elsewhere]
            if told and len(silent) < len(kind.choices):
                yield _value(desk, act, attribute, told)


def _opens(desk: Desk, positions: Iterable[int], attribute: str, value: str) -> bool:
    held = x.Attribute(of=x.SelfEvent(), name=attribute)
    is_it = x.Compare(op="eq", left=held, right=x.LiteralValue(value=value))
    return any(not desk.reasoning.never(*opening(desk.rules.norms[p]), is_it) for p in positions)


def _value(desk: Desk, act: str, attribute: str, values: list[str]) -> Result:
    positions = desk.by_act[act]
    listed, value = "、".join(f"「{one}」" for one in values), values[0]
    claim = f"「{act}」的「{attribute}」为{listed}时不触发任何规范，为别的值时触发；也没有规范另外说到。"
    found = next((case for p in positions if (case := _other(desk, p, act)) is not None), None)
    shown: tuple[Shown, ...] = ()
    if found is not None:
        position, world, verdict = found
        norm = desk.rules.norms[position]
        made = world.event(ROOT)
        quiet = world.changed(made._replace(attributes={**made.attributes, attribute: value}))
        day = world.date_of(world.last_day + 30)
        anchor = world.id_of(ROOT)
        expect = (Expected(norm=norm.id, verdict=verdict, anchor=anchor),)
        nothing = (Expected(norm=norm.id, verdict=None, anchor=anchor),)
        shown = (
            Shown(says="取别的值的，触发规范", case=world.case(), as_of=day, expect=expect),
            Shown(says=f"取「{value}」的，不触发", case=quiet.case(), as_of=day, expect=nothing),
        )
    about = f"{act}.{attribute}"
    return Result(kind=NAME, norms=named(*(desk.rules.norms[p] for p in positions[:1])), claim=claim, about=about,
                  shown=shown)  # fmt: skip


def _other(desk: Desk, position: int, act: str) -> tuple[int, World, Verdict] | None:
    def trial(world: World):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return settled(desk, world, [position], world.date_of(world.last_day + 30))

    worlds = (world for world in Actor(desk, position).opened() if world.event(ROOT).act == act)
    found = first_found(worlds, trial, lambda one: one.verdicts(position) not in ([], [Verdict.UNDETERMINED]))
    return None if found is None else (position, found.world, found.verdicts(position)[0])


def _parties(desk: Desk, used: frozenset[str]) -> Iterator[Result]:
    words = desk.rules.vocabulary
    for name in words.organs:
        kin = any(
            words.organ_is(name, one) is not False or words.organ_is(one, name) for one in used if one in words.organs
        )
        if not kin:
            yield Result(kind=NAME, norms=(), claim=f"声明了机关「{name}」，没有一条规范说到它。", about=name)
    for name in words.persons:
        if name not in used:
            yield Result(kind=NAME, norms=(), claim=f"声明了人员「{name}」，没有一条规范说到他。", about=name)
