"""日 in a pack that does not say what it counts."""

from collections.abc import Iterator
from typing import Final

from lark.lexer import Token

from checker.language.linting.desk import Desk, hit
from checker.language.linting.lint import Lint, Page
from checker.language.linting.written import own_periods
from checker.language.syntax import Branch, branches, names, token, tokens
from checker.model.diagnostic import Diagnostic, Level

_SAID: Final = ("日为自然日", "日为工作日")


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for pack, file, tree in desk.heads:
        if _is_said(tree):
            continue
        blocks = [block for block in desk.blocks if block.pack is pack and not _is_said(block.tree)]
        found = next((str(one) for block in blocks for one in own_periods(block.tree) if _is_open(str(one))), "")
        found = found or next((str(one) for one in _parameters(tree) if _is_open(str(one))), "")
        if found:
            message = f"规程「{pack.id}」写了「{found}」，没有说「日」是自然日还是工作日，现在按自然日数。"
            help = "在规程里加「期间 次日起算；末日遇休假日顺延；日为自然日」，后面引上写明算法的条文。"
            yield hit(file, token(tree, "TITLE") or tree, message, help)


def _is_said(tree: Branch) -> bool:
    items = [item for line in branches(tree, "counting") for item in branches(line)]
    return any(item.data != "count_word" or str(names(item)[0]) in _SAID for item in items)


def _is_open(period: str) -> bool:
    return period.endswith(("日", "天")) and not period.endswith(("工作日", "自然日"))


def _parameters(tree: Branch) -> Iterator[Token]:
    for line in branches(tree, "parameter"):
        yield from tokens(line, "PERIOD")


LINT = Lint(
    code="day-rule",
    title="写了「日」的规程，要说明日是自然日还是工作日。",
    level=Level.WARNING,
    page=Page(
        summary="规程的「期间」没有说「日」怎样数，规范里却写了「5日」一类的期限。",
        basis="同是五日，有的条例指工作日（如《行政复议法》第八十八条第二款），有的指自然日；不写的，程序按自然日数，读的人未必知道。",
        method="规程的「期间」没有「日为自然日」「日为工作日」「…日 为工作日」「…日以内为工作日」的，"
        "看其中的规范和参数有没有写「日」。每个规程列一次。",
        exceptions="写「个工作日」「个自然日」的不受影响；规范自己的「期间」说了的，那一条不算。",
    ),
    bad="""规程 《示例规程》
  标识 demo
  效力 示范
  施行 2024-01-01
  期间 次日起算；末日遇休假日顺延

词汇
  行为 交办、催办

规范 限期催办
  依据 《某条例》第五条「应当在五日内催办」
  当 交办
  应当 催办，自 交办 起 5日 内
""",
    good="""规程 《示例规程》
  标识 demo
  效力 示范
  施行 2024-01-01
  期间 次日起算；末日遇休假日顺延；日为自然日

词汇
  行为 交办、催办

规范 限期催办
  依据 《某条例》第五条「应当在五日内催办」
  当 交办
  应当 催办，自 交办 起 5日 内
""",
    check=_check,
)
