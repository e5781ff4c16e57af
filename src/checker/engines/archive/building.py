"""Norms to rules for batches. BeyondError names a form that only the row evaluator knows."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, assert_never

from checker.calendars.amount import amount_of
from checker.calendars.calendar import Calendar
from checker.engines.archive import periods, terms, windows
from checker.engines.archive.adjusting import ClauseAdjuster, ReplaceTerm
from checker.engines.archive.compiling import BeyondError, Compiler
from checker.engines.archive.deadlines import Deadlines
from checker.engines.archive.matching import Pattern
from checker.engines.archive.past import ExpiryColumn
from checker.engines.archive.rules import Rule
from checker.engines.archive.standing import PrecedeTerm
from checker.engines.facts import Form
from checker.engines.ground.building import overriding
from checker.model import expressions
from checker.model import requirements as req
from checker.model.norm import Norm, OnBreach, OnEvent, OnExpiry, OnPeriod, RuleSet

Groups = tuple[tuple[Pattern, ...], ...]


class Builder:
    """Compiles the norms of one rule set."""

    def __init__(self, rules: RuleSet, calendar: Calendar) -> None:
        self._calendar = calendar
        self._compiler = Compiler(rules.vocabulary, calendar)
        self._deadlines = Deadlines(calendar)
        self._closing = {pack.id: pack.closing for pack in rules.packs}
        self._above = overriding(rules)
        self._applies: dict[str, Any] = {}
        self._versions = Counter(norm.id for norm in rules.norms)
        self._periodic = {norm.id for norm in rules.norms if _is_periodic(norm, rules)}

    def rule(self, position: int, norm: Norm) -> Rule | None:
        """One compiled norm; None where it has a form that only the row evaluator knows."""
        try:
            return self._rule(position, norm)
        except BeyondError:
            return None

    def applies(self, norm: Norm) -> Any:  # noqa: ANN401 - a condition or None
        """The condition of the case under which the norm applies; None where there is none."""
        return None if norm.applies is None else self._applying(norm.applies)

    def _rule(self, position: int, norm: Norm) -> Rule:
        self._refuse_periodic(norm)
        compiler, correlate = self._compiler, norm.correlate
        groups = self._groups(norm)
        first, last = norm.valid.first, norm.valid.last
        defeats = [clause for clause in norm.exceptions if isinstance(clause, req.Defeat)]
        return Rule(
            position,
            norm,
            norm.id,
            anchor=compiler.pattern(norm.anchor.pattern) if isinstance(norm.anchor, OnEvent) else None,
            pivot=None if norm.pivot is None else compiler.pattern(norm.pivot),
            applies=self.applies(norm),
            first=None if first is None else first.toordinal(),
            last=None if last is None else last.toordinal(),
            overridden_by=self._above.get(norm.id, ()),
            defeats=tuple(compiler.effective(one.when, one.unless, correlate, horizon=True) for one in defeats),
            cures=tuple(one.afterwards for one in defeats),
            groups=groups,
            bearer=next((one.actor for group in groups for one in group if one.actor is not None), None),
            **self._required(norm, groups),
        )

    def _refuse_periodic(self, norm: Norm) -> None:
        """Periods have no event at their root, by which versions, priorities and what hangs on them are told apart."""
        anchor = norm.anchor
        if isinstance(anchor, OnPeriod):
            if self._versions[norm.id] > 1 or norm.overrides or norm.id in self._above:
                raise BeyondError
            if any(one.dated_by for group in _groups_of(norm) for one in group):
                raise BeyondError
        elif norm.id in self._periodic:
            raise BeyondError

    def _applying(self, condition: expressions.Condition) -> Any:  # noqa: ANN401 - a condition
        """The condition under which norms apply, one for all that say the same."""
        said = repr(condition)
        if said not in self._applies:
            self._applies[said] = self._compiler.condition(condition)
        return self._applies[said]

    def _groups(self, norm: Norm) -> Groups:
        return tuple(tuple(self._compiler.pattern(one, norm.correlate) for one in group) for group in _groups_of(norm))

    def _required(self, norm: Norm, groups: Groups) -> Mapping[str, Any]:
        requirement = norm.requirement
        match requirement:
            case req.Occur():
                window = self._window(norm, requirement.window, groups)
                return {"form": Form.WINDOW, "window": window, "one_to_one": requirement.one_to_one}
            case req.Deem():
                return {"form": Form.DEEM, "window": self._window(norm, requirement.window, groups)}
            case req.Precede():
                lead = requirement.lead
                amount = amount_of() if lead.period is None else amount_of(lead.period)
                precede = PrecedeTerm(self._calendar, lead, amount)
                return {"form": Form.POINT, "precede": precede, "one_to_one": requirement.one_to_one}
            case req.Hold():
                return {
                    "form": Form.POINT,
                    "condition": self._compiler.condition(requirement.condition, norm.correlate),
                }
            case req.Contain():
                return {"form": Form.POINT, "parts": requirement.parts}
            case req.Review():
                return {"form": Form.REVIEW}
            case _:
                assert_never(requirement)

    def _window(self, norm: Norm, window: req.Window, groups: Groups) -> windows.WindowTerm:
        compiler, correlate = self._compiler, norm.correlate
        match window:
            case req.Within():
                adjuster = self._adjuster(norm, groups)
                period = self._period(window.period, correlate)
                return windows.WithinWindow(
                    self._deadlines, norm.counting, self._start(window.start, correlate), period, adjuster
                )
            case req.UntilClose():
                closing = self._closing.get(norm.pack)
                return windows.UntilCloseWindow(None if closing is None else compiler.pattern(closing))
            case req.By():
                return windows.ByWindow(compiler.expression(window.limit, correlate))
            case req.During():
                if any(pattern.dated_by for group in groups for pattern in group):
                    raise BeyondError
                first, last = (compiler.expression(end, correlate) for end in (window.first, window.last))
                return windows.DuringWindow(first, last)
            case req.InPeriod():
                return windows.PeriodWindow()
            case _:
                assert_never(window)

    def _start(self, start: req.Start, correlate: tuple[str, ...]) -> windows.StartTerm:
        match start:
            case req.AtAnchor():
                return windows.AnchorStart()
            case req.AtFirst():
                return windows.FirstStart(self._compiler.pattern(start.pattern, correlate))
            case req.AtDate():
                return windows.DateStart(self._compiler.expression(start.attribute, correlate))
            case req.AtPeriodEnd():
                return windows.PeriodEndStart()
            case _:
                assert_never(start)

    def _period(self, period: req.PeriodExpr, correlate: tuple[str, ...]) -> periods.PeriodTerm:
        match period:
            case req.Fixed():
                return periods.FixedTerm(amount_of(period.period))
            case req.FromAttribute():
                return periods.StatedTerm(self._compiler.expression(period.attribute, correlate))
            case req.Earlier() | req.Later():
                options = tuple(self._period(option, correlate) for option in period.of)
                return periods.ChoiceTerm(options, earliest=isinstance(period, req.Earlier))
            case req.UntilExpiry():
                return periods.LimitTerm(ExpiryColumn(period.norm, period.extended))
            case _:
                assert_never(period)

    def _adjuster(self, norm: Norm, groups: Groups) -> ClauseAdjuster | None:
        compiler, correlate = self._compiler, norm.correlate
        replaces: list[ReplaceTerm] = []
        no_rolls = []
        phase3: list[terms.Term] = []
        for clause in norm.exceptions:
            match clause:
                case req.Replace():
                    condition = compiler.effective(clause.when, clause.unless, correlate, horizon=True)
                    replaces.append(ReplaceTerm(condition, self._period(clause.period, correlate)))
                case req.NoRoll():
                    no_rolls.append(compiler.effective(clause.when, clause.unless, correlate, horizon=True))
                case req.Extend() | req.Exclude() | req.Restart():
                    phase3.append(self._adjustment(clause, correlate))
        if not replaces and not no_rolls and not phase3:
            return None
        clauses = terms.Phase3(self._deadlines, norm.counting, tuple(phase3), groups) if phase3 else None
        return ClauseAdjuster(self._deadlines, norm.counting, tuple(replaces), tuple(no_rolls), clauses)

    def _adjustment(self, clause: req.Extend | req.Exclude | req.Restart, correlate: tuple[str, ...]) -> terms.Term:
        compiler = self._compiler
        match clause:
            case req.Extend():
                return terms.ExtendTerm(
                    None if clause.grant is None else compiler.pattern(clause.grant, correlate),
                    compiler.effective(clause.when, clause.unless, correlate, horizon=clause.grant is None),
                    self._period(clause.period, correlate),
                    clause.times,
                    None if clause.total is None else amount_of(clause.total),
                    clause.after_expiry,
                )
            case req.Exclude():
                return terms.ExcludeTerm(
                    compiler.pattern(clause.start, correlate),
                    None if clause.end is None else compiler.pattern(clause.end, correlate),
                    None if clause.length is None else self._period(clause.length, correlate),
                    compiler.effective(None, clause.unless, correlate, horizon=False),
                    None if clause.cap is None else amount_of(clause.cap),
                )
            case req.Restart():
                return terms.RestartTerm(
                    compiler.pattern(clause.at, correlate),
                    None if clause.origin is None else compiler.pattern(clause.origin, correlate),
                    compiler.effective(None, clause.unless, correlate, horizon=False),
                    clause.times,
                )


def _groups_of(norm: Norm) -> tuple[tuple[expressions.Pattern, ...], ...]:
    match norm.requirement:
        case req.Occur() | req.Precede():
            return norm.requirement.groups
        case req.Deem():
            return (norm.requirement.unless,)
        case _:
            return ()


def _is_periodic(norm: Norm, rules: RuleSet) -> bool:
    """Whether the chain of anchors begins with a calendar period."""
    by_id = {one.id: one for one in rules.norms}
    anchor = norm.anchor
    while isinstance(anchor, OnBreach | OnExpiry):
        anchor = by_id[anchor.norm].anchor
    return isinstance(anchor, OnPeriod)
