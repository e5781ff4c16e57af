"""Diagnostics by file, for every file of a pack: an empty list clears what was told before."""

from collections.abc import Iterable, Mapping

from checker.language.lints import lint
from checker.lsp.view import View
from checker.model.diagnostic import Diagnostic


def hints(view: View) -> tuple[Diagnostic, ...]:
    """How the rules are written (``checker lint``); nothing while they cannot be read."""
    return lint(view.rules, view.sources).hits if view.rules is not None else ()


def problems(view: View, hits: Iterable[Diagnostic] = ()) -> Mapping[str, tuple[Diagnostic, ...]]:
    """What is to be said of each file, ``hits`` included; what has no place is said of the first."""
    found: dict[str, list[Diagnostic]] = {name: [] for name in view.files}
    first = next(iter(found), None)
    for diagnostic in (*view.diagnostics, *hits):
        name = diagnostic.at.file if diagnostic.at is not None else first
        if name is not None:
            found.setdefault(name, []).append(diagnostic)
    return {name: tuple(told) for name, told in found.items()}
