"""Constants of a norm, read as the type that the other side of a comparison asks for."""

from datetime import date
from decimal import Decimal

from lark.lexer import Token

from checker.language.lexicon import type_text
from checker.language.nearest import did_you_mean
from checker.language.numerals import read_date, read_number, read_period
from checker.language.scope import Scope
from checker.language.syntax import Refusal, refuse
from checker.model.values import Period, Scalar, ValueType

NUMBER, DATE, PERIOD, TEXT = (ValueType(name=n) for n in ("数", "日期", "期间", "文本"))


def own_type(value: object) -> ValueType | None:
    """The type a constant has by itself; None for a word, which may be many things."""
    if isinstance(value, bool):
        return ValueType(name="是否")
    if isinstance(value, int | Decimal):
        return NUMBER
    if isinstance(value, date):
        return DATE
    return PERIOD if isinstance(value, Period) else None


def shaped(scope: Scope, word: Token) -> tuple[Scalar, ValueType] | None:
    """The constant that a number, date, period or quotation stands for; None for a name."""
    match word.type:
        case "NUMBER":
            return read_number(str(word)) or 0, NUMBER
        case "DATE":
            return date_of(scope.file, word), DATE
        case "PERIOD":
            return period_of(scope, word), PERIOD
        case "QUOTE":
            return str(word)[1:-1], TEXT
        case _:
            return None


def date_of(file: str, word: Token) -> date:
    """The day written, refused if the calendar has none such."""
    found = read_date(str(word))
    if found is None:
        raise refuse(file, word, "bad-date", f"没有「{word}」这一天。", help="日期写作 2024-01-31。")
    return found


def period_of(scope: Scope, word: Token) -> Period:
    """The period written, with 日 counted as the instrument says."""
    found = read_period(str(word), scope.day)
    if found is None:
        raise refuse(
            scope.file,
            word,
            "bad-period",
            f"「{word}」把小时与日、月混在一个期间里。",
            help="只用小时，或只用日、月、年。",
        )
    return found


def constant(scope: Scope, word: Token, kind: ValueType) -> Scalar:
    """The word as a value of the type, refused if it is none."""
    ready = shaped(scope, word)
    if kind.name == "枚举":
        return _choice(scope, word, kind)
    if ready is not None:
        if ready[1].name != kind.name:
            raise mismatch(scope, word, kind)
        return ready[0]
    match kind.name:
        case "是否" if str(word) in ("是", "否"):
            return str(word) == "是"
        case "机关":
            known: tuple[str, ...] = tuple(scope.lexicon.organs)
        case "人员":
            known = tuple(scope.lexicon.persons)
        case _:
            raise mismatch(scope, word, kind)
    if str(word) not in known:
        message = f"{kind.name}「{word}」没有声明。"
        raise refuse(
            scope.file, word, "unknown-value", message, help=did_you_mean(word, known), expected="、".join(known)
        )
    return str(word)


def _choice(scope: Scope, word: Token, kind: ValueType) -> str:
    text = str(word)[1:-1] if word.type == "QUOTE" else str(word)
    if text not in kind.choices:
        expected = "、".join(kind.choices)
        help = did_you_mean(text, kind.choices) or f"可用的取值是：{expected}。"
        raise refuse(scope.file, word, "unknown-value", f"「{text}」不是可用的取值。", help=help, expected=expected)
    return text


def mismatch(scope: Scope, word: Token, kind: ValueType) -> Refusal:
    """The refusal of a word of the wrong type."""
    message = f"「{word}」不是{type_text(kind)}，不能与之比较。"
    return refuse(scope.file, word, "type", message, expected=type_text(kind))
