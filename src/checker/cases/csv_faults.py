"""What the CSV reader of the standard library finds wrong, in our own words."""

import csv
from typing import Final

from checker.cases.decoding import LARGEST
from checker.cases.problems import Refusal

_REASONS: Final = {
    "unexpected end of data": "内容在引号里中断",
    "expected after": "引号后面还有别的字",
    "larger than field limit": "有一格的字太多",
    "new-line character": "换行的写法不对",
    "line contains NUL": "含有空字节",
    "line too long": f"有一行超过 {LARGEST // 1024 // 1024} MB",
}


def fault_of(error: csv.Error) -> Refusal:
    """The refusal; with what the reader says, where that is something the user can act on."""
    why = next((f"（{meaning}）" for words, meaning in _REASONS.items() if words in str(error)), "")
    return Refusal("bad-csv", f"从这里起不合 CSV 的写法{why}", help="检查引号是否成对")
