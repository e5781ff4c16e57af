"""The structural keys of a case record: the English name, and the Chinese alias that means the same."""

from collections.abc import Mapping
from typing import Final

CASE: Final = {
    "case": "案件",
    "kind": "类型",
    "covers": "涵盖",
    "attributes": "属性",
    "events": "事件",
    "answers": "认定",
    "extent": "起止",
    "ordered": "有序",
    "as_of": "截至",
    "expect": "期望",
    "todo": "待办",
}
EVENT: Final = {"id": "编号", "date": "日期", "act": "行为", "actor": "主体", "document": "文书"}
ANSWER: Final = {"norm": "规范", "event": "事件", "answer": "回答", "by": "认定人", "date": "日期"}
TODO: Final = {"reason": "理由", "until": "截止"}
EXTENT: Final = {"first": "起", "last": "止"}
EXPECT: Final = {
    "norm": "规范",
    "version": "版本",
    "verdict": "结论",
    "category": "类别",
    "severity": "情节",
    "bearer": "责任主体",
    "anchor": "触发",
    "due": "到期",
    "fulfilled_by": "履行",
    "breached_on": "违反日",
    "days": "天数",
    "evidence": "证据",
    "missing": "缺少",
    "provisional": "暂定",
    "explanation": "说明",
}
ARCHIVE: Final = {"archive": "档案", "as_of": "截至", "indicators": "指标"}
FIGURE: Final = {
    "indicator": "指标",
    "total": "合计",
    "undecided": "资料不足",
    "base": "分母",
    "base_undecided": "分母资料不足",
    "uncovered": "未涵盖",
    "periods": "分期",
}


def both_ways(table: Mapping[str, str]) -> dict[str, str]:
    """Every spelling of the keys, English and Chinese, to the English one."""
    return {name: name for name in table} | {alias: name for name, alias in table.items()}


def spellings(table: Mapping[str, str]) -> str:
    """The keys as a message lists them: ``case（案件）、kind（类型）``."""
    return "、".join(f"{name}（{alias}）" for name, alias in table.items())
