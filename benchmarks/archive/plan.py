"""What a synthetic archive should be like: every share that can be tuned, and what was really made."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

ODD: Final = (
    "undated",
    "unknown-actor",
    "missing-attribute",
    "known-none",
    "time-of-day",
    "unordered",
    "not-covered",
)
"""Kinds of odd records: right, but not such as most are. Each odd case is one of them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The wanted shares, each between 0 and 1.

    ``events`` is how many a script has on average before chance and ``until`` take some away. Cases begin between
    ``first`` and ``last``, the share ``old`` between ``first_old`` and ``first``, under earlier versions of norms; what
    would happen after ``until`` is not yet in the record. Of the acts that a deadline asks for, ``absent`` never come,
    ``border`` fall on the last day, the day before or up to two days after it, ``late`` within as much again, the rest
    well in time. ``wrong`` is the share of attributes and documents, and half that of actors, that are drawn without
    regard to what norms ask for; ``silent`` the share of attributes and documents that the record does not tell.
    ``ledgers`` is the share of records that an organ keeps of its own work over years; all others are cases.
    """

    seed: int = 20261125
    first: date = date(2024, 1, 2)
    last: date = date(2026, 10, 30)
    until: date = date(2026, 11, 20)
    old: float = 0.04
    first_old: date = date(2016, 1, 4)
    events: float = 9.4
    absent: float = 0.06
    border: float = 0.10
    late: float = 0.08
    extended: float = 0.15
    suspended: float = 0.12
    resumed: float = 0.85
    repeated: float = 0.15
    wrong: float = 0.08
    silent: float = 0.04
    ledgers: float = 0.002
    odd: float = 0.005
    broken: float = 0.0


@dataclass(slots=True)
class Made:
    """What an archive really holds: counts of cases, events, kinds, odd and broken records, purposes of events."""

    cases: int = 0
    events: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    purposes: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Made") -> None:
        """Take in another count."""
        self.cases += other.cases
        self.events += other.events
        self.broken += other.broken
        self.kinds += other.kinds
        self.odd += other.odd
        self.purposes += other.purposes

    def lines(self) -> Iterable[str]:
        """The shares as text, one fact a line."""
        yield f"{self.cases} 件，{self.events} 个事件，平均 {self.events / max(self.cases, 1):.2f} 个"
        yield "案件类型：" + "、".join(f"{name} {n / self.cases:.1%}" for name, n in self.kinds.most_common())
        yield "事件缘由：" + "、".join(f"{name} {n / self.events:.1%}" for name, n in self.purposes.most_common())
        yield f"特殊记录 {self.odd.total()}（{self.odd.total() / self.cases:.2%}）：" + "、".join(
            f"{name} {n}" for name, n in sorted(self.odd.items())
        )
        yield f"坏记录 {self.broken}"

    def as_json(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "cases": self.cases,
            "events": self.events,
            "broken": self.broken,
            "kinds": dict(self.kinds.most_common()),
            "odd": dict(sorted(self.odd.items())),
            "purposes": dict(self.purposes.most_common()),
        }
