"""Values for what a case has to state: such that a test comes out as wanted, or simply some value."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from checker.drafting.analysis.logic.values import OTHER, Test, candidates, constants_of, holds, type_of
from checker.model import expressions as x
from checker.model.values import Part, Period, Scalar, Unit, Value, ValueType
from checker.model.vocabulary import Vocabulary

FREE: Final = "甲"
"""The text, the person, where nothing is said of it."""
_LENGTH: Final = Period(parts=(Part(n=10, unit=Unit.DAY),))


def some(kind: ValueType, day: dt.date, vocabulary: Vocabulary) -> Value:
    """Any value of the type."""
    one: Scalar
    match kind.name:
        case "期间":
            one = _LENGTH
        case "日期":
            one = day + dt.timedelta(days=40)
        case "数":
            one = 1
        case "是否":
            one = True
        case "枚举":
            one = kind.choices[0]
        case "机关":
            one = next(iter(vocabulary.organs), FREE)
        case _:
            one = next(iter(vocabulary.persons), FREE) if kind.name == "人员" else FREE
    return (one,) if kind.many else one


def each(kind: ValueType, day: dt.date, vocabulary: Vocabulary) -> Iterator[Value]:
    """Every value of the type that has a name; any one where there are no such."""
    names = {"枚举": kind.choices, "机关": tuple(vocabulary.organs), "人员": vocabulary.persons}.get(kind.name, ())
    for name in names:
        yield (name,) if kind.many else name
    if not names:
        yield some(kind, day, vocabulary)


def chosen(
    test: Test, wanted: bool, kind: ValueType | None, vocabulary: Vocabulary, others: Sequence[Scalar] = ()
) -> Iterator[Value]:
    """Values of the type at which the test comes out as wanted, the plainest first; null last.

    ``others`` are what the rules compare it with elsewhere: what suits one norm has to suit the next as well.
    """
    held = test.of if isinstance(test, x.Present) else test.item if isinstance(test, x.Member) else test.left
    kind = kind or type_of(held, vocabulary)
    constants = tuple(dict.fromkeys((*constants_of(test), *others)))
    if isinstance(held, x.ActorOf):
        yield from _parties(test, wanted, vocabulary)
        return
    if kind is not None and kind.many:
        yield from _lists(test, wanted, kind, vocabulary)
        return
    values: list[Scalar] = list(candidates(kind, constants, vocabulary) or _lengths(constants))
    if kind is not None and kind.name in ("文本", "人员"):
        values.append(FREE)
    if isinstance(test, x.Present) and wanted and kind is not None:
        any_one = some(kind, dt.date(2025, 3, 5), vocabulary)
        values += [] if any_one is None or isinstance(any_one, tuple) else [any_one]
    for value in dict.fromkeys(values):
        if value != OTHER and holds(test, value, vocabulary) is wanted:
            yield value
    if not wanted:
        yield None


def _parties(test: Test, wanted: bool, vocabulary: Vocabulary) -> Iterator[Value]:
    named = [one for one in constants_of(test) if isinstance(one, str)]
    for name in dict.fromkeys([*named, *vocabulary.organs, *vocabulary.persons]):
        if isinstance(test, x.Present) or holds(test, name, vocabulary) is wanted:
            yield (name,)


def _lengths(constants: Sequence[Scalar]) -> list[Scalar]:
    """The lengths named, each of them and a day, one much shorter and one much longer."""
    named = [one for one in constants if isinstance(one, Period)]
    more = [Period(parts=(*one.parts, Part(n=1, unit=Unit.DAY))) for one in named
            if all(part.unit is not Unit.HOUR for part in one.parts)]  # fmt: skip
    ends = [Period(parts=(Part(n=n, unit=unit),)) for n, unit in ((1, Unit.DAY), (9, Unit.YEAR), (1, Unit.YEAR))]
    return [*named, *more, *ends]


def _lists(test: Test, wanted: bool, kind: ValueType, vocabulary: Vocabulary) -> Iterator[Value]:
    single = kind.model_copy(update={"many": False})
    values = candidates(single, constants_of(test), vocabulary) or list(constants_of(test))
    for value in values:
        if isinstance(test, x.Present) or holds(test, value, vocabulary) is wanted:
            yield (value,)
    if not wanted:
        yield ()


def lists_with(item: Scalar, wanted: bool, kind: ValueType | None) -> Iterator[Value]:
    """Lists that contain the item, or that do not."""
    if wanted:
        yield (item,)
        return
    others = [one for one in (kind.choices if kind is not None else ()) if one != item]
    yield (others[0],) if others else ()
