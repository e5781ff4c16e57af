"""Whole archives under paths that Spark can read, and results where Spark can write."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from checker.cluster.admission import Form
from checker.cluster.frames import Outcome, Terms, check_lines, check_records
from checker.cluster.sessions import understood
from checker.cluster.tally import Tally
from checker.model.diagnostic import DataError, Diagnostic

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Stored = Literal["parquet", "jsonl"]

_PACKED: Final = ("", ".gz", ".bz2")
SUFFIXES: Final[dict[Stored, tuple[str, ...]]] = {
    "parquet": (".parquet",),
    "jsonl": tuple(f".{name}{packed}" for name in ("jsonl", "ndjson") for packed in _PACKED),
}
_FORMS: Final[dict[Stored, Form]] = {"parquet": "records", "jsonl": "lines"}
_NOTHING: Final = "没有检查任何案件"


class Found(NamedTuple):
    """What lies under some paths: the formats there are, and how many files are in none of them."""

    formats: tuple[Stored, ...]
    skipped: int


def look(spark: "SparkSession", paths: Sequence[str]) -> Found:
    """List the files under the paths, at any depth. DataError where a path does not exist or nothing can be read."""
    with understood(_NOTHING):
        listed = spark.read.format("binaryFile").option("recursiveFileLookup", "true").load(list(paths)).inputFiles()
    formats = tuple(name for name, ends in SUFFIXES.items() if any(file.endswith(ends) for file in listed))
    known = tuple(end for ends in SUFFIXES.values() for end in ends)
    if not formats:
        raise DataError(
            (
                Diagnostic(
                    code="no-cases",
                    message=f"「{'」「'.join(paths)}」里没有案件文件",
                    expected="、".join(f"*{end}" for end in known),
                    help="文件名没有后缀的，用「--input」写明格式",
                    meanwhile=_NOTHING,
                ),
            )
        )
    return Found(formats, sum(not file.endswith(known) for file in listed))


def check_paths(
    spark: "SparkSession", paths: Sequence[str], terms: Terms, formats: Sequence[Stored], named: bool
) -> Outcome:
    """Check the files of these formats under the paths; ``named``: all files there, whatever they are called."""
    with understood(_NOTHING):
        return Outcome.joined([_checked(spark, list(paths), terms, stored, named) for stored in formats])


def _checked(spark: "SparkSession", paths: list[str], terms: Terms, stored: Stored, named: bool) -> Outcome:
    reading = spark.read.option("recursiveFileLookup", "true")
    if not named:
        reading = reading.option("pathGlobFilter", f"*{{{','.join(SUFFIXES[stored])}}}")
    if _FORMS[stored] == "lines":
        return check_lines(reading.option("lineSep", "\n").text(paths), terms, whole=True)
    return check_records(reading.option("mergeSchema", "true").parquet(*paths), terms)


def refuse_output(spark: "SparkSession", output: str, paths: Sequence[str]) -> None:
    """DataError where something is there already, or where the results would be read as cases the next time."""
    from pyspark.errors import AnalysisException

    inside = next((path for path in paths if f"{output}/".startswith(f"{path.rstrip('/')}/")), None)
    if inside is not None:
        raise _unwritable(f"结果文件夹「{output}」在输入「{inside}」里面")
    try:
        spark.read.format("binaryFile").load(output)
    except AnalysisException:
        return
    raise _unwritable(f"结果文件夹「{output}」已经存在")


def _unwritable(message: str) -> DataError:
    help_ = "换一个名称，或先移走原有的结果"
    return DataError((Diagnostic(code="bad-output", message=message, help=help_, meanwhile=_NOTHING),))


def write(outcome: Outcome, terms: Terms, output: str, stored: Stored, ordered: bool) -> Tally:
    """The findings, the counts and the problems, each in a folder of its own under ``output``; and the counts."""
    found = outcome.ordered if ordered else outcome.findings
    with understood(f"「{output}」里的结果不完整，不能用"):
        if stored == "parquet":
            found.write.parquet(f"{output}/findings")
        else:
            as_lines(found).write.text(f"{output}/findings")
        sums = outcome.tally()
        counts = list(sums.lines(terms.rules))
        if counts:
            _write_lines(
                found.sparkSession.createDataFrame(counts, ", ".join(map(_typed, counts[0]))), f"{output}/counts"
            )
        _write_lines(outcome.problems, f"{output}/problems")
    return sums


def _typed(name: str) -> str:
    return f"{name} {'string' if name in ('norm', 'version') else 'bigint'}"


def _write_lines(frame: "DataFrame", folder: str) -> None:
    frame.coalesce(1).write.option("ignoreNullFields", "false").json(folder)


def as_lines(findings: "DataFrame") -> "DataFrame":
    """Findings as lines of JSON, the bytes that every engine writes, but for the explanation, which is empty."""
    from pyspark.sql import functions as fn

    at = fn.date_format("due_at", "yyyy-MM-dd'T'HH:mm:ss")
    due = fn.coalesce(at, fn.col("due").cast("string")).alias("due")
    names = [name for name in findings.columns if name != "due_at"]
    columns = [due if name == "due" else fn.col(name) for name in names]
    line = fn.to_json(fn.struct(*columns, fn.lit("").alias("explanation")), {"ignoreNullFields": "false"})
    return findings.select(line.alias("value"))
