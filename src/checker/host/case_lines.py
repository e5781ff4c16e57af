"""Cases as JSON Lines, as case records are written."""

import datetime as dt
import json
from decimal import Decimal
from gzip import GzipFile
from typing import IO

import pyarrow as pa

from checker.engines.archive.packing import text_of, unpack
from checker.model.case import Answer, Case, Event
from checker.model.values import Period
from checker.model.vocabulary import Vocabulary


class LineCases:
    """JSON Lines, a case a line."""

    def __init__(self, vocabulary: Vocabulary, file: IO[bytes] | GzipFile) -> None:
        """Written to as the batches come."""
        self._vocabulary, self._file = vocabulary, file

    def add(self, cases: pa.RecordBatch) -> None:
        """Write a batch."""
        lines = (f"{text_of_case(case)}\n" for case in unpack(cases, self._vocabulary))
        self._file.write("".join(lines).encode())


def text_of_case(case: Case) -> str:
    """A case as one line of JSON; reading it gives the same case."""
    given: dict[str, object] = {"case": case.id}
    given |= {} if case.kind is None else {"kind": case.kind}
    given |= {} if case.covers is None else {"covers": sorted(case.covers)}
    given |= {"attributes": dict(case.attributes)} if case.attributes else {}
    given |= {"events": [_event(event) for event in case.events]}
    given |= {"answers": [_answer(answer) for answer in case.answers]} if case.answers else {}
    if case.extent is not None:
        given["extent"] = [case.extent.first] if case.extent.last is None else [case.extent.first, case.extent.last]
    given |= {} if case.ordered else {"ordered": False}
    return _text(given)


def _event(event: Event) -> dict[str, object]:
    moment = event.date if event.date is None or event.time is None else dt.datetime.combine(event.date, event.time)
    given: dict[str, object] = {} if event.id == f"e{event.position}" else {"id": event.id}
    given |= {} if moment is None else {"date": moment}
    given["act"] = event.act
    given |= {} if event.actors is None else {"actor": event.actors}
    given |= {} if event.document is None else {"document": event.document}
    return given | dict(event.attributes)


def _answer(answer: Answer) -> dict[str, object]:
    given: dict[str, object] = {"norm": answer.norm, "event": answer.event, "answer": answer.answer}
    given |= {"by": answer.by} if answer.by else {}
    return given | ({} if answer.date is None else {"date": answer.date})


def _text(value: object) -> str:
    """JSON, its numbers to the last digit."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_text(str(key))}: {_text(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_text, value)) + "]"
        case Decimal():
            return str(value)
        case dt.datetime() | dt.date():
            return f'"{value.isoformat()}"'
        case Period():
            return _text(text_of(value))
        case _:
            return json.dumps(value, ensure_ascii=False)
