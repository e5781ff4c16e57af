"""One raw record to a :class:`Case`, or to everything that is wrong with it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.cases.answer_record import read_answers
from checker.cases.dates import EXPECTED
from checker.cases.event_record import Words, read_attributes, read_event
from checker.cases.fields import Fields, as_list, date_of, structural, truth
from checker.cases.keys import CASE, EXTENT
from checker.cases.problems import BadCase, Locate, Path, Problems, Refusal, named, unknown_word
from checker.cases.typed import read_name
from checker.model.case import Case, Event, Extent
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place
from checker.model.values import Value


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record as its format gives it: plain dicts, lists and scalars, with the way back to the source.

    ``event_places`` are computed only when a case is built; ``spoilt`` are problems the format itself met. ``zone`` is
    the time zone of its instants where the source names one of its own; ``remarks`` are warnings of the format.
    """

    data: object
    locate: Locate
    event_places: Callable[[int], Sequence[Place]]
    spoilt: tuple[tuple[Refusal, Path, str], ...] = ()
    zone: str | None = None
    remarks: tuple[Diagnostic, ...] = ()


def read_case(record: RawRecord, known: Words) -> Case | BadCase:
    """The case, or the diagnostics that say why there is none. Fixture keys (as_of, expect) are let pass."""
    if record.zone is not None:
        known = replace(known, zone=record.zone)
    problems = Problems(record.locate)
    for refusal, path, quote in record.spoilt:
        problems.add(refusal, path, quote)
    case = build_case(record, known, problems)
    return case if isinstance(case, Case) else BadCase(case, record.locate(()), problems.all())


def build_case(record: RawRecord, known: Words, problems: Problems) -> Case | str | None:
    """The case, or, if there are problems, its id as far as it has one."""
    raw = record.data
    if not isinstance(raw, dict):
        shape = Refusal("wrong-shape", f"案件记录应是一组「项: 值」，现为{named(raw)}", help=_shape_hint(raw))
        problems.add(shape, (), raw)
        return None
    given = structural(raw, CASE, (), problems, "案件记录")
    identifier = read_identifier(given, problems)
    events = _events(given, record, known, problems)
    case = Case.model_construct(
        id=identifier or "",
        kind=read_kind(given, known, problems),
        covers=_covers(given, known, problems),
        attributes=_attributes(given, known, problems),
        events=events,
        answers=read_answers(given, events, known, problems),
        extent=_extent(given, known, problems),
        ordered=_ordered(given, problems),
        place=record.locate(()),
        remarks=(*record.remarks, *problems.remarks),
    )
    return identifier if problems.total else case


def _shape_hint(raw: object) -> str:
    if isinstance(raw, str) and "：" in raw:
        return "项与值之间用半角冒号加一个空格"
    return ""


def read_identifier(given: Fields, problems: Problems) -> str | None:
    """The case's id; None where it has none that can be used."""
    if "case" not in given:
        problems.add(Refusal("missing-case", "案件没有编号", expected="case（案件）"), ())
        return None
    raw, path = given["case"]
    name = read_name(raw, "案件编号")
    if isinstance(name, Refusal):
        problems.add(name, path, raw)
        return None
    return name


def read_kind(given: Fields, known: Words, problems: Problems) -> str | None:
    """The kind of the case, if it says one."""
    if "kind" not in given:
        return None
    raw, path = given["kind"]
    kinds = known.vocabulary.kinds
    if kinds and raw not in kinds:
        problems.add(unknown_word("unknown-kind", "案件类型", raw, kinds), path, raw)
        return None
    kind = read_name(raw, "案件类型")
    if isinstance(kind, Refusal):
        problems.add(kind, path, raw)
        return None
    return kind


def _covers(given: Fields, known: Words, problems: Problems) -> frozenset[str] | None:
    if "covers" not in given:
        return None
    raw, path = given["covers"]
    if not isinstance(raw, list):
        problems.add(Refusal("wrong-shape", f"涵盖应是一列行为，现为{named(raw)}"), path, raw)
        return None
    acts = known.vocabulary.acts
    for item in raw:
        if not isinstance(item, str) or item not in acts:
            problems.add(unknown_word("unknown-act", "涵盖的行为", item, acts), path, item)
    return frozenset(str(item) for item in raw)


def _attributes(given: Fields, known: Words, problems: Problems) -> Mapping[str, Value]:
    if "attributes" not in given:
        return {}
    raw, path = given["attributes"]
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"案件属性应是一组「项: 值」，现为{named(raw)}"), path, raw)
        return {}
    fields = {str(name): (value, (*path, str(name))) for name, value in raw.items()}
    return read_attributes(fields, known.vocabulary.case_attributes, "案件", known, problems)


def _events(given: Fields, record: RawRecord, known: Words, problems: Problems) -> tuple[Event, ...]:
    if "events" not in given:
        _forbid_null_events(record.data, problems)
        return ()
    raw, path = given["events"]
    if not isinstance(raw, list):
        problems.add(Refusal("wrong-shape", f"事件应是一列，现为{named(raw)}"), path, raw)
        return ()
    places = record.event_places(len(raw))
    built = [read_event(item, (*path, n), places[n], known, problems) for n, item in enumerate(raw)]
    events = tuple(event for event in built if event is not None)
    _forbid_duplicates(events, path, problems)
    return events


def _forbid_null_events(raw: object, problems: Problems) -> None:
    """A source that has a place for events and nothing in it may have lost them: that must not pass for "none"."""
    stated = next((name for name in ("events", CASE["events"]) if isinstance(raw, dict) and name in raw), None)
    if stated is not None:
        unsaid = Refusal("no-events", "事件是空值，不知道是没有事件还是没有读到", help="没有事件的写空的列（[]）")
        problems.add(unsaid, (stated,), None)


def _forbid_duplicates(events: tuple[Event, ...], path: Path, problems: Problems) -> None:
    first: dict[str, int] = {}
    for event in events:
        earlier = first.setdefault(event.id, event.position)
        if earlier != event.position:
            twice = Refusal(
                "duplicate-event", f"事件编号「{event.id}」重复", help="换一个编号，或删去编号由程序按次序给出"
            )
            here, there = (*path, event.position - 1), (*path, earlier - 1)
            problems.add(twice, here, event.id, also=(there, "先用在这里"))


def _extent(given: Fields, known: Words, problems: Problems) -> Extent | None:
    if "extent" not in given:
        return None
    raw, path = given["extent"]
    ends = _ends(raw, path, problems)
    first, last = date_of(ends, "first", known.zone, problems), date_of(ends, "last", known.zone, problems)
    if first is None:
        problems.add(
            Refusal("bad-extent", f"起止应写明起日，现为{named(raw)}", expected=f"[起日, 止日]，日期如 {EXPECTED}"),
            path,
            raw,
        )
        return None
    if last is not None and last < first:
        problems.add(Refusal("bad-extent", f"起止的止日 {last} 早于起日 {first}"), path, raw)
    return Extent.model_construct(first=first, last=last)


def _ends(raw: object, path: Path, problems: Problems) -> Fields:
    if isinstance(raw, dict):
        return structural(raw, EXTENT, path, problems, "起止")
    items = as_list(raw)
    return {
        key: (item, (*path, n))
        for n, (key, item) in enumerate(zip(EXTENT, items[:2], strict=False))
        if item is not None
    }


def _ordered(given: Fields, problems: Problems) -> bool:
    raw, path = given.get("ordered", (True, ()))
    ordered = truth(raw)
    if ordered is None:
        problems.add(Refusal("wrong-type", f"有序应是「是」或「否」，现为{named(raw)}"), path, raw)
    return ordered is not False
