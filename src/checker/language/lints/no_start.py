"""A period of the article that the norm has no start for."""

from collections.abc import Iterator

from checker.language.linting.desk import Block, Desk
from checker.language.linting.lengths import deadlines_in
from checker.language.linting.lint import Lint, Page
from checker.model.diagnostic import Diagnostic, Level
from checker.model.requirements import Occur, Review, UntilClose


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for block in desk.blocks:
        requirement = block.norm.requirement if block.norm is not None else None
        if isinstance(requirement, Occur) and isinstance(requirement.window, UntilClose):
            yield from _open_duty(block)
        elif isinstance(requirement, Review):
            yield from _question(block, requirement)


def _open_duty(block: Block) -> Iterator[Diagnostic]:
    found = deadlines_in(block.quoted)
    if found:
        message = f"规范「{block.title}」的引文写了「{found[0].text}内」，规范却没有期限和起点，办到案结为止都算合规。"
        help = f"写作「应当 …，自 某行为 起 {found[0].text} 内」；条文的期限管的是别的事的，把引文缩到所据的一句。"
        yield block.hit(block.clause("duty", "duty_by"), message, help)


def _question(block: Block, requirement: Review) -> Iterator[Diagnostic]:
    found = deadlines_in(requirement.question)
    if found:
        message = f"规范「{block.title}」把「{found[0].text}内」交给人认定，没有起点，也就不会计算。"
        help = f"写作「应当 …，自 某行为 起 {found[0].text} 内」，只把算不出的留给人认定。"
        yield block.hit(block.clause("review"), message, help)


LINT = Lint(
    code="no-start",
    title="条文的期限要写明起点，由程序计算。",
    level=Level.WARNING,
    page=Page(
        summary="条文写了「几日内」，规范却没有「自 … 起 … 内」，期限就没有人算。",
        basis="期间自开始之日的次日起算（《民法典》第二百零一条）；没有起点的期限无从起算，也无从核对。",
        method="看没有期限的「应当」，它的引文里有没有「…日内」一类的话；看「人工认定」的问题里有没有。",
    ),
    bad="""规范 限期催办
  依据 《某条例》第五条「应当在收到之日起十五日内催办」
  当 交办
  应当 政法委 催办
""",
    good="""规范 限期催办
  依据 《某条例》第五条「应当在收到之日起十五日内催办」
  当 交办
  应当 政法委 催办，自 交办 起 15日 内
""",
    check=_check,
)
