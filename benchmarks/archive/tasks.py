"""What is measured, a function each; started by ``measuring.run`` in a process of its own.

python -m benchmarks.archive.tasks NAME JSON-ARGUMENTS
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.archive.inputs import batch_of, batches, stretches
from benchmarks.archive.measuring import Watch, answer, refuse
from benchmarks.archive.norms import PACKS, compiled, only, twenty
from benchmarks.archive.sql import QUERIES, violations

from checker.calendars.shipped import shipped_calendar
from checker.cases.portions import Portion
from checker.cases.reading import ReadOptions, read_cases
from checker.engines.archive.kernel import Kernel
from checker.engines.archive.results import VERDICTS, BatchResult
from checker.engines.run import evaluate_batch, prepare
from checker.model.case import Case
from checker.model.norm import RuleSet

if TYPE_CHECKING:
    import pyarrow as pa

AS_OF: Final = date(2026, 11, 20)


def rules_named(name: str) -> RuleSet:
    """``20``, ``200``, ``sql`` (those that :mod:`benchmarks.archive.sql` has), or a norm id."""
    rules = compiled()
    match name:
        case "20":
            return twenty(rules)
        case "200":
            return rules
        case "sql":
            return only(rules, list(QUERIES))
        case _:
            return only(rules, name.split(","))


def floor_parquet(path: str) -> None:
    """Read the file into memory, batch by batch, and do nothing with it."""
    import pyarrow.parquet as pq

    with Watch() as watch:
        rows = sum(batch.num_rows for batch in pq.ParquetFile(path).iter_batches(batch_size=20_000))
    answer(watch, cases=rows)


def floor_lines(path: str) -> None:
    """Parse every line with pyarrow's reader of JSON, block by block."""
    import pyarrow.json as pj

    schema = _schema_of(path)
    options = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    with Watch() as watch:
        reader = pj.open_json(path, read_options=pj.ReadOptions(block_size=16 << 20), parse_options=options)
        rows = sum(batch.num_rows for batch in reader)
    answer(watch, cases=rows)


def _schema_of(path: str) -> "pa.Schema":
    """What stands in the file, from its beginning: known before the parsing, as it is to whoever has the rules."""
    import pyarrow.json as pj

    return pj.open_json(path, read_options=pj.ReadOptions(block_size=16 << 20)).schema


def floor_lines_duckdb(path: str) -> None:
    """The same with DuckDB, which needs to be told the columns' types no more than pyarrow does."""
    import duckdb

    with duckdb.connect() as connection, Watch() as watch:
        connection.execute("SET preserve_insertion_order = false")
        source = f"read_json('{path}', format = 'newline_delimited', sample_size = 20000, maximum_depth = 3)"
        reader = connection.sql(f"SELECT * FROM {source}").to_arrow_reader(20_000)
        rows = sum(batch.num_rows for batch in reader)
    answer(watch, cases=rows)


def kernel(path: str, norms: str, processes: int = 1) -> None:
    """Read and check with the archive engine."""
    rules = rules_named(norms)
    with Watch() as watch:
        counts = Counter[str]()
        if processes == 1:
            machine = Kernel(rules, shipped_calendar())
            for batch in batches(path, rules):
                counts += _counts(machine.evaluate(batch, AS_OF), rules)
        else:
            with ProcessPoolExecutor(processes) as pool:
                for found in pool.map(partial(_one, norms), stretches(path, rules)):
                    counts += found
    answer(watch, norms=norms, **_told(counts))


def _told(counts: Counter[str]) -> dict[str, object]:
    told = ("cases", "findings", "by-row", "failures")
    return {name.replace("-", "_"): counts.pop(name, 0) for name in told} | {"verdicts": dict(sorted(counts.items()))}


def _counts(result: BatchResult, rules: RuleSet) -> Counter[str]:
    found = Counter[str](cases=result.cases, findings=result.findings.num_rows)
    found["by-row"], found["failures"] = result.by_row, len(result.failures)
    for norm, row in zip(rules.norms, result.verdicts.tolist(), strict=True):
        for verdict, number in zip(VERDICTS, row, strict=True):
            if number:
                found[f"{norm.id} {verdict.value}"] += number
    return found


@cache
def _machine(norms: str) -> tuple[RuleSet, Kernel]:
    """Made once in each process."""
    rules = rules_named(norms)
    return rules, Kernel(rules, shipped_calendar())


def _one(norms: str, portion: Portion) -> Counter[str]:
    rules, machine = _machine(norms)
    return _counts(machine.evaluate(batch_of(portion, rules), AS_OF), rules)


def command(path: str, jobs: int) -> None:
    """The whole command, findings written and all, with the packs of the two hundred norms."""
    _command("check", "parquet", path, jobs)


def stats(path: str, jobs: int) -> None:
    """Statistics of the same findings, with the default tables."""
    _command("stats", "jsonl", path, jobs)


def _command(name: str, form: str, path: str, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"results.{form}"
        options = ["--engine", "archive", "--jobs", str(jobs), "--as-of", AS_OF.isoformat(), "--format", form]
        rules = [item for pack in PACKS for item in ("--rules", pack)]
        arguments = [sys.executable, "-m", "checker", name, path, *rules, *options, "--output", str(target)]
        with Watch() as watch:
            done = subprocess.run(arguments, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            refuse(f"退出码 {done.returncode}：{(done.stderr.splitlines() or [''])[0]}")
            return
        answer(watch, bytes=target.stat().st_size)


def row(path: str, norms: str, limit: int) -> None:
    """The row evaluator on the first cases of JSON Lines: reading and checking, one case after the other."""
    rules = rules_named(norms)
    program = prepare(rules, shipped_calendar())
    with Watch() as watch:
        read = read_cases([path], rules.vocabulary, ReadOptions(unique=False))
        cases = list(islice((item for item in read if isinstance(item, Case)), limit))
        with Watch() as checking:
            found = sum(len(one.findings) for one in evaluate_batch(program, cases, AS_OF))
    answer(watch, cases=len(cases), findings=found, checking=checking.cpu)


def durable(path: str, norms: str, limit: int) -> None:
    """The same with durable-rules drawing the verdicts."""
    from checker.engines.infer import DurableInference

    rules = rules_named(norms)
    program = prepare(rules, shipped_calendar())
    read = read_cases([path], rules.vocabulary, ReadOptions(unique=False))
    cases = list(islice((item for item in read if isinstance(item, Case)), limit))
    with DurableInference(rules) as infer, Watch() as watch:
        found = Counter(
            finding.norm
            for one in evaluate_batch(program, cases, AS_OF, infer)
            for finding in one.findings
            if finding.verdict.is_violation
        )
    answer(watch, cases=len(cases), violations=dict(found))


def sql(path: str) -> None:
    """The hand-written queries."""
    with Watch() as watch:
        found = violations(Path(path), shipped_calendar(), AS_OF)
    answer(watch, violations=found)


def road(path: str) -> None:
    """All norms of the road-fines pack on the log or on what was made of it."""
    from benchmarks.archive.road import check_log

    with Watch() as watch:
        found = check_log(path)
    answer(watch, **found)


_TASKS: Final[dict[str, Callable[..., None]]] = {
    task.__name__: task
    for task in (floor_parquet, floor_lines, floor_lines_duckdb, kernel, command, stats, row, durable, sql, road)
}


def main() -> None:
    """Run the task that the arguments name."""
    name, arguments = sys.argv[1:3]
    try:
        _TASKS[name](**json.loads(arguments))
    except ImportError as error:
        refuse(f"没有安装 {error.name}")


if __name__ == "__main__":
    main()
