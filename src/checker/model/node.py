"""The base of every frozen model."""

from pydantic import BaseModel, ConfigDict


class Node(BaseModel):
    """Immutable, closed to unknown fields, compared by value.

    Validators are built when a model is first made: most runs need few of them, and all of them cost 0.1 s.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
