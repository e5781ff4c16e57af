"""One approval that may serve many acts."""

from collections.abc import Iterator
from typing import Final

from checker.language.linting.desk import Desk
from checker.language.linting.lint import Lint, Page
from checker.model.diagnostic import Diagnostic, Level
from checker.model.requirements import Precede

_GRANTS: Final = ("审批", "批准", "核准", "同意", "授权")


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for block in desk.blocks:
        norm = block.norm
        if norm is None or not isinstance(norm.requirement, Precede):
            continue
        acts = [act for group in norm.requirement.groups for one in group for act in one.acts]
        grant = next((act for act in acts if any(word in act for word in _GRANTS)), "")
        if grant and not norm.requirement.one_to_one and not norm.correlate:
            message = f"规范「{block.title}」没有说一次「{grant}」管几次：现在一次「{grant}」可以管其后每一次。"
            help = f"每次都要「{grant}」的，写「逐一」，或者用「同一 文号」之类；一次管全案的，不必改。"
            yield block.hit(block.clause("precede"), message, help)


LINT = Lint(
    code="reused-approval",
    title="先批后办的，要想清楚一次批准管几次。",
    level=Level.NOTE,
    page=Page(
        summary="「A 之前 应当 有 审批」没有「逐一」也没有「同一」的，一次审批可以管其后每一次 A。",
        basis="两种读法都有道理，程序不猜（规范语言的裁定第 12 条）；不写的，按一次管全案读。",
        method="「之前 应当 有」的行为，名称里有审批、批准、核准、同意、授权的，看有没有「逐一」「同一」。",
        exceptions="一次批准本来就管全案的，不必改，所以只是说明。",
    ),
    bad="""规范 先批后交
  依据 《某条例》第五条「经审批后交办」
  政法委 交办 之前 应当 有 审批
""",
    good="""规范 先批后交
  依据 《某条例》第五条「经审批后交办」
  政法委 交办 之前 应当 逐一 有 审批
""",
    check=_check,
)
