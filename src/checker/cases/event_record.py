"""One raw event to an :class:`Event`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from checker.cases.dates import Moment, read_moment
from checker.cases.fields import Fields, as_list, quoted_key, split
from checker.cases.keys import EVENT, both_ways
from checker.cases.problems import Path, Problems, Refusal, named, nearest, unknown_word
from checker.cases.typed import read_name, read_value
from checker.model.case import Event
from checker.model.place import Place
from checker.model.values import Value, ValueType
from checker.model.vocabulary import Act, Vocabulary

SYNTHETIC: Final = ("违反:", "期满:", "视为:")
"""How printed anchors that are no events of the record begin; an event's id must not."""

_SPELLING: Final = both_ways(EVENT)
_SILENT: Final[tuple[None, None]] = (None, None)


@dataclass(frozen=True, slots=True)
class Words:
    """What reading needs to know besides the record: the vocabulary, who may act, the time zone of instants."""

    vocabulary: Vocabulary
    actors: frozenset[str]
    zone: str | None


def words(vocabulary: Vocabulary, zone: str | None = None) -> Words:
    """The words of a vocabulary; ``zone`` is the IANA name whose calendar instants with an offset are read in."""
    return Words(vocabulary, frozenset(vocabulary.organs) | frozenset(vocabulary.persons), zone)


def read_event(raw: object, at: Path, place: Place, known: Words, problems: Problems) -> Event | None:
    """The event at a path that ends in its place in the list; None if it does not even say what was done."""
    position = int(at[-1]) + 1
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"事件应是一组「项: 值」，现为{named(raw)}"), at, raw)
        return None
    given, rest = split(raw, _SPELLING, at, problems)
    act = _act(given, at, known.vocabulary, problems)
    date, time = _moment(given, known, problems)
    identifier = read_identifier(given, position, problems)
    actors = read_actors(given, known, problems)
    document = _document(given, act, problems)
    attributes = read_attributes(rest, act.attributes, f"行为「{act.name}」", known, problems) if act else {}
    if act is None:
        return None
    return Event.model_construct(
        id=identifier,
        position=position,
        act=act.name,
        date=date,
        time=time,
        actors=actors,
        document=document,
        attributes=attributes,
        place=place,
    )


def read_attributes(
    given: Fields, declared: Mapping[str, ValueType], owner: str, known: Words, problems: Problems
) -> dict[str, Value]:
    """The attributes, typed as declared."""
    found: dict[str, Value] = {}
    for name, (raw, path) in given.items():
        kind = declared.get(name)
        if kind is None:
            problems.add(_unknown_attribute(name, owner, declared), path, name)
            continue
        value = read_value(raw, kind, known.vocabulary, known.zone)
        if isinstance(value, Refusal):
            said = value.message.replace("此处", f"「{quoted_key(name)}」", 1)
            problems.add(replace(value, message=said), path, raw)
        else:
            found[name] = value
    return found


def _unknown_attribute(name: str, owner: str, declared: Collection[str]) -> Refusal:
    near = nearest(name, [*declared, *_SPELLING])
    return Refusal(
        "unknown-attribute",
        f"{owner}没有属性「{quoted_key(name)}」",
        expected="、".join(declared) or "没有声明任何属性",
        help=f"是不是「{near}」？" if near else "",
    )


def _act(given: Fields, at: Path, vocabulary: Vocabulary, problems: Problems) -> Act | None:
    if "act" not in given:
        problems.add(Refusal("missing-act", "事件没有写行为", expected="act（行为）"), at)
        return None
    raw, path = given["act"]
    act = vocabulary.acts.get(raw) if isinstance(raw, str) else None
    if act is None:
        problems.add(unknown_word("unknown-act", "行为", raw, vocabulary.acts), path, raw)
    return act


def _moment(given: Fields, known: Words, problems: Problems) -> Moment | tuple[None, None]:
    if "date" not in given:
        return _SILENT
    raw, path = given["date"]
    moment = read_moment(raw, known.zone)
    if isinstance(moment, Refusal):
        problems.add(moment, path, raw)
        return _SILENT
    return moment


def read_identifier(given: Fields, position: int, problems: Problems) -> str:
    """The event's id, by default ``e`` and its position."""
    fallback = f"e{position}"
    if "id" not in given:
        return fallback
    raw, path = given["id"]
    name = read_name(raw, "事件编号")
    if isinstance(name, Refusal):
        problems.add(name, path, raw)
        return fallback
    if name.startswith(SYNTHETIC):
        taken = Refusal("reserved-id", f"事件编号{named(name)}与推算事项的写法相同", help="换一个编号")
        problems.add(taken, path, raw)
    return name


def read_actors(given: Fields, known: Words, problems: Problems) -> tuple[str, ...] | None:
    """Who acted; None where the event does not say."""
    if "actor" not in given:
        return None
    raw, path = given["actor"]
    names = [str(name) for name in as_list(raw) if isinstance(name, str) and name in known.actors]
    if not names and raw == []:
        problems.add(Refusal("empty-actor", "主体是空的", help="主体未知时删去这一项"), path, raw)
    if len(names) < len(as_list(raw)):
        for name in as_list(raw):
            if not isinstance(name, str) or name not in known.actors:
                problems.add(unknown_word("unknown-actor", "主体", name, sorted(known.actors)), path, name)
    return tuple(names)


def _document(given: Fields, act: Act | None, problems: Problems) -> tuple[str, ...] | None:
    if "document" not in given:
        return None
    raw, path = given["document"]
    parts: list[str] = []
    for item in as_list(raw):
        part = read_name(item, "文书的部分")
        if isinstance(part, Refusal):
            problems.add(part, path, item)
        elif act and act.parts and part not in act.parts:
            problems.add(unknown_word("unknown-part", f"「{act.name}」的文书部分", part, act.parts), path, part)
        else:
            parts.append(part)
    return tuple(parts)
