"""Cases that stand in several ledgers: only the first is read, and what it lacks the others may tell.

Ledgers that grow from month to month lie in one folder; without this a case would be held against what last month's
ledger did not yet know.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from checker.cases.formats import Setup, formats, reader
from checker.cases.problems import BadCase, Refusal, diagnosed, quoted
from checker.cases.record import RawRecord
from checker.cases.source import Missing, Skipped, Source
from checker.model.diagnostic import Level

_WORKBOOKS: Final = "xlsx_xlsm_xlsb_xls_et_ods"
_TEXTS: Final = (".csv", ".tsv", ".txt")


def is_ledger_file(source: Source | Missing | Skipped, setup: Setup) -> bool:
    """Whether the source is a workbook, or a text that a mapping says is a ledger."""
    if not isinstance(source, Source) or not source.is_file:
        return False
    if formats().get(source.suffix) == _WORKBOOKS:
        return True
    from checker.cases.formats.csv import is_ledger

    return source.suffix in _TEXTS and not source.compressed and is_ledger(source.name, setup)


def in_several(found: Sequence[Source | Missing | Skipped], setup: Setup) -> frozenset[str]:
    """The ids that more than one ledger names. One ledger alone is not looked at."""
    ledgers = [one for one in found if isinstance(one, Source) and is_ledger_file(one, setup)]
    seen: set[str] = set()
    again: set[str] = set()
    for source in ledgers if len(ledgers) > 1 else ():
        ids = _ids(source, setup)
        again |= seen & ids
        seen |= ids
    return frozenset(again)


def _ids(source: Source, setup: Setup) -> set[str]:
    try:
        with source.open() as stream:
            records = [one for one in reader(source.suffix)(stream, source.name, setup) if isinstance(one, RawRecord)]
    except OSError:  # whoever reads the source will say so
        return set()
    return {str(one.data["case"]).strip() for one in records if isinstance(one.data, dict) and "case" in one.data}


def held_open(record: RawRecord | BadCase, several: frozenset[str]) -> RawRecord | BadCase:
    """The record; where another ledger has the case too, it covers nothing, and says so."""
    if isinstance(record, BadCase) or not several or not isinstance(record.data, dict):
        return record
    case = str(record.data.get("case", "")).strip()
    if case not in several:
        return record
    refusal = Refusal(
        "in-several-ledgers",
        f"案件「{quoted(case)}」几份台账里都有，只读第一份",
        help="同一案只写在一份台账里，或者只检查最新的一份",
    )
    told = diagnosed(refusal, record.locate(()), case, "这一份里没有的，别的里可能写着，按不知道处理")
    remark = told.model_copy(update={"level": Level.WARNING})
    return replace(record, data={**record.data, "covers": []}, remarks=(*record.remarks, remark))
