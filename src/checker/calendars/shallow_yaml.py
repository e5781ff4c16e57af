"""YAML as a tree of nodes with their lines, no deeper than any file of ours has reason to be.

The parser in C takes a deep text apart by calling itself and dies of it, so the depth is measured beforehand, on the
flat stream of events.
"""

from typing import Final

import yaml

DEEPEST: Final = 50
"""Levels of lists and mappings in each other."""

TOO_DEEP: Final = f"嵌套超过 {DEEPEST} 层"


class NotYaml(Exception):
    """The text is no YAML, or too deep; ``line`` counts from 1, None where it is not known."""

    def __init__(self, reason: str, line: int | None) -> None:
        """Keep the half sentence that says why, and the line."""
        super().__init__(reason)
        self.reason, self.line = reason, line


def compose(text: str) -> yaml.Node | None:
    """The node tree of the only document, None if there is nothing in it; NotYaml if it cannot be read."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _measure(text, loader)
        node: yaml.Node | None = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = TOO_DEEP if is_too_deep(error) else "不是正确的 YAML，请检查缩进、冒号和引号"
        raise NotYaml(reason, mark.line + 1 if mark else None) from error
    return node


def is_too_deep(error: yaml.YAMLError) -> bool:
    """Whether the parser in C gave up for depth: it reads ahead, and from 6.0.4 on has a bound of its own (1000)."""
    return "nesting depth" in str(getattr(error, "problem", ""))


def _measure(text: str, loader: type[yaml.SafeLoader]) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            mark = event.start_mark
            raise NotYaml(TOO_DEEP, mark.line + 1 if mark else None)
