"""Workbooks that are ZIP packages of XML or of binary records: .xlsx, .xlsm, .xlsb."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from checker.cases.ledger.binary_package import binary_package_of
from checker.cases.ledger.calamine_sheets import sheets_of
from checker.cases.ledger.dayless import dayless_cells, dayless_styles
from checker.cases.ledger.grid import Grid, Kind
from checker.cases.ledger.marks import Marks
from checker.cases.ledger.relations import parsed, targets_of
from checker.cases.ledger.sheet_xml import marks_of
from checker.cases.problems import Refusal
from checker.cases.unpacking import DAMAGED, packed, parts_of

_LEFT_OUT: Final = (
    "xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/externallinks/", "xl/printersettings/",
    "xl/activex/", "xl/ctrlprops/", "xl/vbaproject.bin", "xl/theme/", "xl/worksheets/_rels/", "xl/pivot", "xl/comments",
)  # fmt: skip


_NO_CELLS: Final = ("xl/chartsheets/", "xl/dialogsheets/", "xl/macrosheets/")


class Package(NamedTuple):
    """A workbook, and what must be said of it."""

    kind: Kind
    grids: tuple[Grid, ...]
    skipped: tuple[str, ...]
    date1904: bool
    has_macros: bool
    has_links: bool


def package_of(data: bytes, names: tuple[str, ...]) -> Package | Refusal:
    """The workbook in a ZIP package that has a folder ``xl``."""
    parts = parts_of(data, _is_needed)
    if isinstance(parts, Refusal):
        return parts
    low = [name.lower() for name in names]
    has_macros = any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in low)
    has_links = any(name.startswith("xl/externallinks/") for name in low)
    if "xl/workbook.bin" in parts:
        binary = binary_package_of(parts)
        return binary if isinstance(binary, Refusal) else Package("xlsb", *binary, has_macros, has_links)
    return _of_xml(parts, has_macros, has_links)


def _of_xml(parts: Mapping[str, bytes], has_macros: bool, has_links: bool) -> Package | Refusal:
    outline = _outline(parts)
    if isinstance(outline, Refusal):
        return outline
    titles, date1904 = outline
    marks: dict[str, Marks] = {}
    by_name = {name.lower(): content for name, content in parts.items()}
    styles = dayless_styles(by_name.get("xl/styles.xml", b""))
    for title, part in titles.items():
        content = by_name.get(part.lower())
        if content is None and not part.lower().startswith(_NO_CELLS):
            return DAMAGED
        found = marks_of(content) if content else Marks()
        if isinstance(found, Refusal):
            return found
        hidden = dayless_cells(content, styles, date1904) if content else {}
        marks[title] = found._replace(special={**hidden, **found.special}) if hidden else found
    sheets = sheets_of(packed(parts), marks)
    if isinstance(sheets, Refusal):
        return sheets
    return Package("xlsm" if has_macros else "xlsx", *sheets, date1904, has_macros, has_links)


def _is_needed(name: str) -> bool:
    low = name.lower()
    return low in ("[content_types].xml", "_rels/.rels") or (
        low.startswith("xl/") and low.endswith((".xml", ".rels", ".bin")) and not low.startswith(_LEFT_OUT)
    )


def _outline(parts: Mapping[str, bytes]) -> tuple[dict[str, str], bool] | Refusal:
    """The parts of the sheets by title, and whether days count from 1904."""
    targets = targets_of(parts.get("xl/_rels/workbook.xml.rels", b""))
    sheets: dict[str, str] = {}
    flags: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "workbookPr":
            flags.append(attributes.get("date1904", "0"))
        elif local == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            sheets[attributes.get("name", "")] = targets.get(link, "")

    workbook = parts.get("xl/workbook.xml")
    if workbook is None or not parsed(workbook, start):
        return DAMAGED
    return sheets, any(flag in ("1", "true", "on") for flag in flags)
