"""The copy: the ledger as it is, with the marks made in it and the register behind it."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final, NamedTuple

from checker.model.place import Place
from checker.reports.annotated.layout import address_of
from checker.reports.annotated.ledger import Ledger, tables_of
from checker.reports.annotated.losses import cleaned
from checker.reports.annotated.marks import marks_of
from checker.reports.annotated.spots import Spots
from checker.reports.annotated.writing import MOST_NOTES, Done, write
from checker.reports.content import RunReport, Table
from checker.reports.ooxml import register
from checker.reports.ooxml.blank import blank
from checker.reports.ooxml.book import Book, open_book, quoted_name
from checker.reports.ooxml.markup import Unusable
from checker.reports.ooxml.package import open_package
from checker.reports.ooxml.plain_sheet import plain_sheet
from checker.reports.pages import findings

_VALUES: Final = (
    "格式、颜色、列宽、公式（只留结果，没有结果的空着）、批注、图表、图片、宏和打印设置没有带过来，"
    "各表的数值、合并单元格和表的隐藏都在，错误值（如 #N/A）按文字写入"
)
_WHY: Final = "不能原样保留，所以这一份只含各表的数值"
_TEXT: Final = "以 = + - @ 开头的内容都按文字写入，不会当作公式"
_KEPT: Final = (
    "图表、图片、公式和公式原有的结果、数据透视表、条件格式、数据有效性、"
    "筛选、冻结、隐藏的行列、工作表保护、外部链接等都照原样保留"
)


class Copy(NamedTuple):
    """The annotated copy, with a sentence for each thing that the original has and the copy lacks."""

    content: bytes
    lacks: tuple[str, ...]


def copied(report: RunReport, ledger: Ledger) -> Copy:
    """The annotated copy. Unreadable where the ledger cannot be opened again."""
    if ledger.kind == "parts":
        try:
            return _in_place(report, ledger)
        except Unusable as reason:
            return _of_values(report, ledger, f"{reason}，{_WHY}")
        except (ValueError, KeyError, IndexError):
            # a number, a name or an end that the format asks for is not there; tolerant readers pass over it
            return _of_values(report, ledger, f"它有不合格式的地方，{_WHY}")
    return _of_values(report, ledger, "")


def _in_place(report: RunReport, ledger: Ledger) -> Copy:
    package = open_package(ledger.data)
    lost = list(cleaned(package))
    book = open_book(package)
    return _marked(report, ledger, book, tables_of(report, ledger), lost)


def _of_values(report: RunReport, ledger: Ledger, why: str) -> Copy:
    grids = tables_of(report, ledger)
    book = open_book(blank())
    for grid in grids:
        sheet = book.free(grid.name)
        book.add_part(sheet, plain_sheet(grid.rows, grid.merges, book.writing), grid.state)
    lost = [why or "原文件不是 .xlsx，这一份是用读出的数值新做的", _TEXT if ledger.kind == "text" else _VALUES]
    return _marked(report, ledger, book, grids, lost)


def _marked(report: RunReport, ledger: Ledger, book: Book, grids: Sequence[Table], lost: Sequence[str]) -> Copy:
    spots = Spots(report, ledger.path, [grid for grid in grids if book.sheets.get(grid.name)])
    own = set(spots.layouts)
    marks = marks_of(report, spots, book.free(findings.NAME))
    done = [write(book, name, spots.layouts[name], marks) for name in book.sheets if name in own]

    def target(place: Place | None) -> str:
        spot = spots.of(place)
        return f"{quoted_name(spot.sheet)}!{address_of(spot.row, spot.column or 1)}" if spot is not None else ""

    lacks = tuple(f"{line}。" for line in (*lost, *_unnoted(done)))
    register.put(report, book, target, tuple(_told(ledger, done, lacks)))
    return Copy(book.saved(), lacks)


def _told(ledger: Ledger, done: Sequence[Done], lacks: Sequence[str]) -> Iterator[str]:
    """What was done, and what was not, for the sheet that explains."""
    yield f"这是「{PurePath(ledger.path).name}」的副本；原文件没有改动。"
    yield from (f"表「{one.sheet}」：{'，'.join(_done_words(one))}。" for one in done)
    yield from lacks
    if not any("数值" in line for line in lacks):
        yield f"{_KEPT}。"
    yield "格子的颜色以这一份为准，盖住了格子原有的底色；条件格式可能又盖住它，以文字为准。"


def _unnoted(done: Sequence[Done]) -> Iterator[str]:
    """Remarks that are shown by their colour alone."""
    for one in done:
        if one.unnoted:
            yield f"表「{one.sheet}」的批注太多，只写了前 {MOST_NOTES}处，其余 {one.unnoted}处只有颜色，见各清单"
        if one.closed:
            yield f"表「{one.sheet}」有 {one.closed}处是对话式批注，程序不能续写，只有颜色，见各清单"


def _done_words(one: Done) -> Iterator[str]:
    if one.results:
        yield f"{one.columns} 两列是加上的「{one.heads[0]}」「{one.heads[1]}」，共 {one.results}行"
    yield f"着色 {one.coloured}格"
    yield f"批注 {one.notes}处"
