"""What a run said of the register, the open findings, and one finding with its history, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from checker.model.finding import VERDICT_NAMES
from checker.model.naming import spoken_anchor
from checker.register.entries import Change, Entry, Observation, Reconciliation, RunRow, Said
from checker.register.reconciling import WHAT_NAMES, What
from checker.reports.layout import clean, pad, table, width, wrap

_NOBODY: Final = "（未写明单位）"
_COLUMNS: Final = tuple(What)


def sum_lines(run: RunRow, said: Sequence[Said], name: str) -> Iterator[str]:
    """The sums of a run: in all, by unit, by norm, and what nobody looked at."""
    total: Counter[What] = Counter()
    for one in said:
        total[one.what] += one.times
    yield f"登记册「{clean(name)}」第 {run.number} 次检查，截至 {run.as_of}，查了 {run.looked}件："
    yield "  " + "，".join(f"{WHAT_NAMES[what]} {total[what]}" for what in _COLUMNS) + "。"
    left = [
        (run.outside, "案件不在这次范围"),
        (run.unasked, "规范不在这次的规则包"),
        (run.unread, "案件未读入或者没有结论"),
        (run.earlier, "案件已按更晚的截至日期查过"),
        (run.unsettled, "所依据的结论或者日期现在不明"),
    ]
    if any(count for count, _ in left):
        yield "  没有查到、一切照旧的：" + "，".join(f"{why} {count}" for count, why in left if count) + "。"
    yield from _by("单位", [(one.unit or _NOBODY, one) for one in said])
    yield from _by("规范", [(one.norm, one) for one in said])


def _by(title: str, keyed: Sequence[tuple[str, Said]]) -> list[str]:
    counts: dict[str, Counter[What]] = {}
    for key, one in keyed:
        counts.setdefault(key, Counter())[one.what] += one.times
    rows = [(key, *(str(row[what]) for what in _COLUMNS)) for key, row in sorted(counts.items())]
    return table([(title, *(WHAT_NAMES[what] for what in _COLUMNS)), *rows]) if rows else []


def _unit(entry: Entry) -> str:
    return entry.unit or _NOBODY


def run_lines(found: Reconciliation, name: str) -> Iterator[str]:
    """The sums, then every finding the run spoke of, by what it said."""
    told = Counter((entry.unit, entry.norm, one.what) for entry, one in found.said)
    yield from sum_lines(found.run, [Said(*key, count) for key, count in told.items()], name)
    for what in _COLUMNS:
        said = [(entry, one) for entry, one in found.said if one.what is what]
        if said:
            yield from ("", f"{WHAT_NAMES[what]} {len(said)}项")
            for entry, one in said:
                yield from _block(entry, one.due, _now(one))


def _now(one: Observation) -> str:
    now = VERDICT_NAMES[one.verdict] if one.verdict is not None else "没有结论"
    return f"{_moment(one.before)} → {now}" if one.before else now


def open_lines(found: Iterable[Entry], total: int) -> Iterator[str]:
    """The findings by due date, those without one last."""
    rows = sorted(found, key=lambda entry: (entry.due is None, entry.due or "", entry.case_id, entry.norm, entry.id))
    yield f"共 {len(rows)}项（登记册里共 {total}项），按期限排列。"
    for entry in rows:
        verdict = VERDICT_NAMES[entry.verdict] + ("" if entry.present else "，不再出现")
        yield from _block(entry, entry.due, f"{verdict}（截至 {entry.last_seen}）")


def _block(entry: Entry, due: str | None, told: str) -> list[str]:
    """Two lines, so that no id is ever broken."""
    room = " " * 20
    first = f"  {pad(_moment(due) if due else '无期限', 18)}{entry.id}  {entry.status}  "
    second = f"案件 {entry.case_id}，{entry.norm}，{_unit(entry)}"
    return [*wrap(told, first, " " * width(first)), *wrap(second, room, room)]


def _moment(due: str) -> str:
    return due.replace("T", " ").removesuffix(":00") if "T" in due else due


def one_lines(entry: Entry, seen: Sequence[Observation], decided: Sequence[Change], days: dict[int, str]) -> list[str]:
    """One finding: what it is, what each run saw, what people decided; ``days`` are the as-of dates of the runs."""
    rows = [
        ("编号", entry.id),
        ("案件", entry.case_id),
        ("规范", f"{entry.norm}（{entry.version}）"),
        ("起点", spoken_anchor(entry.identity)),
        ("单位", _unit(entry)),
        ("结论", VERDICT_NAMES[entry.verdict] + ("" if entry.present else "，最近一次检查不再出现")),
        ("期限", _moment(entry.due) if entry.due else "无"),
        ("首次查到", f"{entry.first_seen}（第 {entry.first_run} 次检查）"),
        ("最近查到", f"{entry.last_seen}（第 {entry.last_run} 次检查）"),
        ("状态", str(entry.status) + ("，事实不变就不再打开" if entry.for_good else "")),
    ]
    lines = table(rows, indent="")
    lines += ["", "历次检查", *table([_seen(one, days[one.run]) for one in seen])]
    lines += ["", "状态的变化", *table([_decided(change) for change in decided])]
    return lines


def _seen(one: Observation, day: str) -> Sequence[str]:
    now = VERDICT_NAMES[one.verdict] if one.verdict is not None else "没有结论"
    change = f"原为 {_moment(one.before)}" if one.before else ""
    late = f"{one.days}日" if one.days is not None else ""
    due = f"期限 {_moment(one.due)}" if one.due else ""
    return f"第 {one.run} 次", f"截至 {day}", WHAT_NAMES[one.what], now, due, late, change


def _decided(change: Change) -> Sequence[str]:
    told = [f"理由：{change.reason}" if change.reason else "", f"附记：{change.note}" if change.note else ""]
    return change.on_day, change.status, clean(change.by_whom), "；".join(part for part in told if part)
