"""The file of the locked list: which norms, their digests, and the reviewed changes since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import yaml

from checker.calendars import shallow_yaml
from checker.calendars.unreadable import reason
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.place import Place

REMOVED: Final = "删去"
RELEASED: Final = "解除"
"""Words in place of a new digest: the norm is gone, or it is no longer locked."""

_LISTS: Final = {"锁定": "锁定", "locked": "锁定", "改动": "改动", "changes": "改动"}
_FIELDS: Final = {
    "规范": "norm",
    "norm": "norm",
    "原摘要": "old",
    "old": "old",
    "新摘要": "new",
    "new": "new",
    "审定人": "by",
    "by": "by",
    "日期": "date",
    "date": "date",
    "理由": "reason",
    "reason": "reason",
}
_FORM: Final = "{规范, 原摘要, 新摘要, 审定人, 日期, 理由}"


class Locked(NamedTuple):
    """A locked norm: the group it stands in, and its digest when it was locked."""

    norm: str
    group: str
    digest: str
    place: Place


class Entry(NamedTuple):
    """A reviewed change of a locked norm."""

    norm: str
    old: str
    new: str
    by: str
    date: dt.date
    reason: str
    place: Place


class Lock(NamedTuple):
    """A locked list as read; ``file`` is its name for messages."""

    file: str
    locked: dict[str, Locked]
    entries: tuple[Entry, ...]

    def accounts(self, norm: str, old: str, new: str) -> bool:
        """Whether entries lead from one digest to the other, one after the other."""
        reached = {old}
        for entry in self.entries:
            if entry.norm == norm and entry.old in reached:
                reached.add(entry.new)
        return new in reached


def read_lock(path: Path, shown: str | None = None) -> Lock:
    """The list; DataError with every complaint. ``shown`` is its name for messages."""
    name = shown or path.as_posix()
    try:
        root = shallow_yaml.compose(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise DataError((_complaint(name, 1, f"打不开锁定的清单「{name}」：{reason(error)}"),)) from error
    except UnicodeDecodeError as error:
        raise DataError((_complaint(name, 1, f"锁定的清单「{name}」不是 UTF-8 编码"),)) from error
    except shallow_yaml.NotYaml as error:
        raise DataError((_complaint(name, error.line or 1, f"锁定的清单「{name}」{error.reason}"),)) from error
    problems: list[Diagnostic] = []
    parts = dict(_parts(name, root, problems))
    locked = {one.norm: one for one in _locked(name, parts.get("锁定"), problems)}
    entries = tuple(_entries(name, parts.get("改动"), problems))
    problems += _chains(name, locked, entries)
    if problems:
        raise DataError(tuple(problems))
    return Lock(name, locked, entries)


def end_of_chain(lock: Lock, norm: str) -> str:
    """The digest that the norm should have now: the locked one, or that of the last reviewed change."""
    current = lock.locked[norm].digest
    for entry in lock.entries:
        if entry.norm == norm and entry.old == current:
            current = entry.new
    return current


def _chains(name: str, locked: dict[str, Locked], entries: tuple[Entry, ...]) -> Iterator[Diagnostic]:
    """Complaints about entries that begin nowhere."""
    current = {norm: one.digest for norm, one in locked.items()}
    for entry in entries:
        if entry.norm not in current:
            if entry.new != RELEASED:
                yield _complaint(name, entry.place.line, f"「{entry.norm}」不在锁定的规范之内，这一项改动对不上")
        elif entry.old != current[entry.norm]:
            help_ = f"此前的摘要是 {current[entry.norm]}"
            yield _complaint(name, entry.place.line, f"「{entry.norm}」的改动不从此前的摘要开始", help_)
        else:
            current[entry.norm] = entry.new


def _parts(name: str, root: yaml.Node | None, problems: list[Diagnostic]) -> Iterator[tuple[str, yaml.Node]]:
    if not isinstance(root, yaml.MappingNode):
        problems.append(_complaint(name, 1, "锁定的清单应有「锁定」「改动」两项"))
        return
    seen: set[str] = set()
    for key, value in root.value:
        part = _LISTS.get(_text(key))
        if part is None:
            problems.append(_complaint(name, _line(key), f"锁定的清单不认识「{_text(key)}」一项", "有「锁定」「改动」"))
        elif part in seen:
            problems.append(_complaint(name, _line(key), f"「{part}」写了两次", "合成一项，后一项会顶掉前一项"))
        else:
            seen.add(part)
            yield part, value


def _locked(name: str, node: yaml.Node | None, problems: list[Diagnostic]) -> Iterator[Locked]:
    seen: set[str] = set()
    for group, listed in _pairs(name, node, "「锁定」应分组写「规范: 摘要」", problems):
        for key, value in _pairs(name, listed, f"「{_text(group)}」应逐行写「规范: 摘要」", problems):
            norm = _text(key)
            if norm in seen or not _text(value):
                what = "写了两次" if norm in seen else "没有摘要"
                problems.append(_complaint(name, _line(key), f"锁定的规范「{norm}」{what}"))
            seen.add(norm)
            yield Locked(norm, _text(group), _text(value), Place(file=name, line=_line(key)))


def _pairs(
    name: str, node: yaml.Node | None, sentence: str, problems: list[Diagnostic]
) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    if node is None or (isinstance(node, yaml.ScalarNode) and not _text(node)):
        return
    if not isinstance(node, yaml.MappingNode):
        problems.append(_complaint(name, _line(node), sentence))
        return
    yield from node.value


def _entries(name: str, node: yaml.Node | None, problems: list[Diagnostic]) -> Iterator[Entry]:
    if node is None or (isinstance(node, yaml.ScalarNode) and not _text(node)):
        return
    if not isinstance(node, yaml.SequenceNode):
        problems.append(_complaint(name, _line(node), f"「改动」应是一列 {_FORM}"))
        return
    for item in node.value:
        entry = _entry(name, item)
        if isinstance(entry, Entry):
            yield entry
        else:
            problems.append(entry)


def _entry(name: str, node: yaml.Node) -> Entry | Diagnostic:
    line = _line(node)
    if not isinstance(node, yaml.MappingNode):
        return _complaint(name, line, f"一项改动应写作 {_FORM}")
    fields = {_FIELDS.get(_text(key), ""): _text(value) for key, value in node.value}
    if len(fields) < len(node.value):
        return _complaint(name, line, f"「{fields.get('norm', '')}」的改动有一项写了两次", f"写作 {_FORM}")
    lacking = [key for key, field in _FIELDS.items() if key != field and not fields.get(field)]
    if lacking or "" in fields:
        what = f"缺少「{'、'.join(lacking)}」" if lacking else "有不认识的项"
        return _complaint(name, line, f"「{fields.get('norm', '')}」的改动{what}", f"写作 {_FORM}，各项都要填")
    try:
        date = dt.date.fromisoformat(fields["date"])
    except ValueError:
        return _complaint(name, line, f"「{fields['norm']}」的改动的日期「{fields['date']}」不是日期", "如 2026-03-02")
    place = Place(file=name, line=line)
    return Entry(fields["norm"], fields["old"], fields["new"], fields["by"], date, fields["reason"], place)


def _text(node: yaml.Node) -> str:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _complaint(name: str, line: int | None, message: str, help_: str = "") -> Diagnostic:
    return Diagnostic(code="invariants", message=message, at=Place(file=name, line=line), help=help_)
