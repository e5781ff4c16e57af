"""To whom a letter goes: to organs, never to a person."""

from typing import Final, NamedTuple

from checker.model.vocabulary import Vocabulary

SUPERVISOR: Final = "政法委"
_UNKNOWN: Final = "（责任机关待核）"


class Addressee(NamedTuple):
    """An organ, or several that owe a duty together. ``is_own``: the supervisor itself, who is supervised first."""

    name: str
    is_own: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether the record does not say which organ it is."""
        return self.name == _UNKNOWN

    @property
    def order(self) -> int:
        """The supervisor first, the unknown last."""
        return 0 if self.is_own else 2 if self.is_unknown else 1


UNKNOWN: Final = Addressee(_UNKNOWN)


def addressee_of(bearer: str | None, vocabulary: Vocabulary) -> Addressee:
    """Who is written to about a duty of this bearer: its organs; persons among them are left out."""
    names = [name for name in (bearer or "").split("、") if name in vocabulary.organs]
    if not names:
        return UNKNOWN
    return Addressee("、".join(names), all(vocabulary.organ_is(name, SUPERVISOR) is True for name in names))
