"""Raw values to the types the vocabulary declares."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from checker.cases.dates import read_moment
from checker.cases.problems import Refusal, named, nearest, unknown_word
from checker.model.period_text import parse_period
from checker.model.values import Scalar, Unit, Value, ValueType
from checker.model.vocabulary import Vocabulary


class Plain(str):
    """Text that its source left untyped (an unquoted YAML scalar, a cell): the declared type decides what it is."""

    __slots__ = ()


LONGEST_TEXT: Final = 10_000
LONGEST_NAME: Final = 200
_LARGEST_EXPONENT: Final = 1_000
_NUMBER = re.compile(r"[+-]?[0-9]+(?P<rest>(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?)")
_UNNAMEABLE: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_UNPRINTABLE: Final = frozenset(("Cc", "Cs"))
_LAYOUT: Final = "\t\n\r"
_IDEOGRAPHS: Final = range(0x20000, 0x40000)
_TAGS: Final = range(0xE0000, 0xE0080)
_TRUTH = {"true": True, "false": False, "是": True, "否": False}

Read: TypeAlias = Callable[[object, ValueType, Vocabulary, str | None], Scalar | Refusal]


def read_value(raw: object, declared: ValueType, vocabulary: Vocabulary, zone: str | None) -> Value | Refusal:
    """The raw value as its declared type; None, "known to be none", stays None. Lists become tuples."""
    if raw is None:
        return None
    if declared.many:
        return _read_many(raw, declared, vocabulary, zone)
    return _READERS[declared.name](raw, declared, vocabulary, zone)


def read_name(raw: object, what: str) -> str | Refusal:
    """A short identifying text (a case, an event, a norm): not empty, on one line, at most 200 characters."""
    if isinstance(raw, int) and not isinstance(raw, bool) and raw.bit_length() < 64:
        return str(raw)
    if not isinstance(raw, str):
        return Refusal("bad-name", f"{what}应是文字，现为{named(raw)}", help="加上引号")
    if not raw.strip():
        return Refusal("empty-name", f"{what}是空的")
    if len(raw) > LONGEST_NAME:
        return Refusal("name-too-long", f"{what}长 {len(raw)} 字，超过 {LONGEST_NAME} 字")
    if not raw.isprintable() and (hidden := next(filter(_is_unnameable, raw), None)):
        return Refusal("unprintable", f"{what}含有不可见字符或换行（U+{ord(hidden):04X}）", help="删去不可见字符")
    return str(raw)


def _is_unnameable(char: str) -> bool:
    """Nothing to be seen there, or nothing that everybody sees alike.

    The planes of rare characters are left alone: names of persons and places use those that are newer than ours.
    """
    category = unicodedata.category(char)
    return category in _UNNAMEABLE and not (category == "Cn" and ord(char) in _IDEOGRAPHS)


def _is_unprintable(char: str) -> bool:
    """As above for running text, where lines end and words are joined by characters that do not show."""
    return (unicodedata.category(char) in _UNPRINTABLE and char not in _LAYOUT) or ord(char) in _TAGS


def _read_many(raw: object, declared: ValueType, vocabulary: Vocabulary, zone: str | None) -> Value | Refusal:
    items = raw if isinstance(raw, list) else _split(raw, declared)
    one = ValueType(name=declared.name, choices=declared.choices)
    found: list[Scalar] = []
    for item in items:
        value = read_value(item, one, vocabulary, zone)
        if isinstance(value, Refusal):
            return value
        if value is None or isinstance(value, tuple):
            return Refusal("wrong-type", "列表里不能有空值", help="整项为空时写 null，未知时删去这一项")
        found.append(value)
    return tuple(found)


def _split(raw: object, declared: ValueType) -> list[object]:
    """A single value for a list: names may be joined by 、 as in a sentence."""
    if isinstance(raw, str) and declared.name in ("枚举", "机关") and raw not in declared.choices:
        return [Plain(piece.strip()) for piece in raw.split("、")]
    return [raw]


def _wrong(raw: object, declared: ValueType, expected: str, help_text: str = "") -> Refusal:
    return Refusal("wrong-type", f"此处应是「{declared.name}」，现为{named(raw)}", expected=expected, help=help_text)


def _number(raw: object, declared: ValueType, _vocabulary: Vocabulary, _zone: str | None) -> Scalar | Refusal:
    if isinstance(raw, Plain):
        form = _NUMBER.fullmatch(raw)
        if form is None:
            return _wrong(raw, declared, "如 12 或 3.5", "只写数字，不带单位和分隔符")
        raw = _parsed_number(raw, whole=not form["rest"])
    if isinstance(raw, Decimal):
        usable = raw.is_finite() and abs(raw.adjusted()) <= _LARGEST_EXPONENT
        return raw if usable else Refusal("number-too-large", f"数{named(raw)}超出可用范围")
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    looks_numeric = isinstance(raw, str) and _NUMBER.fullmatch(raw)
    return _wrong(raw, declared, "如 12 或 3.5", "去掉引号" if looks_numeric else "")


def _parsed_number(text: str, whole: bool) -> int | Decimal:
    try:
        return int(text) if whole else Decimal(text)
    except (ValueError, InvalidOperation):  # int() refuses more than 4,300 digits
        return Decimal("Infinity")


def _date(raw: object, _declared: ValueType, _vocabulary: Vocabulary, zone: str | None) -> Scalar | Refusal:
    moment = read_moment(raw, zone)
    return moment if isinstance(moment, Refusal) else moment[0]


def _truth(raw: object, declared: ValueType, _vocabulary: Vocabulary, _zone: str | None) -> Scalar | Refusal:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, Plain) or raw in ("是", "否"):
        value = _TRUTH.get(str(raw))
        if value is not None:
            return value
    return _wrong(raw, declared, "是、否、true、false")


def _period(raw: object, declared: ValueType, _vocabulary: Vocabulary, _zone: str | None) -> Scalar | Refusal:
    period = parse_period(raw) if isinstance(raw, str) and len(raw) <= LONGEST_NAME else None
    if period is not None and any(part.unit is Unit.HOUR for part in period.parts):
        # Only a norm's own words may count hours: a stated period meets extensions and exclusions, which count days.
        return Refusal(
            "hours",
            f"记录里的期间不能以小时计，现为{named(raw)}",
            "如 30日、15个工作日、一个半月",
            "换算成日，或由规范写明小时",
        )
    if period is not None:
        return period
    bare = isinstance(raw, int | Decimal) or (isinstance(raw, Plain) and _NUMBER.fullmatch(raw))
    help_text = f"写明单位，如 {raw}日" if bare and not isinstance(raw, bool) and len(str(raw)) < 10 else ""
    return _wrong(raw, declared, "如 30日、15个工作日、一个半月", help_text)


def _text(raw: object, declared: ValueType, _vocabulary: Vocabulary, _zone: str | None) -> Scalar | Refusal:
    if isinstance(raw, int) and not isinstance(raw, bool) and raw.bit_length() < 64:
        return str(raw)
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw.isoformat()
    if not isinstance(raw, str):
        return _wrong(raw, declared, "文字", "加上引号")
    if len(raw) > LONGEST_TEXT:
        return Refusal("text-too-long", f"文字长 {len(raw)} 字，超过 {LONGEST_TEXT} 字")
    if not raw.isprintable() and (hidden := next(filter(_is_unprintable, raw), None)):
        return Refusal("unprintable", f"{declared.name}含有不可见字符（U+{ord(hidden):04X}）", help="删去不可见字符")
    return str(raw)


def _person(raw: object, declared: ValueType, vocabulary: Vocabulary, zone: str | None) -> Scalar | Refusal:
    text = _text(raw, declared, vocabulary, zone)
    return text if isinstance(text, Refusal) else read_name(text, declared.name)


def _organ(raw: object, declared: ValueType, vocabulary: Vocabulary, _zone: str | None) -> Scalar | Refusal:
    if not isinstance(raw, str):
        return _wrong(raw, declared, "声明过的机关")
    return str(raw) if raw in vocabulary.organs else unknown_word("unknown-organ", "机关", raw, vocabulary.organs)


def _choice(raw: object, declared: ValueType, _vocabulary: Vocabulary, _zone: str | None) -> Scalar | Refusal:
    if isinstance(raw, str) and raw in declared.choices:
        return str(raw)
    near = nearest(raw, declared.choices) if isinstance(raw, str) else None
    return Refusal(
        "unknown-value",
        f"此处不能是{named(raw)}",
        expected="、".join(declared.choices),
        help=f"是不是「{near}」？" if near else "",
    )


_READERS: Final[dict[str, Read]] = {
    "数": _number,
    "日期": _date,
    "是否": _truth,
    "期间": _period,
    "文本": _text,
    "人员": _person,
    "机关": _organ,
    "枚举": _choice,
}
