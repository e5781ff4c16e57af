"""JSON Lines: one case a line, in constant memory; a broken line spoils only itself."""

from collections.abc import Iterator
from typing import BinaryIO

from checker.cases.decoding import LARGEST, decode, encoding_of
from checker.cases.formats import Setup
from checker.cases.json_text import offset_of, parse
from checker.cases.problems import BadCase, Path, Refusal, quoted, unread
from checker.cases.record import RawRecord
from checker.model.place import Place


def read(stream: BinaryIO, name: str, setup: Setup) -> Iterator[RawRecord | BadCase]:  # noqa: ARG001
    """The cases of a stream of lines; blank lines are passed over."""
    empty = True
    for number, line in _lines(stream):
        record = read_line(line, number, name)
        if record is not None:
            empty = False
            yield record
    if empty:
        yield unread(Refusal("empty-file", "文件里没有案件"), Place(file=name, line=1))


def read_line(data: bytes | str, number: int | None, name: str) -> RawRecord | BadCase | None:
    """One line's case; None if the line is blank. ``number`` None: which line it is, is not known."""
    text = decode(data, "utf-8") if isinstance(data, bytes) else data
    if isinstance(text, Refusal):
        return unread(text, Place(file=name, line=number))
    if not text or text.isspace():
        return None
    value, offset = parse(text)
    if isinstance(value, Refusal):
        column = None if offset is None else offset + 1
        return unread(value, Place(file=name, line=number, column=column), quoted(text.strip()))
    here = Place.model_construct(file=name, line=number, column=None, sheet=None, cell=None)

    def locate(path: Path) -> Place:
        return Place(file=name, line=number, column=offset_of(text, path) + 1) if path else here

    return RawRecord(value, locate, lambda count: [here] * count)


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | str]]:
    """Numbered lines. UTF-16 has no byte that ends a line, so such a stream is decoded as a whole."""
    first = stream.readline(LARGEST + 1)
    encoding = encoding_of(first)
    if encoding == "utf-16":
        text = decode(first + stream.read(LARGEST + 1), encoding)
        lines = [text] if isinstance(text, Refusal) else text.split("\n")
        yield from enumerate((line if isinstance(line, str) else first for line in lines), 1)
        return
    number, line = 1, first.removeprefix(b"\xef\xbb\xbf")
    while line or number == 1:
        yield number, line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = stream.readline(LARGEST + 1) or b"\n"  # the rest of a line already refused
        number, line = number + 1, stream.readline(LARGEST + 1)
