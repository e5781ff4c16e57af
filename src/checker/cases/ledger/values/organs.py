"""Names of organs: matched as written or through a register of other names, never by likeness."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from checker.cases.ledger.grid import shown
from checker.cases.ledger.values.absent import no_value
from checker.cases.ledger.values.characters import compact
from checker.cases.problems import Refusal, named
from checker.model.vocabulary import Vocabulary

_SEVERAL: Final = re.compile(r"[、,;/\n]")
_BRACKETS: Final = str.maketrans("[]【】〔〕", "()()()")
_EXPECTED: Final = "词汇或机关登记里的名称"


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Names of organs, made alike, to the names that rules use. Built once a run, so compared by identity."""

    names: Mapping[str, str]


def register(vocabulary: Vocabulary, aliases: Mapping[str, str]) -> Register:
    """The declared organs (kinds and instances), and other names for them; unusable ones are left out.

    ``wrong_aliases`` says which these are.
    """
    names = {_alike(name): name for name in vocabulary.organs}
    for alias, name in aliases.items():
        if _alike(name) in names:
            names.setdefault(_alike(alias), names[_alike(name)])
    return Register(names)


def wrong_aliases(vocabulary: Vocabulary, aliases: Mapping[str, str]) -> dict[str, Refusal]:
    """Other names that cannot be used, and why: they lead to nothing declared, or to two organs."""
    found = {_alike(name): name for name in vocabulary.organs}
    wrong = {}
    for alias, name in aliases.items():
        goal = found.get(_alike(name))
        earlier = found.setdefault(_alike(alias), goal or "")
        if goal is None:
            wrong[alias] = _unknown(name, register(vocabulary, {}))
        elif earlier not in ("", goal):
            wrong[alias] = Refusal("two-organs", f"别名{named(alias)}已经指「{earlier}」，不能又指「{goal}」")
    return wrong


def read_organ(raw: object, known: Register) -> str | Refusal:
    """The organ as rules name it. A name that is only like a known one is refused, with what it is like."""
    refusal = no_value(raw, "机关名称")
    if refusal is not None:
        return refusal
    if not isinstance(raw, str):
        return Refusal("bad-organ", f"{named(shown(raw))}不是机关名称", _EXPECTED)
    return known.names.get(_alike(raw)) or _unknown(raw, known)


def read_organs(raw: object, known: Register) -> tuple[str, ...] | Refusal:
    """All organs of a cell that may name several: 法院、检察院. One that is not known spoils the cell."""
    whole = read_organ(raw, known)
    if isinstance(whole, str):
        return (whole,)
    pieces = [piece for piece in _SEVERAL.split(_cut(raw)) if piece.strip()] if isinstance(raw, str) else []
    if whole.code != "unknown-organ" or len(pieces) < 2:
        return whole
    found = [read_organ(piece, known) for piece in pieces]
    wrong = next((one for one in found if isinstance(one, Refusal)), None)
    return wrong or tuple(dict.fromkeys(one for one in found if isinstance(one, str)))


def _cut(text: str) -> str:
    """Line ends are kept as such, since they part names; blanks do not."""
    return "\n".join(compact(line) for line in text.splitlines())


def _alike(name: str) -> str:
    return compact(name).translate(_BRACKETS)


def _unknown(name: str, known: Register) -> Refusal:
    near = _near(_alike(name)[:60], known)
    return Refusal(
        "unknown-organ",
        f"机关{named(name)}没有登记",
        expected=_EXPECTED,
        help=f"是不是「{'」或「'.join(near)}」？是的话，在机关登记里加一个别名" if near else "在机关登记里加上它",
    )


@lru_cache(maxsize=1024)
def _near(name: str, known: Register) -> tuple[str, ...]:
    """Up to three: those that the name shortens (虎林法院 of 虎林市人民法院), then those like it in letters."""
    import difflib

    shortened = [full for alike, full in known.names.items() if _is_within(name, alike)]
    alike = difflib.get_close_matches(name, known.names, n=3, cutoff=0.6)
    return tuple(dict.fromkeys([*sorted(shortened, key=len), *(known.names[one] for one in alike)]))[:3]


def _is_within(short: str, full: str) -> bool:
    """Every character of the shorter one, in order."""
    rest = iter(full)
    return len(short) >= 2 and all(char in rest for char in short)
