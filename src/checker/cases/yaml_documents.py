"""The documents of a YAML file, raw.

The events of the parser are read directly, never its guesses at types: ``no``, ``12:30`` and ``0777`` stay the text
they are until the vocabulary says what they mean. Aliases and tags are refused, depth is bounded, a key stands once.
"""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, TypeAlias

import yaml

from checker.calendars.shallow_yaml import DEEPEST, TOO_DEEP, is_too_deep
from checker.cases.decoding import LARGEST, decode, encoding_of
from checker.cases.problems import BadCase, Path, Refusal, quoted, unread
from checker.cases.record import RawRecord
from checker.cases.typed import Plain
from checker.model.diagnostic import Note
from checker.model.place import Place

Spot: TypeAlias = tuple[int, int, "dict[str, Spot] | list[Spot] | None"]
"""Line and column, from 1, of a value, and the spots of what it holds."""

_DIVIDER: Final = re.compile(r"^---(?=\s|$)", re.MULTILINE)
_NULLS: Final = ("", "~", "null", "Null", "NULL")


class _RefusedError(Exception):
    def __init__(self, refusal: Refusal, event: yaml.Event, quote: str = "", earlier: Spot | None = None) -> None:
        self.refusal, self.quote, self.earlier = refusal, quote, earlier
        self.line, self.column = _position(event)


def _position(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def read_documents(stream: BinaryIO, name: str) -> Iterator[RawRecord | BadCase]:
    """The documents of a YAML file, raw. Each is parsed by itself, so that a broken one spoils no other."""
    data = stream.read(LARGEST + 1)
    text = decode(data, encoding_of(data))
    if isinstance(text, Refusal):
        yield unread(text, Place(file=name))
        return
    empty = True
    for part, before in parts(text):
        record = _document(part, name, before)
        if record is not None:
            empty = False
            yield record
    if empty:
        yield unread(Refusal("empty-file", "文件里没有案件"), Place(file=name, line=1))


def parts(text: str) -> Iterator[tuple[str, int]]:
    """The documents of a text, one after the other, and how many lines stand before each.

    ``---`` at the margin always divides them.
    """
    begin, before = 0, 0
    for mark in _DIVIDER.finditer(text):
        if mark.start() > begin:
            yield text[begin : mark.start()], before
        before += text.count("\n", begin, mark.start())
        begin = mark.start()
    yield text[begin:], before


def _document(text: str, name: str, before: int) -> RawRecord | BadCase | None:
    """One document; None if there is nothing in it but comments."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = iter(yaml.parse(text, Loader=loader))
        if not any(isinstance(event, yaml.DocumentStartEvent) for event in events):
            return None
        value, spot = _node(next(events), events, 0)
        if any(isinstance(event, yaml.DocumentStartEvent) for event in events):
            return unread(Refusal("bad-yaml", "两份文档之间缺少「---」"), Place(file=name, line=before + 1))
    except _RefusedError as refused:
        return _refused(refused, name, before)
    except yaml.YAMLError as error:
        return _syntax(error, name, text, before)
    if value is None:
        return None
    locate = _locator(name, spot, before)
    return RawRecord(value, locate, _event_places(locate, value))


def _refused(refused: _RefusedError, name: str, before: int) -> BadCase:
    place = Place(file=name, line=before + refused.line, column=refused.column)
    earlier = refused.earlier
    if earlier is None:
        return unread(refused.refusal, place, refused.quote)
    first = Place(file=name, line=before + earlier[0], column=earlier[1])
    return unread(refused.refusal, place, refused.quote, (Note(at=first, text="先写在这里"),))


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> tuple[object, Spot]:
    if isinstance(event, yaml.AliasEvent):
        raise _RefusedError(
            Refusal("yaml-alias", "案件记录不用别名（*）", help="把内容写全"), event, f"*{event.anchor}"
        )
    tag = getattr(event, "tag", None)
    if tag not in (None, "!"):
        raise _RefusedError(Refusal("yaml-tag", "案件记录不用类型标签（!）", help="删去标签"), event, str(tag))
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event), (*_position(event), None)
    if depth >= DEEPEST:
        raise _RefusedError(Refusal("too-deep", TOO_DEEP), event)
    if isinstance(event, yaml.SequenceStartEvent):
        return _sequence(event, events, depth)
    return _mapping(event, events, depth)


def _scalar(event: yaml.ScalarEvent) -> object:
    if not event.implicit[0]:
        return str(event.value)
    return None if event.value in _NULLS else Plain(event.value)


def _sequence(start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> tuple[object, Spot]:
    values: list[object] = []
    spots: list[Spot] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent):
            break
        value, spot = _node(event, events, depth + 1)
        values.append(value)
        spots.append(spot)
    return values, (*_position(start), spots)


def _mapping(start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> tuple[object, Spot]:
    values: dict[str, object] = {}
    spots: dict[str, Spot] = {}
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        if not isinstance(event, yaml.ScalarEvent):
            raise _RefusedError(Refusal("bad-key", "项的名称应是文字"), event)
        key = str(event.value)
        if key in values:
            twice = Refusal("duplicate-key", f"「{quoted(key)}」写了两次", help="只留一个")
            raise _RefusedError(twice, event, quoted(key), spots[key])
        values[key], under = _node(next(events), events, depth + 1)
        spots[key] = (*_position(event), under[2])
    return values, (*_position(start), spots)


def _locator(name: str, top: Spot, before: int) -> Callable[[Path], Place]:
    def locate(path: Path) -> Place:
        line, column, under = top
        for step in path:
            if isinstance(under, dict) and step in under:
                line, column, under = under[str(step)]
            elif isinstance(under, list) and isinstance(step, int) and step < len(under):
                line, column, under = under[step]
            else:
                break
        return Place(file=name, line=before + line, column=column)

    return locate


def _event_places(locate: Callable[[Path], Place], value: object) -> Callable[[int], list[Place]]:
    key = "事件" if isinstance(value, dict) and "事件" in value else "events"
    return lambda count: [locate((key, n)) for n in range(count)]


def _syntax(error: yaml.YAMLError, name: str, text: str, before: int) -> BadCase:
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return unread(Refusal("bad-yaml", "内容不是 YAML 文本，含有不允许的字符"), Place(file=name, line=before + 1))
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    help_text = (
        "项与值之间用半角冒号加一个空格" if "：" in line else "检查这一行及上一行的缩进、冒号、引号和括号是否成对"
    )
    if "\t" in line:
        help_text = "缩进用空格，不用制表符"
    deep = is_too_deep(error)
    refusal = Refusal("too-deep", TOO_DEEP) if deep else Refusal("bad-yaml", "从这里起不合 YAML 的写法", help=help_text)
    return unread(refusal, Place(file=name, line=before + mark.line + 1, column=mark.column + 1), quoted(line.strip()))
