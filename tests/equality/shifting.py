"""Every date inside a value moved by the same time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from checker.model.node import Node


def shifted(value: Any, by: dt.timedelta) -> Any:
    """The value with every date and instant in it moved; all else as it was."""
    if isinstance(value, dt.date):
        return value + by
    if isinstance(value, Node):
        return value.model_copy(update={name: shifted(getattr(value, name), by) for name in type(value).model_fields})
    if isinstance(value, tuple):
        return tuple(shifted(part, by) for part in value)
    return {name: shifted(part, by) for name, part in value.items()} if isinstance(value, Mapping) else value
