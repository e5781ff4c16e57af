"""A mapping as the file that a person reads, corrects and confirms: Chinese keys, a comment where one is needed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from checker.cases.ledger.confirmation import digest_of
from checker.cases.ledger.mapping import PASSED, EventColumns, FromColumn, Given, LedgerMapping, SheetMapping
from checker.cases.ledger.mapping_yaml import FORMS, UNDECIDED

Comments = Mapping[tuple[str, ...], str]
"""By sheet and part: (``台账``, ``案件``), (``台账``, ``事件``, ``交办日期``), (``机关对照``, ``市法院``)."""

_PLAIN: Final = re.compile(r"[\w\u3400-\u9fff〔〕（）《》／、·㈠-㊿.()/+-]+(?: [\w\u3400-\u9fff（）()]+)*")
_CONFIRMED: Final = re.compile(r"^(?:已确认|confirmed)[ \t]*:.*$", re.MULTILINE)
_DIGESTED: Final = re.compile(r"^(?:确认时的摘要|digest)[ \t]*:.*(?:\n|\Z)", re.MULTILINE)
_DIGEST: Final = "确认时的摘要"
_WORDS: Final = ("null", "Null", "NULL", "true", "false")
_HEAD: Final = (
    "# 台账的对照：哪一列是什么。由「checker intake」按表头、内容和规则包提出，请逐项核对、修改。",
    "# 核对无误后运行「checker intake 台账 --rules 规则包 --confirm」；没有确认的，「checker check」不读这份台账。",
    "# 「事件」里的一列日期，空格子是「没有这一行为的记录」；台账本来就不记的行为，从「涵盖」里删去。",
)


def mapping_text(mapping: LedgerMapping, comments: Comments) -> str:
    """The file."""
    return "\n".join([*_HEAD, *_lines(mapping, comments)]) + "\n"


def scalar(text: str) -> str:
    """A text as YAML reads it back: as it is where nothing in it has a meaning there."""
    plain = _PLAIN.fullmatch(text) and text not in _WORDS and text.isprintable() and text[0] not in "-"
    return text if plain else f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    """A character between double quotes; what does not show, or not everywhere, by its number."""
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() and ord(char) < 0x10000 else f"\\U{ord(char):08X}"


def _lines(mapping: LedgerMapping, comments: Comments) -> Iterator[str]:
    yield "来源:"
    yield f"  台账: {scalar(mapping.ledger)}"
    yield "  表头:  # 这份对照是给这样的表头用的；同一文件夹里表头相同的台账也用它"
    for sheet in mapping.sheets:
        yield f"    {scalar(sheet.title)}: {_list(sheet.header)}"
    yield f"已确认: {_truth(mapping.confirmed)}"
    yield from [f"{_DIGEST}: {scalar(digest_of(mapping))}"] if mapping.confirmed else []
    yield "表:"
    for sheet in mapping.sheets:
        yield from _sheet(sheet, comments)
    if mapping.organs:
        yield "机关对照:  # 台账上的写法: 声明过的机关；空着的，这个名称按不知道处理"
        for name, organ in mapping.organs.items():
            yield f"  {scalar(name)}: {_or_blank(organ)}{_comment(comments, '机关对照', name)}".rstrip()


def _sheet(sheet: SheetMapping, comments: Comments) -> Iterator[str]:
    def told(*part: str) -> str:
        return _comment(comments, sheet.title, *part)

    yield f"- 工作表: {scalar(sheet.title)}{told('工作表')}"
    yield f"  读取: {UNDECIDED if sheet.read is None else _truth(sheet.read)}{told('读取')}"
    if sheet.read is False or not sheet.header:
        return
    yield f"  形式: {FORMS[sheet.form]}{told('形式')}"
    yield f"  表头行: [{', '.join(map(str, sheet.header_rows))}]"
    yield f"  案件: {_or_blank(sheet.case)}{told('案件')}".rstrip()
    yield f"  类型: {'' if sheet.kind is None else _given(sheet.kind)}{told('类型')}".rstrip()
    yield from _attributes(sheet.case_attributes, "  ", "案件属性", sheet.title, comments)
    yield from _wide(sheet, comments) if sheet.form == "case" else _long(sheet, comments)
    if sheet.not_before:
        yield f"  不早于:{told('不早于')}"
        yield from (f"    {scalar(act)}: {_list(of)}" for act, of in sheet.not_before.items())
    for key, names in (("忽略", sheet.ignored), ("当事人列", sheet.parties), ("未对照", sheet.unmapped)):
        yield from _columns(key, names, sheet.title, comments)
    yield f"  涵盖: {_list(sheet.covers)}{told('涵盖')}"
    yield f"  有序: {_truth(sheet.ordered)}{told('有序')}"
    yield from ["  每案一行: 是"] if sheet.one_row else []


def _wide(sheet: SheetMapping, comments: Comments) -> Iterator[str]:
    if sheet.events:
        yield "  事件:"
    for event in sheet.events:
        yield f"  - 行为: {_or_blank(event.act)}{_comment(comments, sheet.title, '事件', event.date or '')}".rstrip()
        yield f"    日期: {_or_blank(event.date)}".rstrip()
        yield from _doing(event, "    ", sheet.title, comments)


def _long(sheet: SheetMapping, comments: Comments) -> Iterator[str]:
    event = sheet.events[0]
    yield f"  日期: {_or_blank(event.date)}{_comment(comments, sheet.title, '日期')}".rstrip()
    yield f"  行为: {_or_blank(sheet.act)}{_comment(comments, sheet.title, '行为')}".rstrip()
    yield from _doing(event, "  ", sheet.title, comments)
    if sheet.acts:
        yield f"  行为对照:  # 这一列的写法: 声明过的行为；不要读的写「{PASSED}」"
        for word, act in sheet.acts.items():
            yield f"    {scalar(word)}: {_or_blank(act)}{_comment(comments, sheet.title, '行为对照', word)}".rstrip()


def _doing(event: EventColumns, margin: str, title: str, comments: Comments) -> Iterator[str]:
    told = _comment(comments, title, "主体", event.act or "")
    actor = "" if event.actor is None else _given(event.actor)
    if actor or told:
        yield f"{margin}主体: {actor}{told}".rstrip()
    yield from _attributes(event.attributes, margin, "属性", title, comments)


def _attributes(found: Mapping[str, Given], margin: str, key: str, title: str, comments: Comments) -> Iterator[str]:
    if found:
        yield f"{margin}{key}:"
    for name, one in found.items():
        told = _comment(comments, title, key, name)
        if isinstance(one, FromColumn) and one.values:
            yield f"{margin}  {scalar(name)}:{told}"
            yield f"{margin}    列: {scalar(one.column)}"
            yield from [f"{margin}    单位: {scalar(one.unit)}"] if one.unit else []
            yield f"{margin}    值:  # 台账上的写法: 声明过的取值；空着的按不知道处理"
            for word, value in one.values.items():
                told = _comment(comments, title, "值", word)
                yield f"{margin}      {scalar(word)}: {_or_blank(value)}{told}".rstrip()
        else:
            yield f"{margin}  {scalar(name)}: {_given(one)}{told}"


def _columns(key: str, names: Sequence[str], title: str, comments: Comments) -> Iterator[str]:
    """Each column that is not read, on a line of its own where something is to be said of one."""
    told = {name: _comment(comments, title, key, name) for name in names}
    if not any(told.values()):
        yield f"  {key}: {_list(names)}{_comment(comments, title, key)}"
        return
    yield f"  {key}:{_comment(comments, title, key)}"
    yield from (f"  - {scalar(name)}{said}" for name, said in told.items())


def _given(one: Given) -> str:
    if not isinstance(one, FromColumn):
        return scalar(one)
    unit = f", 单位: {scalar(one.unit)}" if one.unit else ""
    return f"{{列: {scalar(one.column)}{unit}}}"


def _list(names: Sequence[str]) -> str:
    return f"[{', '.join(map(scalar, names))}]"


def _truth(value: bool) -> str:
    return "是" if value else "否"


def _or_blank(text: str | None) -> str:
    return "" if text is None else scalar(text)


def _comment(comments: Comments, *part: str) -> str:
    said = comments.get(part)
    safe = "".join(char if char.isprintable() else " " for char in said or "")
    return f"  # {' '.join(safe.split())}" if safe else ""


def confirmed_text(text: str, mapping: LedgerMapping) -> str:
    """The text of a mapping file with the word of a person that it was reviewed; everything else stays.

    ``mapping`` is what the text says, of which a digest is kept.
    """
    lines = f"已确认: {_truth(True)}\n{_DIGEST}: {scalar(digest_of(mapping))}"
    rest = _DIGESTED.sub("", text)
    if _CONFIRMED.search(rest):
        return _CONFIRMED.sub(lambda _: lines, rest, count=1)
    return f"{rest.rstrip()}\n{lines}\n"
