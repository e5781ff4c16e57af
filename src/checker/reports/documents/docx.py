"""Letters in Word, made from templates that the user can edit."""

from checker.reports.content import RunReport
from checker.reports.documents import Files, Wish


def written(report: RunReport, wish: Wish) -> Files:
    """The letters that were wished for, a list of them, and what is to be told."""
    from checker.reports.letters.writing import written_letters

    found = written_letters(report, wish.letter)
    return Files(found.documents, found.listing, found.notes)
