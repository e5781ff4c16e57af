"""The sums of a run in lines that add up; the same at the end of the text report and on standard error."""

from collections import Counter
from collections.abc import Mapping

from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES, Verdict
from checker.model.norm import Category
from checker.reports.content import Totals
from checker.reports.layout import table


def sum_lines(totals: Totals) -> list[str]:
    """The summary table."""
    pairs = totals.triggered + totals.untriggered
    instances = sum(totals.verdicts.values())
    rows = [
        ("案件", f"读入 {totals.read}件{_unread(totals)}"),
        ("规范与案件", f"共 {pairs}对：触发 {totals.triggered}对，未触发 {totals.untriggered}对"),
        ("规范实例", f"共 {instances}个：{counts_text(totals.verdicts, zeros=True)}"),
        ("不符合的", f"共 {totals.violations}个：{_categories(totals.categories)}"),
    ]
    return table(rows)


def one_line(totals: Totals) -> str:
    """The summary for standard error."""
    return (
        f"读入 {totals.read}件{_unread(totals)}；规范实例 {sum(totals.verdicts.values())}个："
        f"{counts_text(totals.verdicts, zeros=True)}；"
        f"规范与案件 {totals.triggered + totals.untriggered}对，其中未触发 {totals.untriggered}对。"
    )


def counts_text(verdicts: Counter[Verdict], zeros: bool = False) -> str:
    """``违反 1，逾期未履行 2``."""
    return "，".join(f"{VERDICT_NAMES[v]} {verdicts[v]}" for v in GRAVEST_FIRST if zeros or verdicts[v])


def counts_of(verdicts: Mapping[Verdict, int]) -> str:
    """The same of all eight, zeros too."""
    return counts_text(Counter(verdicts), zeros=True)


def _categories(categories: Counter[Category]) -> str:
    return "，".join(f"{category} {categories[category]}" for category in Category)


def _unread(totals: Totals) -> str:
    words = [f"，未读入 {totals.left_out}处"]
    words += [f"，因程序故障没有结论 {totals.failed}件"] if totals.failed else []
    words += [f"，跳过其他格式的文件 {totals.skipped}个"] if totals.skipped else []
    return "".join(words)
