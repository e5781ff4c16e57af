"""The words of a mapping against a vocabulary: what it names must be declared, and its columns must be there."""

from collections.abc import Collection, Iterator, Mapping

from checker.cases.ledger.mapping import PASSED, EventColumns, FromColumn, Given, LedgerMapping, SheetMapping
from checker.cases.ledger.reading.values import UNITS
from checker.cases.ledger.values.organs import wrong_aliases
from checker.cases.problems import Refusal, diagnosed, named, unknown_word
from checker.cases.typed import Plain, read_value
from checker.model.diagnostic import Diagnostic
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

_Path = tuple[str | int, ...]
_Found = tuple[Refusal, _Path, str]


def wrong_words(mapping: LedgerMapping, vocabulary: Vocabulary) -> tuple[Diagnostic, ...]:
    """Everything that the mapping names and nothing declares, each at its line."""
    found: list[Diagnostic] = []
    for n, sheet in enumerate(mapping.sheets):
        for refusal, path, quote in _of_sheet(sheet, vocabulary) if sheet.read else ():
            found.append(diagnosed(refusal, mapping.place("表", n, *path), quote, meanwhile=""))
    decided = {name: organ for name, organ in mapping.organs.items() if organ is not None}
    for name, refusal in wrong_aliases(vocabulary, decided).items():
        found.append(diagnosed(refusal, mapping.place("机关对照", name), decided[name], meanwhile=""))
    return tuple(found)


def _of_sheet(sheet: SheetMapping, vocabulary: Vocabulary) -> Iterator[_Found]:
    for head in sheet.used:
        if head not in sheet.header:
            refusal = unknown_word("unknown-column", "表头里的列", head, sheet.header)
            yield refusal, _where(sheet, head), head
    yield from _unknown("unknown-act", "行为", sheet.covers, vocabulary.acts, "涵盖")
    for act, earlier in sheet.not_before.items():
        yield from _unknown("unknown-act", "行为", [act, *earlier], vocabulary.acts, "不早于", act)
    words = [act for act in sheet.acts.values() if act is not None and act != PASSED]
    yield from _unknown("unknown-act", "行为", words, vocabulary.acts, "行为对照")
    yield from _typed(sheet.case_attributes, vocabulary.case_attributes, "案件", ("案件属性",), vocabulary)
    if isinstance(sheet.kind, str) and vocabulary.kinds and sheet.kind not in vocabulary.kinds:
        yield unknown_word("unknown-kind", "案件类型", sheet.kind, vocabulary.kinds), ("类型",), sheet.kind
    for n, event in enumerate(sheet.events):
        at: _Path = ("事件", n) if sheet.form == "case" else ()
        yield from _of_event(event, sheet, at, vocabulary)


def _where(sheet: SheetMapping, head: str) -> _Path:
    """The entry that names a column, as far as it is easily found."""
    if head == sheet.case:
        return ("案件",)
    if head == sheet.act:
        return ("行为",)
    return next((("事件", n, "日期") for n, one in enumerate(sheet.events) if one.date == head), ())


def _of_event(event: EventColumns, sheet: SheetMapping, at: _Path, vocabulary: Vocabulary) -> Iterator[_Found]:
    acts = [event.act] if event.act is not None else [act for act in sheet.acts.values() if act and act != PASSED]
    yield from _unknown("unknown-act", "行为", [event.act] if event.act else [], vocabulary.acts, *at, "行为")
    if isinstance(event.actor, str):
        pieces = [piece.strip() for piece in event.actor.split("、")]
        known = [*vocabulary.organs, *vocabulary.persons]
        yield from _unknown("unknown-actor", "主体", pieces, known, *at, "主体")
    known_acts = [vocabulary.acts[act] for act in acts if act in vocabulary.acts]
    declared = {name: kind for act in known_acts for name, kind in act.attributes.items()}
    if len(known_acts) == len(acts):
        owner = f"行为「{event.act}」" if event.act else "表里的行为"
        yield from _typed(event.attributes, declared, owner, (*at, "属性"), vocabulary)


def _typed(
    given: Mapping[str, Given], declared: Mapping[str, ValueType], owner: str, at: _Path, vocabulary: Vocabulary
) -> Iterator[_Found]:
    for name, one in given.items():
        path = (*at, name)
        kind = declared.get(name)
        if kind is None:
            yield unknown_word("unknown-attribute", f"{owner}的属性", name, declared), path, name
        elif isinstance(one, FromColumn):
            yield from _of_column(one, kind, path, vocabulary)
        elif isinstance(refusal := read_value(Plain(one), kind, vocabulary, None), Refusal):
            yield refusal, path, one


def _of_column(given: FromColumn, kind: ValueType, path: _Path, vocabulary: Vocabulary) -> Iterator[_Found]:
    if given.unit is not None and given.unit not in UNITS:
        wrong = Refusal("bad-unit", f"单位{named(given.unit)}不可用", expected="、".join(UNITS))
        yield wrong, (*path, "单位"), given.unit
    for word, meant in given.values.items():
        if meant is not None and isinstance(refusal := read_value(Plain(meant), kind, vocabulary, None), Refusal):
            yield refusal, (*path, "值", word), meant


def _unknown(code: str, what: str, words: Collection[str], known: Collection[str], *at: str | int) -> Iterator[_Found]:
    for word in words:
        if word not in known:
            yield unknown_word(code, what, word, known), at, word
