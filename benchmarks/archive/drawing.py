"""Scripts to cases: the dice are thrown for a whole block of cases at a time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from benchmarks.archive.attributes import Columns, case_columns, columns_of, shared_codes
from benchmarks.archive.plan import ODD, Made, Plan
from benchmarks.archive.scripts import Manner, Script, scripts, shared_attributes
from benchmarks.archive.tables import Numbers, Tables, lists, tables

from checker.engines.archive.schema import ANSWER, EXTENT, NONE, TEXTS, case_schema
from checker.model.norm import RuleSet

BLOCK: Final = 20_000
"""Cases that share one stream of dice; a block is the same whatever stands before it."""
EPOCH: Final = np.datetime64("1970-01-01")
UNKNOWN_ACT: Final = "未登记的行为"
"""Stands in broken records."""

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Flat:
    """The events of a block, case after case, each case in the order of its record.

    ``row`` is the case, ``script`` and ``slot`` say which event of which script, ``day`` counts from 1970.
    ``starts`` is where each case begins, and where the last one ends.
    """

    row: Numbers
    script: Numbers
    slot: Numbers
    day: Numbers
    act: Numbers
    starts: Numbers
    odd: Numbers
    """By case: the place in ODD, or -1."""
    marked: Flags
    """By event: the one of an odd case that makes it odd."""


class Synthetic:
    """A synthetic archive of any size, in blocks that come out the same every time."""

    def __init__(self, rules: RuleSet, plan: Plan | None = None) -> None:
        """Write the scripts of the rules."""
        self.rules, self.plan = rules, plan or Plan()
        self.scripts: tuple[Script, ...] = scripts(rules, self.plan)
        self.shared = tuple(sorted(shared_attributes(rules)))
        self.tables: Tables = tables(self.scripts, rules.vocabulary, self.shared)

    def blocks(self, cases: int) -> Iterator[tuple[pa.RecordBatch, Made]]:
        """The archive of so many cases, block by block, each with what it holds.

        Schema: ``case_schema`` without the attributes nobody fills.
        """
        for number in range(-(-cases // BLOCK)):
            yield self.block(number, min(BLOCK, cases - number * BLOCK))

    def block(self, number: int, cases: int = BLOCK) -> tuple[pa.RecordBatch, Made]:
        """One block, or as much of its beginning as is asked for."""
        rng = np.random.default_rng(np.random.SeedSequence([self.plan.seed, number]))
        script = rng.choice(len(self.scripts), BLOCK, p=self._weights)
        flat = self._events(script, rng)
        broken = rng.random(BLOCK) < self.plan.broken
        batch = self._batch(number * BLOCK, script, flat, broken, rng).slice(0, cases)
        return batch, self._made(script, flat, broken, cases)

    @cached_property
    def _weights(self) -> npt.NDArray[np.float64]:
        """How likely each script is: all alike, but for organs' own records, which are few."""
        kinds = {item.kind for item in self.scripts if item.periodic}
        is_ledger = np.array([item.kind in kinds for item in self.scripts])
        if is_ledger.all() or not is_ledger.any():
            return np.full(len(is_ledger), 1 / len(is_ledger))
        share = np.where(is_ledger, self.plan.ledgers / is_ledger.sum(), (1 - self.plan.ledgers) / (~is_ledger).sum())
        weights: npt.NDArray[np.float64] = share / share.sum()
        return weights

    @cached_property
    def schema(self) -> pa.Schema:
        """Of all blocks."""
        return self.block(0)[0].schema

    def _events(self, script: Numbers, rng: np.random.Generator) -> Flat:
        known = self.tables
        day, came = self._days(script, rng)
        key = np.where(came, day * 64 + known.rank[script], np.iinfo(np.int64).max)
        order = np.argsort(key, axis=1, kind="stable")
        sorted_came = np.take_along_axis(came, order, axis=1)
        row, _ = np.nonzero(sorted_came)
        slot = order[sorted_came]
        starts = np.concatenate([[0], np.cumsum(came.sum(axis=1))])
        odd = np.where(rng.random(len(script)) < self.plan.odd, rng.integers(0, len(ODD), len(script)), -1)
        lengths = np.diff(starts)
        chosen = starts[:-1] + (rng.random(len(script)) * lengths).astype(np.int64)
        marked = np.zeros(len(row), np.bool_)
        marked[chosen[(odd >= 0) & (lengths > 0)]] = True
        of = script[row]
        return Flat(row, of, slot, day[row, slot], known.act[of, slot], starts, odd, marked)

    def _days(self, script: Numbers, rng: np.random.Generator) -> tuple[Numbers, Flags]:
        known, plan, count = self.tables, self.plan, len(script)
        width = known.act.shape[1]
        first, last, until, old = (
            int((np.datetime64(day) - EPOCH).astype(np.int64))
            for day in (plan.first, plan.last, plan.until, plan.first_old)
        )
        start = np.where(
            rng.random(count) < plan.old, rng.integers(old, first, count), rng.integers(first, last + 1, count)
        )
        day = np.zeros((count, width), np.int64)
        came = np.zeros((count, width), np.bool_)
        everyone = np.arange(count)
        for column in range(width):
            after = known.after[script, column]
            rooted = after < 0
            base = np.where(rooted, start, day[everyone, after])
            there = rooted | came[everyone, after]
            dice = rng.random((3, count))
            moved = base + self._gap(known.manner[script, column], known.days[script, column], dice)
            weekend = (moved + 3) % 7 - 4  # 1 and 2 on Saturday and Sunday, since 1970-01-01 was a Thursday
            day[:, column] = moved + np.where((weekend > 0) & (dice[2] < 0.9), 3 - weekend, 0)
            came[:, column] = (
                there & (known.act[script, column] >= 0) & (rng.random(count) < known.chance[script, column])
            )
        return day, came & (day <= until)

    def _gap(self, manner: Numbers, days: Numbers, dice: npt.NDArray[np.float64]) -> Numbers:
        plan = self.plan
        some = (dice[0] * (days + 1)).astype(np.int64)
        edge = days - 1 + (dice[0] * 4).astype(np.int64)
        lateness = days + 1 + some
        deadline = np.select([dice[1] < plan.border, dice[1] < plan.border + plan.late], [edge, lateness], some)
        inside = (days * (0.5 + 0.52 * dice[0])).astype(np.int64)
        return np.select(
            [manner == Manner.FIRST, manner == Manner.BEFORE, manner == Manner.DEADLINE, manner == Manner.INSIDE],
            [np.zeros_like(days), -some, deadline, inside],
            some,
        )

    def _batch(
        self, offset: int, script: Numbers, flat: Flat, broken: Flags, rng: np.random.Generator
    ) -> pa.RecordBatch:
        count = len(script)
        ids = pc.binary_join_element_wise(
            "SYN", pc.utf8_lpad(pc.cast(pa.array(offset + np.arange(count)), pa.string()), 8, "0"), "-"
        )
        kinds = pa.array([item.kind for item in self.scripts], pa.string())
        acts = lists([sorted({slot.act for slot in item.slots[:-1]} or {item.slots[0].act}) for item in self.scripts])
        odd = flat.odd
        covers = acts.take(pa.array(script, mask=odd != ODD.index("not-covered")))
        ordered = pa.array(np.zeros(count, np.bool_), mask=odd != ODD.index("unordered"))
        columns = {
            "case": ids,
            "kind": kinds.take(pa.array(script)),
            "covers": covers,
            "ordered": ordered,
            "extent": self._extent(script),
            "attributes": case_columns(self, script, rng),
            "events": pa.ListArray.from_arrays(pa.array(flat.starts, pa.int32()), self._event_array(flat, broken, rng)),
            "answers": self._answers(flat, ids, rng),
        }
        fields = [
            pa.field(name, column.type, case_schema(self.rules.vocabulary).field(name).nullable)
            for name, column in columns.items()
        ]
        return pa.RecordBatch.from_arrays(list(columns.values()), schema=pa.schema(fields))

    def _extent(self, script: Numbers) -> pa.Array:
        periodic = np.array([item.periodic for item in self.scripts])[script]
        first = np.full(len(script), np.datetime64(self.plan.first))
        last = np.full(len(script), np.datetime64(self.plan.until))
        return pa.StructArray.from_arrays(
            [pa.array(first, pa.date32()), pa.array(last, pa.date32())], fields=list(EXTENT), mask=pa.array(~periodic)
        )

    def _event_array(self, flat: Flat, broken: Flags, rng: np.random.Generator) -> pa.Array:
        odd = flat.odd[flat.row]

        def is_odd(kind: str) -> Flags:
            found: Flags = flat.marked & (odd == ODD.index(kind))
            return found

        count = len(flat.row)
        shared = shared_codes(self, len(flat.starts) - 1, rng)
        act = np.where(broken[flat.row] & (flat.starts[flat.row] == np.arange(count)), len(self.tables.acts), flat.act)
        microseconds = (rng.integers(8 * 60, 18 * 60, count) * 60_000_000).astype("int64")
        columns: Columns = columns_of(self, flat, shared, is_odd("missing-attribute"), is_odd("known-none"), rng)
        arrays = {
            "id": pa.nulls(count, pa.string()),
            "date": pa.array(flat.day.astype("datetime64[D]"), pa.date32(), mask=is_odd("undated")),
            "time": pa.array(microseconds, mask=odd != ODD.index("time-of-day")).cast(pa.time64("us")),
            "act": pa.array([*self.tables.acts, UNKNOWN_ACT]).take(pa.array(act)),
            "actor": self._actors(flat, shared, is_odd("unknown-actor"), rng),
            "document": self._documents(flat, rng),
            NONE: columns.none,
            **columns.values,
        }
        fields = [pa.field(name, array.type, nullable=name != "act") for name, array in arrays.items()]
        return pa.StructArray.from_arrays(list(arrays.values()), fields=fields)

    def _actors(self, flat: Flat, shared: Numbers, unknown: Flags, rng: np.random.Generator) -> pa.Array:
        known, count = self.tables, len(flat.row)
        said = known.actor[flat.script, flat.slot, rng.integers(0, 4, count)]
        named = known.actor_shared[flat.script, flat.slot]
        if self.shared:
            by_name = shared[flat.row, named, known.round[flat.script, flat.slot]]
            names = np.array([known.actors.index(name) for name in _pool(self)])
            said = np.where(named >= 0, names[by_name % len(names)], said)
        wrong = rng.random(count) < self.plan.wrong / 2
        said = np.where(wrong, rng.integers(0, len(known.actors), count), said)
        return lists([[name] for name in known.actors]).take(pa.array(said, mask=unknown))

    def _documents(self, flat: Flat, rng: np.random.Generator) -> pa.Array:
        known = self.tables
        full, less = (table[flat.script, flat.slot] for table in (known.document_full, known.document_less))
        dice = rng.random(len(full))
        chosen = np.where(dice < self.plan.wrong, less, full)
        silent = (full < 0) | (dice > 1 - self.plan.silent)
        if not known.documents:
            return pa.nulls(len(full), TEXTS)
        return lists(known.documents).take(pa.array(chosen, mask=silent))

    def _answers(self, flat: Flat, ids: pa.Array, rng: np.random.Generator) -> pa.Array:  # noqa: ARG002
        """A person's answers to half of what norms leave to persons."""
        reviews = [
            (t, s, norm)
            for t, script in enumerate(self.scripts)
            for s, slot in enumerate(script.slots)
            for norm in slot.reviews
        ]
        norms = tuple(dict.fromkeys(norm for _, _, norm in reviews))
        asked = np.full(self.tables.act.shape, -1, np.int64)
        for script, slot, norm in reviews:
            asked[script, slot] = norms.index(norm)
        of = asked[flat.script, flat.slot]
        answered = (of >= 0) & (rng.random(len(of)) < 0.5)
        yes = rng.random(len(of)) < 0.9
        place = np.arange(len(of)) - flat.starts[flat.row] + 1
        where = np.nonzero(answered)[0]
        starts = np.concatenate([[0], np.cumsum(np.bincount(flat.row[where], minlength=len(flat.starts) - 1))])
        events = pc.binary_join_element_wise("e", pc.cast(pa.array(place[where]), pa.string()), "")
        values = pa.StructArray.from_arrays(
            [
                pa.array(norms, pa.string()).take(pa.array(of[where])),
                events,
                pa.array(yes[where]),
                pa.array(np.full(len(where), "审核员")) if len(where) else pa.nulls(0, pa.string()),
                pa.nulls(len(where), pa.date32()),
            ],
            fields=list(ANSWER),
        )
        return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), values)

    def _made(self, script: Numbers, flat: Flat, broken: Flags, cases: int) -> Made:
        events = int(flat.starts[cases])
        kinds = Counter[str]()
        for place, count in enumerate(np.bincount(script[:cases], minlength=len(self.scripts))):
            kinds[self.scripts[place].kind or "无"] += int(count)
        purposes = np.bincount(
            self.tables.purpose[flat.script[:events], flat.slot[:events]], minlength=len(self.tables.purposes)
        )
        odd = np.bincount(flat.odd[:cases][flat.odd[:cases] >= 0], minlength=len(ODD))
        return Made(
            cases=cases,
            events=events,
            kinds=+kinds,
            odd=+Counter(dict(zip(ODD, map(int, odd), strict=True))),
            broken=int(broken[:cases].sum()),
            purposes=+Counter(dict(zip(self.tables.purposes, map(int, purposes), strict=True))),
        )


def _pool(synthetic: Synthetic) -> tuple[str, ...]:
    """The organs that assignments go to."""
    return tuple(synthetic.rules.vocabulary.organs)[:8] or synthetic.tables.actors[:1]
