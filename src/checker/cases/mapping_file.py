"""The mapping file of an event table (mapping.yaml) to a :class:`Layout`."""

from pathlib import Path as FilePath
from typing import Final
from zoneinfo import ZoneInfo

from checker.calendars.unreadable import reason
from checker.cases.columns import ROLES, Layout
from checker.cases.fields import Fields, as_list, structural, truth
from checker.cases.ledger.mapping import LedgerMapping
from checker.cases.ledger.mapping_yaml import is_ledger_mapping, usable_mapping
from checker.cases.problems import BadCase, Problems, Refusal, named, unread
from checker.cases.record import RawRecord
from checker.cases.yaml_documents import read_documents
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.place import Place

KEYS: Final = {
    "columns": "列",
    "attributes": "属性",
    "case_attributes": "案件属性",
    "acts": "行为",
    "ignore": "忽略",
    "covers": "涵盖",
    "date_format": "日期格式",
    "time_zone": "时区",
    "dates_only": "只取日期",
    "encoding": "编码",
    "delimiter": "分隔符",
    "grouped": "按案连续",
    "ordered": "有序",
}
_MAPPINGS: Final = ("attributes", "case_attributes", "acts")
_LISTS: Final = ("ignore", "covers")
_FLAGS: Final = ("dates_only", "grouped", "ordered")
_TEXTS: Final = ("date_format", "time_zone", "encoding", "delimiter")


def read_mapping_file(path: str) -> Layout | LedgerMapping:
    """What a mapping file gives, of an event table or of a ledger; DataError with every problem if it gives nothing."""
    record = _record(path)
    if is_ledger_mapping(record.data):
        return usable_mapping(record, path)
    return _usable_layout(record)


def read_layout(path: str) -> Layout:
    """The layout that a mapping file gives; DataError with every problem if it cannot be used."""
    return _usable_layout(_record(path))


def _record(path: str) -> RawRecord:
    try:
        with FilePath(path).open("rb") as stream:
            records = list(read_documents(stream, path))
    except OSError as error:
        raise DataError(
            unread(Refusal("no-such-file", f"打不开文件「{path}」：{reason(error)}"), Place(file=path)).diagnostics
        ) from error
    if len(records) != 1:
        many = Refusal("wrong-shape", "对照文件应只有一份内容")
        raise DataError(unread(many, Place(file=path)).diagnostics)
    record = records[0]
    if isinstance(record, BadCase):
        raise DataError(_alone(record.diagnostics))
    return record


def _usable_layout(record: RawRecord) -> Layout:
    problems = Problems(record.locate)
    layout = _layout(record, problems)
    if problems.total:
        raise DataError(_alone(problems.all()))
    return layout


def _alone(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Without the word that the rest goes on: nothing does without the mapping."""
    return tuple(diagnostic.model_copy(update={"meanwhile": ""}) for diagnostic in diagnostics)


def _layout(record: RawRecord, problems: Problems) -> Layout:
    if not isinstance(record.data, dict):
        problems.add(Refusal("wrong-shape", f"对照文件应是一组「项: 值」，现为{named(record.data)}"), ())
        return Layout()
    return layout_of(structural(record.data, KEYS, (), problems, "对照文件"), problems)


def layout_of(given: Fields, problems: Problems) -> Layout:
    """The layout that these settings give, of which others are passed over; an empty one if there are problems."""
    found: dict[str, object] = {"columns": _columns(given, problems)}
    found |= {key: _mapping(given, key, problems) for key in _MAPPINGS if key in given}
    found |= {key: tuple(str(item) for item in as_list(given[key][0])) for key in _LISTS if key in given}
    found |= {key: _flag(given, key, problems) for key in _FLAGS if key in given}
    found |= {key: _text(given, key, problems) for key in _TEXTS if key in given}
    return Layout.model_validate(found) if not problems.total else Layout()


def _columns(given: Fields, problems: Problems) -> dict[str, str]:
    raw, path = given.get("columns", ({}, ()))
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"列应是一组「用途: 列名」，现为{named(raw)}"), path, raw)
        return {}
    fields = structural(raw, ROLES, path, problems, "列")
    return {role: str(column) for role, (column, _) in fields.items()}


def _mapping(given: Fields, key: str, problems: Problems) -> dict[str, str]:
    raw, path = given[key]
    if isinstance(raw, dict) and all(isinstance(value, str) for value in raw.values()):
        return {str(name): str(value) for name, value in raw.items()}
    problems.add(Refusal("wrong-shape", f"{KEYS[key]}应是一组「名称: 名称」，现为{named(raw)}"), path, raw)
    return {}


def _flag(given: Fields, key: str, problems: Problems) -> bool:
    raw, path = given[key]
    value = truth(raw)
    if value is None:
        problems.add(Refusal("wrong-type", f"{KEYS[key]}应是「是」或「否」，现为{named(raw)}"), path, raw)
    return bool(value)


def _text(given: Fields, key: str, problems: Problems) -> str:
    raw, path = given[key]
    refusal = text_refusal(key, raw)
    if refusal:
        problems.add(refusal, path, raw)
    return str(raw)


def text_refusal(key: str, raw: object) -> Refusal | None:
    """Why a text setting cannot be used, if it cannot."""
    if not isinstance(raw, str):
        return Refusal("wrong-type", f"{KEYS[key]}应是文字，现为{named(raw)}")
    try:
        usable = {
            "time_zone": lambda: bool(ZoneInfo(raw)),
            "encoding": lambda: "".encode(raw) is not None,
            "delimiter": lambda: len(raw) == 1,
            "date_format": lambda: "%" in raw,
        }[key]()
    except (LookupError, ValueError, OSError):
        usable = False
    return None if usable else Refusal("bad-setting", f"{KEYS[key]}{named(raw)}不可用")
