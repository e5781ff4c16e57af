"""What must be said of an opened ledger though it spoils nothing."""

from collections.abc import Sequence

from checker.cases.ledger.grid import Formula, Grid
from checker.cases.problems import Refusal, diagnosed
from checker.model.diagnostic import Diagnostic, Level
from checker.model.place import Place


def remarks_on(name: str, grids: Sequence[Grid], has_macros: bool, has_links: bool) -> tuple[Diagnostic, ...]:
    """About macros, outside links, and the formulas of each sheet."""
    found = []
    if has_macros:
        macros = Refusal("macros", f"「{name}」里有宏", help="宏生成的内容，在 Excel 里运行后保存，再读入")
        found.append(_warned(macros, Place(file=name), "宏没有运行，只读了格子里的值"))
    if has_links:
        links = Refusal("outside-links", f"「{name}」引用了别的工作簿", help="引用的值可能已经过时，请核对")
        found.append(_warned(links, Place(file=name), "没有打开别的文件，只读了上次保存的值"))
    for grid in grids:
        found += _formulas(name, grid)
    return tuple(found)


def _formulas(name: str, grid: Grid) -> list[Diagnostic]:
    place = Place(file=name, sheet=grid.title or None)
    missing = sum(row.count(Formula()) for row in grid.rows)
    found = []
    if grid.formulas:
        kept = Refusal("formulas", f"表「{grid.title}」有 {grid.formulas} 格是公式")
        note = diagnosed(kept, place, meanwhile="读的是上次保存时的结果，没有重新计算")
        found.append(note.model_copy(update={"level": Level.NOTE}))
    if missing:
        help_text = "用 Excel 或 WPS 打开文件，保存一次，再读入"
        unkept = Refusal(
            "formula-without-result", f"表「{grid.title}」有 {missing} 格是公式，文件里没有结果", help=help_text
        )
        found.append(_warned(unkept, place, "这些格子按读不出处理"))
    return found


def told(remarks: Sequence[Diagnostic], left: Sequence[str]) -> tuple[Diagnostic, ...]:
    """Without those on sheets that are left out by decision: what stands there touches nothing."""
    return tuple(one for one in remarks if getattr(one.at, "sheet", None) not in left)


def skipped(name: str, titles: Sequence[str]) -> Diagnostic:
    """Sheets that hold no cells."""
    said = Refusal("no-cells", f"「{'」「'.join(titles)}」是图表或宏表，没有格子")
    return _warned(said, Place(file=name), "这些表没有读入")


def _warned(refusal: Refusal, place: Place, meanwhile: str) -> Diagnostic:
    return diagnosed(refusal, place, meanwhile=meanwhile).model_copy(update={"level": Level.WARNING})
