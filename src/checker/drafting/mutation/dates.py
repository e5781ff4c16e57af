"""The ends of a validity moved by a day."""

import datetime as dt
from collections.abc import Iterator

from checker.model.source import Validity


def moved_ends(valid: Validity) -> Iterator[tuple[str, Validity, str]]:
    """The name of the end, the validity with it moved, the sentence; 废止 names the day after the last."""
    day = dt.timedelta(days=1)
    for name, word, shown in (("first", "施行", 0 * day), ("last", "废止", day)):
        held = getattr(valid, name)
        if held is not None:
            for by in (day, -day):
                told = f"「{word} {held + shown}」改为「{word} {held + shown + by}」"
                yield name, valid.model_copy(update={name: held + by}), told
