"""The truth tables as rules: inner verdict, deemed act, overlay. The same in every ruleset."""

from collections.abc import Collection, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from checker.engines.facts import Act, Clock, Form, Truth
from checker.engines.infer.rules import KEEP, Rule, Step, is_step, template, ways
from checker.engines.verdicts import (
    DEEMING_ROWS,
    INNER,
    INNER_ROWS,
    OVERLAY_ROWS,
    VIOLATIONS,
    InnerRow,
    OverlayRow,
)
from checker.model.finding import Verdict

CODES: tuple[Verdict | None, ...] = (
    Verdict.LATE,
    Verdict.OVERDUE,
    Verdict.BREACHED,
    Verdict.REVIEW,
    Verdict.UNDETERMINED,
    Verdict.MET,
    Verdict.PENDING,
    Verdict.EXEMPT,
    None,
)
"""A verdict's code is its place. The order makes each set of verdicts in the tables one run; None is "not listed"."""

_TRUTHS = len(Truth)
_ANY = frozenset(Truth)
_BOTH = frozenset({False, True})

OVERLAID = ("i", "n", "c", "d", "b", "p", "q", "u")
"""What the overlay still needs once the inner verdict is known."""

DOMAINS = {
    "act": ("a", frozenset(Act)),
    "clock": ("t", frozenset(Clock)),
    "holds": ("h", _ANY),
    "answer": ("w", _ANY),
    "certain": ("c", _BOTH),
    "prior": ("p", _ANY),
    "cured": ("q", _ANY),
    "unsure": ("u", _BOTH),
}
"""For each field of a ground fact that the tables read: its key, and the values it may have."""


class Inputs(NamedTuple):
    """What facts of one form state, and all ways to state it: the values of ``fields`` to their text."""

    fields: tuple[str, ...]
    keys: tuple[str, ...]
    texts: Mapping[tuple[int, ...], str]


def inputs_of(form: Form) -> Inputs:
    """The fields that some row for this form looks at, and those of the overlay."""
    rows = [row for row in INNER_ROWS if row.form is form]
    inner = [name for name in ("act", "clock", "holds", "answer") if any(_is_read(row, name) for row in rows)]
    fields = (*inner, "certain", "prior", "cured", "unsure")
    keys = tuple(DOMAINS[name][0] for name in fields)
    combinations = product(*(sorted(DOMAINS[name][1]) for name in fields))
    texts = {
        values: ",".join(f'"{key}":{int(value)}' for key, value in zip(keys, values, strict=True))
        for values in combinations
    }
    return Inputs(fields, keys, texts)


def _is_read(row: InnerRow, name: str) -> bool:
    values: frozenset[int] = getattr(row, name)
    return values != DOMAINS[name][1]


def codes(verdicts: Collection[Verdict | None]) -> frozenset[int]:
    """The codes of these verdicts."""
    return frozenset(CODES.index(verdict) for verdict in verdicts)


def table_rules() -> tuple[Rule, ...]:
    """The opening rule of a session, the tables, and the rule that notes a breach."""
    begin = Rule("~begin", (is_step(Step.BEGIN),))
    breach = Rule("breach", (is_step(Step.BREACH),))
    return (begin, *_inner_rules(), *_deeming_rules(), *_overlay_rules(), breach)


def _inner_rules() -> Iterator[Rule]:
    for number, row in enumerate(INNER_ROWS):
        step = Step.OVERLAY if row.deems is Truth.NO else Step.DEEMING
        derived = template(step, OVERLAID, {"v": CODES.index(row.verdict), "e": row.deems})
        allowed: dict[str, tuple[Collection[int], int]] = {"f": ({row.form}, len(Form))}
        for name in ("act", "clock", "holds", "answer"):
            key, domain = DOMAINS[name]
            allowed[key] = (getattr(row, name), len(domain))
        for way, pattern in enumerate(ways(allowed)):
            yield Rule(f"inner:{number}.{way}", (is_step(Step.INNER), *pattern), derived)


def _deeming_rules() -> Iterator[Rule]:
    for number, row in enumerate(DEEMING_ROWS):
        kept, fixed = ((*OVERLAID, "v", "e"), {}) if row.keeps_inner else ((*OVERLAID, "v"), {"e": int(row.deems)})
        allowed: dict[str, tuple[Collection[int], int]] = {
            "d": (row.defeat, _TRUTHS),
            "p": (row.prior, _TRUTHS),
            "c": (row.certain, 2),
            "u": (row.unsure, 2),
        }
        for way, pattern in enumerate(ways(allowed)):
            derived = template(Step.OVERLAY, kept, fixed)
            yield Rule(f"deeming:{number}.{way}", (is_step(Step.DEEMING), *pattern), derived)


def _overlay_rules() -> Iterator[Rule]:
    for number, row in enumerate(OVERLAY_ROWS):
        violated = row.inner & VIOLATIONS if row.keeps_inner else frozenset[Verdict]()
        for name, inner in (("breach", violated), ("row", row.inner - violated)):
            derived = template(Step.BREACH, ("i", "n"), {}) if name == "breach" else ""
            verdict = KEEP if row.keeps_inner else CODES.index(row.verdict)
            for way, pattern in enumerate(ways(_overlaid(row, inner)) if inner else ()):
                yield Rule(f"overlay:{number}.{name}.{way}", (is_step(Step.OVERLAY), *pattern), derived, verdict)


def _overlaid(row: OverlayRow, inner: Collection[Verdict]) -> dict[str, tuple[Collection[int], int]]:
    return {
        "c": (row.certain, 2),
        "v": (codes(inner), len(INNER)),
        "d": (row.defeat, _TRUTHS),
        "p": (row.prior, _TRUTHS),
        "q": (row.cured, _TRUTHS),
        "u": (row.unsure, 2),
    }
