"""What the rules ask of a ledger beyond what it holds, and what it is said to hold without a column for it.

Either makes the findings of every row alike: of an act that is not covered nothing can be said, and of one that is
covered without a column every case seems to have no record.
"""

from collections.abc import Mapping
from typing import NamedTuple

from checker.cases.ledger.mapping import SheetMapping
from checker.explain.references import used_acts
from checker.model.norm import OnEvent, RuleSet


class Beyond(NamedTuple):
    """``lacking``: acts that are not covered, with the titles of the norms that wait for them, most norms first.

    ``bare``: acts that are covered, though no column tells of them.
    """

    lacking: Mapping[str, tuple[str, ...]]
    bare: tuple[str, ...]


def beyond(sheet: SheetMapping, rules: RuleSet) -> Beyond:
    """Of the norms that an act of the sheet sets going."""
    told = set(_told(sheet))
    covered = set(sheet.covers)
    found: dict[str, dict[str, None]] = {}
    for norm in rules.norms:
        if isinstance(norm.anchor, OnEvent) and told.intersection(norm.anchor.pattern.acts):
            for act in used_acts(norm):
                if act not in covered:
                    found.setdefault(act, {})[norm.title] = None
    order = sorted(found, key=lambda act: -len(found[act]))
    return Beyond({act: tuple(found[act]) for act in order}, tuple(act for act in sheet.covers if act not in told))


def _told(sheet: SheetMapping) -> list[str]:
    if sheet.form == "event":
        return [act for act in sheet.acts.values() if act is not None]
    return [event.act for event in sheet.events if event.act is not None]
