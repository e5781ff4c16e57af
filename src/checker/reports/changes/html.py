"""One page that needs nothing but itself."""

from checker.explain.pairs import finding_text
from checker.model.changes import ChangeReport
from checker.reports import change_words as say
from checker.reports.html import render


def written(report: ChangeReport, colour: bool) -> str:
    """The report; colour does not concern it."""
    del colour
    return render(
        "changes.html",
        report=report,
        say=say,
        finding_text=finding_text,
        changes=say.changes_in_order(report),
        sums=list(say.sum_lines(report)),
        breakages=list(say.breakage_lines(report)),
    )
