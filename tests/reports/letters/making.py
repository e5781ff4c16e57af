"""Small runs, templates and letters read back."""

import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document

from reports.test_documents import whole_run

CASES = (Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8")

DAY = "2026-11-25"


def run_of(folder, text=CASES, day=DAY, packs=("duban",), **settings):
    """The report of a run over cases written here."""
    path = folder / "案件.yaml"
    path.write_text(text, encoding="utf-8")
    return whole_run([path], day, packs, **settings)


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def text_of(data: bytes) -> str:
    """Everything the body shows, paragraphs and cells in their order."""
    return "\n".join(
        "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))
        for paragraph in opened(data).element.body.iter()
        if paragraph.tag.endswith("}p")
    )


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def template(*paragraphs: str, category: str = "催办函", rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A template of a user's with these paragraphs and a table of these rows."""
    document = docx.Document()
    document.core_properties.category = category
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def addressed(report, names):
    """The same run with other bearers: ``names`` says which, by the old one; all of them are organs."""
    rules = report.head.rules
    organs = {**rules.vocabulary.organs, **{name: None for new in names.values() for name in new.split("、")}}
    vocabulary = rules.vocabulary.model_copy(update={"organs": organs})
    cases = tuple(
        one._replace(
            shown=tuple(
                shown._replace(
                    finding=shown.finding.model_copy(
                        update={"bearer": names.get(shown.finding.bearer or "", shown.finding.bearer)}
                    )
                )
                for shown in one.shown
            )
        )
        for one in report.cases
    )
    head = report.head._replace(rules=rules.model_copy(update={"vocabulary": vocabulary}))
    return report._replace(head=head, cases=cases)
