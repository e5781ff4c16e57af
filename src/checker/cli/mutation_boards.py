"""What ``checker mutate`` runs: packs with the fixtures that are run against them."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from checker import api
from checker.calendars.calendar import Calendar
from checker.drafting.mutation.board import Board
from checker.drafting.mutation.running import Task, tasks_of
from checker.drafting.mutation.trial import Subject
from checker.model.dependencies import depends_on
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.linking import downstream, limited
from checker.model.norm import RuleSet


class Plan(NamedTuple):
    """The boards of each pack, by its id; ``failing`` are fixtures that fail as it is, and are left out.

    So are the ``gaps``, which may fail (待办).
    """

    boards: dict[str, list[Board]]
    failing: tuple[str, ...]
    gaps: tuple[str, ...]
    unread: tuple[Diagnostic, ...]


def plan(packs: Sequence[str], paths: Sequence[str], calendar: Calendar) -> Plan:
    """As ``checker test`` pairs fixtures with packs; without packs and paths the whole matters are run as well.

    The rules of each board are cut down to one pack with what waits for it and what that waits for.
    """
    boards: dict[str, list[Board]] = {}
    failing: list[str] = []
    gaps: list[str] = []
    unread: list[Diagnostic] = []
    for batch in api.plan_fixtures(paths, packs):
        rules, _ = api.compile_rules(batch.packs, None, batch.named)
        run = api.run_fixtures(rules, batch.paths, calendar, today=dt.date.today())
        fixtures = tuple(one.fixture for one in run.outcomes if one.fixture is not None and one.passed)
        for one in run.outcomes:
            if one.fixture is not None and not one.passed:
                (gaps if one.is_fine else failing).append(one.fixture.case.id)
        unread += [problem for one in run.outcomes if one.bad is not None for problem in one.bad.diagnostics]
        for pack in rules.packs:
            boards.setdefault(pack.id, []).append(Board(_cut(rules, pack.id), fixtures))
    return Plan(boards, tuple(failing), tuple(gaps), tuple(unread))


def _cut(rules: RuleSet, pack: str) -> RuleSet:
    own = [norm.id for norm in rules.norms if norm.pack == pack]
    return limited(rules, downstream(depends_on(rules.norms, rules.packs), own))


def tasks(plan: Plan, norms: Sequence[str]) -> tuple[Task, ...]:
    """The work, pack by pack; only of these norms where some are named. DataError where one does not exist."""
    known = {norm.id for boards in plan.boards.values() for norm in boards[0].rules.norms}
    for name in norms:
        if name not in known:
            message = f"受测的规则包里没有规范「{name}」"
            raise DataError((Diagnostic(code="unknown-norm", message=message, help="写作「规则包/规范名」"),))
    return tuple(
        task for pack, boards in plan.boards.items() for task in tasks_of(boards, _subjects(pack, boards, norms))
    )


def _subjects(pack: str, boards: Sequence[Board], norms: Sequence[str]) -> list[Subject]:
    head = [] if norms else [Subject(pack, None)]
    places = [n for n, norm in enumerate(boards[0].rules.norms) if norm.pack == pack]
    wanted = [n for n in places if not norms or boards[0].rules.norms[n].id in norms]
    return [*head, *(Subject(pack, n) for n in wanted)] if places else []
