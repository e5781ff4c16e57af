"""What may be claimed of norms: closed questions, each answered by a case or by a proof that there is none."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from checker.drafting.answers import Answer, Witness
from checker.model.finding import Verdict
from checker.model.node import Node


class Reaches(Node):
    """Some instance of the norm gets one of the verdicts. ``version`` None: any version."""

    tag: Literal["reaches"] = "reaches"
    norm: str
    version: str | None = None
    verdicts: tuple[Verdict, ...]


class ClauseMatters(Node):
    """Without the exception at this position of the norm some finding of it would be another."""

    tag: Literal["clause_matters"] = "clause_matters"
    norm: str
    version: str
    position: int


class Unimplied(Node):
    """``weaker`` is violated where ``stronger`` is not; proved: whoever keeps the stronger keeps the weaker."""

    tag: Literal["unimplied"] = "unimplied"
    weaker: str
    stronger: str


class BothKept(Node):
    """Both norms have a finding that is met, and neither one that is a violation."""

    tag: Literal["both_kept"] = "both_kept"
    one: str
    other: str


class DueBeforeAnchor(Node):
    """A period of the norm ends before the day of what opened it."""

    tag: Literal["due_before_anchor"] = "due_before_anchor"
    norm: str


class DoubleBind(Node):
    """A case in which both norms are live and nothing that may still be done keeps both, though each alone could be."""

    tag: Literal["double_bind"] = "double_bind"
    one: str
    other: str


Claim: TypeAlias = Annotated[
    Reaches | ClauseMatters | Unimplied | BothKept | DueBeforeAnchor | DoubleBind, Field(discriminator="tag")
]


class Bind(Node):
    """The answer about a double bind; with a witness also how the case may go on so that one norm is kept."""

    answer: Answer
    keeping_one: Witness | None = None
    keeping_other: Witness | None = None
