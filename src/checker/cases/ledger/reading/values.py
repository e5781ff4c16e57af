"""Cells by the type that the vocabulary declares, as records take them; what cannot be read for certain is refused."""

from collections.abc import Hashable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from checker.cases.ledger.grid import shown
from checker.cases.ledger.mapping import FromColumn, LedgerMapping
from checker.cases.ledger.values.dates import read_date
from checker.cases.ledger.values.organs import Register, read_organ, read_organs, register
from checker.cases.ledger.values.periods import read_period
from checker.cases.ledger.values.texts import read_text
from checker.cases.ledger.values.truths import read_truth
from checker.cases.problems import Refusal, named, nearest
from checker.cases.typed import Plain, read_value
from checker.model.period_text import text_of_period
from checker.model.values import Period, Unit, ValueType
from checker.model.vocabulary import Vocabulary

UNITS: Final = {
    "日": Unit.DAY,
    "天": Unit.DAY,
    "自然日": Unit.DAY,
    "工作日": Unit.WORKDAY,
    "月": Unit.MONTH,
    "个月": Unit.MONTH,
    "年": Unit.YEAR,
}
ABSENT: Final = ("blank", "none")
"""Codes of cells that say nothing, or that there is nothing."""


class Values:
    """Reads cells; the same text in the same column is read once."""

    def __init__(self, mapping: LedgerMapping, vocabulary: Vocabulary, *, date1904: bool) -> None:
        """Names of organs are those of the vocabulary and those that the mapping leads to them."""
        self._vocabulary = vocabulary
        self._known: Register = register(vocabulary, {name: to for name, to in mapping.organs.items() if to})
        self._date1904 = date1904
        self._kept: dict[Hashable, object] = {}

    def attribute(self, raw: object, given: FromColumn, kind: ValueType) -> object:
        """The value of a filled cell as a record takes it, None where it says that there is none, or a Refusal."""
        key = (id(given), kind.name, type(raw), raw)
        if key not in self._kept:
            self._kept[key] = self._attribute(raw, given, kind)
        return self._kept[key]

    def actors(self, raw: object, given: FromColumn) -> object:
        """The names of those who acted, or a Refusal."""
        key = (id(given), "主体", type(raw), raw)
        if key not in self._kept:
            self._kept[key] = self._actors(raw, given)
        return self._kept[key]

    def kind(self, raw: object, given: FromColumn) -> object:
        """The kind of a case, or a Refusal."""
        text = _translated(raw, given)
        if isinstance(text, Refusal):
            return text
        kinds = self._vocabulary.kinds
        word = text.strip() if isinstance(text, str) else shown(text)
        if word in kinds or not kinds:
            return Plain(word)
        return _unknown("案件类型", word, kinds)

    def _actors(self, raw: object, given: FromColumn) -> object:
        text = _translated(raw, given)
        if isinstance(text, Refusal):
            return text
        if isinstance(text, str) and text.strip() in self._vocabulary.persons:
            return [text.strip()]
        found = read_organs(text, self._known)
        return _in_register(found) if isinstance(found, Refusal) else list(found)

    def _attribute(self, raw: object, given: FromColumn, kind: ValueType) -> object:
        text = _translated(raw, given)
        found = text if isinstance(text, Refusal) else self._typed(text, given, kind)
        if isinstance(found, Refusal):
            return None if found.code == "none" else found
        refusal = read_value(found, kind, self._vocabulary, None)
        return refusal if isinstance(refusal, Refusal) else found

    def _typed(self, raw: object, given: FromColumn, kind: ValueType) -> object:
        match kind.name:
            case "期间":
                period = read_period(raw, UNITS.get(given.unit or ""))
                return text_of_period(period) if isinstance(period, Period) else period
            case "日期":
                moment = read_date(raw, serial=True, date1904=self._date1904)
                return moment if isinstance(moment, Refusal) else moment[0]
            case "是否":
                return read_truth(raw)
            case "机关":
                organs = read_organs(raw, self._known) if kind.many else read_organ(raw, self._known)
                return list(organs) if isinstance(organs, tuple) else _in_register(organs)
            case "数":
                return _number(raw)
            case _:
                text = read_text(raw)
                return text if isinstance(text, Refusal) else _chosen(text, kind)


def _translated(raw: object, given: FromColumn) -> object | Refusal:
    """The cell, or what the mapping says that this ledger means by it."""
    word = raw.strip() if isinstance(raw, str) else None
    if word is None or word not in given.values:
        return raw
    meant = given.values[word]
    if meant is None:
        return Refusal("undecided", f"{named(word)}在对照里还没有写明是什么", help="在对照文件的「值」里写上")
    return meant


def _in_register(found: str | Refusal) -> str | Refusal:
    """An organ, or why it is none, with where to put that right."""
    if not isinstance(found, Refusal) or found.code != "unknown-organ":
        return found
    return replace(found, help="在对照文件的「机关对照」里写上它是哪个机关")


def _number(raw: object) -> object:
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else Decimal(repr(raw))
    if isinstance(raw, int):
        return raw
    text = read_text(raw)
    return text if isinstance(text, Refusal) else Plain(text.replace(",", "").replace("，", ""))


def _chosen(text: str, kind: ValueType) -> object:
    if kind.name != "枚举":
        return text
    if kind.many:
        return [piece.strip() for piece in text.replace("，", "、").replace(",", "、").split("、") if piece.strip()]
    return text if text in kind.choices else _unknown("此处的取值", text, kind.choices)


def _unknown(what: str, word: str, known: tuple[str, ...]) -> Refusal:
    near = nearest(word, known)
    some = "、".join(known[:12]) + ("等" if len(known) > 12 else "")
    help_text = f"是不是「{near}」？是的话写进对照文件的「值」" if near else "在对照文件的「值」里写明是哪一个"
    return Refusal("unknown-value", f"{what}没有{named(word)}", some, help_text)
