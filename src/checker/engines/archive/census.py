"""Evaluated batches into sums: what :mod:`checker.engines.census.observing` counts case by case, in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from checker.engines.archive.columns import EPOCH
from checker.engines.archive.results import VERDICTS, BatchResult
from checker.engines.archive.truth import Bools, Ints
from checker.engines.census.asked import UNDUE, Along, Asked
from checker.engines.census.cells import CLASS, CLASSES, PLACE, TIMED, VIOLATED, Cell, Cells, Key, Sums
from checker.engines.census.dimensions import Axis, Dimension, Register
from checker.engines.census.stages import has_deadline
from checker.engines.ground.periods_of_year import printed_at
from checker.model.figures import UNDATED
from checker.model.finding import Verdict
from checker.model.norm import RuleSet

_DAYS: Final = 1 << 23
"""More than any number of days past due, so that a group and a number of days make one number."""
_CLASS: Final = np.array([CLASS[verdict] for verdict in VERDICTS])
_UNDUE: Final = np.array([PLACE[verdict] for verdict in UNDUE])


class _Named(NamedTuple):
    """A name for each finding, by code."""

    codes: Ints
    names: list[str]


class _Found(NamedTuple):
    """The findings of a batch; all parallel. ``day`` is that of the period (-1: not known)."""

    row: Ints
    position: Ints
    verdict: Ints
    day: Ints
    is_due: Bools
    days: Ints
    has_days: Bools
    bearer: pa.Array

    def take(self, rows: Ints) -> _Found:
        """Some of them."""
        *parts, bearer = self
        taken: list[Any] = [part[rows] for part in parts]
        return _Found._make((*taken, bearer.take(pa.array(rows))))


class BatchCensus:
    """A question ready for batches."""

    def __init__(self, rules: RuleSet, asked: Asked) -> None:
        """Compiled once."""
        self._rules, self._asked, self._register = rules, asked, Register(rules)
        self._timed = np.array([has_deadline(norm.requirement) for norm in rules.norms] or [False])

    def sums(self, cases: pa.RecordBatch, result: BatchResult) -> Sums:
        """The sums of one batch, evaluated with all verdicts listed; cases without a conclusion are in none."""
        found = self._found(result)
        known: dict[Dimension, _Named] = {}

        def named(one: Dimension) -> _Named:
            if one not in known:
                known[one] = self._named(one, found, cases)
            return known[one]

        sums = Sums(len(self._asked.counted))
        if not len(found.row):
            return sums
        inside = [np.flatnonzero((found.day >= a) & (found.day <= b)) for a, b in self._asked.windows]
        for along, spans in zip(self._asked.counted, sums.tables, strict=True):
            groups, keys = _grouped(along, named, len(found.row))
            self._fill(spans[0], found, groups, keys, cases)
            for rows, cells in zip(inside, spans[1:], strict=True):
                if len(rows):
                    self._fill(cells, found.take(rows), groups[rows], keys, cases)
        return sums

    def _found(self, result: BatchResult) -> _Found:
        findings = result.findings
        row = findings.column("row").to_numpy(zero_copy_only=False).astype(np.int64)
        due, days = findings.column("due"), findings.column("days")
        place = pc.index_in(findings.column("verdict").cast(pa.string()), pa.array([one.value for one in VERDICTS]))
        verdict = place.to_numpy(zero_copy_only=False).astype(np.int64)
        is_due = np.asarray(due.is_valid())
        last = due.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64) + EPOCH
        obliges = is_due & ~np.isin(verdict, _UNDUE) & self._asked.by_due
        all_of_it = _Found(
            row,
            result.positions,
            verdict,
            np.where(obliges, last, result.days),
            is_due,
            days.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64),
            np.asarray(days.is_valid()),
            findings.column("bearer"),
        )
        failed = [row for row, _ in result.failures]
        return all_of_it.take(np.flatnonzero(~np.isin(row, failed))) if failed else all_of_it

    def _named(self, one: Dimension, found: _Found, cases: pa.RecordBatch) -> _Named:
        if one.axis is Axis.UNIT:
            bearers = found.bearer.cast(pa.string()).dictionary_encode()
            codes = bearers.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
            return _Named(codes + 1, [self._register.unit(name) for name in (None, *bearers.dictionary.to_pylist())])
        if one.axis.months:
            return _periods(found.day, one.axis.months)
        if one.axis is Axis.KIND or one.attributes:
            of_case = self._of_case(one, cases)
            return _Named(of_case.codes[found.row], of_case.names)
        norms = range(len(self._rules.norms))
        return _Named(found.position, [self._register.of_norm(one, position) for position in norms])

    def _of_case(self, one: Dimension, cases: pa.RecordBatch) -> _Named:
        """By row of the batch."""
        if one.axis is Axis.KIND:
            columns = [("类型", cases.column("kind").cast(pa.string()))] if "kind" in cases.schema.names else []
        else:
            as_of = self._asked.as_of.toordinal() - EPOCH
            columns = [(name, text) for name in one.attributes for text in _of_attributes(cases, name)]
            columns += [(name, text) for name in one.attributes for text in _of_events(cases, name, as_of)]
        names, codes = [self._register.value("", None)], np.zeros(cases.num_rows, np.int64)
        for name, text in columns:
            coded = text.dictionary_encode()
            said = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
            texts = coded.dictionary.to_pylist()
            is_new = (codes == 0) & (said >= 0) & np.array([bool(one) for one in texts] + [False])[said]
            codes = np.where(is_new, said + len(names), codes)
            names += [self._register.value(name, one) for one in texts]
        return _Named(codes, names)

    def _fill(self, cells: Cells, found: _Found, groups: Ints, keys: list[Key], cases: pa.RecordBatch) -> None:
        """The cells of one table and span."""
        n = len(keys)
        verdicts = np.bincount(groups * len(VERDICTS) + found.verdict, minlength=n * len(VERDICTS)).reshape(n, -1)
        made = {
            place: Cell(verdicts=verdicts[place].tolist()) for place in np.flatnonzero(verdicts.any(axis=1)).tolist()
        }
        self._fill_timed(made, found, groups, n)
        _fill_cases(made, found, groups, n, cases)
        cells.update((keys[place], cell) for place, cell in made.items())

    def _fill_timed(self, made: dict[int, Cell], found: _Found, groups: Ints, n: int) -> None:
        timed = self._timed[found.position]
        for column, verdict in enumerate(TIMED):
            rows = np.flatnonzero(timed & (found.verdict == PLACE[verdict]))
            if verdict not in (Verdict.PENDING, Verdict.UNDETERMINED):
                rows = rows[found.is_due[rows]]
            counts = np.bincount(groups[rows], minlength=n)
            for place in np.flatnonzero(counts).tolist():
                made[place].timed[column] = int(counts[place])
            if verdict in (Verdict.LATE, Verdict.OVERDUE):
                rows = rows[found.has_days[rows]]
                pairs, numbers = np.unique(groups[rows] * _DAYS + found.days[rows], return_counts=True)
                for pair, number in zip(pairs.tolist(), numbers.tolist(), strict=True):
                    place, days = divmod(pair, _DAYS)
                    held = made[place].late if verdict is Verdict.LATE else made[place].overdue
                    held[days] = number


def _fill_cases(made: dict[int, Cell], found: _Found, groups: Ints, n: int, cases: pa.RecordBatch) -> None:
    """What each case comes to in each group, and the first with a violation."""
    keys = found.row * n + groups
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else order
    if not len(starts):
        return
    kinds = np.minimum.reduceat(_CLASS[found.verdict[order]], starts)
    rows, places = np.divmod(keys[starts], n)
    counts = np.bincount(places * CLASSES + kinds, minlength=n * CLASSES).reshape(n, -1)
    for place, cell in made.items():
        cell.cases = counts[place].tolist()
    violated = np.flatnonzero(kinds == VIOLATED)
    first, at = np.unique(places[violated], return_index=True)
    names = cases.column("case").take(pa.array(rows[violated][at])).cast(pa.string()).to_pylist()
    for place, name in zip(first.tolist(), names, strict=True):
        made[place].example = name


def _grouped(along: Along, named: Callable[[Dimension], _Named], size: int) -> tuple[Ints, list[Key]]:
    """The group of each finding, and the names of the groups; different codes may stand for the same name."""
    combined = np.zeros(size, np.int64)
    parts = [named(one) for one in along]
    for part in parts:
        combined = combined * len(part.names) + part.codes
    codes, groups = np.unique(combined, return_inverse=True)
    keys: dict[Key, int] = {}
    same = np.zeros(len(codes), np.int64)
    for n, code in enumerate(codes.tolist()):
        rest = code
        key: list[str] = []
        for part in reversed(parts):
            rest, place = divmod(rest, len(part.names))
            key.append(part.names[place])
        same[n] = keys.setdefault(tuple(reversed(key)), len(keys))
    return same[groups.reshape(-1)], list(keys)


def _periods(day: Ints, months: int) -> _Named:
    """The calendar period of each day."""
    month = (day - EPOCH).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    index = np.where(day >= 0, month // months, -1)
    found, codes = np.unique(index, return_inverse=True)
    names = [UNDATED if one < 0 else printed_at(one, months) for one in found.tolist()]
    return _Named(codes.reshape(-1), names or [UNDATED])


def _of_attributes(cases: pa.RecordBatch, name: str) -> Iterator[pa.Array]:
    """The texts of an attribute of the case, by row."""
    if "attributes" in cases.schema.names:
        held = cases.column("attributes")
        place = held.type.get_field_index(name)
        if place >= 0:
            yield _texts(held.flatten()[place])


def _of_events(cases: pa.RecordBatch, name: str, as_of: int) -> Iterator[pa.Array]:
    """The text of the first event seen that says anything of an attribute, by row."""
    events = cases.column("events")
    held = events.flatten()
    place = held.type.get_field_index(name)
    if place < 0:
        return
    text = _texts(held.flatten()[place])
    is_said = np.asarray(text.is_valid()) & np.asarray(pc.not_equal(text, "").fill_null(False))
    when = held.type.get_field_index("date")
    if when >= 0:
        day = held.flatten()[when].cast(pa.int32())
        is_said &= np.asarray(pc.less_equal(day, as_of).fill_null(True))
    spots = np.flatnonzero(is_said)
    parents = np.asarray(pc.list_parent_indices(events))[spots]
    rows, first = np.unique(parents, return_index=True)
    taken = np.full(cases.num_rows, -1)
    taken[rows] = spots[first]
    yield text.take(pa.array(taken, mask=taken < 0))


def _texts(column: Any) -> pa.Array:  # noqa: ANN401 - an array of the library
    """One text for each value; those of a list joined."""
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        inner = column.type.value_type
        if pa.types.is_dictionary(inner):
            column = column.cast(pa.list_(pa.string()))
        return pc.binary_join(column, "、")
    return column.cast(pa.string())
