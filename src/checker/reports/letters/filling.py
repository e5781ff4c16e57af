"""A template and its values to a document. The only file that knows docxtpl."""

import datetime as dt
import io
import traceback
import warnings
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from checker.model.diagnostic import DataError, Diagnostic
from checker.reports.letters.choosing import Template
from checker.reports.letters.opening import refusal
from checker.reports.packing import repacked

if TYPE_CHECKING:
    from checker.reports.letters.sandbox import Sandbox


def require_docxtpl() -> None:
    """DataError where the library is not installed."""
    if find_spec("docxtpl") is None:
        message = "写 Word 文书需要 docxtpl，用「pip install 'checker[letters]'」安装"
        raise DataError((Diagnostic(code="no-docxtpl", message=message),))


def filled(
    sandbox: "Sandbox", template: Template, values: Mapping[str, Any], day: dt.date, fields: Iterable[str]
) -> bytes:
    """The document, dated ``day`` and not by the clock. DataError with the paragraph for a mistake in the template."""
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of duplicate names in the archive, which the look beforehand allows
            document = _class()(io.BytesIO(template.data))
            document.render(dict(values), sandbox, autoescape=True)
    except Unfit as error:
        from checker.reports.letters.mistakes import mistake

        raise mistake(template.name, error.cause, error.paragraph, fields) from error
    except (KeyError, ValueError, AttributeError, XMLSyntaxError, PackageNotFoundError) as error:
        raise refusal(
            template.name, "填好以后不是完整的 Word 文件", "核对成行、成段的标签（{%tr %}、{%p %}）是否独占一行"
        ) from error
    _settle(document, str(values["文书"]))
    held = io.BytesIO()
    document.save(held)
    return repacked(held.getvalue(), day)


class Unfit(Exception):
    """A part of the template that cannot be filled in: why, and the text of the paragraph."""

    def __init__(self, cause: Exception, paragraph: str) -> None:
        """Both."""
        super().__init__(str(cause))
        self.cause = cause
        self.paragraph = paragraph


@cache
def _class() -> Any:  # noqa: ANN401 - the library has no types
    """Docxtpl's class, with what it does to a part under our eyes; made when it is first needed."""
    import re

    from docxtpl import DocxTemplate
    from lxml import etree

    class Watched(DocxTemplate):  # type: ignore[misc]
        def render_xml_part(self, src_xml: str, part: object, context: object, jinja_env: object = None) -> str:
            try:
                found: str = super().render_xml_part(src_xml, part, context, jinja_env)
            except Exception as error:  # whatever a template brings about is its writer's to mend
                lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", src_xml).split("\n")
                raise Unfit(error, _paragraph(lines, error)) from error
            return found

        def fix_tables(self, xml: str) -> object:
            """Read strictly first: docxtpl would mend broken markup by leaving pieces out."""
            etree.fromstring(xml)
            return super().fix_tables(xml)

        def render_properties(self, context: object, jinja_env: object = None) -> None:
            """Left alone: the title is set, and nothing else is to be filled in there."""

    return Watched


def _line(error: Exception) -> int:
    """The line of the template: Jinja's own errors know it, of all others the stack tells."""
    told = getattr(error, "lineno", None)
    if isinstance(told, int):
        return told
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return lines[-1] or 1 if lines else 1


def _paragraph(lines: list[str], error: Exception) -> str:
    """The text of the paragraph at that line. Behind it may stand tags of paragraphs that were nothing else."""
    import html
    import re

    line = lines[min(_line(error), len(lines)) - 1]
    texts = [html.unescape(re.sub(r"<[^>]+>", "", part)).strip() for part in line.split("</w:p>")]
    named = re.findall(r"'([^']+)'", str(error))
    fitting = [text for text in texts if any(name in text for name in named)] or [t for t in texts if "{" in t]
    return (fitting or texts)[0]


def _settle(document: Any, title: str) -> None:  # noqa: ANN401 - as above
    """Nothing of the clock or the machine; no template somewhere else is looked for when the letter is opened."""
    for part in document.docx.part.package.iter_parts():
        for key in [key for key, rel in part.rels.items() if rel.reltype.endswith("/attachedTemplate")]:
            del part.rels[key]
    settings = document.docx.settings.element
    for element in [one for one in settings if str(one.tag).endswith("}attachedTemplate")]:
        settings.remove(element)
    facts = document.docx.core_properties
    facts.title = title
    facts.revision = 1
    facts.last_modified_by = ""
