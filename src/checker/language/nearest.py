"""Suggestions: the nearest known word, and where a left-out space belongs."""

import difflib
from collections.abc import Collection, Iterable

_LONGEST = 40


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like this one; empty if none is near."""
    found = difflib.get_close_matches(word[:_LONGEST], sorted(set(known)), n=1, cutoff=0.5)
    return found[0] if found else ""


def did_you_mean(word: str, known: Collection[str]) -> str:
    """The help sentence for an unknown word: the missing space, or the nearest word."""
    cut = segment(word, known)
    if cut:
        return missing_space(cut)
    near = nearest(word, known)
    return f"是否指「{near}」？" if near else ""


def missing_space(cut: str) -> str:
    """The help sentence where a space was left out."""
    return f"词与词之间要有空格，可写作「{cut}」。"


def segment(word: str, known: Collection[str]) -> str:
    """The word cut into two or more known words, the fewest possible; empty if it cannot be."""
    if len(word) > _LONGEST:
        return ""
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(end):
            before, piece = best[start], word[start:end]
            if before is not None and piece in known and (best[end] is None or len(before) + 1 < len(best[end] or [])):
                best[end] = [*before, piece]
    cut = best[-1] or []
    return " ".join(cut) if len(cut) > 1 else ""
