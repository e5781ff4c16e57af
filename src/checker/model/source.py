"""What a norm, a parameter, a priority or a permission rests on."""

from checker.model.node import Node


class Source(Node):
    """The reference as written, and the words quoted from it (may be empty)."""

    reference: str
    quote: str = ""
