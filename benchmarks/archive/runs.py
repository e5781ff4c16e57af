"""What a run of the benchmark consists of, part by part; each gives a section of the table and of the JSON."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from benchmarks.archive.drawing import Synthetic
from benchmarks.archive.measuring import Measured, Task, interleaved
from benchmarks.archive.norms import compiled
from benchmarks.archive.plan import Plan
from benchmarks.archive.questions import SIX
from benchmarks.archive.sql import QUERIES, calendar_tables
from benchmarks.archive.tasks import AS_OF
from benchmarks.archive.writing import write

from checker.calendars.shipped import shipped_calendar
from checker.model.finding import Verdict

VIOLATIONS: Final = frozenset(verdict.value for verdict in Verdict if verdict.is_violation)
OTHERS: Final[Mapping[str, str]] = {
    "polars": "手写数据框程序",
    "pandas": "手写数据框程序",
    "plain_python": "手写 Python，不用任何引擎",
    "zen_engine": "只比较一条记录里的值；哪些事件相配、到期日是哪天，由手写程序先算好",
    "rule_engine": "同上",
    "json_logic": "同上",
    "business_rules": "同上；不能比较两个变量",
    "clips": "自己连接事件；到期日调用 Python 函数",
    "clingo": "自己连接事件；到期日作为事实给出",
    "pm4py": "只有两条，按案件计数；时间画像没有工作日、不看未发生的行为，期限的数目因此不同",
}
"""Engines of other makers, with what must be known to read their figures."""
NOT_MEASURED: Final[Mapping[str, str]] = {
    "experta": "1.9.4 在 Python 3.10 以后引不进来（collections.Mapping 已经没有了）",
    "durable-rules": "不读日期，不会数日子：由本项目的逐案引擎算出事实再交给它，见第四表",
    "rtamt": "信号时序逻辑，一条信号一个数值；没有主体、属性和工作日",
    "declare4py": "MP-Declare 能写「N 日内」，按自然日、一案一条轨迹；没有工作日、顺延、延长，也不分未知与未做",
    "drools-jpy": "要 Java；带的是 Ansible 规则手册的接口，按运行时刻计时，不读记录里的日期",
}
"""Engines looked at and left out, with the reason."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What to run: sizes, where archives are kept, how often, which interpreter has the other engines.

    ``limit`` is how many seconds one measurement may be expected to take.
    """

    folder: Path
    sizes: tuple[int, ...]
    repeat: int
    few: int
    others_python: str
    log: str | None
    limit: float
    plan: Plan


@dataclass(slots=True)
class Section:
    """A table, and the same for machines."""

    title: str
    lines: list[str] = field(default_factory=list)
    json: dict[str, Any] = field(default_factory=dict)


def sections(setting: Setting) -> Iterator[Section]:
    """All parts, in order."""
    archive = _Archives(setting)
    yield archive.section
    yield from (_sizes(setting, archive, size) for size in setting.sizes)
    yield _linear(setting, archive)
    yield _rows(setting, archive)
    yield _sql(setting, archive)
    yield _others(setting, archive)
    if setting.log:
        yield _road(setting)


class _Archives:
    """The synthetic archives, each written when first asked for and kept for the next run."""

    def __init__(self, setting: Setting) -> None:
        self._folder, self._plan = setting.folder, setting.plan
        self._rules = compiled()
        here = Path(__file__).parent
        code = b"".join(path.read_bytes() for path in sorted(here.glob("*.py")) if path.stem in _MAKERS)
        self._code = sha256(code + repr(self._rules.norms).encode()).hexdigest()[:8]
        self.section = Section("1. 合成档案")
        self.measured: dict[int, dict[str, Measured]] = {}
        for size in setting.sizes:
            self.path(size, "parquet")

    def path(self, size: int, suffix: str, plain: bool = False) -> str:
        """The archive of so many cases; ``plain`` without odd records and silent attributes."""
        plan = replace(self._plan, odd=0, silent=0) if plain else self._plan
        name = f"{'plain' if plain else 'cases'}-{size}-{plan.seed}-{self._code}"
        target = self._folder / f"{name}.{suffix}"
        if not target.exists():
            parquet, lines = (self._folder / f"{name}.new.{end}" for end in ("parquet", "jsonl"))
            made = write(Synthetic(self._rules, plan), size, parquet, lines)
            parquet.rename(self._folder / f"{name}.parquet")
            lines.rename(self._folder / f"{name}.jsonl")
            (self._folder / f"{name}.json").write_text(json.dumps(made.as_json(), ensure_ascii=False))
            if not plain:
                self.section.lines = [f"   {line}" for line in made.lines()]
        self.section.json[f"{'plain-' if plain else ''}{size}"] = json.loads(
            (self._folder / f"{name}.json").read_text()
        )
        return str(target)

    def dues(self) -> str:
        """The table of due dates for engines that have no calendar."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        target = self._folder / "dues.parquet"
        table = calendar_tables(shipped_calendar())["cal"]
        days = {new: table[old].cast(pa.date32()).cast(pa.int32()) for new, old in (("day", "d"), ("rolled", "rolled"))}
        pq.write_table(pa.table(days), target)
        return str(target)


_MAKERS: Final = ("plan", "wishes", "scripts", "tables", "attributes", "drawing", "writing", "norms")
_HEAD: Final = f"   {'':<26} {'CPU 秒':>8} {'中位':>8} {'墙钟':>8} {'内存 MB':>8}   "


def _line(name: str, measured: Measured, note: str = "") -> str:
    if measured.refusal:
        return f"   {name:<26} 未测：{measured.refusal}"
    told: Any = measured.as_json()
    numbers = (told["cpu"]["least"], told["cpu"]["median"], told["wall"]["least"])
    return f"   {name:<26} {' '.join(f'{n:8.2f}' for n in numbers)} {told['peak']['least']:8.0f}   {note}".rstrip()


def _ratio(one: Measured, other: Measured) -> float | None:
    return one.cpu / other.cpu if one.runs and other.runs else None


def _times(ratio: float | None, of: str) -> str:
    return "" if ratio is None else f"{of}的 {ratio:.2f} 倍"


def _sizes(setting: Setting, archive: _Archives, size: int) -> Section:
    """Kernel and floors at one size."""
    parquet, lines = archive.path(size, "parquet"), archive.path(size, "jsonl")
    tasks = {
        "只读 Parquet": Task("floor_parquet", {"path": parquet}),
        "Parquet × 20": Task("kernel", {"path": parquet, "norms": "20"}),
        "Parquet × 200": Task("kernel", {"path": parquet, "norms": "200"}),
        "只读 JSON Lines": Task("floor_lines", {"path": lines}),
        "只读 JSON Lines（DuckDB）": Task("floor_lines_duckdb", {"path": lines}),
        "JSON Lines × 20": Task("kernel", {"path": lines, "norms": "20"}),
        "JSON Lines × 200": Task("kernel", {"path": lines, "norms": "200"}),
    }
    if size >= MANY:
        tasks["Parquet × 20，两个进程"] = Task("kernel", {"path": parquet, "norms": "20", "processes": 2})
        tasks["JSON Lines × 20，两个进程"] = Task("kernel", {"path": lines, "norms": "20", "processes": 2})
        tasks["checker check，一个进程"] = Task("command", {"path": parquet, "jobs": 1})
        tasks["checker check，两个进程"] = Task("command", {"path": parquet, "jobs": 2})
        tasks["checker stats，一个进程"] = Task("stats", {"path": parquet, "jobs": 1})
        tasks["checker stats，两个进程"] = Task("stats", {"path": parquet, "jobs": 2})
    too_long = _too_long(setting, archive, size, tasks)
    fitting = {name: task for name, task in tasks.items() if name not in too_long}
    measured_now = interleaved(fitting, setting.repeat if size <= 10 * MANY else 1)
    found = {name: too_long.get(name) or measured_now[name] for name in tasks}
    archive.measured[size] = found
    section = Section(f"2. {size} 件，两种格式", [_HEAD])
    ratios: dict[str, float | None] = {}
    for name, measured in found.items():
        kind = name.partition(" ×")[0]
        floor = found.get(f"只读 {kind}")
        ratio = None if floor is None or floor is measured else _ratio(measured, floor)
        ratios[f"{name} / 只读"] = ratio
        section.lines.append(_line(name, measured, _times(ratio, "只读")))
    for kind in FORMATS:
        ratios[f"{kind} 200 / 20"] = _ratio(found[f"{kind} × 200"], found[f"{kind} × 20"])
    grown = [f"{ratio:.2f} 倍（{kind}）" for kind in FORMATS if (ratio := ratios[f"{kind} 200 / 20"]) is not None]
    if grown:
        section.lines.append(f"   200 条是 20 条的 {'、'.join(grown)}")
    section.lines += _disagreements(found)
    section.json = {"measured": _json(found), "ratios": {key: value for key, value in ratios.items() if value}}
    return section


def _too_long(setting: Setting, archive: _Archives, size: int, tasks: Mapping[str, Task]) -> dict[str, Measured]:
    """What would take longer than is allowed, by what the size before took."""
    before = max((known for known in archive.measured if known < size), default=None)
    if before is None:
        return {}
    found = {}
    for name in tasks:
        last = archive.measured[before].get(name.partition("，")[0])
        if last is not None and (last.refusal or _wall(last) * size / before > setting.limit):
            reason = last.refusal or f"照 {before} 件推算要 {_wall(last) * size / before:.0f} 秒，超过 --limit"
            found[name] = Measured(refusal=reason)
    return found


def _wall(measured: Measured) -> float:
    return min(run.wall for run in measured.runs)


FORMATS: Final = ("Parquet", "JSON Lines")
MANY: Final = 100_000
"""From so many cases on a second process pays for its start."""


def _disagreements(found: Mapping[str, Measured]) -> list[str]:
    """Runs of the same norms on the same cases must count the same."""
    wrong = []
    for norms in ("20", "200"):
        kernels = [one for one in found.values() if one.runs and one.said.get("norms") == norms]
        if any(one.said["verdicts"] != kernels[0].said["verdicts"] for one in kernels):
            wrong.append(f"   各次的结论数不同：{norms} 条")
    return wrong


def _json(found: Mapping[str, Measured]) -> dict[str, object]:
    return {name: measured.as_json() for name, measured in found.items()}


def _linear(setting: Setting, archive: _Archives) -> Section:
    """CPU a case, from size to size."""
    section = Section("3. 随件数增长：每百万件的 CPU 秒")
    for name in ("Parquet × 20", "Parquet × 200", "JSON Lines × 20", "JSON Lines × 200"):
        costs = {
            size: archive.measured[size][name].cpu / size * 1e6
            for size in setting.sizes
            if archive.measured[size][name].runs
        }
        section.json[name] = costs
        section.lines.append(f"   {name:<26} " + "   ".join(f"{size} 件 {cost:.2f}" for size, cost in costs.items()))
    return section


def _rows(setting: Setting, archive: _Archives) -> Section:
    """The row evaluator on a part of the archive, and durable-rules on a smaller one."""
    size = max(setting.sizes)
    lines = archive.path(size, "jsonl")
    tasks = {
        f"逐案引擎 × {norms}": Task("row", {"path": lines, "norms": norms, "limit": setting.few})
        for norms in ("20", "200")
    }
    tasks["durable-rules × 20"] = Task("durable", {"path": lines, "norms": "20", "limit": setting.few // 4})
    found = interleaved(tasks, min(2, setting.repeat))
    section = Section(f"4. 逐案引擎：前 {setting.few} 件，按件数推算到 {size} 件（推算，不是实测）", [_HEAD])
    section.json = {"measured": _json(found), "ratios": {}}
    for name, measured in found.items():
        note = ""
        if measured.runs:
            whole = measured.cpu / measured.said["cases"] * size
            kernel = archive.measured[size][f"JSON Lines × {name.rpartition(' ')[2]}"]
            ratio = whole / kernel.cpu if kernel.runs else None
            section.json["ratios"][name] = {"extrapolated_cpu": whole, "to_archive_engine": ratio}
            note = f"推算 {whole:.0f} CPU 秒，" + _times(ratio, "档案引擎")
        section.lines.append(_line(name, measured, note))
    return section


def _by_norm(verdicts: Mapping[str, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, number in verdicts.items():
        norm, _, verdict = key.rpartition(" ")
        if verdict in VIOLATIONS:
            found[norm] = found.get(norm, 0) + number
    return found


def _compared(section: Section, reference: Measured, one: Measured) -> str:
    """Whether another implementation counts the same violations; every difference goes into the table."""
    if not (reference.runs and one.runs):
        return ""
    wanted, found = _by_norm(reference.said["verdicts"]), one.said["violations"]
    differing = [norm for norm in found if found[norm] != wanted.get(norm, 0)]
    section.lines += [f"      {norm}：{found[norm]}，档案引擎 {wanted.get(norm, 0)}" for norm in differing]
    return f"{len(found)} 条，违规数全部相同" if not differing else f"{len(found)} 条，{len(differing)} 条的数目不同"


def _sql(setting: Setting, archive: _Archives) -> Section:
    """The hand-written SQL against the kernel on the same norms."""
    size = max(setting.sizes)
    path = archive.path(size, "parquet")
    tasks = {
        f"档案引擎 × {len(QUERIES)}": Task("kernel", {"path": path, "norms": "sql"}),
        f"DuckDB 手写 × {len(QUERIES)}": Task("sql", {"path": path}),
    }
    found = interleaved(tasks, setting.repeat)
    section = Section(f"5. 手写 SQL：{size} 件 Parquet，{len(QUERIES)} 条规范", [_HEAD])
    kernel, sql = found.values()
    for name, measured in found.items():
        section.lines.append(_line(name, measured, _times(_ratio(measured, kernel), "档案引擎")))
    section.lines.append(f"   {_compared(section, kernel, sql)}")
    section.json = {"measured": _json(found), "sql_to_archive_engine": _ratio(sql, kernel)}
    return section


def _others(setting: Setting, archive: _Archives) -> Section:
    """Engines of other makers."""
    path, dues = archive.path(setting.few, "parquet", plain=True), archive.dues()
    arguments = {"path": path, "dues": dues, "as_of": AS_OF.isoformat()}
    tasks = {"档案引擎": Task("kernel", {"path": path, "norms": ",".join(SIX)})} | {
        name: Task(name, arguments, "benchmarks.archive.others", setting.others_python) for name in OTHERS
    }
    found = interleaved(tasks, min(3, setting.repeat))
    section = Section(f"6. 别的引擎：{setting.few} 件没有缺漏的 Parquet，{len(SIX)} 条规范，CPU 含读入", [_HEAD])
    for name, measured in found.items():
        checking = ""
        if measured.runs and "checking" in measured.said:
            checking = f"其中判断 {min(run.said['checking'] for run in measured.runs):.3f}；"
        section.lines.append(_line(name, measured, checking + OTHERS.get(name, "")))
        if name in OTHERS and measured.runs:
            section.lines.append(f"      {_compared(section, found['档案引擎'], measured)}")
    section.lines += [f"   {name:<26} 未测：{reason}" for name, reason in NOT_MEASURED.items()]
    section.json = {"measured": _json(found), "not_measured": dict(NOT_MEASURED)}
    return section


def _road(setting: Setting) -> Section:
    """The log of road fines, from XES and from Parquet."""
    from benchmarks.archive import road

    assert setting.log is not None
    parquet = setting.folder / "road-fines.parquet"
    if not parquet.exists():
        road.convert(setting.log, parquet)
    tasks = {
        "XES（.xes.gz）": Task("road", {"path": setting.log}),
        "Parquet": Task("road", {"path": str(parquet)}),
    }
    found = interleaved(tasks, min(3, setting.repeat))
    section = Section("7. 道路罚款日志：150370 件、561470 个事件，七条规范", [_HEAD])
    for name, measured in found.items():
        note = ""
        if measured.runs:
            told = measured.said["violations"]
            wrong = [norm for norm, number in road.expected().items() if told.get(norm) != number]
            note = "违规数与独立程序相同" if not wrong else "与独立程序不同：" + "、".join(wrong)
        section.lines.append(_line(name, measured, note))
    section.json = {"measured": _json(found)}
    return section


def progress(text: str) -> None:
    """A word to whoever waits."""
    print(text, file=sys.stderr, flush=True)
