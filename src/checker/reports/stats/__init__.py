"""One file a format for statistics, found by walking this folder; each has ``written(survey, colour)``."""

import importlib
import pkgutil

from checker.reports.stat_words import Survey


def format_names() -> tuple[str, ...]:
    """Names of the formats; nothing is imported for it."""
    return tuple(sorted(info.name for info in pkgutil.iter_modules(__path__)))


def written(name: str, survey: Survey, colour: bool = False) -> str | bytes:
    """The whole report: text, or bytes where the format is no text."""
    module = importlib.import_module(f"{__name__}.{name}")
    found: str | bytes = module.written(survey, colour)
    return found
