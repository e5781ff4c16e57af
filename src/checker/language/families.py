"""The versions of a norm are one family: no two in force on one day, no silent gap, one pivot."""

import datetime as dt
from itertools import pairwise

from checker.language.norms import Lowered, warn
from checker.language.syntax import complaint
from checker.model.diagnostic import Diagnostic, Note
from checker.model.norm import Norm


def check_family(family: list[Lowered]) -> list[Diagnostic]:
    """What is wrong with the versions of one title, given in order of their first day."""
    norms = [(low, low.norm) for low in family if low.norm is not None]
    found: list[Diagnostic] = []
    for (one, first), (other, second) in pairwise(norms):
        found += _neighbours(one, first, other, second)
    if len({norm.anchor.model_dump_json() for _, norm in norms}) > 1:
        for low, norm in norms:
            if norm.pivot is None:
                message = f"规范「{norm.title}」的各版触发不同，须说明以哪个行为之日选用版本。"
                found.append(
                    complaint(
                        low.draft.parsed.name,
                        low.draft.title,
                        "no-pivot",
                        message,
                        help="加一行「适用 以 立案 之日为准」。",
                    )
                )
    return found


def _neighbours(one: Lowered, first: Norm, other: Lowered, second: Norm) -> list[Diagnostic]:
    start, end = second.valid.first, first.valid.last
    title, file = second.title, other.draft.parsed.name
    note = Note(at=one.draft.span, text="前一版在此。")
    if start is None or end is None or start <= end:
        shown = f" {start}" if start else ""
        message = f"规范「{title}」有两版同时有效，不知该用哪一版。"
        help = f"在前一版写「废止{shown}」。" if start and start != first.valid.first else "给每一版写各自的「施行」。"
        return [complaint(file, other.draft.title, "overlap", message, help=help, notes=(note,))]
    if start > end + dt.timedelta(days=1):
        message = f"规范「{title}」自 {end + dt.timedelta(days=1)} 至 {start - dt.timedelta(days=1)} 没有有效的版本。"
        return [
            warn(other.draft, "gap", message, "核对前一版的「废止」与这一版的「施行」。").model_copy(
                update={"notes": (note,)}
            )
        ]
    return []


def ordered(family: list[Lowered]) -> list[Lowered]:
    """The versions by their first day."""
    return sorted(family, key=lambda low: (low.norm and low.norm.valid.first) or dt.date.min)
