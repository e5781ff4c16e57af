"""A parameter whose source quotes nothing and does not say that its value is only an example."""

from collections.abc import Iterator
from typing import Final

from checker.language.linting.desk import Desk, hit
from checker.language.linting.lint import Lint, Page
from checker.language.syntax import branches, names, token
from checker.model.diagnostic import Diagnostic, Level

_OWN: Final = ("示范取值", "无上位规定")


def _check(desk: Desk) -> Iterator[Diagnostic]:
    for pack, file, tree in desk.heads:
        for line in branches(tree, "parameter") if not pack.texts else ():
            words = str(token(line, "QUOTE") or "")[1:-1]
            reference, _, quoted = words.partition("：")
            if not ("《" in reference and quoted.strip()) and not any(own in words for own in _OWN):
                message = f"参数「{names(line)[0]}」的出处「{words}」没有引用原文，也没有说明是示范取值。"
                help = "写作「《某条例》第五条：“原文”」，或者「无上位规定，示范取值」。"
                yield hit(file, token(line, "QUOTE") or line, message, help)


LINT = Lint(
    code="parameter-source",
    title="参数的出处要引用原文，没有上位规定的要写明。",
    level=Level.WARNING,
    page=Page(
        summary="参数的出处没有引用原文，也没有写「无上位规定」「示范取值」。",
        basis="参数是本地可以改的数：改的人要知道原来的数是条文定的，还是举例。",
        method="出处写作「出处：原文」，冒号以前有《…》、以后有字的，算引用了原文。",
        exceptions="旁边存有条文的规程，由 `checker articles` 逐字核对，这里不重复。",
    ),
    bad="""规程 《示例规程》
  标识 demo
  效力 示范
  期间 日为自然日
  参数 催办期限 = 5日 「经研究确定」

词汇
  行为 交办、催办

规范 限期催办
  依据 本规程
  当 交办
  应当 催办，自 交办 起 催办期限 内
""",
    good="""规程 《示例规程》
  标识 demo
  效力 示范
  期间 日为自然日
  参数 催办期限 = 5日 「无上位规定，示范取值」

词汇
  行为 交办、催办

规范 限期催办
  依据 本规程
  当 交办
  应当 催办，自 交办 起 催办期限 内
""",
    check=_check,
)
