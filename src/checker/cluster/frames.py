"""Case records in a Spark DataFrame to findings in a Spark DataFrame, evaluated on the executors without a shuffle."""

import datetime as dt
import pickle
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from checker.calendars.calendar import Calendar
from checker.calendars.shipped import shipped_calendar
from checker.cluster.admission import COUNTED, LINE, PLACE, Form
from checker.cluster.executors import Shipment
from checker.cluster.tagged import as_ddl, schema_ddl
from checker.cluster.tally import Tally, tally
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.schema import case_schema
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.norm import RuleSet
from checker.model.vocabulary import Vocabulary

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ORDER = ("at.file", "at.block", "at.row", "at.number")


@dataclass(frozen=True)
class Outcome:
    """What came of a check; Spark computes it when it is asked for.

    Everything is drawn from ``rows`` (schema :data:`checker.cluster.tagged.SCHEMA`): who wants more than one of the
    parts keeps these first (``outcome.rows.persist()``), or every part costs an evaluation of its own.
    """

    rows: "DataFrame"

    @property
    def findings(self) -> "DataFrame":
        """The findings, schema :data:`checker.engines.archive.schema.FINDINGS` without ``row``; in no order."""
        return self._part("finding").select("finding.*")

    @property
    def ordered(self) -> "DataFrame":
        """The findings in the order of the input: files by name, then cases, norms and anchors. Sorting shuffles them.

        Of a table that is not read from files the order is Spark's own, the same only as long as the plan is.
        """
        return self._part("finding").orderBy(*ORDER).select("finding.*")

    @property
    def counts(self) -> "DataFrame":
        """``norm, version, verdict, count`` of all instances, listed or not."""
        return (
            self._part("count")
            .select("count.*")
            .groupBy("norm", "version", "verdict")
            .agg({"count": "sum"})
            .withColumnRenamed("sum(count)", "count")
        )

    @property
    def problems(self) -> "DataFrame":
        """What was left out and why, with its place, warnings, and failures; in the order of the input."""
        return self._part("problem").orderBy(*ORDER).select("problem.*")

    @property
    def duplicates(self) -> "DataFrame":
        """``case, count, files`` of case ids that stand there more than once; needs ``seen``. Shuffles the case ids."""
        from pyspark.sql import functions as fn

        ids = self._part("seen").select("seen.case", "at.file")
        files = fn.sort_array(fn.collect_set("file")).alias("files")
        return ids.groupBy("case").agg(fn.count("case").alias("count"), files).where("count > 1")

    def tally(self) -> Tally:
        """All counts; runs the check."""
        return tally(self.rows)

    def _part(self, name: str) -> "DataFrame":
        return self.rows.where(f"`{name}` IS NOT NULL").select(name, "at")

    @staticmethod
    def joined(outcomes: "list[Outcome]") -> "Outcome":
        """Several inputs as one."""
        return Outcome(reduce(lambda one, other: one.unionAll(other), (outcome.rows for outcome in outcomes)))


@dataclass(frozen=True)
class Terms:
    """What is checked, and how: see :class:`checker.cluster.executors.Shipment`."""

    rules: RuleSet
    as_of: dt.date
    calendar: Calendar | None = None
    zone: str | None = None
    everything: bool = False
    seen: bool = False

    def shipment(self, form: Form) -> Shipment:
        """Ready to travel. What the kernel has against the rules is said here and not on the executors."""
        calendar = self.calendar or shipped_calendar()
        Kernel(self.rules, calendar)
        compiled = pickle.dumps((self.rules, calendar))
        return Shipment(compiled, form, self.as_of, self.zone, self.everything, self.seen)


def frame_schema(vocabulary: Vocabulary) -> str:
    """The schema of case records as Spark writes it, for ``spark.read.schema(…)``."""
    return ", ".join(f"`{field.name}` {as_ddl(field.type)}" for field in case_schema(vocabulary))


def check_records(records: "DataFrame", terms: Terms) -> Outcome:
    """Check a table in the archive schema, one case a row, from nested Parquet or wherever it comes from.

    Columns nobody fills may lack, and values may have types of their own (numbers, dates): they are read as in any
    case record, and a record with anything wrong in it is left out and reported. DataError if the table has a column
    that is none of a case record, or lacks one it must have.
    """
    _refuse_columns(records.columns, [field.name for field in case_schema(terms.rules.vocabulary)])
    return _evaluated(records, terms, "records")


def check_lines(lines: "DataFrame", terms: Terms, *, whole: bool = False) -> Outcome:
    """Check lines of JSON Lines (one column ``value``, as of ``spark.read.text``), read as strictly as anywhere.

    Spark's own reader of JSON would pass over keys it does not know. ``whole``: nothing was filtered from the files,
    so that lines can be counted.
    """
    bare = lines.withColumn(LINE, lines[LINE].cast("binary"))
    return _evaluated(bare, terms, "lines", whole)


def _evaluated(frame: "DataFrame", terms: Terms, form: Form, whole: bool = False) -> Outcome:
    return Outcome(_placed(frame, whole).mapInArrow(terms.shipment(form).evaluate, schema_ddl()))


def _placed(frame: "DataFrame", whole: bool) -> "DataFrame":
    """The table with the place of each row beside it, as well as Spark knows it."""
    from pyspark.sql import functions as fn

    known = _metadata(frame)
    rising = fn.monotonically_increasing_id()
    if "row_index" in known:
        place = (fn.col("_metadata.file_path"), fn.lit(0).cast("bigint"), fn.col("_metadata.row_index"), fn.lit(True))
    elif "file_path" in known:
        place = (fn.col("_metadata.file_path"), fn.col("_metadata.file_block_start"), rising, fn.lit(whole))
    else:
        place = (fn.input_file_name(), fn.lit(0).cast("bigint"), rising, fn.lit(False))
    named = [column.alias(name) for column, name in zip(place, (*PLACE, COUNTED), strict=True)]
    return frame.select(*(frame[f"`{name}`"] for name in frame.columns), *named)


def _metadata(frame: "DataFrame") -> list[str]:
    """What Spark can tell of the file that a row stands in; nothing of tables that are not read from files."""
    from pyspark.errors import AnalysisException
    from pyspark.sql.types import StructType

    try:
        found = frame.select("_metadata").schema["_metadata"].dataType
    except AnalysisException:
        return []
    return found.fieldNames() if isinstance(found, StructType) else []


def _refuse_columns(given: list[str], known: list[str]) -> None:
    unknown = [name for name in given if name not in known]
    lacking = [name for name in ("case", "events") if name not in given]
    if not unknown and not lacking:
        return
    said = [f"缺少列「{'」「'.join(lacking)}」"] if lacking else []
    said += [f"列「{'」「'.join(unknown)}」不是案件记录的项"] if unknown else []
    raise DataError(
        (
            Diagnostic(
                code="wrong-columns",
                message=f"数据表{'，'.join(said)}",
                expected="、".join(known),
                help="先用 select 选出、改名为案件记录的各项；一行一个事件的表先用「checker convert」转换",
                meanwhile="没有检查任何案件",
            ),
        )
    )
