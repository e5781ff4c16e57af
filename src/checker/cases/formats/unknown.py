"""Standard input, and files whose suffix says nothing: JSON, JSON Lines or YAML, told by the first characters."""

import io
from collections.abc import Iterator
from typing import BinaryIO

from checker.cases.decoding import LARGEST, decode, encoding_of
from checker.cases.formats import Setup, json, jsonl_ndjson, yaml_yml
from checker.cases.json_text import parse
from checker.cases.problems import BadCase, Refusal
from checker.cases.record import RawRecord


class _Rewound(io.RawIOBase):
    """A stream that gives again what was read from it to sniff."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._head:
            self._head = self._rest.read1(len(buffer)) if hasattr(self._rest, "read1") else self._rest.read(len(buffer))
        part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:
    """A first line that is a whole JSON object opens JSON Lines; any other { or [ opens JSON; the rest is YAML."""
    head: list[bytes] = []
    for line in iter(lambda: stream.readline(LARGEST + 1), b""):
        head.append(line)
        if line.strip():
            break
    text = decode(head[-1], encoding_of(head[0])) if head else ""
    whole = io.BufferedReader(_Rewound(b"".join(head), stream))
    if isinstance(text, str) and isinstance(parse(text)[0], dict):
        return jsonl_ndjson.read(whole, name, setup)
    if isinstance(text, Refusal) or not text.lstrip().startswith(("{", "[")):
        return yaml_yml.read(whole, name, setup)
    return json.read(whole, name, setup)
