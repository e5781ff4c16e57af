"""What is told of a record of runs: whether it is whole, and whether its files and results are still the same."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.host.evidence import FileHash, hashed
from checker.host.unbroken import Chain, Fault, position_of
from checker.model.diagnostic import CheckerError, DataError
from checker.reports.layout import clean, wrap

_ROLES = ("案件", "规则", "本地登记", "工作日表", "对照")


def chain_lines(path: str, chain: Chain, faults: Sequence[Fault], head: str | None) -> Iterator[str]:
    """Whether the lines hang together, and what does not."""
    count = len(chain.lines)
    if faults:
        yield f"检查记录「{clean(path)}」共 {count}行，有 {len(faults)}处不对："
        for fault in faults:
            yield from wrap(f"{f'第 {fault.line} 行' if fault.line else '整个记录'}：{fault.what}", "  ", "    ")
    else:
        yield f"检查记录「{clean(path)}」共 {count}行，各行相扣，没有改动。"
    if head is None:
        yield f"末行的摘要 {chain.head}；删去末尾几行、整个重写，只有与另存在别处的摘要对照才看得出（--head）。"
    elif (place := position_of(chain, head)) is not None:
        after = f"，其后又记了 {count - place}行" if count > place else "，就是末行"
        yield f"另存的摘要是第 {place} 行的{after}。"


def entry_line(place: int, entry: Mapping[str, Any]) -> str:
    """What was checked in one run."""
    counts = entry["counts"]
    return (
        f"第 {place} 行：截至 {clean(str(entry['as_of']))}，程序 {clean(str(entry['version']))}，"
        f"读入 {counts['read']}件，未读入 {counts['left_out']}处，没有结论 {counts['failed']}件。"
    )


def compared(files: Sequence[FileHash]) -> tuple[list[str], bool]:
    """The files of an entry as they are now; whether any is another, or gone."""
    lines, wrong = [], 0
    for role in _ROLES:
        told = [(one, _state(one)) for one in files if one.role == role]
        bad = [(one, state) for one, state in told if state]
        wrong += len(bad)
        if told:
            lines.append(f"  {role}文件 {len(told)}个：相符 {len(told) - len(bad)}，不符 {len(bad)}")
        lines += [line for one, state in bad for line in wrap(f"「{one.file}」{state}", "    ", "      ")]
    return lines, wrong > 0


def _state(one: FileHash) -> str:
    """What is wrong with a file; empty where it is as it was."""
    try:
        now = hashed(one.role, one.file)
    except DataError as error:
        return "；".join(diagnostic.message for diagnostic in error.diagnostics)
    return "" if now == one else f"内容与记录不符（记的是 {one.bytes}字节，现为 {now.bytes}字节）"


def again(entry: Mapping[str, Any]) -> tuple[list[str], bool]:
    """The run once more; whether it comes to anything else."""
    from checker.cli.looking import look
    from checker.cli.run_entry import entry_of, files_of_entry, given_of, run_of

    try:
        listing, cases, options = run_of(entry)
        looked = look(listing, cases, options)
    except (KeyError, TypeError, ValueError):
        return ["  重新检查：办不了：读不出那次的命令"], True
    except CheckerError as error:
        told = "；".join(diagnostic.message for diagnostic in error.diagnostics)
        return [f"  重新检查：办不了：{clean(told)}"], True
    now = entry_of(listing, given_of(entry), files_of_entry(entry), looked, None)
    rows = (
        ("version", "程序的版本"),
        ("program", "程序"),
        ("rules", "规则的摘要"),
        ("calendar", "工作日表的摘要"),
        ("cases", "读到的案件"),
        ("counts", "各项数目"),
        ("results", "全部结论"),
    )
    different = [name for key, name in rows if now[key] != entry[key]]
    same = now["results"] == entry["results"] and now["counts"] == entry["counts"]
    lines = [f"  重新检查：结论和数目与记录{'相同' if same else '不同'}"]
    lines += [f"    与那次不同的：{'、'.join(different)}"] if different else []
    return lines, not same
