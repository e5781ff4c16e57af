"""How fast one machine checks: the row evaluator, durable-rules and the oracle on the same cases.

    python benchmarks/speed.py [--cases 10000]

Prints a table; every ratio is measured within this one run, since machines and moments differ.
1. one warm case of 10 events against about 200 norms, each engine;
2. many cases against 10 norms, streaming from JSON Lines, with the growth of memory after the first fifth;
3. cold starts of the command line;
4. all shipped packs with their fixtures, rules compiled anew and rules kept from the run before.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from checker.api import check  # noqa: E402
from checker.calendars.shipped import shipped_calendar  # noqa: E402
from checker.cases.reading import read_cases  # noqa: E402
from checker.engines import plain  # noqa: E402
from checker.engines.facts import Infer  # noqa: E402
from checker.engines.infer import DurableInference  # noqa: E402
from checker.engines.run import evaluate, prepare  # noqa: E402
from checker.language.compile import compile_packs  # noqa: E402
from checker.language.source import Source  # noqa: E402
from checker.model.case import Case  # noqa: E402
from checker.model.norm import RuleSet  # noqa: E402
from oracle.evaluate import evaluate as oracle_evaluate  # noqa: E402

AS_OF = date(2026, 11, 20)
DUBAN = ROOT / "rules" / "duban" / "duban.norm"


def compile_texts(texts: list[str]) -> RuleSet:
    """The rule set of these pack texts."""
    rules, problems = compile_packs([Source(f"pack{i}.norm", text.encode()) for i, text in enumerate(texts)])
    if rules is None:
        raise SystemExit("\n".join(problem.message for problem in problems))
    return rules


def two_hundred() -> RuleSet:
    """The 督办 pack copied under other ids until there are about 200 norms."""
    text = DUBAN.read_text(encoding="utf-8")
    norms = len(compile_texts([text]).norms)
    copies = round(200 / norms)
    return compile_texts([text.replace("标识 duban", f"标识 duban-{i}") for i in range(copies)])


def ten() -> RuleSet:
    """Ten norms of the 督办 pack: the first ten that depend on no other, or on one of them."""
    head, *norms = DUBAN.read_text(encoding="utf-8").split("\n规范 ")
    kept: list[str] = []
    for norm in norms:
        needed = [line.split()[2] for line in norm.splitlines() if line.strip().startswith("当 违反")]
        if all(any(one.startswith(name) for one in kept) for name in needed) and len(kept) < 10:
            kept.append(norm)
    return compile_texts(["\n规范 ".join([head, *kept])])


def record(number: int, random_: random.Random) -> dict[str, object]:
    """One synthetic case of ten events, some on time and some not."""
    day = date(2024, 1, 8) + timedelta(days=random_.randrange(700))
    events = []

    def add(act: str, after: int, **rest: object) -> None:
        nonlocal day
        day += timedelta(days=after)
        events.append({"date": day.isoformat(), "act": act, **rest})

    add("登记", 0, actor="政法委")
    add("审批", random_.randrange(4), actor="政法委", 结论=random_.choice(["同意", "同意", "不同意"]))
    source = random_.choice(["领导批示", "涉法上访", "久拖不决", "群众反映强烈"])
    add("交办", random_.randrange(12), actor="政法委", 承办单位="法院", 来源=source)
    add("中止", random_.randrange(20), actor="法院")
    add("恢复", random_.randrange(20), actor="法院")
    add("提请协调", 3, actor="法院", document=["案件情况", "争议问题", "本单位意见", "法律依据", "案件材料"])
    add("督查", random_.randrange(10), actor="政法委")
    add("办结", random_.randrange(90), actor="法院")
    add("结果报告", random_.randrange(12), actor="法院")
    add("归档", random_.randrange(30), actor="政法委")
    return {"case": f"SYN-{number:07}", "kind": "督办", "events": events}


def write_cases(path: Path, count: int) -> None:
    """Synthetic cases as JSON Lines, the same for the same count."""
    random_ = random.Random(20261123)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(record(number, random_), ensure_ascii=False) + "\n")


def median_ms(run: Callable[[], object], times: int) -> float:
    """Median milliseconds of one call, after a warm-up."""
    run()
    samples = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        samples.append((time.perf_counter() - start) * 1000)
    return statistics.median(samples)


def one_warm_case(folder: Path) -> None:
    """Table 1."""
    rules, calendar = two_hundred(), shipped_calendar()
    path = folder / "one.jsonl"
    write_cases(path, 1)
    (case,) = [item for item in read_cases([str(path)], rules.vocabulary) if isinstance(item, Case)]
    program = prepare(rules, calendar)

    def run(infer: Infer) -> Callable[[], object]:
        return lambda: evaluate(program, case, AS_OF, infer)

    with DurableInference(rules) as durable:
        row, rule_engine = median_ms(run(plain.infer), 200), median_ms(run(durable), 100)
    slow = median_ms(lambda: oracle_evaluate(rules, calendar, case, AS_OF), 5)
    findings = len(evaluate(program, case, AS_OF).findings)
    print(f"\n1. 一件案件（{len(case.events)} 个事件）× {len(rules.norms)} 条规范，{findings} 条结论，热态，中位数")
    for name, value in (("逐案引擎", row), ("durable-rules", rule_engine), ("对照实现", slow)):
        print(f"   {name:<14} {value:8.2f} ms   {value / row:6.1f} 倍")


def many_cases(folder: Path, count: int) -> None:
    """Table 2."""
    rules = ten()
    path = folder / "many.jsonl"
    write_cases(path, count)
    print(f"\n2. {count} 件案件 × {len(rules.norms)} 条规范，JSON Lines 流式读入")
    start = time.perf_counter()
    read = sum(isinstance(item, Case) for item in read_cases([str(path)], rules.vocabulary))
    floor = time.perf_counter() - start
    print(f"   {'只读入':<14} {floor:8.1f} s   {read / floor:8.0f} 件/秒")
    for engine in ("row", "durable"):
        start, violations, early = time.perf_counter(), 0, 0
        for number, report in enumerate(check(rules, [str(path)], AS_OF, engine=engine, only_violations=True)):
            violations += len(report.shown)
            if number == count // 5:
                early = peak_mb()
        took = time.perf_counter() - start
        growth = peak_mb() - early
        print(
            f"   {engine:<14} {took:8.1f} s   {count / took:8.0f} 件/秒   问题 {violations}   内存增长 {growth:.0f} MB"
        )


def peak_mb() -> int:
    """Peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def cold_starts() -> None:
    """Table 3."""
    case = next((ROOT / "fixtures" / "demo").glob("*.yaml"))
    print("\n3. 冷启动，中位数")
    for arguments in (["--help"], ["check", str(case), "--as-of", AS_OF.isoformat()]):
        command = [sys.executable, "-m", "checker", *arguments]
        taken = median_ms(lambda command=command: subprocess.run(command, capture_output=True, check=False), 7)
        print(f"   checker {arguments[0]:<8} {taken:6.0f} ms")


def all_packs(folder: Path) -> None:
    """Table 4."""
    print("\n4. 全部随附规程及其用例（checker test rules）")
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, "-m", "checker", "test", "rules"]
    for name in ("重新编译", "沿用已编译的"):
        start = time.perf_counter()
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        took = time.perf_counter() - start
        print(f"   {name:<14} {took:8.1f} s   退出码 {done.returncode}   {done.stdout.splitlines()[-2]}")


def main() -> None:
    """Run the four tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as folder:
        one_warm_case(Path(folder))
        many_cases(Path(folder), count)
        all_packs(Path(folder))
    cold_starts()


if __name__ == "__main__":
    main()
