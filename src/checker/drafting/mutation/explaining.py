"""Why no fixture notices a mutant: the case that is lacking, or the proof that there is none."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Answer, Bound, Proved, Undecided, Witness
from checker.drafting.differing import proof
from checker.drafting.fixtures import compare
from checker.drafting.mutation.board import Board, Stage
from checker.drafting.mutation.mutant import Mutant
from checker.drafting.mutation.results import Killing
from checker.drafting.mutation.window import window
from checker.drafting.seeking.candidates import Candidate, with_case
from checker.drafting.seeking.observing import COMPARED, Findings, Half, differs
from checker.drafting.seeking.pool import Pool, Tried
from checker.drafting.seeking.search import smallest
from checker.engines.run import evaluate, prepare
from checker.model.case import Case, Expectation, Fixture
from checker.model.dependencies import parts_of
from checker.model.expressions import Pattern
from checker.model.finding import Finding, Verdict
from checker.model.norm import Norm

_ALWAYS: Final = ("verdict", "due", "fulfilled_by")
_NO_MATTER: Final = ("due", "fulfilled_by", "breached_on", "days", "category", "severity", "bearer")
_CHANGED: Final = ("values", "fewer", "more", "days")
_MOVED: Final = ("days", "times", "shifts", "values", "fewer")
_BY_OPERATOR: Final = {
    "validity": ("borders",),
    "rolling": ("shifts", "days"),
    "one_to_one": ("fewer", "more"),
    "correlation": ("values", "fewer"),
    "groups": ("fewer", "more"),
    "afterwards": ("more", "days", "fewer"),
    "exceptions_dropped": ("more", "fewer", "days"),
    "exceptions_widened": ("more", "values", "fewer"),
    "caps": ("more", "values", "fewer"),
    "periods": _MOVED,
    "units": _MOVED,
    "leads": _MOVED,
    "expiries": _MOVED,
    "starts": _MOVED,
}
"""Which changes of a case are likely to show the mutants of an operator; they are tried first."""
_PATIENCE: Final = 60
"""So many more cases are tried, once one is found, for one in which a violation comes or goes."""


class _Survivor(NamedTuple):
    place: int
    mutant: Mutant
    half: Half


class Explainer:
    """Survivors of one unit, explained together: the case found for one often notices others as well."""

    def __init__(self, board: Board, held: Stage, changed: Sequence[str], calendar: Calendar, most: int) -> None:
        self._board, self._stage, self._changed = board, held, changed
        self._calendar, self._most = calendar, most
        self._survivors: list[_Survivor] = []
        self._found: list[tuple[Candidate, Findings, list[str], dict[str, None]]] = []

    def add(self, place: int, mutant: Mutant, half: Half) -> None:
        """One more mutant that no fixture notices; ``place`` is handed back with its explanation."""
        self._survivors.append(_Survivor(place, mutant, half))

    def explained(self, prove: bool, bound: Bound) -> Iterator[tuple[int, Answer, int | None]]:
        """Place, answer, and the number of the lacking case, for each survivor in order."""
        if not self._survivors:
            return
        others = [one.half.program.source for one in self._survivors]
        pool = Pool(self._stage.rules, others, self._stage.ids, self._calendar, self._seeds(), self._most)
        for survivor in self._survivors:
            number = self._known(survivor)
            answer: Answer | None = None if number is None else self._witness(number)
            if answer is None:
                answer, number = self._sought(pool, survivor)
            if answer is None:
                answer = self._proved(survivor, prove, bound)
                number = self._replayed(pool, survivor, answer)
            yield survivor.place, answer, number

    def killings(self) -> tuple[Killing, ...]:
        """The lacking cases, each with all that is expected of it under the whole rule set."""
        whole = prepare(self._board.rules, self._calendar) if self._found else None
        made = []
        for candidate, findings, told, keys in self._found:
            assert whole is not None
            others = evaluate(whole, candidate.case, candidate.as_of).findings
            violations = [_bare(one) for one in others if one.verdict.is_violation and one.norm not in self._stage.ids]
            expected = tuple(one for one in findings if one.norm in self._changed or one.verdict.is_violation)
            chosen = expected or findings
            norm = chosen[0].norm if chosen and len(self._changed) > 1 else self._changed[0]
            shown = tuple(key for key in COMPARED if key in _ALWAYS or key in keys)
            made.append(Killing(norm, *candidate, (*chosen, *violations), shown, tuple(told)))
        return tuple(made)

    def _seeds(self) -> tuple[Fixture, ...]:
        """Of each verdict that fixtures expect of the norms one, then the others; last those with something unknown."""
        firsts: dict[object, Fixture] = {}
        for fixture in self._stage.fixtures:
            for one in fixture.expect:
                if one.norm in self._changed:
                    firsts.setdefault((one.norm, one.values.get("verdict")), fixture)
        chosen = list({id(one): one for one in (*firsts.values(), *self._stage.fixtures)}.values())
        chosen.sort(key=lambda one: any(e.values.get("verdict") is Verdict.UNDETERMINED for e in one.expect))
        return tuple(chosen)

    def _known(self, survivor: _Survivor) -> int | None:
        for number, (candidate, before, told, keys) in enumerate(self._found):
            after = survivor.half.findings(candidate)
            if after is not None and is_noticed(candidate, before, after):
                told.append(survivor.mutant.told)
                keys.update(dict.fromkeys(_keys(before, after)))
                return number
        return None

    def _witness(self, number: int) -> Witness:
        candidate = self._found[number][0]
        return Witness(case=candidate.case, as_of=candidate.as_of)

    def _sought(self, pool: Pool, survivor: _Survivor) -> tuple[Answer | None, int | None]:
        """The first candidate that a fixture could be made of; else the first that differs at all."""
        found, plainest, differing = 0, None, None
        kinds = _BY_OPERATOR.get(survivor.mutant.operator, _CHANGED)
        for tried in chain(pool.aimed(survivor.half.program.source), pool.tried(kinds)):
            after = survivor.half.findings(tried.candidate)
            if found > _PATIENCE:
                break
            found += plainest is not None
            if after is None or after == tried.findings:
                continue
            if is_noticed(tried.candidate, tried.findings, after):
                plainest = plainest or tried
                if _turns(tried.findings, after):
                    plainest = tried
                    break
            elif differing is None and differs(tried.candidate, tried.findings, after):
                differing = tried.candidate
        if plainest is not None:
            return self._kept(pool, survivor, plainest)
        if differing is None:
            return None, None
        small = smallest(pool.old, survivor.half, differing, differs)
        return Witness(case=small.case, as_of=small.as_of), None

    def _kept(self, pool: Pool, survivor: _Survivor, tried: Tried) -> tuple[Answer, int]:
        small = self._quiet(pool.old, survivor.half, smallest(pool.old, survivor.half, tried.candidate, is_noticed))
        before, after = pool.old.findings(small), survivor.half.findings(small)
        assert before is not None
        assert after is not None
        self._found.append((small, before, [survivor.mutant.told], dict.fromkeys(_keys(before, after))))
        return self._witness(len(self._found) - 1), len(self._found) - 1

    def _quiet(self, old: Half, new: Half, candidate: Candidate) -> Candidate:
        """The same with a record that covers only what the norm reads, so that other norms find less there."""
        wanted = old.findings(candidate)
        named = {one.norm for one in (*(wanted or ()), *(new.findings(candidate) or ()))}
        for norms in ([n for n in self._stage.rules.norms if n.id in named], self._stage.rules.norms):
            acts = self._acts(norms) | {event.act for event in candidate.case.events}
            small = with_case(candidate, covers=frozenset(acts))
            before, after = old.findings(small), new.findings(small)
            if before is not None and before == wanted and after is not None and is_noticed(small, before, after):
                return small
        return candidate

    def _acts(self, norms: Iterable[Norm]) -> set[str]:
        closings = [pack.closing for pack in self._stage.rules.packs if pack.closing is not None]
        parts = (part for root in (*norms, *closings) for part in parts_of(root))
        return {act for part in parts if isinstance(part, Pattern) for act in part.acts}

    def _replayed(self, pool: Pool, survivor: _Survivor, answer: Answer) -> int | None:
        """The number of the case that the solver found, where a fixture can be made of it."""
        if not isinstance(answer, Witness):
            return None
        candidate = Candidate(answer.case, answer.as_of)
        before, after = pool.old.findings(candidate), survivor.half.findings(candidate)
        if before is None or after is None or not is_noticed(candidate, before, after):
            return None
        return self._kept(pool, survivor, Tried(candidate, before))[1]

    def _proved(self, survivor: _Survivor, prove: bool, bound: Bound) -> Answer:
        """Proved only where it is so for every norm that could be touched."""
        answers: list[Answer] = []
        for norm in sorted(self._stage.ids):
            within = window(bound, survivor.mutant, self._board.rules.norms)
            answers.append(proof(self._stage.rules, survivor.half.program.source, norm, within, self._calendar, prove))
            if not isinstance(answers[-1], Proved):
                return answers[-1]
        bounds = [one.bound for one in answers if isinstance(one, Proved) and one.bound is not None]
        return Proved(bound=bounds[0] if bounds else None) if answers else Undecided(reason="没有受影响的规范")


def _bare(finding: Finding) -> Finding:
    """A finding of a norm that is not the matter here: that there is one."""
    return finding.model_copy(update=dict.fromkeys(_NO_MATTER))


def is_noticed(candidate: Candidate, before: Findings, after: Findings) -> bool:
    """Whether a fixture that expects what was found before would fail after."""
    expect = tuple(Expectation(norm=one.norm, values=_values(one)) for one in before)
    fixture = Fixture(case=Case(id=candidate.case.id), as_of=candidate.as_of, expect=expect)
    return not _passes(fixture, after)


def _passes(fixture: Fixture, findings: Findings) -> bool:
    return compare(fixture, (), findings).passed


def _values(finding: Finding) -> dict[str, object]:
    held = {key: getattr(finding, key) for key in ("anchor", *COMPARED)}
    return {key: value for key, value in held.items() if value is not None}


def _keys(before: Findings, after: Findings) -> list[str]:
    """What differs between findings at the same anchors."""
    later = {(one.norm, one.anchor): one for one in after}
    pairs = [(one, later[one.norm, one.anchor]) for one in before if (one.norm, one.anchor) in later]
    return [key for key in COMPARED if any(getattr(one, key) != getattr(other, key) for one, other in pairs)]


def _turns(before: Findings, after: Findings) -> bool:
    """Whether a violation comes or goes: the plainest change there is."""
    sides = [{(one.norm, one.anchor) for one in found if one.verdict.is_violation} for found in (before, after)]
    return sides[0] != sides[1] and not any(one.verdict is Verdict.UNDETERMINED for one in (*before, *after))
