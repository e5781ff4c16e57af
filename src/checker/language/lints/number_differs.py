"""A number that the quotation gives otherwise."""

from collections.abc import Iterator

from checker.language.linting.desk import Desk
from checker.language.linting.lengths import lengths_in
from checker.language.linting.lint import Lint, Page
from checker.language.linting.written import own_lengths
from checker.model.diagnostic import Diagnostic, Level


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for block in desk.blocks:
        quoted = lengths_in(block.quoted)
        known = {one.amount for one in quoted}
        own = own_lengths(block.tree, block.quoted) if quoted else iter(())
        found = [token for token, length in own if length.amount not in known]
        if found:
            said = "、".join(dict.fromkeys(f"「{one.text}」" for one in quoted))
            written = "、".join(dict.fromkeys(f"「{token}」" for token in found))
            message = f"规范「{block.title}」写的是{written}，引文说的是{said}。"
            help = (
                "照引文改，或者补引写明这个长短的原文；折算的，在注里写明怎样折算，"
                "并写「# lint: 允许 number-differs 理由」。"
            )
            yield block.hit(found[0], message, help)


LINT = Lint(
    code="number-differs",
    title="规范的数要与引文的数一致。",
    level=Level.WARNING,
    page=Page(
        summary="引文写了期间，规范写的却是另一个长短。",
        basis="抄错一个数，比漏写一条规范更难发现：程序照着错的数算，每个结论看上去都有依据。",
        method="规范各句里写的长度，须与引文里的某一个相同。年折成月，天、日、工作日不分，周折成七日；汉字数字与阿拉伯数字不分。",
        exceptions="不算的与 `number-unsourced` 相同；每条规范列一次。引文里有几个期间的，与其中之一相同即可，"
        "所以张冠李戴查不出来。",
    ),
    bad="""规范 限期催办
  依据 《某条例》第五条「政法委应当在十五日内催办」
  当 交办
  应当 政法委 催办，自 交办 起 5日 内
""",
    good="""规范 限期催办
  依据 《某条例》第五条「政法委应当在十五日内催办」
  当 交办
  应当 政法委 催办，自 交办 起 15日 内
""",
    check=_check,
)
