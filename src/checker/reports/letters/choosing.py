"""Which templates are used: the shipped ones, or the user's own for the kind that each says it is."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from checker.model.diagnostic import DataError, Diagnostic
from checker.reports.letters.kinds import Kind
from checker.reports.letters.opening import opened, refusal

SHIPPED: Final = Path(__file__).parent / "templates"

_CORE: Final = "docProps/core.xml"
_CATEGORY: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}category"


class Template(NamedTuple):
    """A template: what it is called in messages, its bytes, and where it stands if it is the user's own."""

    name: str
    data: bytes
    path: str | None = None


def shipped(kind: Kind) -> Template:
    """The template that travels with the package."""
    return Template(f"{kind.value}.docx", (SHIPPED / f"{kind.value}.docx").read_bytes())


def templates_for(wish: str | None) -> dict[Kind, Template]:
    """What was asked for: the name of a kind, a template, a folder of templates; without a wish every kind."""
    if wish is None:
        return {kind: shipped(kind) for kind in Kind}
    if wish in tuple(Kind):
        return {Kind(wish): shipped(Kind(wish))}
    if Path(wish).is_dir():
        return {**{kind: shipped(kind) for kind in Kind}, **_in_folder(wish)}
    if not Path(wish).exists():
        message = f"没有名为「{wish}」的文书，也没有这个模板文件"
        known = f"文书有：{'、'.join(Kind)}"
        raise DataError((Diagnostic(code="unknown-letter", message=message, expected=known),))
    template = Template(wish, opened(wish), wish)
    return {kind_of(template): template}


def _in_folder(folder: str) -> Mapping[Kind, Template]:
    """The templates of a folder. What Word and WPS put beside an open document is none."""
    found: dict[Kind, Template] = {}
    for path in sorted(Path(folder).glob("*.docx")):
        if path.name.startswith(("~$", ".")):
            continue
        template = Template(str(path), opened(str(path)), str(path))
        kind = kind_of(template)
        if kind in found:
            raise refusal(str(path), f"和「{found[kind].name}」都是{kind.value}的模板", "文件夹里每种文书只留一个模板")
        found[kind] = template
    if not found:
        raise refusal(folder, "里没有 .docx 文件", "用「checker letters --copy」写出随附的模板，再修改")
    return found


def kind_of(template: Template) -> Kind:
    """The kind that the document names as its category, or whose name its file carries. DataError if neither."""
    named = _category(template.data)
    if named in tuple(Kind):
        return Kind(named)
    stem = Path(template.name).stem
    carried = [kind for kind in Kind if kind.value in stem]
    if len(carried) == 1:
        return carried[0]
    raise refusal(
        template.name,
        "没有写明是哪一种文书",
        f"在文件名里写上种类（{'、'.join(Kind)}），或者在文件属性的「类别」里写",
    )


def _category(data: bytes) -> str:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if _CORE not in packed.namelist():
            return ""
        try:
            root = etree.fromstring(packed.read(_CORE), etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError:
            return ""
    return (root.findtext(_CATEGORY) or "").strip()
