"""Paragraphs, tables and pages of letters, laid out as GB/T 9704-2012 says; used by ``letter_templates.py``."""

import re
from typing import Final

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

FANGSONG: Final = "仿宋_GB2312"
HEI: Final = "黑体"
KAI: Final = "楷体_GB2312"
SONG: Final = "宋体"
TITLE_SONG: Final = "方正小标宋简体"

_ELSEWHERE: Final = {
    FANGSONG: "仿宋,FangSong,华文仿宋,STFangsong",
    HEI: "SimHei,微软雅黑",
    KAI: "楷体,KaiTi,华文楷体,STKaiti",
    SONG: "SimSun,宋体-简",
    TITLE_SONG: "方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋,宋体",
}
"""Fonts that stand in where the first is not installed."""

LINE: Final = Pt(28.95)
"""22 lines on 225 mm (5.2.3)."""

_TEXT_WIDTH: Final = 8844
"""156 mm in twentieths of a point."""

_NARROWER: Final = "-5"
"""28 characters of 16 pt on 156 mm: each a quarter point narrower. A grid of characters is not understood alike by
Word, WPS and LibreOffice, a distance between characters is."""

_NONE: Final = Pt(0)
_TO_FILL: Final = re.compile(r"(【待填[^】]*】)")
_AFTER_BORDERS: Final = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc")
_RED: Final = RGBColor(0xFF, 0, 0)
_CENTER: Final = WD_ALIGN_PARAGRAPH.CENTER
_RIGHT: Final = WD_ALIGN_PARAGRAPH.RIGHT


def page() -> DocumentObject:
    """An empty document with page, styles and page numbers."""
    document = Document()
    for paragraph in list(document.paragraphs):
        paragraph._element.getparent().remove(paragraph._element)
    _page_size(document)
    _styles(document)
    _page_numbers(document)
    _fonts(document)
    return document


def say(document: DocumentObject, text: str, style: str = "Normal") -> Paragraph:
    """A paragraph; what people have to fill in is marked in yellow."""
    return _runs(document.add_paragraph(style=style), text)


def _runs(paragraph: Paragraph, text: str) -> Paragraph:
    for piece in filter(None, _TO_FILL.split(text)):
        run = paragraph.add_run(piece)
        if _TO_FILL.fullmatch(piece):
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    return paragraph


def table(
    document: DocumentObject, heads: list[str], widths: list[int], loops: tuple[str, ...], cells: list[str]
) -> None:
    """One row for each turn of the innermost loop; the heads stand on every page, and no row is torn apart."""
    tags = [f"{{%tr for {loop} %}}" for loop in loops]
    ends = ["{%tr endfor %}"] * len(loops)
    blank = [""] * (len(heads) - 1)
    made = grid(document, [heads, *([tag, *blank] for tag in tags), cells, *([tag, *blank] for tag in ends)], widths)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for paragraph in (cell.paragraphs[0] for cell in made.rows[0].cells):
        paragraph.alignment = _CENTER
        for run in paragraph.runs:
            _font(run._element.get_or_add_rPr(), HEI)


def grid(document: DocumentObject, rows: list[list[str]], widths: list[int], height: Mm | None = None) -> Table:
    """A table with ruled lines as wide as the text; ``widths`` are parts of it."""
    made = document.add_table(rows=len(rows), cols=len(widths), style="Table Grid")
    made.autofit = False
    total = sum(widths)
    for column, part in zip(made.columns, widths, strict=True):
        column.width = Pt(_TEXT_WIDTH / 20 * part / total)
    for line, texts in zip(made.rows, rows, strict=True):
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if height is not None:
            line.height = height
        for cell, text, part in zip(line.cells, texts, widths, strict=True):
            cell.width = Pt(_TEXT_WIDTH / 20 * part / total)
            lines = text.split("\n")
            cell.paragraphs[0].style = "表格"
            _runs(cell.paragraphs[0], lines[0])
            for more in lines[1:]:
                _runs(cell.add_paragraph(style="表格"), more)
    return made


def endnote(document: DocumentObject) -> None:
    """版记 (7.4): at the foot of the last page, 抄送 above 印发机关 and 印发日期, between lines of two weights."""
    copied = say(document, "　抄送：【待填：抄送机关】", "版记")
    issued = say(document, "　【待填：印发机关】\t【待填：印发日期】印发", "版记")
    issued.paragraph_format.tab_stops.add_tab_stop(Pt(_TEXT_WIDTH / 20 - 14), WD_TAB_ALIGNMENT.RIGHT)
    for paragraph in (copied, issued):
        frame = _element(
            "w:framePr",
            w=str(_TEXT_WIDTH),
            hSpace="0",
            wrap="around",
            vAnchor="margin",
            hAnchor="margin",
            xAlign="left",
            yAlign="bottom",
        )
        _insert(paragraph._element.get_or_add_pPr(), frame, ("w:widowControl", "w:pBdr", *_AFTER_BORDERS))
    say(document, "", "末行")


def _page_size(document: DocumentObject) -> None:
    """A4, 版心 156×225 mm (5.1, 5.2.1), 22 lines of 28 characters (5.2.3)."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(_element("w:docGrid", type="lines", linePitch="579"))


def _styles(document: DocumentObject) -> None:
    normal = document.styles["Normal"]
    _font(normal.element.get_or_add_rPr(), FANGSONG)
    normal.font.size = Pt(16)
    normal.element.get_or_add_rPr().insert(1, _element("w:spacing", val=_NARROWER))
    # Figures and letters are no Chinese: as such LibreOffice would end a line within a number.
    normal.element.get_or_add_rPr().append(_element("w:lang", val="en-US", eastAsia="zh-CN"))
    _shape(normal, first=2, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    _style(document, "红头", TITLE_SONG, 36, align=_CENTER, before=Mm(35), line=Pt(46), colour=_RED)
    _style(document, "发文字号", FANGSONG, 16, align=_CENTER, before=Pt(2 * 28.95))
    _style(document, "公文标题", TITLE_SONG, 22, align=_CENTER, before=Pt(2 * 28.95), line=Pt(34))
    _style(document, "主送机关", FANGSONG, 16, before=LINE)
    _style(document, "一级标题", HEI, 16, first=2, keep=True)
    _style(document, "二级标题", KAI, 16, first=2, keep=True)
    _style(document, "三级标题", FANGSONG, 16, first=2, keep=True)
    _style(document, "落款", FANGSONG, 16, align=_RIGHT, right=4, keep=True)
    _style(document, "附件标识", HEI, 16)
    _style(document, "表格", FANGSONG, 12, line=Pt(18), grid=False)
    _style(document, "版记", FANGSONG, 14, line=Pt(24), grid=False)
    # Lines that stand in the paragraphs instead of their style make LibreOffice forget the frame.
    lines = _borders(top=8, bottom=8, between=6)
    _insert(document.styles["版记"].element.get_or_add_pPr(), lines, _AFTER_BORDERS)
    _style(document, "页码", SONG, 14, line=Pt(16), grid=False)
    _style(document, "末行", FANGSONG, 1, line=Pt(1), grid=False)


def _style(
    document: DocumentObject, name: str, font: str, size: float, *, colour: RGBColor | None = None, **shape: object
) -> None:
    made = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = document.styles["Normal"]
    made.quick_style = True
    _font(made.element.get_or_add_rPr(), font)
    made.font.size = Pt(size)
    if colour is not None:
        made.font.color.rgb = colour
    _shape(made, **shape)


def _shape(  # noqa: PLR0913 - one for each thing a paragraph has
    style: ParagraphStyle,
    *,
    first: int = 0,
    left: int = 0,
    right: int = 0,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    before: Length = _NONE,
    line: Length = LINE,
    keep: bool = False,
    grid: bool = True,
) -> None:
    """Indents in characters, as the standard gives them; line heights exact, so that no other font breaks the grid."""
    shape = style.paragraph_format
    shape.alignment = align
    shape.space_before, shape.space_after = before, Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    shape.keep_with_next = keep
    shape.widow_control = False
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:ind")):
        properties.remove(old)
    size = style.font.size.pt
    indent = {}
    for key, count in (("firstLine", first), ("left", left), ("right", right)):
        indent[f"{key}Chars"] = str(count * 100)
        indent[key] = str(int(count * size * 20))
    _insert(properties, _element("w:ind", **indent), ("w:contextualSpacing", "w:jc", "w:outlineLvl"))
    if not grid:
        _insert(properties, _element("w:snapToGrid", val="0"), ("w:spacing", "w:ind"))


def numbered(document: DocumentObject, number: str, signer: str) -> Paragraph:
    """发文字号, or with 签发人 beside it where the document goes upwards (7.2.5, 7.2.6)."""
    if not signer:
        return say(document, number, "发文字号")
    paragraph = say(document, f"　{number}\t签发人：{signer}", "发文字号")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(_TEXT_WIDTH / 20 - 16), WD_TAB_ALIGNMENT.RIGHT)
    return paragraph


def rule_below(paragraph: Paragraph) -> None:
    """The red line 4 mm below 发文字号, as wide as the text (7.2.7)."""
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", val="single", sz="12", space="11", color="FF0000"))
    _insert(paragraph._element.get_or_add_pPr(), borders, _AFTER_BORDERS)


def _page_numbers(document: DocumentObject) -> None:
    """— 1 — outside: right on odd pages, left on even ones, one character in (7.5)."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side, align in ((section.footer, "right", _RIGHT), (section.even_page_footer, "left", None)):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "页码"
        if align is not None:
            paragraph.alignment = align
        indent = _element("w:ind", **{f"{side}Chars": "100", side: "280"})
        _insert(paragraph._element.get_or_add_pPr(), indent, ("w:jc",))
        paragraph.add_run("— ")
        _field(paragraph, "PAGE")
        paragraph.add_run(" —")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", None, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind is None:
            told = _element("w:instrText")
            told.text = f" {code} "
            run._element.append(told)
        elif kind == "1":
            run.text = kind
        else:
            run._element.append(_element("w:fldChar", fldCharType=kind))


def _font(properties: BaseOxmlElement, name: str) -> None:
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, _element("w:rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name))


def _fonts(document: DocumentObject) -> None:
    """The table of fonts says which others will do."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            rows = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
                '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
                for name, others in _ELSEWHERE.items()
            )
            text = part.blob.decode("utf-8")
            part._blob = text.replace("</w:fonts>", f"{rows}</w:fonts>").encode("utf-8")


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _borders(**sides: int) -> BaseOxmlElement:
    made = _element("w:pBdr")
    for side, size in sides.items():
        made.append(_element(f"w:{side}", val="single", sz=str(size), space="1", color="000000"))
    return made


def _insert(properties: BaseOxmlElement, element: BaseOxmlElement, before: tuple[str, ...]) -> None:
    """In the order that the schema wants: before the first of these that is there."""
    for child in properties:
        if child.tag in {qn(tag) for tag in before}:
            child.addprevious(element)
            return
    properties.append(element)
