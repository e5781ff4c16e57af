"""A mapping file (台账.对照.yaml) to a :class:`LedgerMapping`, with everything that is wrong with it."""

from collections.abc import Iterator, Mapping
from pathlib import Path as FilePath
from typing import BinaryIO, Final

from checker.calendars.unreadable import reason
from checker.cases.fields import Fields, as_list, structural, truth
from checker.cases.ledger.confirmation import settled
from checker.cases.ledger.mapping import EventColumns, FromColumn, Given, LedgerMapping, SheetMapping
from checker.cases.problems import BadCase, Path, Problems, Refusal, named, unread
from checker.cases.record import RawRecord
from checker.cases.yaml_documents import read_documents
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.place import Place

TOP: Final = {"source": "来源", "confirmed": "已确认", "digest": "确认时的摘要", "sheets": "表", "organs": "机关对照"}
SOURCE: Final = {"ledger": "台账", "headers": "表头"}
SHEET: Final = {
    "sheet": "工作表",
    "read": "读取",
    "form": "形式",
    "header_rows": "表头行",
    "case": "案件",
    "kind": "类型",
    "case_attributes": "案件属性",
    "events": "事件",
    "act": "行为",
    "acts": "行为对照",
    "date": "日期",
    "actor": "主体",
    "attributes": "属性",
    "covers": "涵盖",
    "ordered": "有序",
    "one_row": "每案一行",
    "not_before": "不早于",
    "ignore": "忽略",
    "parties": "当事人列",
    "unmapped": "未对照",
}
EVENT: Final = {"act": "行为", "date": "日期", "actor": "主体", "attributes": "属性"}
COLUMN: Final = {"column": "列", "unit": "单位", "values": "值"}
FORMS: Final = {"case": "一行一案", "event": "一行一事件"}
UNDECIDED: Final = "待定"


def is_ledger_mapping(data: object) -> bool:
    """Whether the content of a mapping file is one of a ledger, and not one of an event table."""
    return isinstance(data, dict) and bool({"表", "sheets", "来源", "source"} & {str(key) for key in data})


def read_mapping(path: str) -> LedgerMapping:
    """The mapping in a file; DataError with every problem if it cannot be used."""
    try:
        with FilePath(path).open("rb") as stream:
            return mapping_in(stream, path)
    except OSError as error:
        missing = Refusal("no-such-file", f"打不开文件「{path}」：{reason(error)}")
        raise DataError(_alone(unread(missing, Place(file=path)).diagnostics)) from error


def mapping_in(stream: BinaryIO, path: str) -> LedgerMapping:
    """The mapping in an open file; DataError with every problem if it cannot be used."""
    records = list(read_documents(stream, path))
    if len(records) != 1:
        raise DataError(_alone(unread(Refusal("wrong-shape", "对照文件应只有一份内容"), Place(file=path)).diagnostics))
    record = records[0]
    if isinstance(record, BadCase):
        raise DataError(_alone(record.diagnostics))
    return usable_mapping(record, path)


def usable_mapping(record: RawRecord, path: str) -> LedgerMapping:
    """The mapping that a document is; DataError with every problem if it cannot be used."""
    problems = Problems(record.locate)
    mapping = mapping_of(record, path, problems)
    if problems.total:
        raise DataError(_alone(problems.all()))
    return mapping


def _alone(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Without the word that the rest goes on: nothing does without the mapping."""
    return tuple(diagnostic.model_copy(update={"meanwhile": ""}) for diagnostic in diagnostics)


def mapping_of(record: RawRecord, path: str, problems: Problems) -> LedgerMapping:
    """The mapping that a document is; what cannot be used is among the problems."""
    given = _fields(record.data, TOP, (), problems, "对照文件")
    source = _under(given, "source", SOURCE, problems, "来源")
    headers = _headers(source, problems)
    raw, at = given.get("sheets", ([], ()))
    sheets = [_sheet(item, (*at, n), headers, problems) for n, item in enumerate(as_list(raw))]
    mapping = LedgerMapping(
        file=path,
        ledger=str(source.get("ledger", ("", ()))[0]),
        confirmed=_flag(given, "confirmed", TOP, problems) or False,
        sheets=tuple(sheet for sheet in sheets if sheet is not None),
        organs=_words(given, "organs", problems),
        places=dict(_places(record)),
    )
    return settled(mapping, str(given["digest"][0]) if "digest" in given else None)


def _places(record: RawRecord) -> Iterator[tuple[str, tuple[int, int]]]:
    def walk(value: object, path: Path) -> Iterator[tuple[str, tuple[int, int]]]:
        place = record.locate(path)
        yield ".".join(map(str, path)), (place.line or 1, place.column or 1)
        items: Iterator[tuple[str | int, object]] = iter(())
        if isinstance(value, dict):
            items = iter((str(key), under) for key, under in value.items())
        elif isinstance(value, list):
            items = iter(enumerate(value))
        for key, under in items:
            yield from walk(under, (*path, key))

    return walk(record.data, ())


def _fields(raw: object, table: Mapping[str, str], at: Path, problems: Problems, what: str) -> Fields:
    if isinstance(raw, dict):
        return structural(raw, table, at, problems, what)
    problems.add(Refusal("wrong-shape", f"{what}应是一组「项: 值」，现为{named(raw)}"), at, raw)
    return {}


def _under(given: Fields, key: str, table: Mapping[str, str], problems: Problems, what: str) -> Fields:
    if key not in given:
        return {}
    raw, at = given[key]
    return _fields(raw, table, at, problems, what)


def _headers(source: Fields, problems: Problems) -> dict[str, tuple[str, ...]]:
    raw, at = source.get("headers", ({}, ()))
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"表头应是一组「工作表: [列名]」，现为{named(raw)}"), at, raw)
        return {}
    return {str(title): tuple(map(str, as_list(names))) for title, names in raw.items()}


def _sheet(raw: object, at: Path, headers: Mapping[str, tuple[str, ...]], problems: Problems) -> SheetMapping | None:
    given = _fields(raw, SHEET, at, problems, "表的一项")
    if "sheet" not in given:
        problems.add(Refusal("missing-key", "表的一项没有写是哪张工作表", expected="sheet（工作表）"), at)
        return None
    title = str(given["sheet"][0])
    form = _form(given, problems)
    return SheetMapping(
        title=title,
        read=_decided(given, problems),
        form="event" if form == "event" else "case",
        header=headers.get(title, ()),
        header_rows=_rows(given, problems),
        case=_text(given, "case", problems),
        kind=_given(given, "kind", problems),
        case_attributes=_attributes(given, "case_attributes", problems),
        events=_events(given, form, problems),
        act=_text(given, "act", problems),
        acts=_words(given, "acts", problems),
        covers=_names(given, "covers"),
        ordered=_flag(given, "ordered", SHEET, problems) or False,
        one_row=_flag(given, "one_row", SHEET, problems) or False,
        not_before=_acts_before(given, problems),
        ignored=_names(given, "ignore"),
        parties=_names(given, "parties"),
        unmapped=_names(given, "unmapped"),
    )


def _form(given: Fields, problems: Problems) -> str:
    raw, at = given.get("form", ("case", ()))
    found = next((form for form, alias in FORMS.items() if raw in (form, alias)), None)
    if found is None:
        problems.add(Refusal("wrong-type", f"形式不能是{named(raw)}", expected="、".join(FORMS.values())), at, raw)
    return found or "case"


def _decided(given: Fields, problems: Problems) -> bool | None:
    if "read" not in given or str(given["read"][0]) in (UNDECIDED, "undecided"):
        return None
    return _flag(given, "read", SHEET, problems, f"「是」「否」或「{UNDECIDED}」")


def _flag(
    given: Fields, key: str, table: Mapping[str, str], problems: Problems, expected: str = "「是」或「否」"
) -> bool | None:
    if key not in given:
        return None
    raw, at = given[key]
    value = truth(raw)
    if value is None:
        problems.add(Refusal("wrong-type", f"{table[key]}应是{expected}，现为{named(raw)}"), at, raw)
    return value


def _rows(given: Fields, problems: Problems) -> tuple[int, ...]:
    raw, at = given.get("header_rows", ([], ()))
    found = [int(str(item)) for item in as_list(raw) if str(item).isdecimal() and int(str(item)) > 0]
    if len(found) < len(as_list(raw)) or found != list(range(found[0], found[0] + len(found)) if found else []):
        problems.add(Refusal("wrong-type", f"表头行应是相连的行号，如 [3, 4]，现为{named(str(raw))}"), at, raw)
        return ()
    return tuple(found)


def _text(given: Fields, key: str, problems: Problems) -> str | None:
    if key not in given:
        return None
    raw, at = given[key]
    if not isinstance(raw, str):
        problems.add(Refusal("wrong-type", f"{SHEET[key]}应是列名，现为{named(raw)}"), at, raw)
        return None
    return str(raw)


def _names(given: Fields, key: str) -> tuple[str, ...]:
    return tuple(map(str, as_list(given[key][0]))) if key in given else ()


def _words(given: Fields, key: str, problems: Problems) -> dict[str, str | None]:
    if key not in given:
        return {}
    raw, at = given[key]
    if isinstance(raw, dict) and all(value is None or isinstance(value, str) for value in raw.values()):
        return {str(word): None if value is None else str(value) for word, value in raw.items()}
    problems.add(Refusal("wrong-shape", f"{at[-1]}应是一组「名称: 名称」，现为{named(raw)}"), at, raw)
    return {}


def _acts_before(given: Fields, problems: Problems) -> dict[str, tuple[str, ...]]:
    raw, at = given.get("not_before", ({}, ()))
    if isinstance(raw, dict):
        return {str(act): tuple(map(str, as_list(of))) for act, of in raw.items()}
    problems.add(Refusal("wrong-shape", f"不早于应是一组「行为: [行为]」，现为{named(raw)}"), at, raw)
    return {}


def _given(given: Fields, key: str, problems: Problems) -> Given | None:
    return _one(*given[key], problems) if key in given else None


def _one(raw: object, at: Path, problems: Problems) -> Given | None:
    if isinstance(raw, str) or raw is None:
        return None if raw is None else str(raw)
    given = _fields(raw, COLUMN, at, problems, f"「{at[-1]}」")
    if "column" not in given:
        wanted = Refusal("missing-key", f"「{at[-1]}」没有写取自哪一列", expected="{列: 列名}，或者直接写一个值")
        problems.add(wanted, at, raw)
        return None
    unit = given.get("unit")
    return FromColumn(
        column=str(given["column"][0]),
        unit=None if unit is None else str(unit[0]),
        values=_words(given, "values", problems),
    )


def _attributes(given: Fields, key: str, problems: Problems) -> dict[str, Given]:
    raw, at = given.get(key, ({}, ()))
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"{at[-1]}应是一组「属性: 列」，现为{named(raw)}"), at, raw)
        return {}
    found = {str(name): _one(value, (*at, str(name)), problems) for name, value in raw.items()}
    return {name: one for name, one in found.items() if one is not None}


def _events(given: Fields, form: str, problems: Problems) -> tuple[EventColumns, ...]:
    if form == "event":
        date = _text(given, "date", problems)
        return (_event(given, None, date, problems),)
    raw, at = given.get("events", ([], ()))
    found: list[EventColumns] = []
    for n, item in enumerate(as_list(raw)):
        fields = _fields(item, EVENT, (*at, n), problems, "事件的一项")
        if "date" not in fields:
            lacking = Refusal("missing-key", "事件没有写日期在哪一列", expected="date（日期）")
            problems.add(lacking, (*at, n))
            continue
        found.append(_event(fields, _text(fields, "act", problems), _text(fields, "date", problems), problems))
    return tuple(found)


def _event(given: Fields, act: str | None, date: str | None, problems: Problems) -> EventColumns:
    return EventColumns(
        act=act,
        date=date,
        actor=_given(given, "actor", problems),
        attributes=_attributes(given, "attributes", problems),
    )
