"""Where something stands, in words."""

from checker.model.place import Place, Span


def place_text(at: Span | Place | None) -> str:
    """``台账.xlsx 表「督办」单元格 C12``, ``案件.jsonl 第 3 行``; empty where it is not known."""
    if at is None:
        return ""
    if isinstance(at, Span):
        return f"{at.file} 第 {at.line} 行第 {at.column} 列"
    sheet = f" 表「{at.sheet}」" if at.sheet else " " if at.cell else ""
    cell = f"单元格 {at.cell}" if at.cell else ""
    line = f" 第 {at.line} 行" if at.line else ""
    return f"{at.file}{sheet}{cell}{line}"
