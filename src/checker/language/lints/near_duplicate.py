"""Two norms of one pack that are the same but for a number, or altogether."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any, Final

from checker.language.linting.desk import Block, Desk
from checker.language.linting.lint import Lint, Page
from checker.language.syntax import span_of
from checker.model.diagnostic import Diagnostic, Level, Note
from checker.model.norm import Norm

_ASKS: Final = ("applies", "correlate", "anchor", "requirement", "exceptions", "counting")
_LAST: Final = dt.date.max


def _check(desk: Desk) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], list[tuple[Block, Norm]]] = {}
    for block in desk.blocks:
        if block.norm is None:
            continue
        alike = seen.setdefault((block.norm.pack, _core(block.norm, masked=True)), [])
        other = next((pair for pair in alike if _meet(pair[1], block.norm)), None)
        alike.append((block, block.norm))
        if other is not None:
            yield _hit(block, block.norm, *other)


def _hit(block: Block, norm: Norm, other: Block, before: Norm) -> Diagnostic:
    if _core(norm, masked=False) == _core(before, masked=False):
        what, help = "所要求的完全相同", "留一条，把两处依据都写上；或者写明两条在什么情形下分别适用。"
    else:
        what, help = (
            "只有期间的长短不同",
            "写明两条在什么情形下分别适用（「适用于」「且 …」），或者用「优先于」说明用哪一条。",
        )
    note = Note(at=span_of(other.parsed.name, other.title), text=f"「{other.title}」在此。")
    return block.hit(block.title, f"规范「{block.title}」与「{other.title}」{what}，同一件事会查两次。", help, (note,))


def _meet(one: Norm, other: Norm) -> bool:
    """Different norms in force on a common day; the versions of one title are kept apart by the compiler."""
    if one.id == other.id:
        return False
    firsts = [n.valid.first or dt.date.min for n in (one, other)]
    return max(firsts) <= min(n.valid.last or _LAST for n in (one, other))


def _core(norm: Norm, masked: bool) -> str:
    data = norm.model_dump(mode="json", include=set(_ASKS))
    return json.dumps(_stripped(data, masked), ensure_ascii=False, sort_keys=True)


def _stripped(value: Any, masked: bool) -> Any:  # noqa: ANN401
    """Without what a norm rests on and how it is written; ``masked`` also without numbers of periods."""
    match value:
        case dict():
            dropped = ("text", "sources", "parameter", *(("n", "unit") if masked else ()))
            return {key: _stripped(part, masked) for key, part in value.items() if key not in dropped}
        case list():
            return [_stripped(part, masked) for part in value]
        case _:
            return value


LINT = Lint(
    code="near-duplicate",
    title="同一个规程里不要有两条几乎相同的规范。",
    level=Level.WARNING,
    page=Page(
        summary="两条规范的适用、触发、要求、例外和算法都相同，或者只有期间的长短不同。",
        basis="同一件事查两次，违反的数目翻倍；只有长短不同的，两条里至少有一条抄错，或者少写了适用的情形。",
        method="比较编译之后的核心，不看名称、依据、注和写法；同一规程、有效期间有重叠的两条才比。",
        exceptions="同名的几个版本不比；不同规程的不比：地方的规程可以重复上位的要求。",
    ),
    bad="""规范 限期催办
  依据 《某条例》第五条「应当在五日内催办」
  当 交办
  应当 政法委 催办，自 交办 起 5日 内

规范 按时催办
  依据 《某办法》第八条「应当在七日内催办」
  当 交办
  应当 政法委 催办，自 交办 起 7日 内
""",
    good="""规范 限期催办
  依据 《某条例》第五条「领导批示的，应当在五日内催办」
  当 交办 且 来源 为 领导批示
  应当 政法委 催办，自 交办 起 5日 内

规范 按时催办
  依据 《某办法》第八条「涉法上访的，应当在七日内催办」
  当 交办 且 来源 为 涉法上访
  应当 政法委 催办，自 交办 起 7日 内
""",
    check=_check,
)
