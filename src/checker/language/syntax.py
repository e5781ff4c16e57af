"""Reading the tree: children by name, spans, and the one way a pass refuses a construct."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

from lark import Tree
from lark.lexer import Token

from checker.model.diagnostic import Diagnostic, Note
from checker.model.place import Span

Branch: TypeAlias = Tree[Token]
Leaf: TypeAlias = Branch | Token


QUOTED = 60
"""The most of a user's text that a message repeats."""


class Refusal(Exception):
    """A construct that cannot be lowered; caught at the clause, so that the next clause is still read."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        """Keep what the drafter is told."""
        self.diagnostic = diagnostic
        super().__init__(diagnostic.message)


def branches(tree: Branch, *names: str) -> list[Branch]:
    """The children that are trees, of these kinds if any are named."""
    return [c for c in tree.children if isinstance(c, Tree) and (not names or c.data in names)]


def branch(tree: Branch, *names: str) -> Branch | None:
    """The first child of these kinds."""
    found = branches(tree, *names)
    return found[0] if found else None


def tokens(tree: Branch, *types: str) -> list[Token]:
    """The children that are words, of these types if any are named."""
    return [c for c in tree.children if isinstance(c, Token) and (not types or c.type in types)]


def token(tree: Branch, *types: str) -> Token | None:
    """The first word of these types."""
    found = tokens(tree, *types)
    return found[0] if found else None


def names(tree: Branch) -> list[Token]:
    """The names among the children."""
    return tokens(tree, "NAME")


def leaves(node: Leaf) -> Iterator[Token]:
    """Every word below, in order of the text; does not recurse, so depth does not matter."""
    stack: list[Leaf] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Token):
            yield current
        else:
            stack.extend(reversed(current.children))


def span_of(file: str, node: Leaf) -> Span:
    """Where the node stands."""
    at = node if isinstance(node, Token) else node.meta
    if not isinstance(node, Token) and node.meta.empty:
        return Span(file=file, line=1, column=1, end_line=1, end_column=1)
    return Span(file=file, line=at.line or 1, column=at.column or 1, end_line=at.end_line or 1,
                end_column=at.end_column or 1)  # fmt: skip


def written(node: Leaf) -> str:
    """The words of the node as a drafter would read them, for quoting."""
    found = " ".join(str(leaf) for leaf in islice(leaves(node), 40))
    return found if len(found) <= QUOTED else found[:QUOTED] + "…"


def refuse(
    file: str, node: Leaf, code: str, message: str, *, help: str = "", expected: str = "", notes: tuple[Note, ...] = ()
) -> Refusal:
    """The refusal of a node, with its place and words."""
    return Refusal(complaint(file, node, code, message, help=help, expected=expected, notes=notes))


def complaint(
    file: str, node: Leaf, code: str, message: str, *, help: str = "", expected: str = "", notes: tuple[Note, ...] = ()
) -> Diagnostic:
    """The error about a node."""
    return Diagnostic(code=code, message=message, at=span_of(file, node), quote=written(node), help=help,
                      expected=expected, notes=notes)  # fmt: skip
