"""The calendars that come with the package, and those a site brings along."""

from functools import cache, partial
from pathlib import Path

from checker.calendars.calendar import Calendar
from checker.calendars.reading import read_table
from checker.calendars.table import Table
from checker.calendars.unreadable import reason
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.place import Place

_DATA = Path(__file__).parent / "data"


def shipped_names() -> tuple[str, ...]:
    """Names of the calendars in the package (``cn``, ``weekends``), found by walking the folder."""
    return tuple(sorted(path.stem for path in _DATA.glob("*.yaml")))


@cache
def shipped_calendar(name: str = "cn") -> Calendar:
    """The calendar of that name, read once a process; DataError if there is none."""
    if name not in shipped_names():
        message = f"没有名为「{name}」的工作日表"
        raise DataError((Diagnostic(code="calendar-unknown", message=message, expected="、".join(shipped_names())),))
    return Calendar(_shipped_table(name))


def load_calendar(path: Path) -> Calendar:
    """The calendar in a user's YAML file; DataError with every mistake in it."""
    return Calendar(read_table(_text(path), str(path), {name: partial(_base, name) for name in shipped_names()}))


def _base(name: str) -> Table:
    return shipped_calendar(name).table


def _shipped_table(name: str) -> Table:
    path = _DATA / f"{name}.yaml"
    return read_table(path.read_text(encoding="utf-8"), path.name, {})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        message, code = f"打不开工作日表「{path}」：{reason(error)}", "calendar-unreadable"
        raise DataError((Diagnostic(code=code, message=message, at=Place(file=str(path))),)) from error
    except UnicodeDecodeError as error:
        message, code = f"工作日表「{path}」不是 UTF-8 编码", "calendar-encoding"
        help_ = "另存为 UTF-8"
        raise DataError((Diagnostic(code=code, message=message, at=Place(file=str(path)), help=help_),)) from error
