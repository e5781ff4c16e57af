"""The readers of single records, asked once for each distinct value of a column."""

from collections.abc import Callable

from checker.cases.columnar.bulk import Quick, plain_dates, plain_ids, plain_names, plain_texts
from checker.cases.columnar.coded import Reader
from checker.cases.columnar.nested import untyped
from checker.cases.event_record import SYNTHETIC, Words
from checker.cases.fields import truth
from checker.cases.problems import Refusal
from checker.cases.typed import read_name, read_value
from checker.engines.archive.packing import text_of
from checker.model.values import ValueType

_QUICK: dict[str, Quick] = {"文本": plain_texts, "人员": plain_names, "日期": plain_dates}


def attribute(kind: ValueType, known: Words, lenient: bool) -> Reader:
    """Of one value of an attribute, or one item of a list; ``lenient`` lets the type decide what a text is."""
    one = kind.model_copy(update={"many": False})

    def read(raw: object) -> str | None:
        value = read_value(untyped(raw, one) if lenient else raw, one, known.vocabulary, known.zone)
        return None if value is None or isinstance(value, Refusal | tuple) else text_of(value)

    return Reader(read, _QUICK.get(kind.name))


def attribute_lists(kind: ValueType, known: Words, lenient: bool) -> Callable[[object], tuple[str, ...] | None]:
    """Of one value that stands for a list."""

    def read(raw: object) -> tuple[str, ...] | None:
        value = read_value(untyped(raw, kind) if lenient else raw, kind, known.vocabulary, known.zone)
        if value is None or isinstance(value, Refusal):
            return None
        return tuple(text_of(item) for item in value) if isinstance(value, tuple) else (text_of(value),)

    return read


def name(raw: object) -> str | None:
    """A name, as of a case."""
    found = read_name(raw, "")
    return None if isinstance(found, Refusal) else found


def _event_id(raw: object) -> str | None:
    found = name(raw)
    return None if found is None or found.startswith(SYNTHETIC) else found


NAME = Reader(name, plain_names)
EVENT_ID = Reader(_event_id, plain_ids)


def word(known: Callable[[str], bool], then: Reader | None = None) -> Reader:
    """A text that must be one of a set, and then fit for another reader."""

    def read(raw: object) -> str | None:
        if not isinstance(raw, str) or not known(raw):
            return None
        return raw if then is None else then.read(raw)

    return Reader(read)


def _truth(raw: object) -> str | None:
    said = truth(raw)
    return None if said is None else text_of(said)


TRUTH = Reader(_truth)
