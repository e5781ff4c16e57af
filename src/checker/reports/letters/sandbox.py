"""Where templates run: they are data from users and may do nothing but show what they are given."""

import re
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from checker.reports.layout import clean

_FILTERS: Final = ("count", "default", "d", "first", "last", "int", "join", "length", "list", "sort", "unique", "upper")
_TESTS: Final = ("defined", "undefined", "none", "eq", "ne", "lt", "le", "gt", "ge", "odd", "even", "in", "divisibleby")

_DEEPEST: Final = 4
"""Loops within loops; more only serve to keep the program busy."""

_NOT_XML: Final = re.compile("[\ufffe\uffff]")

_REFUSED: Final = (nodes.Macro, nodes.CallBlock, nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends)


_GROWING: Final = (nodes.Concat, nodes.Add, nodes.List, nodes.Tuple, nodes.Dict, nodes.Filter)
"""What makes one value of several."""


class Sandbox(SandboxedEnvironment):
    """Jinja without calls, without strings made long by arithmetic, without other files."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self) -> None:
        """Only what templates of letters need."""
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_finalized)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}
        self._compiled: dict[str, Template] = {}

    def from_string(self, source: str | nodes.Template, *args: Any, **settings: Any) -> Template:  # noqa: ANN401
        """As Jinja's, but a template that many letters are made from is compiled once."""
        if not isinstance(source, str):
            return super().from_string(source, *args, **settings)
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source, *args, **settings)
        return self._compiled[source]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """As Jinja's, refusing what no letter needs."""
        found = super()._parse(source, name, filename)
        for kind in _REFUSED:
            for node in found.find_all(kind):
                raise TemplateSyntaxError("refused tag", node.lineno)
        _refuse_deep(found, 0)
        _refuse_growth(found)
        return found

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401
        """Nothing may be called: the values are texts, numbers and lists."""
        del obj
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401
        """Arithmetic of small numbers only."""
        if operator == "**" or not all(isinstance(one, int) and abs(one) < 10**9 for one in (left, right)):
            raise SecurityError(f"refused operator {operator}")
        return super().call_binop(context, operator, left, right)


def _refuse_deep(node: nodes.Node, depth: int) -> None:
    depth += isinstance(node, nodes.For)
    if depth > _DEEPEST:
        raise TemplateSyntaxError("too deep", getattr(node, "lineno", 1))
    for child in node.iter_child_nodes():
        _refuse_deep(child, depth)


def _refuse_growth(found: nodes.Template) -> None:
    """A text put together and kept, or joined of joined ones, can double itself until there is no memory left."""
    for block in found.find_all(nodes.AssignBlock):
        raise TemplateSyntaxError("kept text", block.lineno)
    for kept in found.find_all(nodes.Assign):
        for node in kept.find_all(_GROWING):
            raise TemplateSyntaxError("kept text", node.lineno)
    for joined in found.find_all(nodes.Filter):
        inner = [*(joined.args or ()), *([] if joined.node is None else [joined.node])] if joined.name == "join" else []
        if any(_is_joined(node) for node in inner):
            raise TemplateSyntaxError("kept text", joined.lineno)


def _is_joined(node: nodes.Node) -> bool:
    """Whether a join stands in it."""
    filters = [node] if isinstance(node, nodes.Filter) else []
    return any(one.name == "join" for one in (*filters, *node.find_all(nodes.Filter)))


def _finalized(value: object) -> object:
    """Text without characters that turn the writing about or that a document cannot hold; nothing but text passes."""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return _NOT_XML.sub("�", clean(value))
    if isinstance(value, str | int | float | Undefined):
        return value  # an undefined one complains by itself as soon as it is written
    raise NoText


class NoText(Exception):
    """A template shows a whole list, or one of its entries, where it has to name what of it."""
