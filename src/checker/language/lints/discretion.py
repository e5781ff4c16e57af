"""A number, or a hard duty, where the article leaves room to judge."""

from collections.abc import Iterator
from typing import Final

from checker.language.linting.desk import Block, Desk
from checker.language.linting.lengths import lengths_in
from checker.language.linting.lint import Lint, Page
from checker.language.linting.written import own_lengths
from checker.model.diagnostic import Diagnostic, Level
from checker.model.norm import Norm, OnEvent
from checker.model.requirements import Occur, Precede

_TIME: Final = ("及时", "尽快", "尽早", "立即", "适时", "合理期限", "一定期限", "短期内")
_WHETHER: Final = ("必要时", "原则上", "一般应当", "一般应", "酌情", "视情", "确有必要", "尽可能")


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for block in desk.blocks:
        if block.norm is not None:
            yield from _numbers(block)
            yield from _hardened(block, block.norm)


def _numbers(block: Block) -> Iterator[Diagnostic]:
    word = next((w for w in _TIME if w in block.quoted), None)
    if word is None or lengths_in(block.quoted):
        return
    for token, _ in own_lengths(block.tree, block.quoted):
        message = f"规范「{block.title}」的引文只说「{word}」，没有说「{token}」。"
        help = f"改用有出处的参数，如「参数 某期限 = {token} 「无上位规定，示范取值」」，或者写成人工认定。"
        yield block.hit(token, message, help)


def _hardened(block: Block, norm: Norm) -> Iterator[Diagnostic]:
    word = next((w for w in _WHETHER if w in block.quoted), None)
    if word is None or not isinstance(norm.requirement, Occur | Precede) or _is_conditioned(norm):
        return
    message = f"规范「{block.title}」的引文说「{word}」，规范却一律要求。"
    help = "写明什么情形下才要求（「且 …」「但 … 的，不适用」「适用于 …」），或者写成人工认定。"
    yield block.hit(block.clause("duty", "duty_by", "precede"), message, help)


def _is_conditioned(norm: Norm) -> bool:
    """Whether something is left open: when it is asked for, from what it is excused, or which of several acts it is."""
    if isinstance(norm.requirement, Occur | Precede) and all(len(group) > 1 for group in norm.requirement.groups):
        return True
    on_event = norm.anchor.pattern.where if isinstance(norm.anchor, OnEvent) else True
    return bool(norm.exceptions) or on_event is not None


LINT = Lint(
    code="discretion",
    title="条文留给人判断的话，不能悄悄变成数字或者一律的义务。",
    level=Level.WARNING,
    page=Page(
        summary="引文只说「及时」，规范写了天数；引文说「必要时」「原则上」，规范一律要求。",
        basis="及时、必要时没有天数，也没有标准：要么用有出处的参数，要么由人认定（规范语言的裁定第 14 条）。",
        method="引文里有「及时、尽快、立即」等词而没有任何期间的，看规范自己有没有写天数；"
        "引文里有「必要时、原则上、一般应当、酌情」等词的，看规范的触发有没有条件、有没有例外、是不是几种做法任选其一。",
        exceptions="天数写成参数的不算：参数另有出处，由 `parameter-source` 和 `checker articles` 核对。",
    ),
    bad="""规范 及时催办
  依据 《某条例》第五条「政法委应当及时催办」
  当 交办
  应当 政法委 催办，自 交办 起 5日 内
""",
    good="""规范 及时催办
  依据 《某条例》第五条「政法委应当及时催办」
  当 交办
  人工认定 「是否及时催办」
""",
    check=_check,
)
