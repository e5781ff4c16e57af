"""The attributes of synthetic events and cases, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from benchmarks.archive.tables import Choice, Numbers, domain

from checker.engines.archive.schema import NONE, TEXTS

if TYPE_CHECKING:
    from benchmarks.archive.drawing import Flat, Synthetic

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Columns:
    """The attribute columns of a block's events, and the names known to be none."""

    values: Mapping[str, pa.Array]
    none: pa.Array


def shared_codes(synthetic: "Synthetic", cases: int, rng: np.random.Generator) -> Numbers:
    """By case, shared attribute and round: which of eight it is; the rounds of a case never agree."""
    first = rng.integers(0, 8, (cases, max(len(synthetic.shared), 1)))
    return np.stack([first, (first + rng.integers(1, 8, first.shape)) % 8], axis=2)


class _Column:
    """One attribute name over all events of a block."""

    def __init__(self, count: int) -> None:
        self.texts: dict[str, int] = {}
        self.codes = np.full(count, -1, np.int64)
        self.days: Numbers | None = None
        self.many = False

    def place(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))

    def array(self) -> pa.Array:
        texts = pa.array(list(self.texts), pa.string()).take(pa.array(self.codes, mask=self.codes < 0))
        if self.days is not None:
            dated = pa.array(self.days.astype("datetime64[D]"), pa.date32(), mask=self.days < 0)
            texts = pc.coalesce(texts, pc.cast(dated, pa.string()))
        return _listed(texts) if self.many else texts


def columns_of(
    synthetic: "Synthetic",
    flat: "Flat",
    shared: Numbers,
    missing: Flags,
    none: Flags,
    rng: np.random.Generator,
) -> Columns:
    """Draw them act by act."""
    count = len(flat.row)
    found: dict[str, _Column] = {}
    order = np.argsort(flat.act, kind="stable")
    bounds = np.searchsorted(flat.act[order], np.arange(len(synthetic.tables.acts) + 1))
    names: list[str | None] = [None] * count if none.any() else []
    for (act, name), choice in synthetic.tables.choices.items():
        column = found.setdefault(name, _Column(count))
        column.many |= choice.many or _is_many(synthetic, name)
        place = synthetic.tables.acts.index(act)
        events = order[bounds[place] : bounds[place + 1]]
        silent = missing[events] | (rng.random(len(events)) < synthetic.plan.silent)
        for event in events[none[events]]:
            names[event] = name
        silent |= none[events]
        _fill(synthetic, column, choice, name, (flat, shared, events, silent), rng)
    known_none = (
        pa.array([None if name is None else [name] for name in names], TEXTS) if names else pa.nulls(count, TEXTS)
    )
    return Columns({name: found[name].array() for name in sorted(found)}, known_none)


def _is_many(synthetic: "Synthetic", name: str) -> bool:
    acts = synthetic.rules.vocabulary.acts.values()
    return any(act.attributes[name].many for act in acts if name in act.attributes)


def _fill(
    synthetic: "Synthetic",
    column: _Column,
    choice: Choice,
    name: str,
    where: "tuple[Flat, Numbers, Numbers, Flags]",
    rng: np.random.Generator,
) -> None:
    flat, shared, events, silent = where
    if choice.dated:
        if column.days is None:
            column.days = np.full(len(flat.row), -1, np.int64)
        days = flat.day[events] + rng.integers(-5, 45, len(events))
        column.days[events] = np.where(silent, -1, days)
        return
    places = np.array([column.place(text) for text in choice.texts])
    codes = rng.integers(0, len(places), len(events))
    if choice.shared:
        rounds = synthetic.tables.round[flat.script[events], flat.slot[events]]
        codes = shared[flat.row[events], synthetic.shared.index(name), rounds] % choice.free
    else:
        wanted = choice.wanted[flat.script[events], flat.slot[events]]
        picked = choice.sets[wanted, rng.integers(0, choice.sets.shape[1], len(events))]
        codes = np.where((wanted >= 0) & (rng.random(len(events)) >= synthetic.plan.wrong), picked, codes)
    column.codes[events] = np.where(silent, -1, places[codes])


def case_columns(synthetic: "Synthetic", script: Numbers, rng: np.random.Generator) -> pa.Array:
    """The attributes of the cases: those that a script asks for, as it asks for them."""
    arrays, fields = [pa.nulls(len(script), TEXTS)], [pa.field(NONE, TEXTS)]
    vocabulary = synthetic.rules.vocabulary
    asked = sorted({name for item in synthetic.scripts for name in item.case_wanted} & set(vocabulary.case_attributes))
    for name in asked:
        declared = vocabulary.case_attributes[name]
        texts: dict[str, int] = {}
        free = [texts.setdefault(text, len(texts)) for text in domain(declared, vocabulary)]
        sets = [
            [texts.setdefault(text, len(texts)) for text in item.case_wanted.get(name, ()) if declared.name != "日期"]
            or free
            for item in synthetic.scripts
        ]
        width = max(map(len, sets))
        table = np.array([(codes * width)[:width] for codes in sets])
        codes = table[script, rng.integers(0, width, len(script))]
        wrong = rng.random(len(script)) < synthetic.plan.wrong
        codes = np.where(wrong, rng.integers(0, len(free), len(script)), codes)
        used = np.array([name in item.case_wanted for item in synthetic.scripts])[script]
        silent = ~used | (rng.random(len(script)) < synthetic.plan.silent) | (declared.name == "日期")
        column = pa.array(list(texts), pa.string()).take(pa.array(codes, mask=silent))
        if declared.many:
            column = _listed(column)
        arrays.append(column)
        fields.append(pa.field(name, column.type))
    return pa.StructArray.from_arrays(arrays, fields=fields)


def _listed(column: pa.Array) -> pa.Array:
    """Each text as a list of one."""
    there = column.is_valid()
    starts = np.concatenate([[0], np.cumsum(np.asarray(there))])
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), column.drop_null(), mask=pc.invert(there))
