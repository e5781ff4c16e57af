"""The Spark session that a command works in, and what Spark says against it in sentences of ours."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from checker.model.diagnostic import CheckerError, DataError, Diagnostic, EngineFault

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BATCH: Final = "spark.sql.execution.arrow.maxRecordsPerBatch"
CASES: Final = 20_000
"""Cases in a batch, where nobody says otherwise: some 55 MB where a case has nine events."""

_TIME: Final = "spark.sql.timeType.enabled"
"""Spark 4 reads times of day only if asked to."""


@contextmanager
def session(master: str | None) -> Iterator["SparkSession"]:
    """The session there is, or a new one, which ends here. DataError where pyspark or Java cannot be used."""
    with understood("没有启动 Spark"):
        found, is_new = _session(master)
    try:
        yield found
    finally:
        if is_new:
            found.stop()


def _session(master: str | None) -> tuple["SparkSession", bool]:
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        lacking = Diagnostic(code="no-pyspark", message="没有装 pyspark", help="pip install checker[archive,spark]")
        raise DataError((lacking,)) from error
    is_new = SparkSession.getActiveSession() is None
    is_submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    builder = SparkSession.builder.appName("checker")
    if master is not None:
        builder = builder.master(master)
    if is_new and not is_submitted:
        builder = builder.config("spark.log.level", "ERROR")
        builder = builder.config("spark.ui.showConsoleProgress", str(_is_watched()).lower())
        if (master or "local").startswith("local"):
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else the python3 that the shell would find
    found: SparkSession = builder.getOrCreate()
    prepare(found)
    return found, is_new


def prepare(found: "SparkSession") -> None:
    """Set what reading archives needs; a batch size of the user's own stays."""
    found.conf.set(_TIME, "true")
    if found.conf.get(BATCH) == "10000":  # as Spark comes
        found.conf.set(BATCH, str(CASES))


def _is_watched() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


@contextmanager
def understood(meanwhile: str) -> Iterator[None]:
    """What Spark raises, as an error of ours: DataError for its input and surroundings, EngineFault for our code."""
    try:
        yield
    except CheckerError:
        raise
    except Exception as error:
        if not type(error).__module__.startswith(("pyspark.", "py4j.")):
            raise
        raise _error(error, meanwhile) from error


def _error(error: Exception, meanwhile: str) -> CheckerError:
    text = str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = lines[0][:300] if lines else type(error).__name__
    if "No module named 'checker" in text or "No module named 'pyarrow" in text:
        message, help_ = (
            "执行节点上的 Python 环境里没有 checker",
            "把装好 checker[archive] 的环境随作业发到各节点，见「在集群上检查」",
        )
        return DataError((Diagnostic(code="bare-executor", message=message, help=help_, meanwhile=meanwhile),))
    if "JAVA_GATEWAY_EXITED" in text:
        message, help_ = "Spark 起不来：多半是没有 Java", "安装 Java 17 或更高版本，或设好环境变量 JAVA_HOME"
        return DataError((Diagnostic(code="no-java", message=message, help=help_, meanwhile=meanwhile),))
    if "Traceback (most recent call last)" in text:
        message = f"执行节点上的程序出错：{_last_of_traceback(lines)}"
        return EngineFault((Diagnostic(code="executor-failed", message=message, meanwhile=meanwhile),))
    return DataError((Diagnostic(code="spark", message=f"Spark 没有做成：{said}", meanwhile=meanwhile),))


def _last_of_traceback(lines: list[str]) -> str:
    """The line that names the error: the last before Spark's own account of where it happened."""
    own = [line for line in lines if not line.startswith(("at ", "SQLSTATE", "JVM", "=="))]
    return own[-1][:300]
