"""A duty after a breach that doing the act late does not end."""

from collections.abc import Iterator

from checker.explain.references import nodes_of
from checker.language.linting.desk import Desk
from checker.language.linting.lint import Lint, Page
from checker.model.diagnostic import Diagnostic, Level
from checker.model.expressions import Occurred
from checker.model.norm import Norm, OnBreach
from checker.model.requirements import Defeat, Occur


def _check(desk: Desk) -> Iterator[Diagnostic]:
    norms = {norm.id: norm for norm in desk.rules.norms}
    for block in desk.blocks:
        norm = block.norm
        if norm is None or not isinstance(norm.anchor, OnBreach) or not isinstance(norm.requirement, Occur):
            continue
        base = norms.get(norm.anchor.norm)
        if base is None or not isinstance(base.requirement, Occur) or _ends(norm, base.requirement):
            continue
        title = base.title if base.pack == norm.pack else base.id
        act = base.requirement.groups[0][0].acts[0]
        message = f"规范「{block.title}」在「{title}」违反以后一直要求下去，后来补办了「{act}」也不免除。"
        help = f"补办了就不必再做的，加「但 已 有 {act} 的，不适用」；本意如此的，不必改。"
        yield block.hit(block.clause("on_breach"), message, help)


def _ends(norm: Norm, base: Occur) -> bool:
    """Whether an exception looks at an act that the broken norm asked for."""
    asked = {act for group in base.groups for one in group for act in one.acts}
    seen = (node for clause in norm.exceptions if isinstance(clause, Defeat) for node in nodes_of(clause.when))
    return any(asked & set(node.pattern.acts) for node in seen if isinstance(node, Occurred))


LINT = Lint(
    code="stays-open",
    title="违反以后的义务，补办了还要不要，最好写明。",
    level=Level.NOTE,
    page=Page(
        summary="「当 违反 N」的义务，没有写「但 已 有 … 的，不适用」，补办了也照样要求。",
        basis="违反的触发一经发生就不消失（规范语言的裁定第 1 条）；催办、说明一类的义务多半在补办以后就没有意义。",
        method="触发是「违反 N」、要求是「应当」的规范，看有没有一项例外说到 N 所要求的行为。",
        exceptions="本意就是补办了也要做的（如通报、追究），不必改，所以只是说明。",
    ),
    bad="""规范 限期办结
  依据 《某条例》第四条「应当在三十日内办结」
  当 交办
  应当 承办单位 办结，自 交办 起 30日 内

规范 逾期催办
  依据 本规程
  当 违反 限期办结
  应当 政法委 催办
""",
    good="""规范 限期办结
  依据 《某条例》第四条「应当在三十日内办结」
  当 交办
  应当 承办单位 办结，自 交办 起 30日 内

规范 逾期催办
  依据 本规程
  当 违反 限期办结
  应当 政法委 催办
  但 已 有 承办单位 办结 的，不适用
""",
    check=_check,
)
