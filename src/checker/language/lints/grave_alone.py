"""情节 重大 without an article that attaches a consequence."""

from collections.abc import Iterator

from checker.language.linting.desk import Desk
from checker.language.linting.lint import Lint, Page
from checker.model.diagnostic import Diagnostic, Level
from checker.model.norm import Severity


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for block in desk.blocks:
        norm = block.norm
        if norm is not None and norm.breach.severity is Severity.GRAVE and not norm.consequences:
            message = f"规范「{block.title}」把情节定为重大，没有写明哪一条对此规定了后果。"
            help = "加「后果 《某条例》第四十条「原文」」；条文没有规定后果的，看情节是不是定得过重。"
            yield block.hit(block.clause("breach"), message, help)


LINT = Lint(
    code="grave-alone",
    title="情节重大的，最好写明哪一条规定了后果。",
    level=Level.NOTE,
    page=Page(
        summary="「情节 重大」是起草的人定的；有「后果」一行，读的人才知道条文怎样看。",
        basis="情节分轻重，是为了先看重的；条文没有规定后果的，定为重大要有理由。",
        method="写了「情节 重大」而没有「后果」的规范。",
        exceptions="后果写在别的文件里、没有存下条文的，不必改，所以只是说明。",
    ),
    bad="""规范 不得代定
  依据 《某规定》第三条「不得对案件的证据采信作出具体决定」
  政法委 不得 函告 且 事项 为 证据采信 且 力度 为 决定
  违反 属 越权，情节 重大
""",
    good="""规范 不得代定
  依据 《某规定》第三条「不得对案件的证据采信作出具体决定」
  政法委 不得 函告 且 事项 为 证据采信 且 力度 为 决定
  违反 属 越权，情节 重大
  后果 《某规定》第十一条「给予纪律处分」
""",
    check=_check,
)
