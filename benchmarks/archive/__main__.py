"""How fast the archive engine checks, beside mere reading, the row evaluator, SQL and engines of other makers.

    python -m benchmarks.archive [--quick] [--cases 10000 100000 1000000] [--json FILE] [--folder DIR]

Run at the top of the repository. Prints tables; ratios are of CPU-seconds within this one run, since machines and
moments differ. Archives are written to ``--folder`` and used again from there; without it they go when the run ends.
``--others-python`` is an interpreter with the packages of ``requirements.txt`` beside this file.
"""

import argparse
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.archive.measuring import facts
from benchmarks.archive.plan import Plan
from benchmarks.archive.runs import Setting, progress, sections

SIZES = (10_000, 100_000, 1_000_000)


def main() -> None:
    """Run everything and print it."""
    options = _options()
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        setting = Setting(
            folder=folder,
            sizes=tuple(
                sorted(options.cases or ((10_000, 100_000) if options.quick else (10_000, 100_000, 1_000_000)))
            ),
            repeat=options.repeat or (2 if options.quick else 3),
            few=1_000 if options.quick else 4_000,
            others_python=options.others_python,
            log=options.road_fines,
            limit=options.limit,
            plan=Plan(),
        )
        _run(setting, options.json)


def _run(setting: Setting, target: Path | None) -> None:
    machine = facts()
    print(
        f"{machine['cores']} 核，{machine['memory_mb']} MB，Python {machine['python']}，numpy {machine['numpy']}，"
        f"pyarrow {machine['pyarrow']}，duckdb {machine['duckdb']}，提交 {machine['commit']}，"
        f"开始时负载 {machine['load_before']}"
    )
    start = time.perf_counter()
    told: dict[str, object] = {"machine": machine, "started": datetime.now(UTC).isoformat(timespec="seconds")}
    for section in sections(setting):
        print(f"\n{section.title}", *section.lines, sep="\n", flush=True)
        told[section.title] = section.json
        progress(f"（已过 {time.perf_counter() - start:.0f} 秒）")
        if target is not None:
            target.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="up to 100,000 cases, in about two minutes")
    parser.add_argument("--cases", type=int, nargs="+", help="sizes of the archives")
    parser.add_argument("--repeat", type=int, help="runs of each measurement")
    parser.add_argument("--limit", type=float, default=150, help="seconds one measurement may be expected to take")
    parser.add_argument("--folder", type=Path, help="where archives are kept for the next run")
    parser.add_argument("--json", type=Path, help="file for the figures")
    parser.add_argument("--others-python", default=sys.executable, help="interpreter that has the other engines")
    parser.add_argument("--road-fines", metavar="LOG.xes.gz", help="the log of benchmarks/road_fines")
    return parser.parse_args()


if __name__ == "__main__":
    main()
