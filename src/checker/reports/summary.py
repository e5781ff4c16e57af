"""The sums of a run for machines, and as a table by norm and verdict."""

from collections import Counter
from collections.abc import Iterator

from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES, Verdict
from checker.model.norm import Category
from checker.reports.content import Head, Totals
from checker.reports.layout import pad, width

_COLUMNS = ("未触发", *(VERDICT_NAMES[verdict] for verdict in GRAVEST_FIRST))


def summary(head: Head, totals: Totals, rules: str, version: str) -> dict[str, object]:
    """What was checked against what (``rules`` is the digest of the rule set), and all counts; ready for JSON.

    ``read`` counts the cases, ``failed`` those of them without a conclusion; ``norms`` has every version of every norm.
    """
    return {
        "version": version,
        "as_of": head.as_of.isoformat(),
        "rules": rules,
        "packs": [pack.id for pack in head.rules.packs],
        "calendar": head.calendar,
        "counts": {
            "read": totals.read,
            "failed": totals.failed,
            "left_out": totals.left_out,
            "skipped": totals.skipped,
            "triggered": totals.triggered,
            "untriggered": totals.untriggered,
            "verdicts": {verdict.value: totals.verdicts[verdict] for verdict in Verdict},
            "categories": {category.value: totals.categories[category] for category in Category},
        },
        "norms": [
            {
                "norm": norm.id,
                "version": norm.version,
                "untriggered": totals.unopened[position],
                "verdicts": {verdict.value: totals.norms[position, verdict] for verdict in Verdict},
            }
            for position, norm in enumerate(head.rules.norms)
        ],
    }


def norm_lines(head: Head, totals: Totals) -> Iterator[str]:
    """One line for each version of a norm that was triggered at all, then how many were not."""
    rows = [("规范", *_COLUMNS), *_rows(head, totals)]
    wide = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    for name, *cells in rows:
        right = (" " * (room - width(cell)) + cell for cell, room in zip(cells, wide[1:], strict=True))
        yield "  ".join((pad(name, wide[0]), *right))
    silent = len(head.rules.norms) - len(rows) + 1
    if silent:
        yield f"另有 {silent}条没有一件案件触发。"


def _rows(head: Head, totals: Totals) -> Iterator[tuple[str, ...]]:
    concluded = totals.read - totals.failed
    versions = Counter(norm.id for norm in head.rules.norms)
    for position, norm in enumerate(head.rules.norms):
        untriggered = totals.unopened[position]
        if untriggered < concluded:
            name = norm.id if versions[norm.id] == 1 else f"{norm.id}（{norm.version}）"
            yield name, str(untriggered), *(str(totals.norms[position, verdict]) for verdict in GRAVEST_FIRST)
