"""The base of every frozen model."""

from typing import Any, Final, Self, TypeVar

from pydantic import BaseModel, ConfigDict


class Node(BaseModel):
    """Immutable, closed to unknown fields, compared by value.

    Validators are built when a model is first made: most runs need few of them, and all of them cost 0.1 s.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """What never changes is its own copy."""
        del memo
        return self


T = TypeVar("T", bound=Node)


def constructed(model: type[T], fields: dict[str, Any]) -> T:
    """A model of all its fields, unchecked: what ``model_construct`` does, without looking for aliases and defaults."""
    made = model.__new__(model)
    _set(made, "__dict__", fields)
    _set(made, "__pydantic_fields_set__", set(fields))
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


_set: Final = object.__setattr__
