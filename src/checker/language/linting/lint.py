"""One lint: what it says of itself, the examples it is tried on, and the check."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from checker.model.diagnostic import Diagnostic, Level

if TYPE_CHECKING:
    from checker.language.linting.desk import Desk

STAGE: Final = """规程 《示例规程》
  标识 demo
  效力 示范
  施行 2024-01-01
  期间 次日起算；末日遇休假日顺延；日为自然日
  案结 以 归档 为准

词汇
  机关 政法委、法院
  类型 督办
  行为 登记、审批、归档、催办、通知、受理、复核申请、结果报告
  行为 交办：承办单位 机关，来源 {领导批示、涉法上访}
  行为 办结：说明 文本
  行为 函告：事项 {定性、证据采信、程序进度}，力度 {了解、建议、决定}
"""
"""The head and the words under every example that has no head of its own."""


class Page(NamedTuple):
    """The prose of a lint: 摘要 依据 判定方法 例外 参数; the examples stand in the lint itself."""

    summary: str
    basis: str
    method: str
    exceptions: str = "没有。"
    parameters: str = "没有。"


class Lint(NamedTuple):
    """One lint.

    ``title`` is one sentence; ``level`` is the gravest its hits have. It must fire on ``bad`` and must not on
    ``good``. ``check`` gives diagnostics without code, and with a level only where it is lighter than ``level``.
    """

    code: str
    title: str
    level: Level
    page: Page
    bad: str
    good: str
    check: Callable[[Desk], Iterator[Diagnostic]]


def staged(example: str) -> tuple[str, ...]:
    """The example as whole packs: each 规程 in it begins one, and one without stands under the stage."""
    if not example.startswith("规程"):
        return (f"{STAGE}\n{example}",)
    return tuple(f"规程{part}" for part in re.split(r"^规程", example, flags=re.MULTILINE)[1:])
