"""The mutants of one norm against the fixtures that can reach it."""

from collections.abc import Sequence
from typing import NamedTuple

from checker.calendars.calendar import Calendar
from checker.drafting.answers import Bound
from checker.drafting.mutation.board import Board, Stage, notices, stage
from checker.drafting.mutation.explaining import Explainer
from checker.drafting.mutation.making import head_mutants, mutants_of
from checker.drafting.mutation.mutant import Mutant
from checker.drafting.mutation.results import Tested, Unit
from checker.drafting.seeking.observing import Half
from checker.engines.run import prepare
from checker.model.linking import relinked
from checker.model.norm import RuleSet
from checker.model.place import Span


class Subject(NamedTuple):
    """What is changed: the norm at a position, or (None) the head of the pack."""

    pack: str
    position: int | None


class Ways(NamedTuple):
    """How survivors are explained. ``most`` cases are tried for each; ``prove``: then the solver is asked."""

    most: int
    prove: bool
    bound: Bound
    explain: bool = True


def try_subject(boards: Sequence[Board], subject: Subject, calendar: Calendar, ways: Ways) -> Unit:
    """Every mutant: noticed by the first fixture that fails, or explained.

    All boards hold the pack; mutants are made on the rules of the first.
    """
    rules = boards[0].rules
    mutants = _mutants(rules, subject)
    name, version, span = _named(rules, subject)
    changed = sorted({rules.norms[n].id for mutant in mutants for n in mutant.change.norms})
    stages = [stage(board, changed) for board in boards]
    tested: list[Tested] = []
    explainer = Explainer(boards[0], stages[0], changed, calendar, ways.most)
    for mutant in mutants:
        halves = [_changed(rules, one, mutant, calendar) for one in stages]
        if halves[0] is None:  # the norms would wait for one another: no rule set at all
            continue
        one = Tested(name, version, span, mutant.operator, mutant.told)
        noticed = _noticed(stages, halves)
        if noticed is not None:
            tested.append(one._replace(noticed_by=noticed))
        else:
            tested.append(one)
            explainer.add(len(tested) - 1, mutant, halves[0])
    if ways.explain:
        for n, answer, killing in explainer.explained(ways.prove, ways.bound):
            tested[n] = tested[n]._replace(answer=answer, killing=killing)
    return Unit(tuple(tested), explainer.killings())


def _mutants(rules: RuleSet, subject: Subject) -> tuple[Mutant, ...]:
    return head_mutants(rules, subject.pack) if subject.position is None else mutants_of(rules, subject.position)


def _named(rules: RuleSet, subject: Subject) -> tuple[str, str, Span | None]:
    if subject.position is None:
        return subject.pack, "", rules.pack(subject.pack).span
    norm = rules.norms[subject.position]
    return norm.id, norm.version, norm.span


def _changed(rules: RuleSet, held: Stage, mutant: Mutant, calendar: Calendar) -> Half | None:
    """The stage with the mutant in the place of the norms."""
    norms = list(held.rules.norms)
    gone = set()
    for n, norm in mutant.change.norms.items():
        original = rules.norms[n]
        place = held.places.get((original.id, original.version))
        if place is not None and norm is not None:
            norms[place] = norm
        elif place is not None:
            gone.add(place)
    linked = relinked(held.rules, tuple(norm for n, norm in enumerate(norms) if n not in gone))
    return None if linked is None else Half(prepare(linked, calendar), held.ids)


def _noticed(stages: Sequence[Stage], halves: Sequence[Half | None]) -> str | None:
    """The name of the first fixture that fails."""
    for held, half in zip(stages, halves, strict=True):
        for fixture in held.fixtures if half is not None else ():
            if half is not None and notices(fixture, half):
                return fixture.case.id
    return None
