"""Check the road-fines log and compare with what independent programs counted.

    python benchmarks/road_fines/run.py [LOG.xes.gz]

The log (doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5) is not part of this repository: its path is the
argument, or the environment variable ROAD_FINES_LOG. Exit code 1 if a number differs.
"""

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa

from checker.calendars.shipped import load_calendar
from checker.cases.mapping_file import read_layout
from checker.cases.portions import Portion, Setup, load, portions
from checker.cases.reading import ReadOptions
from checker.engines.archive.kernel import Kernel
from checker.language.compile import compile_packs
from checker.language.source import Source
from checker.model.diagnostic import RulesError
from checker.model.norm import RuleSet

HERE = Path(__file__).parent
AS_OF = date(2013, 6, 18)  # the log's last local date

EXPECTED = {
    "road-fines/九十日内寄送": 49_772,
    "road-fines/申诉转送": 858,
    "road-fines/先加罚后征收": 0,
    "road-fines/送达期限": 11_211,
    "road-fines/三个月内寄送": 48_621,
    "road-fines/六十个工作日内寄送": 52_740,
    # 104 fines were sent on a rest day right after the 60th working day: late by the due date, not by days elapsed.
    "road-fines/第六十个工作日届满": 52_844,
}


def rules() -> RuleSet:
    path = HERE / "road-fines.norm"
    found, problems = compile_packs([Source(path.name, path.read_bytes())])
    if found is None:
        raise RulesError(problems)
    return found


def batches(log: str, rule_set: RuleSet) -> Iterator[pa.RecordBatch]:
    """The log in batches; whatever of it cannot be read ends the benchmark."""
    setup = Setup(rule_set.vocabulary, ReadOptions(layout=read_layout(str(HERE / "mapping.yaml"))))
    for portion in portions([log], setup):
        if not isinstance(portion, Portion):
            raise SystemExit(str(portion))
        chunk = load(portion, setup)
        if chunk.bad:
            raise SystemExit("\n".join(f"{d.at}: {d.message}" for _, bad in chunk.bad for d in bad.diagnostics))
        yield chunk.cases


def cases_in_breach(log: str) -> Counter[str]:
    """Norm to the number of cases with a violation of it."""
    rule_set = rules()
    kernel = Kernel(rule_set, load_calendar(HERE / "italy.yaml"))
    found: Counter[str] = Counter()
    for batch in batches(log, rule_set):
        result = kernel.evaluate(batch, AS_OF)
        if result.failures:
            raise SystemExit(str(result.failures))
        norms, rows = (result.findings.column(name).to_pylist() for name in ("norm", "row"))
        found.update(norm for norm, _ in set(zip(norms, rows, strict=True)))
    return found


def main() -> int:
    log = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ROAD_FINES_LOG")
    if not log:
        raise SystemExit(__doc__)
    start = time.perf_counter()
    count = sum(len(batch.column("events").flatten()) for batch in batches(log, rules()))
    print(f"{count} events read in {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    found = cases_in_breach(log)
    print(f"read and checked in {time.perf_counter() - start:.1f} s")
    for norm, expected in EXPECTED.items():
        print("ok  " if found[norm] == expected else "DIFF", norm, found[norm], "expected", expected)
    return int(any(found[norm] != expected for norm, expected in EXPECTED.items()))


if __name__ == "__main__":
    raise SystemExit(main())
