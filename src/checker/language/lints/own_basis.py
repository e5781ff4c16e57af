"""A norm of a rank that rests on no text but itself."""

from collections.abc import Iterator

from checker.language.linting.desk import Desk
from checker.language.linting.lint import Lint, Page
from checker.model.diagnostic import Diagnostic, Level
from checker.model.source import Rank, cite


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for block in desk.blocks:
        norm = block.norm
        if norm is None or norm.rank is Rank.TEMPLATE or any(cite(one.reference) for one in norm.sources):
            continue
        written = "、".join(f"「{one.reference}」" for one in norm.sources)
        message = f"规范「{block.title}」的效力是{norm.rank}，依据{written}却没有指出哪个文件。"
        yield block.hit(block.clause("basis"), message, "写作「依据 《某条例》第五条「原文」」，或者写「效力 示范」。")


LINT = Lint(
    code="own-basis",
    title="有效力的规范要指出依据的是哪个文件。",
    level=Level.WARNING,
    page=Page(
        summary="效力不是「示范」的规范，依据里一个《…》都没有。",
        basis="效力来自条文；没有条文的，只能是示范。",
        method="看规范的效力（自己没有写的随规程）和依据；没有任何一处写明《…》的，列出。一条依据也没有的，编译时就是错误。",
    ),
    bad="""规范 限期催办
  依据 惯例「应当催办」
  效力 规范性文件
  当 交办
  应当 政法委 催办
""",
    good="""规范 限期催办
  依据 惯例「应当催办」
  当 交办
  应当 政法委 催办
""",
    check=_check,
)
