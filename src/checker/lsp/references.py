"""Find references: a name everywhere in its pack, and in the fixtures that use it."""

from collections.abc import Iterable

from checker.language.symbols import occurrence_at
from checker.lsp.fixture_names import FixtureText, mentions
from checker.lsp.view import View
from checker.model.place import Span


def references(
    view: View, file: str, line: int, column: int, fixtures: Iterable[FixtureText], declared: bool
) -> tuple[Span, ...]:
    """Every place of the name at a place; without ``declared`` those that declare it are left out."""
    asked = occurrence_at(view.names, file, line, column)
    if asked is None:
        return ()
    own = [one.span for one in view.names if one.symbol == asked.symbol and (declared or not one.declares)]
    used = [span for fixture in fixtures for span in mentions(fixture, asked.symbol, view.words)]
    return (*own, *used)
