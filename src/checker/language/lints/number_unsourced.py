"""A number of days that nothing bears out."""

from collections.abc import Iterator

from checker.language.linting.desk import Desk
from checker.language.linting.lengths import lengths_in
from checker.language.linting.lint import Lint, Page
from checker.language.linting.written import own_lengths
from checker.model.diagnostic import Diagnostic, Level


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for block in desk.blocks:
        found = [] if lengths_in(block.quoted) else [token for token, _ in own_lengths(block.tree, block.quoted)]
        if found:
            written = "、".join(dict.fromkeys(f"「{token}」" for token in found))
            message = f"规范「{block.title}」写的{written}在它的引文里没有，也不是有出处的参数。"
            help = f"在依据里引用写明「{found[0]}」的原文，或者改用有出处的参数。"
            yield block.hit(found[0], message, help)


LINT = Lint(
    code="number-unsourced",
    title="期间的长短要有出处。",
    level=Level.WARNING,
    page=Page(
        summary="规范里写了天数，引文里却没有任何期间，也没有用参数。",
        basis="规范的每个数都要能指着条文说出来；没有上位规定的，写成参数，注明「无上位规定，示范取值」。",
        method="看规范各句里写的长度；依据的引文里一个期间也没有的，列出。引文有期间而与规范不同的，"
        "见 `number-differs`。",
        exceptions="「期间」一行和「每 半年」不算；参数不算；引文说「当场」「次日」「…日前」的，写「1日」不算；"
        "照记录所载的长短换算的一句（但 期间 为 3个自然日 的，期限为 3日）不算。每条规范列一次。",
    ),
    bad="""规范 限期催办
  依据 《某条例》第五条「政法委应当催办」
  当 交办
  应当 政法委 催办，自 交办 起 5日 内
""",
    good="""规范 限期催办
  依据 《某条例》第五条「政法委应当在五日内催办」
  当 交办
  应当 政法委 催办，自 交办 起 5日 内
""",
    check=_check,
)
