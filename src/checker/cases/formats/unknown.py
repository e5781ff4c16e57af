"""Standard input, and files whose suffix says nothing: JSON, JSON Lines, XES, YAML or a workbook, told by its begin."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from checker.cases.decoding import LARGEST, decode, encoding_of
from checker.cases.formats import Setup, csv, json, jsonl_ndjson, xes, yaml_yml
from checker.cases.formats import xlsx_xlsm_xlsb_xls_et_ods as workbooks
from checker.cases.json_text import parse
from checker.cases.problems import BadCase, Refusal
from checker.cases.record import RawRecord
from checker.cases.rewound import rewound
from checker.cases.source import case_suffix

_TEXT: Final = ".txt"
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin, of whatever sort."""


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """A first line that is a whole JSON object opens JSON Lines, any other { or [ JSON, < XES; the rest is YAML.

    A text file (.txt) for which there is a mapping of a ledger is a ledger.
    """
    if case_suffix(name) == _TEXT and csv.is_ledger(name, setup):
        return csv.read(stream, name, setup)
    head: list[bytes] = []
    for line in iter(lambda: stream.readline(LARGEST + 1), b""):
        head.append(line)
        if line.strip() or sum(map(len, head)) > LARGEST:
            break
    text = decode(head[-1], encoding_of(head[0])) if head else ""
    whole = rewound(b"".join(head), stream)
    if head and head[0].startswith(_WORKBOOKS):
        return workbooks.read(whole, name, setup)
    if isinstance(text, str) and isinstance(parse(text)[0], dict):
        return jsonl_ndjson.read(whole, name, setup)
    if isinstance(text, str) and text.lstrip().startswith("<"):
        return xes.read(whole, name, setup)
    if isinstance(text, Refusal) or not text.lstrip().startswith(("{", "[")):
        return yaml_yml.read(whole, name, setup)
    return json.read(whole, name, setup)
