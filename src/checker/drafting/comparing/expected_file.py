"""The file of expected changes, as YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import yaml

from checker.calendars import shallow_yaml
from checker.calendars.unreadable import reason
from checker.drafting.comparing.expected import ANY, NONE, Expected, ExpectedFlip, complaint
from checker.model.changes import ChangeKind
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.place import Place

_KEYS: Final = {
    "规范": "norm", "norm": "norm", "改动": "kind", "kind": "kind", "理由": "reason", "reason": "reason",
    "翻转": "flips", "flips": "flips",
}  # fmt: skip
_FLIP_KEYS: Final = {"从": "from", "from": "from", "到": "to", "to": "to", "件数": "count", "count": "count"}
_VERDICTS: Final[Mapping[str, Verdict | None]] = {
    **{name: verdict for verdict, name in VERDICT_NAMES.items()},
    **{verdict.value: verdict for verdict in Verdict},
    NONE: None,
    "none": None,
}
_GATED: Final = (ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MEANING, ChangeKind.REWORDED, ChangeKind.AFFECTED)
_KINDS: Final = {kind.value: kind for kind in _GATED}


def read_expected(path: Path) -> tuple[Expected, ...]:
    """The file; DataError with every complaint."""
    name = path.as_posix()
    try:
        root = shallow_yaml.compose(path.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise DataError((complaint(name, None, f"打不开预期的改动「{name}」：{reason(error)}"),)) from error
    except UnicodeDecodeError as error:
        raise DataError((complaint(name, 1, f"预期的改动「{name}」不是 UTF-8 编码"),)) from error
    except shallow_yaml.NotYaml as error:
        raise DataError((complaint(name, error.line, f"预期的改动「{name}」{error.reason}"),)) from error
    problems: list[Diagnostic] = []
    found = tuple(_all(name, root, problems))
    if problems:
        raise DataError(tuple(problems))
    return found


def _all(name: str, root: yaml.Node | None, problems: list[Diagnostic]) -> Iterator[Expected]:
    listed = None
    if isinstance(root, yaml.MappingNode) and len(root.value) == 1 and _text(root.value[0][0]) in ("预期", "expected"):
        listed = root.value[0][1]
    if isinstance(listed, yaml.ScalarNode) and not _text(listed):
        return
    if not isinstance(listed, yaml.SequenceNode):
        problems.append(complaint(name, 1, "预期的改动应写作「预期:」，下面一列 {规范, 改动, 理由, 翻转}"))
        return
    for node in listed.value:
        try:
            yield _one(name, node)
        except _Wrong as error:
            problems.append(complaint(name, _line(error.node), error.message, error.help))


class _Wrong(Exception):
    def __init__(self, node: yaml.Node, message: str, help_: str = "") -> None:
        super().__init__(message)
        self.node, self.message, self.help = node, message, help_


def _one(name: str, node: yaml.Node) -> Expected:
    fields = _fields(node, _KEYS, "{规范, 改动, 理由, 翻转}")
    norm, told = _text(fields.get("norm")), _text(fields.get("reason"))
    if not norm or not told:
        raise _Wrong(node, f"预期的改动「{norm}」没有写{'规范' if not norm else '理由'}", "「规范」「理由」都要写")
    word = _text(fields.get("kind")) or ANY
    if word not in (ANY, "any", *_KINDS):
        raise _Wrong(node, f"「{norm}」的改动「{word}」不认识", f"可写：{'、'.join((ANY, *_KINDS))}")
    listed = fields.get("flips")
    if listed is not None and not isinstance(listed, yaml.SequenceNode):
        raise _Wrong(listed, f"「{norm}」的「翻转」应是一列 {{从, 到, 件数}}")
    flips = tuple(_flip(name, one) for one in (listed.value if listed is not None else ()))
    return Expected(norm, _KINDS.get(word), told, flips, Place(file=name, line=_line(node)))


def _flip(name: str, node: yaml.Node) -> ExpectedFlip:
    fields = _fields(node, _FLIP_KEYS, "{从, 到, 件数}")
    sides = []
    for key in ("from", "to"):
        word = _text(fields.get(key)) or ANY
        if word not in (ANY, "any") and word not in _VERDICTS:
            raise _Wrong(node, f"结论「{word}」不认识", f"可写：{'、'.join((ANY, NONE, *VERDICT_NAMES.values()))}")
        sides.append(frozenset(_VERDICTS.values()) if word in (ANY, "any") else frozenset((_VERDICTS[word],)))
    word = _text(fields.get("count")) or ANY
    if word not in (ANY, "any") and not (word.isascii() and word.isdigit()):
        raise _Wrong(node, f"件数「{word}」不是数", f"写一个数，或者「{ANY}」")
    count = int(word) if word.isascii() and word.isdigit() else None
    return ExpectedFlip(sides[0], sides[1], count, Place(file=name, line=_line(node)))


def _fields(node: yaml.Node, known: Mapping[str, str], form: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _Wrong(node, f"这一项应写作 {form}")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        field = known.get(_text(key))
        if field is None or field in found:
            what = "写了两次" if field in found else "不认识"
            raise _Wrong(key, f"「{_text(key)}」{what}", f"写作 {form}")
        found[field] = value
    return found


def _text(node: yaml.Node | None) -> str:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
