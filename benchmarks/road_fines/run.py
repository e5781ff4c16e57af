"""Check the road-fines log and compare with what independent programs counted.

    python benchmarks/road_fines/run.py [LOG.xes.gz]

The log (doi 10.4121/uuid:270fd440-1057-4fb9-89a9-b699b47990f5) is not part of this repository: its path is the
argument, or the environment variable ROAD_FINES_LOG. Exit code 1 if a number differs.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from xes import write_table

from checker.calendars.shipped import load_calendar
from checker.cases.mapping_file import read_layout
from checker.cases.reading import ReadOptions, read_cases
from checker.engines.run import evaluate, prepare
from checker.language.compile import compile_packs
from checker.language.source import Source
from checker.model.case import Case
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


def cases(table: str, rule_set: RuleSet) -> Iterator[Case]:
    options = ReadOptions(layout=read_layout(str(HERE / "mapping.yaml")))
    for case in read_cases([table], rule_set.vocabulary, options):
        if not isinstance(case, Case):
            raise SystemExit("\n".join(f"{d.at}: {d.message}" for d in case.diagnostics))
        yield case


def cases_in_breach(table: str) -> Counter[str]:
    """Norm to the number of cases with a violation of it."""
    rule_set = rules()
    program = prepare(rule_set, load_calendar(HERE / "italy.yaml"))
    found: Counter[str] = Counter()
    for case in cases(table, rule_set):
        evaluation = evaluate(program, case, AS_OF)
        if evaluation.failure is not None:
            raise SystemExit(f"{case.id}: {evaluation.failure}")
        found.update({finding.norm for finding in evaluation.findings if finding.verdict.is_violation})
    return found


def main() -> int:
    log = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ROAD_FINES_LOG")
    if not log:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        table = str(Path(folder) / "events.csv")
        print(write_table(log, table), "events")
        start = time.perf_counter()
        found = cases_in_breach(table)
        print(f"{time.perf_counter() - start:.0f} s")
    for norm, expected in EXPECTED.items():
        print("ok  " if found[norm] == expected else "DIFF", norm, found[norm], "expected", expected)
    return int(any(found[norm] != expected for norm, expected in EXPECTED.items()))


if __name__ == "__main__":
    raise SystemExit(main())
