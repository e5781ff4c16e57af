"""Fixtures: cases with the date they are checked at and the findings that drafters expect."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path as FilePath
from typing import Final, TypeAlias, assert_never

from checker.cases.columns import Layout
from checker.cases.dates import read_moment
from checker.cases.event_record import Words, words
from checker.cases.fields import Fields, as_list, date_of, structural, truth
from checker.cases.formats import formats
from checker.cases.keys import CASE, EXPECT, TODO, both_ways
from checker.cases.problems import BadCase, Path, Problems, Refusal, named, nearest
from checker.cases.reading import raw_records
from checker.cases.record import RawRecord, build_case
from checker.cases.source import EXPECTATION, Skipped, sources
from checker.cases.typed import Plain, read_name
from checker.model.case import Case, Expectation, Fixture, Todo
from checker.model.finding import VERDICT_NAMES, Verdict
from checker.model.norm import Category, Severity
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary

Taken: TypeAlias = object | Refusal
_SPELLING: Final = both_ways(CASE)
_EXPECT_NAMES: Final = both_ways(EXPECT)
_VERDICTS: Final = {name: verdict for verdict, name in VERDICT_NAMES.items()} | {v.value: v for v in Verdict}


def read_fixtures(path: str, vocabulary: Vocabulary, time_zone: str | None = None) -> Iterator[Fixture | BadCase]:
    """The fixtures under a path. ``values`` of an expectation holds exactly the keys the drafter gave, in Python types.

    Dates and instants, enumerations of the model, ints, bools, texts, tuples of text; None where null was written.
    Whether an expected norm exists is for the one who runs the fixture to say.
    """
    known = words(vocabulary, time_zone)
    for record in raw_records([path], vocabulary, Layout(), is_one_archive=False):
        match record:
            case BadCase():
                yield record
            case RawRecord():
                yield _fixture(record, known)
            case Skipped():
                continue
            case _:
                assert_never(record)


def fixture_of(record: RawRecord, vocabulary: Vocabulary) -> Fixture | BadCase:
    """The fixture that a raw record is."""
    return _fixture(record, words(vocabulary))


def passed_over(paths: Sequence[str]) -> tuple[str, ...]:
    """The files of folders among the paths that are in no format of fixtures, hidden ones apart."""
    found = sources(paths, frozenset(suffix for suffix in formats() if suffix))
    names = [one.name for one in found if isinstance(one, Skipped) and not one.name.endswith(EXPECTATION)]
    return tuple(name for name in names if not FilePath(name).name.startswith("."))


def _fixture(record: RawRecord, known: Words) -> Fixture | BadCase:
    problems = Problems(record.locate)
    for refusal, path, quote in record.spoilt:
        problems.add(refusal, path, quote)
    case = build_case(record, known, problems)
    given = _own_fields(record.data)
    if "as_of" not in given and isinstance(record.data, dict):
        problems.add(Refusal("missing-as-of", "测试案例没有写截至日期", expected="as_of（截至）"), ())
    as_of = date_of(given, "as_of", known.zone, problems)
    if "expect" not in given and isinstance(record.data, dict):
        lacking = Refusal(
            "missing-expect", "测试案例没有写期望", "expect（期望）", "没有不符合规范之处的，写 expect: []"
        )
        problems.add(lacking, ())
    expect = _expectations(given, record.locate, problems)
    todo = _todo(given, problems)
    if isinstance(case, Case) and as_of is not None and not problems.total:
        return Fixture(case=case, as_of=as_of, expect=expect, todo=todo)
    return BadCase(case.id if isinstance(case, Case) else case, record.locate(()), problems.all())


def _own_fields(raw: object) -> Fields:
    """The fields only fixtures have; duplicates were already reported with the case's own."""
    if not isinstance(raw, dict):
        return {}
    return {_SPELLING[key]: (value, (key,)) for key, value in raw.items() if key in _SPELLING and value is not None}


def _todo(given: Fields, problems: Problems) -> Todo | None:
    """待办: both why and until when; a gap without an end would be forgotten."""
    if "todo" not in given:
        return None
    raw, path = given["todo"]
    if not isinstance(raw, dict):
        shape = Refusal("wrong-shape", f"待办应写明理由和截止日期，现为{named(raw)}", "{理由: …, 截止: 2027-03-31}")
        problems.add(shape, path, raw)
        return None
    said = structural(raw, TODO, path, problems, "待办")
    for key, alias in TODO.items():
        if key not in said:
            problems.add(Refusal("missing-key", f"待办没有写{alias}", expected=f"{key}（{alias}）"), path)
    until = date_of(said, "until", None, problems)
    reason = read_name(said["reason"][0], "待办的理由") if "reason" in said else ""
    if isinstance(reason, Refusal):
        problems.add(reason, said["reason"][1], said["reason"][0])
        return None
    return None if until is None else Todo(reason=reason, until=until)


def _expectations(given: Fields, locate: Callable[[Path], Place], problems: Problems) -> tuple[Expectation, ...]:
    if "expect" not in given:
        return ()
    raw, path = given["expect"]
    lines = [_expectation(item, (*path, n), locate, problems) for n, item in enumerate(as_list(raw))]
    return tuple(line for line in lines if line is not None)


def _expectation(raw: object, at: Path, locate: Callable[[Path], Place], problems: Problems) -> Expectation | None:
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"期望应是一组「项: 值」，现为{named(raw)}"), at, raw)
        return None
    given = structural(raw, EXPECT, at, problems, "期望")
    nulls = {_EXPECT_NAMES[key] for key, value in raw.items() if value is None and key in _EXPECT_NAMES}
    if "norm" not in given:
        problems.add(Refusal("missing-key", "期望没有写规范", expected="norm（规范），如 duban/按期办结"), at)
        return None
    values: dict[str, object] = dict.fromkeys(sorted(nulls))
    for key, (value, path) in given.items():
        taken = _TAKERS[key](value)
        if isinstance(taken, Refusal):
            problems.add(taken, path, value)
        else:
            values[key] = taken
    norm = str(values.pop("norm", ""))
    return Expectation(norm=norm, values=values, place=locate(at))


def _name(raw: object) -> Taken:
    return read_name(raw, "此项")


def _names(raw: object) -> Taken:
    found = [read_name(item, "此项") for item in as_list(raw)]
    return next((name for name in found if isinstance(name, Refusal)), tuple(found))


def _verdict(raw: object) -> Taken:
    if isinstance(raw, str) and raw in _VERDICTS:
        return _VERDICTS[raw]
    return _not_one_of("结论", raw, list(_VERDICTS))


def _one_of(choices: type[StrEnum], what: str) -> Callable[[object], Taken]:
    known = {choice.value: choice for choice in choices}
    return lambda raw: known[raw] if isinstance(raw, str) and raw in known else _not_one_of(what, raw, list(known))


def _not_one_of(what: str, raw: object, known: list[str]) -> Refusal:
    near = nearest(raw, known) if isinstance(raw, str) else None
    return Refusal(
        "unknown-value",
        f"{what}{named(raw)}不在可选的值之内",
        expected="、".join(known),
        help=f"是不是「{near}」？" if near else "",
    )


def _moment(raw: object) -> Taken:
    moment = read_moment(raw, None)
    if isinstance(moment, Refusal) or moment[1] is None:
        return moment if isinstance(moment, Refusal) else moment[0]
    return dt.datetime.combine(moment[0], moment[1])


def _whole(raw: object) -> Taken:
    text = str(raw)
    if (
        isinstance(raw, Plain | int)
        and not isinstance(raw, bool)
        and text.removeprefix("-").isdecimal()
        and len(text) < 9
    ):
        return int(text)
    return Refusal("wrong-type", f"天数应是整数，现为{named(raw)}")


def _flag(raw: object) -> Taken:
    value = truth(raw)
    return Refusal("wrong-type", f"此处应是「是」或「否」，现为{named(raw)}") if value is None else value


_TAKERS: Final[dict[str, Callable[[object], Taken]]] = {
    "norm": _name,
    "version": _name,
    "verdict": _verdict,
    "category": _one_of(Category, "类别"),
    "severity": _one_of(Severity, "情节"),
    "bearer": _name,
    "anchor": _name,
    "due": _moment,
    "fulfilled_by": _name,
    "breached_on": _moment,
    "days": _whole,
    "evidence": _names,
    "missing": _names,
    "provisional": _flag,
    "explanation": lambda raw: (
        raw if isinstance(raw, str) else Refusal("wrong-type", f"说明应是文字，现为{named(raw)}")
    ),
}
