"""Yes and no, as ledgers tick them."""

from typing import Final

from checker.cases.ledger.grid import shown
from checker.cases.ledger.values.absent import no_value
from checker.cases.ledger.values.characters import compact
from checker.cases.problems import Refusal, named

_YES: Final = frozenset(["是", "有", "√", "✓", "✔", "☑", "TRUE", "true", "True", "已"])
_NO: Final = frozenset(["否", "无", "没有", "×", "✗", "✘", "╳", "FALSE", "false", "False", "未"])
_EXPECTED: Final = "是、否、有、无、√ 或 ×"


def read_truth(raw: object) -> bool | Refusal:
    """Whether the cell says yes. The letters X and x are refused: some tick with them, some cross out."""
    if isinstance(raw, bool):
        return raw
    word = compact(raw) if isinstance(raw, str) else ""
    if word in _YES or word in _NO:
        return word in _YES
    return no_value(raw, _EXPECTED) or Refusal("bad-truth", f"{named(shown(raw))}看不出是「是」还是「否」", _EXPECTED)
