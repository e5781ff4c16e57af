"""Letters in Word, made from templates that the user can edit."""

from checker.reports.content import RunReport
from checker.reports.documents import Files, Wish


def ready(wish: Wish) -> tuple[str, ...]:
    """Whether the library is there and the templates can be opened; the user's own among them."""
    from checker.reports.letters.choosing import templates_for
    from checker.reports.letters.filling import require_docxtpl

    require_docxtpl()
    return tuple(one.path for one in templates_for(wish.letter).values() if one.path is not None)


def written(report: RunReport, wish: Wish) -> Files:
    """The letters that were wished for, a list of them, and what is to be told."""
    from checker.reports.letters.writing import written_letters

    found = written_letters(report, wish.letter)
    return Files(found.documents, found.listing, found.notes)
