"""A mapping of a record split into its structural fields and the rest; the fields that many parts share."""

import datetime as dt
from collections.abc import Mapping
from typing import TypeAlias

from checker.cases.dates import read_moment
from checker.cases.keys import both_ways
from checker.cases.problems import Path, Problems, Refusal, named, nearest

Fields: TypeAlias = dict[str, tuple[object, Path]]
"""English structural key to its value and the path it stands at."""


def split(
    raw: Mapping[object, object], spelling: Mapping[str, str], at: Path, problems: Problems
) -> tuple[Fields, Fields]:
    """(structural fields, other fields). A field given under both its names is a problem; null counts as not given."""
    known: Fields = {}
    rest: Fields = {}
    for key, value in raw.items():
        text = str(key)
        path = (*at, text)
        name = spelling.get(text)
        if name is None:
            rest[text] = (value, path)
        elif value is None:
            continue
        elif name in known:
            first = known[name][1]
            twice = Refusal("duplicate-key", f"「{first[-1]}」与「{text}」是同一项，写了两次", help="只留一个")
            problems.add(twice, path, text, also=(first, "先写在这里"))
        else:
            known[name] = (value, path)
    return known, rest


def structural(raw: Mapping[object, object], table: Mapping[str, str], at: Path, problems: Problems, of: str) -> Fields:
    """The fields of a mapping that may hold nothing but structural keys."""
    known, rest = split(raw, both_ways(table), at, problems)
    for key, (_, path) in rest.items():
        near = nearest(key, [*table, *table.values()])
        unknown = Refusal(
            "unknown-key",
            f"{of}没有「{quoted_key(key)}」这一项",
            expected="、".join(table),
            help=f"是不是「{near}」？" if near else "",
        )
        problems.add(unknown, path, key)
    return known


def quoted_key(key: str) -> str:
    """A key, shortened for a message."""
    return named(key)[1:-1]


def as_list(value: object) -> list[object]:
    """One value or a list of them, as a list."""
    return value if isinstance(value, list) else [value]


def truth(raw: object) -> bool | None:
    """是 or true, 否 or false; None if it is neither."""
    if isinstance(raw, bool):
        return raw
    return {"是": True, "true": True, "否": False, "false": False}.get(raw) if isinstance(raw, str) else None


def date_of(given: Fields, key: str, zone: str | None, problems: Problems) -> dt.date | None:
    """The date under a key; None if it is not there, or is a problem."""
    if key not in given:
        return None
    raw, path = given[key]
    moment = read_moment(raw, zone)
    if isinstance(moment, Refusal):
        problems.add(moment, path, raw)
        return None
    return moment[0]
