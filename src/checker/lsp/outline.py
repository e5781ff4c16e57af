"""The outline of a rule file: its head, its words, its norms and indicators, with what they declare."""

from itertools import pairwise
from typing import NamedTuple

from checker.language.symbols import Kind, Occurrence
from checker.language.syntax import branches, span_of, token
from checker.lsp.view import View
from checker.model.place import Span


class Entry(NamedTuple):
    """A line of the outline: ``span`` is the whole of it, ``name`` the part to show when it is chosen."""

    title: str
    kind: Kind
    span: Span
    name: Span
    below: tuple["Entry", ...] = ()


_WORDS = {"pack": Kind.PACK, "norm": Kind.NORM, "indicator": Kind.INDICATOR}
_LISTED = (Kind.ACT, Kind.ORGAN, Kind.PERSON, Kind.CASE_KIND, Kind.CASE_ATTRIBUTE, Kind.PARAMETER)


def outline(view: View, file: str) -> tuple[Entry, ...]:
    """The blocks of a file in order."""
    parsed = view.files.get(file)
    if parsed is None:
        return ()
    blocks = branches(parsed.tree)
    starts = [span_of(file, block).line for block in blocks]
    found = []
    for block, (start, after) in zip(blocks, pairwise([*starts, len(parsed.lines) + 1]), strict=True):
        last = after - 1
        while last > start and parsed.lines[last - 1].is_blank:
            last -= 1
        span = Span(file=file, line=start, column=1, end_line=last, end_column=len(parsed.lines[last - 1].raw) + 1)
        head = token(block, "TITLE", "NAME")
        name = span_of(file, head) if head is not None else span.model_copy(update={"end_line": start, "end_column": 3})
        title = str(head) if head is not None else "词汇"
        kind = _WORDS.get(str(block.data), Kind.ACT)
        inner = () if block.data in ("norm", "indicator") else _declared(view, span)
        found.append(Entry(title, kind, span, name, inner))
    return tuple(found)


def _declared(view: View, block: Span) -> tuple[Entry, ...]:
    return tuple(
        Entry(one.symbol.name, one.symbol.kind, one.span, one.span)
        for one in view.names
        if one.declares and one.symbol.kind in _LISTED and _inside(one, block)
    )


def _inside(one: Occurrence, block: Span) -> bool:
    return one.span.file == block.file and block.line <= one.span.line <= block.end_line
