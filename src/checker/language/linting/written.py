"""What a block writes of its own: the lengths of time outside the counting rule."""

from collections.abc import Iterator

from lark.lexer import Token

from checker.language.linting.lengths import Length, length_of
from checker.language.syntax import Branch, branches, leaves

_AT_ONCE = ("当场", "当日", "即日", "次日", "日前", "前一日")
"""Words that come to one day, however a norm has to write it."""


def own_periods(tree: Branch) -> Iterator[Token]:
    """The lengths written in a block's clauses; those of 期间 say how to count, those of 每 how often."""
    for line in branches(tree):
        if line.data not in ("counting", "on_period", "cycle") and not _is_table(line):
            yield from (leaf for leaf in leaves(line) if leaf.type == "PERIOD")


def own_lengths(tree: Branch, quoted: str) -> Iterator[tuple[Token, Length]]:
    """The same with their lengths; a day is left out where the quotation says 当场, 次日 and the like."""
    for token in own_periods(tree):
        length = length_of(str(token))
        if length is not None and not (length.amount == (0, 1, 0) and any(word in quoted for word in _AT_ONCE)):
            yield token, length


def _is_table(line: Branch) -> bool:
    """Whether the clause only hands on a length that the record states (但 期间 为 3个自然日 的，期限为 3日)."""
    if line.data != "exception_when" or branches(line)[-1].data != "replace":
        return False
    written = [length_of(str(leaf)) for leaf in leaves(line) if leaf.type == "PERIOD"]
    return len(written) == 2 and all(one is not None for one in written) and len({o.amount for o in written if o}) == 1
