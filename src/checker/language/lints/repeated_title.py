"""One title for norms of several packs."""

from collections.abc import Iterator

from checker.language.linting.desk import Block, Desk
from checker.language.linting.lint import Lint, Page
from checker.language.syntax import span_of
from checker.model.diagnostic import Diagnostic, Level, Note


def _check(desk: Desk) -> Iterator[Diagnostic]:
    """Blocks of one title in one pack are the versions of a norm, or refused by the compiler."""
    first: dict[str, Block] = {}
    for block in (*desk.blocks, *desk.indicators):
        other = first.setdefault(str(block.title), block)
        if other.pack is not block.pack:
            message = f"「{block.title}」与规程「{other.pack.id}」里的另一条同名，只写名称时不知指哪一条。"
            note = Note(at=span_of(other.parsed.name, other.title), text="同名的在此。")
            yield block.hit(block.title, message, "换一个说得出区别的名称。", (note,))


LINT = Lint(
    code="repeated-title",
    title="一起使用的规程，规范最好不要同名。",
    level=Level.NOTE,
    page=Page(
        summary="几个规程的规范、指标同名，只写名称时分不清。",
        basis="报告、讨论里多半只写名称；`checker explain 名称` 也要名称不重。",
        method="一起检查的规程里，名称相同而不在同一个规程的规范、指标。",
        exceptions="同一规程里同名的几段是同一规范的几个版本，编译时核对有效期间；规范与指标同名，编译时就是错误；写全名「标识/名称」的地方不受影响，所以只是说明。",
    ),
    bad="""规程 《甲规程》
  标识 jia
  效力 示范

词汇
  行为 交办、催办

规范 先催后交
  依据 本规程
  交办 之前 应当 有 催办

规程 《乙规程》
  标识 yi
  效力 示范

词汇
  行为 交办、催办

规范 先催后交
  依据 本规程
  交办 之前 应当 有 催办
""",
    good="""规程 《甲规程》
  标识 jia
  效力 示范

词汇
  行为 交办、催办

规范 先催后交
  依据 本规程
  交办 之前 应当 有 催办

规程 《乙规程》
  标识 yi
  效力 示范

词汇
  行为 交办、催办

规范 交办以前催办
  依据 本规程
  交办 之前 应当 有 催办
""",
    check=_check,
)
