"""Rows by case to a batch of case records in the archive's schema."""

import numpy as np
import pyarrow as pa

from checker.cases.event_record import Words
from checker.cases.flat import events, folding
from checker.cases.flat.cells import Coded, Codes
from checker.cases.flat.events import Flags, Found
from checker.cases.flat.folding import Folded
from checker.cases.flat.rows import Rows
from checker.cases.table import covers_of
from checker.engines.archive.schema import TEXT, TEXTS, attribute_fields


def records_of(rows: Rows, known: Words, spoilt: Flags) -> tuple[pa.RecordBatch, Flags]:
    """The records of the cases that nothing speaks against, and the cases that something does, as ``spoilt`` do."""
    places, names, unread = events.acts(rows.opened, rows.coded(rows.opened.roles["act"]), known)
    wrong = spoilt | folding.unnameable(rows.names())
    wrong[rows.cases[unread | rows.batch["width"].is_valid().to_numpy(zero_copy_only=False)]] = True
    active = np.flatnonzero(places >= 0)
    cases = rows.cases[active]
    found = _events(rows, known, active, places[active], names)
    for column in found.values():
        wrong[cases[column.bad]] = True
    folded = _folded(rows, known, active)
    for said in folded.values():
        wrong |= said.bad
    struct = pa.StructArray.from_arrays(
        [column.array for column in found.values()],
        fields=[pa.field(name, column.array.type, name != "act") for name, column in found.items()],
    )
    return _batch(rows, known, struct, cases, folded, wrong), wrong


def _events(rows: Rows, known: Words, active: Codes, places: Codes, names: list[str]) -> dict[str, Found]:
    """The columns of the events that the active rows are, by the names of the archive's schema."""
    opened, roles = rows.opened, rows.opened.roles

    def cells(n: int) -> Coded:
        whole = rows.coded(n)
        return Coded(whole.codes[active], whole.values)

    cases = rows.cases[active]
    fine = np.zeros(len(active), bool)
    found: dict[str, Found] = {}
    if "id" in roles:
        counts = np.bincount(cases, minlength=len(rows.begins))
        positions = np.arange(len(active)) - (np.cumsum(counts) - counts)[cases] + 1
        found["id"] = events.identifiers(cells(roles["id"]), cases, positions, counts)
    times = cells(roles["time"]) if "time" in roles else None
    found["date"], clocks = events.moments(opened, cells(roles["date"]), times, known)
    found["time"] = Found(clocks, fine)
    indices = pa.array(places, pa.int32())
    found["act"] = Found(pa.DictionaryArray.from_arrays(indices, pa.array(names, TEXT)), fine)
    if "actor" in roles:
        found["actor"] = events.actors(cells(roles["actor"]), known)
    acts = [known.vocabulary.acts[name] for name in names]
    declared = [item for act in known.vocabulary.acts.values() for item in act.attributes.items()]
    many = {field.name for field in attribute_fields(declared) if pa.types.is_list(field.type)}
    for name, n in {name: n for n, name in opened.attributes.items()}.items():
        kinds = [act.attributes.get(name) for act in acts]
        found[name] = events.attribute(cells(n), kinds, places, name in many, known)
    return found


def _folded(rows: Rows, known: Words, active: Codes) -> dict[str, Folded]:
    """What is said of the cases, by name; the kind under no name."""
    opened = rows.opened
    declared = known.vocabulary.case_attributes
    wanted = {name: (n, folding.attribute_reader(declared[name], known)) for n, name in opened.case_attributes.items()}
    if "kind" in opened.roles:
        wanted[""] = opened.roles["kind"], folding.kind_reader(known)
    cases, count = rows.cases[active], len(rows.begins)
    found = {}
    for name, (n, read) in wanted.items():
        whole = rows.coded(n)
        found[name] = folding.fold(Coded(whole.codes[active], whole.values), cases, count, read)
    return found


def _batch(
    rows: Rows, known: Words, struct: pa.StructArray, cases: Codes, folded: dict[str, Folded], wrong: Flags
) -> pa.RecordBatch:
    """The cases that are right, with the events of each: ``cases`` is the case of each event."""
    right = np.flatnonzero(~wrong)
    counts = np.bincount(cases, minlength=len(wrong))[right]
    offsets = pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32())
    columns = {"case": rows.names().take(pa.array(right))}
    if "" in folded:
        columns["kind"] = pa.array([folded[""].values[n] for n in right], TEXT)
    covers = covers_of(rows.opened.layout)
    if covers is not None:
        same = pa.array([sorted(set(covers))], TEXTS)
        columns["covers"] = same.take(pa.array(np.zeros(len(right), np.int32)))
    columns["ordered"] = pa.array(np.full(len(right), rows.opened.layout.ordered))
    fields = attribute_fields((name, known.vocabulary.case_attributes[name]) for name in folded if name)
    if fields:
        arrays = [pa.array([folded[field.name].values[n] for n in right], field.type) for field in fields]
        columns["attributes"] = pa.StructArray.from_arrays(arrays, fields=fields)
    columns["events"] = pa.ListArray.from_arrays(offsets, struct.filter(pa.array(~wrong[cases])))
    return pa.RecordBatch.from_pydict(columns)
