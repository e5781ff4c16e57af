"""The base of every frozen model."""

from pydantic import BaseModel, ConfigDict


class Node(BaseModel):
    """Immutable, closed to unknown fields, compared by value."""

    model_config = ConfigDict(frozen=True, extra="forbid")
