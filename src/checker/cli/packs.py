"""``--rules A B``: several packs after one option."""

import os
from collections.abc import Sequence
from pathlib import Path

OPTION = "--rules"


def spread_packs(args: Sequence[str]) -> list[str]:
    """The arguments with the option repeated before every pack that follows one.

    What follows counts as a pack only if it cannot be meant as cases: a rule file, a folder with rule files in it, or
    the id of a shipped pack that is no path here.
    """
    found: list[str] = []
    is_open = False
    for n, word in enumerate(args):
        is_value = n > 0 and args[n - 1] == OPTION
        if word == "--":
            return [*found, *args[n:]]
        if is_open and not is_value and not word.startswith("-") and _is_pack(word):
            found.append(OPTION)
        elif not is_value:
            is_open = word == OPTION or word.startswith(f"{OPTION}=")
        found.append(word)
    return found


def _is_pack(word: str) -> bool:
    path = Path(word)
    if os.path.isdir(word):
        return next(path.glob("*.norm"), None) is not None
    if os.path.isfile(word):
        return path.suffix == ".norm"
    from checker.language.packs import shipped_folder

    return len(path.parts) == 1 and os.path.isdir(shipped_folder() / path)
