"""What the drafter's tools take over all shipped packs, beside merely running the fixtures.

    python benchmarks/drafting.py [--pack duban]

Each row is a command of its own: processor time of it and its children, time on the clock, and the ratio to the first
row. The old rules of the comparisons are copies of the shipped ones in which periods are changed; rules that were
compiled before are kept, as they are for whoever runs a command twice.
"""

import argparse
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from checker import __version__

ROOT = Path(__file__).parents[1]
CHANGED = 40
"""So many periods are changed in the copy of all packs."""
PERIOD = re.compile(r"(自 \S+ 起 )(\d+)(日|个工作日)( 内)")


class Took(NamedTuple):
    """Seconds of processor time and on the clock."""

    processor: float
    clock: float


def took(*arguments: str) -> Took:
    """What one command takes; an exit code above 1 ends everything."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "checker", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(f"checker {' '.join(arguments)}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(used, time.monotonic() - begun)


def with_changes(folder: Path, most: int, pack: str | None = None) -> Path:
    """A copy of the shipped rules in which the first so many periods, of one pack or of all, are a unit longer."""
    copy = folder / f"rules-{most}-{pack or 'all'}"
    shutil.copytree(ROOT / "rules", copy)
    left = most
    for file in sorted((copy / pack if pack else copy).rglob("*.norm")):
        text = file.read_text(encoding="utf-8")
        new, made = PERIOD.subn(lambda found: f"{found[1]}{int(found[2]) + 1}{found[3]}{found[4]}", text, count=left)
        file.write_text(new, encoding="utf-8")
        left -= made
        if not left:
            return copy
    raise SystemExit(f"{most - left} periods found, {most} wanted")


def main() -> None:
    """Run the commands and print the table."""
    parser = argparse.ArgumentParser(description="what the drafter's tools take")
    parser.add_argument("--pack", default="petition", help="the pack of which one norm is changed")
    pack = parser.parse_args().pack
    with tempfile.TemporaryDirectory() as folder:
        one, many = with_changes(Path(folder), 1, pack), with_changes(Path(folder), CHANGED)
        rows = {
            "test": ("test",),
            "test --coverage": ("test", "--coverage"),
            "lint": ("lint",),
            "invariants": ("invariants",),
            "mutate --no-explain": ("mutate", "--no-explain"),
            "analyze": ("analyze", "--waivers", "rules/analysis-waivers.yaml"),
            f"diff, one norm of {pack}": ("diff", str(one / pack), f"rules/{pack}"),
            f"diff, {CHANGED} periods of all packs": ("diff", str(many), "rules"),
        }
        print(f"checker {__version__}\n\n| command | CPU s | wall s | times `test` |\n|---|---|---|---|")
        least = took("test")
        for name, arguments in rows.items():
            found = took(*arguments)
            print(f"| {name} | {found.processor:.1f} | {found.clock:.1f} | {found.processor / least.processor:.1f} |")


if __name__ == "__main__":
    main()
