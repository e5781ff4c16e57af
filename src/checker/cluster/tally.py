"""The sums of a check, drawn from its tagged rows in one go."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from checker.model.finding import Verdict
from checker.model.norm import RuleSet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_TOTALS: Final = ("read", "left_out", "failed", "by_row")


@dataclass(slots=True)
class Tally:
    """Cases read (with those on which the program failed), records left out, cases the row evaluator was asked of.

    ``verdicts`` counts all instances, listed or not, by (norm, version, verdict), ``triggered`` by (norm, version) the
    cases in which an anchor opened the norm; ``problems`` are the lines there are to say about records.
    """

    read: int = 0
    left_out: int = 0
    failed: int = 0
    by_row: int = 0
    problems: int = 0
    verdicts: Counter[tuple[str, str, Verdict]] = field(default_factory=Counter)
    triggered: Counter[tuple[str, str]] = field(default_factory=Counter)

    def lines(self, rules: RuleSet) -> Iterator[dict[str, Any]]:
        """One row for each version of a norm, in the order of the rules: ``norm, version, triggered`` and verdicts."""
        for norm in rules.norms:
            counts = {verdict.value: self.verdicts[norm.id, norm.version, verdict] for verdict in Verdict}
            yield {
                "norm": norm.id,
                "version": norm.version,
                "triggered": self.triggered[norm.id, norm.version],
                **counts,
            }


def tally(rows: "DataFrame") -> Tally:
    """Run the check as far as it has not been run, and sum it up; one small shuffle of counts."""
    found = Tally()
    for row in _sums(rows).collect():
        norm, version, verdict = row["norm"], row["version"], row["verdict"]
        if norm is None:
            for name in (*_TOTALS, "problems"):
                setattr(found, name, row[name])
        elif verdict is None:
            found.triggered[norm, version] = row["cases"]
        else:
            found.verdicts[norm, version, Verdict(verdict)] = row["instances"]
    return found


def _sums(rows: "DataFrame") -> "DataFrame":
    counted = rows.where("count IS NOT NULL OR triggered IS NOT NULL OR total IS NOT NULL OR problem IS NOT NULL")
    parts = counted.selectExpr(
        "coalesce(count.norm, triggered.norm) AS norm",
        "coalesce(count.version, triggered.version) AS version",
        "count.verdict AS verdict",
        "count.count AS instances",
        "triggered.cases AS cases",
        "CAST(problem IS NOT NULL AS bigint) AS problems",
        *(f"total.{name} AS {name}" for name in _TOTALS),
    )
    names = ("instances", "cases", "problems", *_TOTALS)
    sums = parts.groupBy("norm", "version", "verdict").agg(dict.fromkeys(names, "sum"))
    return sums.selectExpr("norm", "version", "verdict", *(f"coalesce(`sum({name})`, 0) AS {name}" for name in names))
