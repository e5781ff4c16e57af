"""Cells without a value: blank ones, formulas without a result, errors, words that say that there is none."""

from typing import Final

from checker.cases.ledger.grid import ErrorCell, Formula
from checker.cases.ledger.values.characters import compact, plain_dashes, visible
from checker.cases.problems import Refusal, named

_NOT_YET: Final = (
    *("待定", "未定", "待补", "待补充", "待填", "暂无", "暂缺", "暂未", "待反馈", "未反馈", "未报", "未到期"),
    *("待办", "待办理", "未办理", "尚未办理", "未办结", "尚未办结", "办理中", "正在办理", "在办", "进行中"),
    *("未完成", "尚未完成", "未结", "未结案"),
)
_NONE: Final = ("无", "没有", "不适用", "-", "--", "/", "\\", "N/A", "n/a", "NA", "空")
_NOT_KNOWN: Final = (
    *("不详", "不明", "不清", "不清楚", "未知", "待查", "待核", "待核实", "待确认"),
    *("?", "??", "???"),
)
_MEANINGS: Final = {
    **dict.fromkeys(_NOT_YET, ("not-yet", "表示现在还没有")),
    **dict.fromkeys(_NONE, ("none", "表示没有")),
    **dict.fromkeys(_NOT_KNOWN, ("not-known", "表示不知道")),
}


def is_blank(raw: object) -> bool:
    """Nothing is to be seen in the cell. Formulas without a result and errors are not blank."""
    return raw is None or (isinstance(raw, str) and not visible(raw))


def no_result(raw: object, what: str = "") -> Refusal | None:
    """Why a formula, or an error, gives no value (``what``: 日期); None for any other cell."""
    match raw:
        case Formula():
            return Refusal(
                "formula-without-result",
                "这一格是公式，但文件里没有存下它的结果",
                expected=what,
                help="用 Excel 或 WPS 打开文件，保存一次，再读入",
            )
        case ErrorCell():
            return Refusal("error-cell", f"这一格显示错误「{raw.code}」", what, "改正公式，或直接填写内容")
        case _:
            return None


def no_value(raw: object, what: str) -> Refusal | None:
    """Why the cell gives no value whatever the column holds, or None if it may."""
    if is_blank(raw):
        return Refusal("blank", "这一格是空的", what)
    return _word(raw, what) if isinstance(raw, str) else no_result(raw, what)


def _word(text: str, what: str) -> Refusal | None:
    word = plain_dashes(compact(text)).strip("()[]。.")
    code, meaning = _MEANINGS.get(word, ("", ""))
    return Refusal(code, f"{named(text)}{meaning}{what}", what) if code else None
