"""Stable ids of findings: what a finding is about, whatever is found, whenever, and by whichever engine."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from checker.model.case import Case, Event
from checker.model.finding import Finding

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which are misread or make words."""

LENGTH: Final = 12
"""Signs of an id, 60 bits: among a million findings the odds that any two share one are 4 in 10 million."""

_GROUP: Final = 4
_MISREAD: Final = str.maketrans({"I": "1", "L": "1", "O": "0"})
_DEFAULT: Final = re.compile(r"e[1-9][0-9]*")
"""An id that only says where in the record an event stands."""

_DERIVED: Final = ("违反:", "期满:", "视为:")


def finding_id(case: Case, finding: Finding) -> str:
    """``7K3Q-9ZT2-0F4M``: from the ids of case and norm and from what the anchor is, nothing else.

    Not from the version, the verdict, the date of the check, the file or the place in a list.
    """
    return printed(identity(case, finding))


def finding_ids(case: Case, findings: Iterable[Finding]) -> tuple[str, ...]:
    """The ids of findings of one case; quicker than one at a time where there are many."""
    return tuple(printed(text) for text in identities(case, findings))


def identity(case: Case, finding: Finding) -> str:
    """All that the id is made from, as JSON: two findings are the same where this is the same."""
    return identities(case, (finding,))[0]


def identities(case: Case, findings: Iterable[Finding]) -> tuple[str, ...]:
    """The same for findings of one case."""
    names = event_names(case.events)
    return tuple(_identity(names, finding) for finding in findings)


def bases(text: str) -> tuple[str, ...]:
    """The identities of the findings on whose anchors another stands: of 违反 N that of N, and so on."""
    case, _, *anchor = json.loads(text)
    found = []
    while anchor[0].startswith(_DERIVED):
        origin, *anchor = anchor
        found.append(_text([case, origin.partition(":")[2], *anchor]))
    return tuple(found)


def unnamed_act(text: str) -> str | None:
    """The act of the event at the root of an anchor, where it is named by act and date for want of an id."""
    _, _, *anchor = json.loads(text)
    while anchor[0].startswith(_DERIVED):
        anchor = anchor[1:]
    return str(anchor[1]) if anchor[0] == "act" else None


def spoken_anchor(text: str) -> str:
    """The anchor for people: by act and date where its event has no id but its place."""
    _, _, *anchor = json.loads(text)
    chain = []
    while anchor[0].startswith(_DERIVED):
        origin, *anchor = anchor
        chain.append(f"{origin}@")
    if anchor[0] != "act":
        return "".join((*chain, anchor[1]))
    _, act, date, place = anchor
    often = f"（当日第 {place} 个）" if place != "1" else ""
    return "".join((*chain, act, f" {date}" if date else "", often))


def printed(text: str) -> str:
    """The short form of an identity."""
    number = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()) >> (256 - 5 * LENGTH)
    signs = "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(signs[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def read_id(text: str) -> str | None:
    """An id as somebody typed it: in small letters, without hyphens, O for 0, I and L for 1; None if it is none."""
    signs = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    if len(signs) != LENGTH or not set(signs) <= set(SIGNS):
        return None
    return "-".join(signs[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def event_names(events: Iterable[Event]) -> dict[str, tuple[str, ...]]:
    """What stands for each event, by its id: an id of its own, else its act, its date and which one of such it is.

    Ids like ``e3`` say where an event stands, and are another event's as soon as a row is put in before it.
    """
    names: dict[str, tuple[str, ...]] = {}
    often: Counter[tuple[str, str]] = Counter()
    for event in events:
        alike = (event.act, event.date.isoformat() if event.date else "")
        often[alike] += 1
        is_default = _DEFAULT.fullmatch(event.id) is not None
        names[event.id] = ("act", *alike, str(often[alike])) if is_default else ("event", event.id)
    return names


def _identity(names: dict[str, tuple[str, ...]], finding: Finding) -> str:
    parts = [finding.case, finding.norm, *_anchor(names, finding.anchor)]
    return _text(parts)


def _text(parts: list[str]) -> str:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def _anchor(names: dict[str, tuple[str, ...]], anchor: str) -> list[str]:
    """The anchor with the event at its root named stably: a breach or an expiry stands on another norm's anchor."""
    chain: list[str] = []
    while anchor not in names and anchor.startswith(_DERIVED):
        origin, _, anchor = anchor.partition("@")
        chain.append(origin)
    return [*chain, *names.get(anchor, ("anchor", anchor))]
