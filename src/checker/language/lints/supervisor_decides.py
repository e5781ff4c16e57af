"""A clause by which a supervisor would decide a case."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from checker.language.linting.desk import Block, Desk
from checker.language.linting.lint import Lint, Page
from checker.language.linting.possible import holds_where
from checker.language.syntax import branch
from checker.model.diagnostic import Diagnostic, Level
from checker.model.expressions import All, Condition, OrganActor, Pattern
from checker.model.norm import Norm, OnEvent
from checker.model.requirements import Defeat, Hold, Occur, Precede
from checker.model.vocabulary import Vocabulary

_SUPERVISOR: Final = re.compile("政法委|党委|人大")
_RULING: Final = re.compile("(?:判决|裁定|改判|定罪|量刑|定性|采信)$")
_MERITS: Final = ("定性", "证据采信", "事实认定", "裁判结果", "司法裁判", "法律适用", "定罪", "量刑")
_FORCE, _MATTER, _DECIDES = "力度", "事项", "决定"


def _check(desk: Desk) -> Iterator[Diagnostic]:
    words = desk.rules.vocabulary
    for block in desk.blocks:
        norm = block.norm
        if norm is None:
            continue
        for pattern in _asked(norm):
            found = _is_by_supervisor(pattern, words) and _ruling(pattern, words)
            if found:
                yield _hit(block, f"要求「{pattern.acts[0]}」", found)
        if isinstance(norm.anchor, OnEvent) and _is_by_supervisor(norm.anchor.pattern, words):
            yield from _allowed(block, norm, norm.anchor.pattern, words)


def _asked(norm: Norm) -> Sequence[Pattern]:
    if not isinstance(norm.requirement, Occur | Precede):
        return ()
    return [pattern for group in norm.requirement.groups for pattern in group]


def _allowed(block: Block, norm: Norm, pattern: Pattern, words: Vocabulary) -> Iterator[Diagnostic]:
    """What 限于 leaves open, and what 可以 opens."""
    if isinstance(norm.requirement, Hold) and branch(block.tree, "limit", "limit_here") is not None:
        found = _admitted(pattern, norm.requirement.condition, words, must_speak=True)
        if found:
            yield _hit(block, f"限于的范围容许「{pattern.acts[0]}」", found)
    for clause in norm.exceptions:
        if isinstance(clause, Defeat) and clause.permission is not None:
            found = _admitted(pattern, clause.when, words, must_speak=False)
            if found:
                title = clause.permission.partition("/")[2] or clause.permission
                yield _hit(block, f"经「{title}」可以「{pattern.acts[0]}」", found)


def _hit(block: Block, what: str, matter: str) -> Diagnostic:
    message = f"规范「{block.title}」{what}，等于由监督机关对案件的{matter}作出决定。"
    help = "监督机关只能了解、提示、建议，或者对程序提出要求；改由办案机关决定，或者写成「不得」。"
    return block.hit(block.title, message, help)


def _is_by_supervisor(pattern: Pattern, words: Vocabulary) -> bool:
    if not isinstance(pattern.actor, OrganActor):
        return False
    kinds = [organ for organ in words.organs if _SUPERVISOR.search(organ)]
    return any(words.organ_is(name, kind) for name in pattern.actor.names for kind in kinds)


def _ruling(pattern: Pattern, words: Vocabulary) -> str:
    """What of a case doing this decides; empty if it can be done without deciding any of it."""
    own = next((act for act in pattern.acts if _RULING.search(act)), "")
    if own:
        return f"实体（「{own}」）"
    forces, merits = _choices(pattern, words)
    others = [force for force in forces if force != _DECIDES]
    condition = pattern.where
    for matter in merits if _DECIDES in forces and condition is not None else ():
        decided = holds_where(condition, {_FORCE: _DECIDES, _MATTER: matter})
        if decided is not False and not any(
            holds_where(condition, {_FORCE: force, _MATTER: matter}) is not False for force in others
        ):
            return matter
    return ""


def _admitted(pattern: Pattern, limit: Condition, words: Vocabulary, must_speak: bool) -> str:
    """Of which merits the condition lets decisions through; with ``must_speak`` it has to mention force or matter."""
    own = next((act for act in pattern.acts if _RULING.search(act)), "")
    if own and not must_speak:
        return f"实体（「{own}」）"
    forces, merits = _choices(pattern, words)
    whole: Condition = limit if pattern.where is None else All(of=(pattern.where, limit))
    told = any(f"'{name}'" in repr(limit) for name in (_FORCE, _MATTER))
    for matter in merits if _DECIDES in forces and (told or not must_speak) else ():
        if holds_where(whole, {_FORCE: _DECIDES, _MATTER: matter}) is not False:
            return matter
    return ""


def _choices(pattern: Pattern, words: Vocabulary) -> tuple[tuple[str, ...], list[str]]:
    attributes = [words.acts[act].attributes for act in pattern.acts if act in words.acts]
    forces = tuple(c for one in attributes if _FORCE in one for c in one[_FORCE].choices)
    return forces, [c for one in attributes if _MATTER in one for c in one[_MATTER].choices if c in _MERITS]


LINT = Lint(
    code="supervisor-decides",
    title="监督机关不得替办案机关决定案件。",
    level=Level.ERROR,
    page=Page(
        summary="规范要求或者容许政法委、党委、人大对案件的定性、证据采信、事实认定、裁判结果作出决定。",
        basis="《领导干部干预司法活动、插手具体案件处理的记录、通报和责任追究规定》第三条：不得对案件的证据采信、事实认定、司法裁判等作出具体决定。",
        method="看主体是名称含「政法委」「党委」「人大」的机关（及其下级种类）的「应当」「之前应当有」「限于」和「可以」："
        "行为的名称以判决、裁定、改判、定罪、量刑、定性、采信结尾的；或者行为有「力度」和「事项」两个属性，"
        "而要求只能以力度「决定」履行，限于、可以的范围容许力度「决定」，事项又是定性、证据采信、事实认定、裁判结果等的。",
        exceptions="「不得」不算。限于的条件没有说到力度、事项的不算：那是别的限制。",
    ),
    bad="""规范 函告范围
  依据 本规程
  政法委 函告 限于 力度 属于 {建议、决定}
""",
    good="""规范 函告范围
  依据 本规程
  政法委 函告 限于 力度 属于 {了解、建议} 或 事项 为 程序进度
""",
    check=_check,
)
