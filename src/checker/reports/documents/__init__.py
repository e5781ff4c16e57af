"""Reports made from a whole run, one file a format, found by walking this folder.

Each module has ``written(report, wish)``, which gives the text of the file, its bytes, or, where there are several
files, their contents by name.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:  # pydantic would slow every help page down
    from checker.reports.content import RunReport


class Files(NamedTuple):
    """Several files by name, what lies ``beside`` them in their folder, and sentences about them for the user.

    One document alone may be written as a file of its own, without what lies beside it.
    """

    documents: Mapping[str, bytes]
    beside: Mapping[str, bytes] = {}
    notes: tuple[str, ...] = ()


class Noted(NamedTuple):
    """One file, with sentences about it for the user."""

    content: bytes
    notes: tuple[str, ...]


Written: TypeAlias = str | bytes | Files | Noted


class Wish(NamedTuple):
    """What the user asked for besides the format. ``letter`` is the name of a kind of letter, or a template's path."""

    letter: str | None = None


def document_names() -> tuple[str, ...]:
    """Names of the formats; nothing is imported for it."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__)))


def ready(name: str, wish: Wish) -> tuple[str, ...]:
    """Look at what was wished for before any case is checked; the paths that will be read for it.

    DataError where it cannot be done. A module that reads something has ``ready(wish)``.
    """
    module = importlib.import_module(f"{__name__}.{name}")
    looked: tuple[str, ...] = module.ready(wish) if hasattr(module, "ready") else ()
    return looked


def written(name: str, report: "RunReport", wish: Wish) -> Written:
    """The whole report in a format."""
    module = importlib.import_module(f"{__name__}.{name}")
    found: Written = module.written(report, wish)
    return found
