"""The shipped templates are what the script makes, and laid out as they should be."""

import sys
from pathlib import Path

import docx
import pytest
from lxml import etree

from checker.reports.letters.choosing import Template, kind_of, shipped
from checker.reports.letters.kinds import Kind
from checker.reports.letters.opening import opened
from reports.letters.making import parts_of

TOOLS = Path(__file__).parents[3] / "tools"


@pytest.fixture(scope="module")
def made():
    sys.path.insert(0, str(TOOLS))
    try:
        import letter_templates

        yield letter_templates.templates()
    finally:
        sys.path.remove(str(TOOLS))


def test_there_is_one_for_each_kind(made):
    assert sorted(made) == sorted(f"{kind.value}.docx" for kind in Kind)


@pytest.mark.parametrize("kind", Kind)
def test_what_is_shipped_is_what_the_script_makes(made, kind):
    shipped_parts, made_parts = parts_of(shipped(kind).data), parts_of(made[f"{kind.value}.docx"])
    assert list(shipped_parts) == list(made_parts)
    assert [name for name, part in made_parts.items() if shipped_parts[name] != part] == []


@pytest.mark.parametrize("kind", Kind)
def test_a_shipped_template_says_its_kind_under_any_name(tmp_path, kind):
    path = tmp_path / "我的.docx"
    path.write_bytes(shipped(kind).data)
    assert kind_of(Template(str(path), opened(str(path)))) is kind


@pytest.mark.parametrize("kind", Kind)
def test_the_page_is_that_of_the_standard(kind, tmp_path):
    path = tmp_path / "一.docx"
    path.write_bytes(shipped(kind).data)
    document = docx.Document(str(path))
    section = document.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    normal = document.styles["Normal"]
    line = normal.paragraph_format.line_spacing
    assert 22 * line.mm <= 225 < 23 * line.mm
    size = document.styles["Normal"].font.size
    narrower = int(
        document.styles["Normal"].element.rPr.find(docx.oxml.ns.qn("w:spacing")).get(docx.oxml.ns.qn("w:val"))
    )
    assert 28 * (size.pt + narrower / 20) <= 156 / 25.4 * 72 < 29 * (size.pt + narrower / 20)
    fonts = {name: document.styles[name].element.rPr.rFonts.get(docx.oxml.ns.qn("w:eastAsia")) for name in FONTS}
    assert fonts == FONTS


FONTS = {
    "Normal": "仿宋_GB2312",
    "红头": "方正小标宋简体",
    "公文标题": "方正小标宋简体",
    "一级标题": "黑体",
    "二级标题": "楷体_GB2312",
    "三级标题": "仿宋_GB2312",
    "页码": "宋体",
}

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "pBdr": "top left bottom right between bar",
}
"""Word refuses a document in which these stand in another order (ISO/IEC 29500-1, annex A)."""


@pytest.mark.parametrize("kind", Kind)
def test_properties_stand_in_the_order_that_word_wants(kind):
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    wrong, seen = [], set()
    for name, part in parts_of(shipped(kind).data).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for element in etree.fromstring(part).iter():
            order = ORDER.get(str(element.tag).removeprefix(word), "").split()
            places = [order.index(str(child.tag).removeprefix(word)) for child in element if order]
            seen |= {str(element.tag).removeprefix(word)} if places else set()
            if places != sorted(places):
                wrong.append((name, etree.tostring(element)))
    assert wrong == []
    assert seen >= set(ORDER)
