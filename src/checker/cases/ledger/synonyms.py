"""How ledgers write what the vocabulary calls otherwise: the data file of heads and words."""

from functools import cache
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).resolve().parent / "data" / "headers.yaml"


@cache
def synonyms() -> dict[str, dict[str, tuple[str, ...]]]:
    """By part (用途, 行为, 属性, 机关): a word, and the others that mean it, the surest first."""
    import yaml

    raw = yaml.safe_load(_DATA.read_text(encoding="utf-8"))
    return {part: {str(name): tuple(map(str, of)) for name, of in found.items()} for part, found in raw.items()}
