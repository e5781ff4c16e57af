"""届满前5日内 against 届满5日前."""

import re
from collections.abc import Iterator
from typing import Final

from checker.language.linting.desk import Block, Desk
from checker.language.linting.lint import Lint, Page
from checker.language.syntax import Branch, branches
from checker.model.diagnostic import Diagnostic, Level

_NUM: Final = r"[0-9零〇一二两三四五六七八九十百]+个?(?:工作日|小时|日|天|月|年)"
_WITHIN: Final = re.compile(rf"前的?{_NUM}(?:以|之)?内")
_BY: Final = re.compile(rf"{_NUM}(?:以|之)?前|前{_NUM}(?!(?:以|之)?内)|日前")
_HELP: Final = (
    "「在 期满 N 5日前」是至迟在届满五日以前做，早做不限；「在 期满 N 前5日内」是只在届满以前的五日之内做，早了也不行。"
)


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for block in desk.blocks:
        for moment in _moments(block):
            says_within, says_by = _WITHIN.search(block.quoted), _BY.search(block.quoted)
            is_within = moment.data == "during"
            against, agreed = (says_by, says_within) if is_within else (says_within, says_by)
            if agreed is None:
                yield _hit(block, moment, is_within, against[0] if against else "")


def _hit(block: Block, moment: Branch, is_within: bool, other: str) -> Diagnostic:
    own = "「在 … 前 N 内」（只在届满以前的 N 之内）" if is_within else "「在 … N 前」（至迟在届满 N 以前）"
    if other:
        message = f"规范「{block.title}」写的是{own}，引文说的是「{other}」。"
        return block.hit(moment, message, _HELP)
    message = f"规范「{block.title}」写的是{own}，引文里没有看到是哪一种，请核对条文。"
    return block.hit(moment, message, _HELP, level=Level.NOTE)


def _moments(block: Block) -> Iterator[Branch]:
    for line in branches(block.tree, "duty", "duty_by", "point", "point_here"):
        yield from branches(line, "during", "by_shift")


LINT = Lint(
    code="before-or-within",
    title="「届满前五日内」与「届满五日前」是两回事。",
    level=Level.WARNING,
    page=Page(
        summary="至迟在届满五日以前做，与只能在届满以前的五日之内做，写法相近，意思相反。",
        basis="条文常把两者写得相似：「届满五日前提出」给出的是最迟的一天，「届满前五日内提出」给出的是一段时间。",
        method="规范用了「在 … 5日前」或「在 … 前5日内」的，看引文里是哪一种；引文是另一种的，是提示；"
        "引文两种都没有的，是说明，请自己核对。",
    ),
    bad="""规范 会前通知
  依据 《某条例》第五条「应当在期限届满前五日内通知」
  当 交办
  应当 政法委 通知，在 期满 限期办结（原期限） 5日前

规范 限期办结
  依据 《某条例》第四条「应当在三十日内办结」
  当 交办
  应当 承办单位 办结，自 交办 起 30日 内
""",
    good="""规范 会前通知
  依据 《某条例》第五条「应当在期限届满五日前通知」
  当 交办
  应当 政法委 通知，在 期满 限期办结（原期限） 5日前

规范 限期办结
  依据 《某条例》第四条「应当在三十日内办结」
  当 交办
  应当 承办单位 办结，自 交办 起 30日 内
""",
    check=_check,
)
