"""Small packs for questions: a preamble, and one text of norms each."""

from pathlib import Path

from checker import api
from checker.model.norm import RuleSet

PREAMBLE = """规程 《示范规程》
  标识 demo
  效力 示范
  施行 2024-01-01
  期间 次日起算；末日遇休假日顺延；日为自然日
  案结 以 归档 为准

词汇
  机关 法院、政法委
  行为 交办：来源 {领导批示、上级交办}，承办单位 机关
  行为 审批：结论 {同意、不同意}
  行为 办结、催办、归档、中止、恢复、函告
  行为 延期批准：延长期 期间
  行为 报告：文书 {事实、理由}

"""


def compiled(folder: Path, text: str, name: str = "demo") -> RuleSet:
    """The rule set of the preamble and some norms."""
    file = folder / f"{name}.norm"
    file.write_text(PREAMBLE + text, encoding="utf-8")
    return api.compile_rules((str(file),))[0]
