"""One file a format, found by walking this folder; each has ``writer(colour)``."""

import importlib
import pkgutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.reports.content import Writer


def format_names() -> tuple[str, ...]:
    """Names of the formats; nothing is imported for it."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__)))


def writer(name: str, colour: bool) -> "Writer":
    """The writer of a format by its name."""
    module = importlib.import_module(f"{__name__}.{name}")
    found: Writer = module.writer(colour)
    return found
