"""A duty that nobody is told to fulfil."""

from collections.abc import Iterator

from checker.explain.references import nodes_of
from checker.language.linting.desk import Block, Desk
from checker.language.linting.lint import Lint, Page
from checker.model.diagnostic import Diagnostic, Level
from checker.model.expressions import ActorIs, ActorOf, Pattern
from checker.model.requirements import Occur


def _check(desk: Desk) -> Iterator[Diagnostic]:
    words = (*desk.rules.vocabulary.organs, *desk.rules.vocabulary.persons)
    for block in desk.blocks:
        requirement = block.norm.requirement if block.norm is not None else None
        if isinstance(requirement, Occur):
            acts = [act for group in requirement.groups for one in group if _is_anyone(one) for act in one.acts]
            if acts:
                yield _hit(block, acts[0], _named(block.quoted, words))


def _is_anyone(pattern: Pattern) -> bool:
    """Whether neither the head nor the condition (主体 与 … 相同) says who."""
    return pattern.actor is None and not any(isinstance(node, ActorOf | ActorIs) for node in nodes_of(pattern.where))


def _named(text: str, words: tuple[str, ...]) -> str:
    """The declared organ or person that the quotation names first before 应当, 必须, 须."""
    before = next((text.partition(word)[0] for word in ("应当", "必须", "须") if word in text), "")
    found = [word for word in words if word in before]
    return max(found, key=lambda word: (before.rindex(word), len(word)), default="")


def _hit(block: Block, act: str, named: str) -> Diagnostic:
    told = f"，引文说的是「{named}」" if named else ""
    message = f"规范「{block.title}」没有说由谁「{act}」{told}；谁做了都算履行，结论里也没有责任机关。"
    help = f"写作「应当 {named or '机关'} {act}」，或者「应当 同一主体 {act}」。"
    return block.hit(block.clause("duty", "duty_by"), message, help)


LINT = Lint(
    code="no-bearer",
    title="应当做的事要写明由谁做。",
    level=Level.NOTE,
    page=Page(
        summary="「应当」之后没有主体的，任何机关做了都算履行，不符合的结论里没有责任机关。",
        basis="义务要有承担的人，才谈得上监督；条文没有写明的，多半是同一个机关，可以写「同一主体」。",
        method="看「应当」要求的行为有没有写主体。引文里「应当」之前有已声明的机关、人员的，一并说出。",
        exceptions="案件里只有一个机关，或者由谁做本来无关紧要的，可以不写。所以只是说明，不影响退出码。",
    ),
    bad="""规范 限期催办
  依据 《某条例》第五条「政法委应当在十五日内催办」
  当 交办
  应当 催办，自 交办 起 15日 内
""",
    good="""规范 限期催办
  依据 《某条例》第五条「政法委应当在十五日内催办」
  当 交办
  应当 政法委 催办，自 交办 起 15日 内
""",
    check=_check,
)
