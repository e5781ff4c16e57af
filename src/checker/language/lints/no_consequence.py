"""Norms that say nothing of what their breach is."""

from collections.abc import Iterator

from checker.language.linting.desk import Block, Desk, hit
from checker.language.linting.lint import Lint, Page
from checker.language.syntax import branch, token
from checker.model.diagnostic import Diagnostic, Level
from checker.model.requirements import Deem, Review
from checker.model.source import Rank

_SHOWN = 3


def _check(desk: Desk) -> Iterator[Diagnostic]:
    """One hit a pack: the default is well known, and a hundred lines of it would bury the rest."""
    for pack, file, tree in desk.heads:
        silent = [block for block in desk.blocks if block.pack is pack and _is_silent(block)]
        if silent:
            titles = "、".join(f"「{block.title}」" for block in silent[:_SHOWN])
            more = "等" if len(silent) > _SHOWN else ""
            message = (
                f"规程「{pack.id}」有 {len(silent)} 条非示范的规范没有写「违反」和「后果」，"
                f"一律属程序违规、情节一般：{titles}{more}。"
            )
            help = "逐条看是否确是程序违规、情节一般；条文另有法律责任的，用「后果」写出那一条。"
            yield hit(file, token(tree, "TITLE") or tree, message, help)


def _is_silent(block: Block) -> bool:
    norm = block.norm
    if norm is None or norm.rank is Rank.TEMPLATE or isinstance(norm.requirement, Review | Deem):
        return False
    return branch(block.tree, "breach") is None and not norm.consequences


LINT = Lint(
    code="no-consequence",
    title="违反了属于什么、有什么后果，最好写明。",
    level=Level.NOTE,
    page=Page(
        summary="没有写「违反」的，属程序违规、情节一般；没有写「后果」的，结论里没有法律责任的条文。",
        basis="默认的类别和情节是程序给的，不是条文给的；超越职权的情形尤其不能当作程序违规。",
        method="每个规程数一次：效力不是「示范」的「应当」「不得」「限于」等，既没有「违反」也没有「后果」的有几条，列出前三条。",
        exceptions="示范的规范、人工认定、视为不算。默认正合本意的不必写，所以只是说明，不影响退出码。",
    ),
    bad="""规范 限期催办
  依据 《某条例》第五条「政法委应当催办」
  效力 地方性法规
  当 交办
  应当 政法委 催办
""",
    good="""规范 限期催办
  依据 《某条例》第五条「政法委应当催办」
  效力 地方性法规
  当 交办
  应当 政法委 催办
  违反 属 程序违规，情节 轻微
""",
    check=_check,
)
