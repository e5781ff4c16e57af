"""Scripts as tables of numbers, one row a script and one column an event, for numpy to look things up in."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from benchmarks.archive.scripts import Script, Slot

from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Texts an attribute of an act may have: all of them, and by script and event the places of those wanted.

    ``wanted`` has the number of a set or -1; row n of ``sets`` are the places of set n, repeated to the same width.
    ``dated`` values are days counted from the event.
    """

    texts: tuple[str, ...]
    wanted: Numbers
    sets: Numbers
    free: int
    """How many of the texts, from the first on, are not there only because they are wanted."""
    many: bool
    dated: bool
    shared: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything drawing looks up."""

    acts: tuple[str, ...]
    actors: tuple[str, ...]
    documents: tuple[tuple[str, ...], ...]
    purposes: tuple[str, ...]
    act: Numbers
    after: Numbers
    manner: Numbers
    days: Numbers
    chance: Floats
    rank: Numbers
    round: Numbers
    purpose: Numbers
    actor: Numbers
    actor_shared: Numbers
    document_full: Numbers
    document_less: Numbers
    choices: Mapping[tuple[str, str], Choice]
    """By act and attribute."""


def tables(scripts: Sequence[Script], vocabulary: Vocabulary, shared: Sequence[str]) -> Tables:
    """The tables of these scripts."""
    width = max(len(script.slots) for script in scripts)
    acts = tuple(dict.fromkeys(slot.act for script in scripts for slot in script.slots))
    doers = _doers(scripts, vocabulary)
    actors = tuple(dict.fromkeys([name for names in doers.values() for name in names] + [*vocabulary.organs]))
    purposes = tuple(dict.fromkeys(slot.purpose for script in scripts for slot in script.slots))
    shape = (len(scripts), width)
    documents, full, less = _documents(scripts, shape)

    def table(of: Callable[[Slot], float], missing: float = -1) -> Floats:
        found = np.full(shape, missing, np.float64)
        for row, script in enumerate(scripts):
            found[row, : len(script.slots)] = [of(slot) for slot in script.slots]
        return found

    def whole(of: Callable[[Slot], float]) -> Numbers:
        return table(of).astype(np.int64)

    act_place, actor_place = _places(acts), _places(actors)
    order = table(lambda slot: slot.order, np.inf)
    return Tables(
        acts=acts,
        actors=actors,
        documents=documents,
        purposes=purposes,
        act=whole(lambda slot: act_place[slot.act]),
        after=whole(lambda slot: -1 if slot.after is None else slot.after),
        manner=whole(lambda slot: slot.manner),
        days=whole(lambda slot: slot.days),
        chance=table(lambda slot: slot.chance),
        rank=np.argsort(np.argsort(order, axis=1, kind="stable"), axis=1, kind="stable"),
        round=whole(lambda slot: slot.round),
        purpose=whole(lambda slot: purposes.index(slot.purpose)),
        actor=_candidates(scripts, shape, doers, actor_place),
        actor_shared=whole(lambda slot: -1 if slot.actor_from is None else shared.index(slot.actor_from)),
        document_full=full,
        document_less=less,
        choices=_choices(scripts, shape, vocabulary, acts, shared),
    )


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _doers(scripts: Sequence[Script], vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Act to who does it, as the norms say; where none says, whoever does most of what happens in such cases."""
    said: dict[str, Counter[str]] = {}
    beside: dict[str, Counter[str]] = {}
    for script in scripts:
        everyone = Counter(name for slot in script.slots for name in slot.actors)
        for slot in script.slots:
            said.setdefault(slot.act, Counter()).update(slot.actors)
            beside.setdefault(slot.act, Counter()).update(everyone)
    default = next(iter(vocabulary.organs), None) or next(iter(vocabulary.persons))

    def of(act: str) -> tuple[str, ...]:
        common = said[act].most_common(4) or beside[act].most_common(1) or [(default, 1)]
        return tuple(name for name, _ in common)

    return {act: of(act) for act in said}


def _candidates(
    scripts: Sequence[Script], shape: tuple[int, int], doers: Mapping[str, Sequence[str]], place: Mapping[str, int]
) -> Numbers:
    found = np.zeros((*shape, 4), np.int64)
    for row, script in enumerate(scripts):
        for column, slot in enumerate(script.slots):
            names = slot.actors or doers[slot.act]
            found[row, column] = [place[names[n % len(names)]] for n in range(4)]
    return found


def _documents(
    scripts: Sequence[Script], shape: tuple[int, int]
) -> tuple[tuple[tuple[str, ...], ...], Numbers, Numbers]:
    """The documents of acts of which any norm asks for parts: with all of these parts, and without the last."""
    parts: dict[str, dict[str, None]] = {}
    for script in scripts:
        for slot in script.slots:
            parts.setdefault(slot.act, {}).update(dict.fromkeys(slot.parts))
    known: dict[tuple[str, ...], int] = {}
    full, less = np.full(shape, -1, np.int64), np.full(shape, -1, np.int64)
    for row, script in enumerate(scripts):
        for column, slot in enumerate(script.slots):
            if whole := tuple(parts[slot.act]):
                full[row, column] = known.setdefault(whole, len(known))
                less[row, column] = known.setdefault(whole[:-1], len(known))
    return tuple(known), full, less


def _choices(
    scripts: Sequence[Script],
    shape: tuple[int, int],
    vocabulary: Vocabulary,
    acts: Sequence[str],
    shared: Sequence[str],
) -> dict[tuple[str, str], Choice]:
    found: dict[tuple[str, str], Choice] = {}
    for act in acts:
        for name, declared in vocabulary.acts[act].attributes.items():
            texts = _Places(domain(declared, vocabulary))
            free = len(texts)
            wanted = np.full(shape, -1, np.int64)
            sets: list[list[int]] = []
            for row, script in enumerate(scripts):
                for column, slot in enumerate(script.slots):
                    values = slot.wanted.get(name, ())
                    if slot.act == act and values and declared.name != "日期":
                        wanted[row, column] = len(sets)
                        sets.append([texts[value] for value in values])
            width = max(map(len, sets), default=1)
            padded = [(codes * width)[:width] for codes in sets]
            found[act, name] = Choice(
                texts=tuple(texts),
                wanted=wanted,
                sets=np.array(padded or [[0]], np.int64),
                free=free,
                many=declared.many,
                dated=declared.name == "日期",
                shared=name in shared,
            )
    return found


class _Places(dict[str, int]):
    """Texts and their places; a new text gets the next."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(_places(tuple(dict.fromkeys(texts))))

    def __missing__(self, text: str) -> int:
        return self.setdefault(text, len(self))


def domain(declared: ValueType, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Texts that a value of the type may be; of dates one, which stands for the offset in days."""
    match declared.name:
        case "枚举":
            return declared.choices
        case "机关":
            return tuple(vocabulary.organs)[:8]
        case "人员":
            return (*vocabulary.persons, "甲", "乙", "丙")
        case "是否":
            return ("是", "否")
        case "期间":
            return ("15日", "30日", "60日", "10个工作日", "3个月")
        case "数":
            return ("0", "1", "2", "3", "5", "12", "40")
        case "日期":
            return ("",)
        case _:
            return ("甲事", "乙事", "丙事")


def lists(values: Sequence[Sequence[str]]) -> pa.Array:
    """Lists of texts as an Arrow array."""
    return pa.array([list(value) for value in values], pa.list_(pa.string()))
