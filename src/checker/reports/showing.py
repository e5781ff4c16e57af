"""Which findings of an evaluated case a report lists, each with its sentences."""

import datetime as dt
from dataclasses import dataclass

from checker.calendars.calendar import Calendar
from checker.engines.run import Evaluation
from checker.explain.context import Context, context_of
from checker.explain.course import course_of
from checker.explain.findings import explanation_of, reasons_of
from checker.model.finding import Finding
from checker.model.norm import RuleSet
from checker.reports.content import Head, Shown
from checker.reports.redaction import Profile, redacted


@dataclass(frozen=True, slots=True)
class Listing:
    """What was checked at which date, and what of it is listed; ``brief`` leaves explanations out.

    ``open_too`` lists what is still open beside the violations, for reports that look ahead. ``profile``: for whom.
    """

    rules: RuleSet
    calendar: Calendar
    as_of: dt.date
    only_violations: bool = True
    brief: bool = False
    open_too: bool = False
    profile: Profile = Profile.FULL

    def told(self, evaluation: Evaluation) -> Evaluation:
        """The evaluation as the readers of the report may see it."""
        return redacted(evaluation, self.rules.vocabulary, self.profile)

    def head(self, cases: int | None) -> Head:
        """The head of a run over so many cases; None where they are too many to be counted beforehand."""
        return Head(self.as_of, self.rules, self.calendar.name, cases, self.only_violations, self.profile)

    def lists(self, finding: Finding) -> bool:
        """Whether the finding is one that is listed."""
        verdict = finding.verdict
        return verdict.is_violation or not self.only_violations or (self.open_too and verdict.is_open)

    def shown(self, evaluation: Evaluation) -> tuple[Shown, ...]:
        """The listed findings of a case."""
        wanted = [i for i, finding in enumerate(evaluation.findings) if self.lists(finding)]
        if self.brief:
            return tuple(Shown(evaluation.findings[i], evaluation.instances[i].norm, ()) for i in wanted)
        if not wanted:
            return ()
        context = context_of(self.rules, self.calendar, evaluation.case, self.as_of, evaluation.instances)
        return tuple(_shown(context, evaluation, i) for i in wanted)


def _shown(context: Context, evaluation: Evaluation, i: int) -> Shown:
    norm = evaluation.instances[i].norm
    reasons = reasons_of(context, evaluation.instances[i], evaluation.findings[i])
    finding = evaluation.findings[i].model_copy(update={"explanation": explanation_of(reasons)})
    return Shown(finding, norm, reasons, course_of(evaluation.instances[i]))
