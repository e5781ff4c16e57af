"""One page that needs nothing but itself: tables, and pictures drawn as SVG."""

from checker.reports.html import render
from checker.reports.stat_view import view_of
from checker.reports.stat_words import Survey


def written(survey: Survey, colour: bool) -> str:
    """The report; colour does not concern it."""
    del colour
    return render("stats.html", view=view_of(survey))
