"""One Spark for all tests: it takes seconds to start."""

import os
import shutil
import sys

import pytest


def lacking() -> str | None:
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "no pyspark: tools/setup.sh dev docs spark"
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and os.path.exists(os.path.join(home, "bin", "java"))):
        return "no Java: tools/setup.sh dev docs spark installs it on Debian as root"
    return None


@pytest.fixture(scope="session")
def started():
    """A local Spark with two workers."""
    if reason := lacking():
        pytest.skip(reason)
    from pyspark.sql import SparkSession

    from checker.cluster.sessions import prepare

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        # Spark compiles more than it runs here: the quick compiler and the plain collector cost far less.
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.sql.codegen.wholeStage": "false",
    }
    builder = SparkSession.builder.master("local[2]").appName("tests")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    prepare(session)
    yield session
    session.stop()


@pytest.fixture
def spark(started):
    """The same with its settings put back afterwards."""
    kept = {key: started.conf.get(key) for key in CHANGED}
    yield started
    for key, value in kept.items():
        started.conf.set(key, value)


CHANGED = ("spark.sql.execution.arrow.maxRecordsPerBatch", "spark.sql.files.maxPartitionBytes")
