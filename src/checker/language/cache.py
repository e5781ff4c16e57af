"""Files in the user's cache: whole or not at all, and never a reason to stop.

What is kept is JSON: whoever may write to the cache can spoil it, but nothing in it is ever run.
"""

import contextlib
import os
import tempfile
from pathlib import Path


def folder() -> Path:
    """The folder of this program in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "checker"


def read(name: str) -> str | None:
    """What is kept under a name; None if there is nothing or it cannot be read."""
    with contextlib.suppress(OSError, RuntimeError, ValueError):  # no home, no rights, no text
        return (folder() / name).read_text(encoding="utf-8")
    return None


def keep(name: str, text: str, most: int | None = None) -> None:
    """Keep a text; of the files that begin alike (up to the first ``-``) at most so many, the oldest go."""
    with contextlib.suppress(OSError, RuntimeError):  # no home, or one that cannot be written
        path = folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(text, path)
        if most is not None:
            alike = sorted(path.parent.glob(f"{name.partition('-')[0]}-*"), key=lambda one: one.stat().st_mtime)
            for one in alike[:-most]:
                one.unlink(missing_ok=True)


def _replace(text: str, path: Path) -> None:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        try:
            file.write(text)
            file.close()
            os.replace(file.name, path)
        except BaseException:  # also an interrupt: what is half written is of no use to anybody
            with contextlib.suppress(OSError):
                os.unlink(file.name)
            raise
