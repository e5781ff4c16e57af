"""What a command tells of a finished check: the sums, and the first of what was left out."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from checker.cluster.admission import file_name
from checker.cluster.frames import Outcome, Terms
from checker.cluster.tally import Tally
from checker.model.diagnostic import Diagnostic, Level
from checker.model.finding import Verdict
from checker.model.place import Place
from checker.reports.content import Totals

if TYPE_CHECKING:
    from pyspark.sql import Row

MOST: Final = 20
"""So many problems are shown; all are written."""


class Summary(NamedTuple):
    """The sums, the first problems with their places, how many more there are, and case ids that stand twice."""

    totals: Totals
    problems: tuple[Diagnostic, ...]
    unlisted: int
    duplicates: tuple[Diagnostic, ...]


@contextmanager
def kept(outcome: Outcome) -> Iterator[None]:
    """Keep the rows on the executors' disks meanwhile, so that all parts come from one evaluation."""
    from pyspark import StorageLevel

    outcome.rows.persist(StorageLevel.DISK_ONLY)
    try:
        yield
    finally:
        outcome.rows.unpersist()


def summed(outcome: Outcome, terms: Terms, sums: Tally, skipped: int) -> Summary:
    """The sums with the first problems, which Spark gives from the rows kept."""
    verdicts: Counter[Verdict] = Counter()
    for (_, _, verdict), count in sums.verdicts.items():
        verdicts[verdict] += count
    triggered = sums.triggered.total()
    pairs = (sums.read - sums.failed) * len(terms.rules.norms)
    totals = Totals(sums.read, sums.left_out, sums.failed, skipped, triggered, pairs - triggered, verdicts)
    problems = tuple(_diagnostic(row) for row in outcome.problems.take(MOST)) if sums.problems else ()
    duplicates = _duplicates(outcome) if terms.seen else ()
    return Summary(totals, problems, sums.problems - len(problems), duplicates)


def _diagnostic(row: "Row") -> Diagnostic:
    parts = {name: row[name] for name in ("code", "quote", "expected", "help", "meanwhile")}
    about = "，".join(text for text in (row["case"] and f"案件「{row['case']}」", row["path"]) if text)
    return Diagnostic(
        **parts,
        message=f"{row['message']}（{about}）" if about else row["message"],
        level=Level(row["level"]),
        at=Place(file=row["file"], line=row["line"], column=row["column"]),
    )


def _duplicates(outcome: Outcome) -> tuple[Diagnostic, ...]:
    """One message a case id, the first of them, and one that counts the rest."""
    rows = outcome.duplicates.orderBy("case").take(MOST)
    found = [
        Diagnostic(
            code="duplicate-case",
            message=f"案件编号「{row['case']}」出现了 {row['count']} 次",
            at=Place(file="、".join(file_name(file) for file in row["files"][:3])),
            help="每案一份记录，合并或改编号；先读的那份里未见的，可能写在这份里",
            meanwhile="各份都检查了，结论里有重复",
        )
        for row in rows
    ]
    if len(rows) == MOST and (more := outcome.duplicates.count() - MOST):
        found.append(Diagnostic(code="duplicate-case", message=f"另有 {more}个案件编号重复，没有列出"))
    return tuple(found)
