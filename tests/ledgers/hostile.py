"""Files that must get a clear and safe answer, made byte by byte."""

import io
import struct
import zipfile

import openpyxl

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.{0}"/></Relationships>'
)
WORKBOOK = (
    '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{0}'
    '<sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>'
)
SHEET = (
    '<?xml version="1.0"?>{0}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "{1}</worksheet>"
)
ROOT = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="xl/workbook.{0}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def package(parts, method=zipfile.ZIP_DEFLATED):
    """A ZIP package of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(rows="", before="", settings="", **more):
    """A workbook of one sheet, in XML by hand; ``more`` are further parts, ``__`` for a slash in their names."""
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT.format("xml"),
        "xl/workbook.xml": WORKBOOK.format(settings),
        "xl/_rels/workbook.xml.rels": RELATIONS.format("xml"),
        "xl/worksheets/sheet1.xml": SHEET.format(before, rows),
    }
    return package(parts | {name.replace("__", "/"): content for name, content in more.items()})


def binary_workbook():
    """An .xlsb of one sheet: a text, a number, a formula, two errors, a merge downwards; days count from 1904."""

    def record(kind, body=b""):
        number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(body)]) + body

    def text(words):
        return struct.pack("<I", len(words)) + words.encode("utf-16-le")

    def cell(column, value=b""):
        return struct.pack("<II", column, 0) + value

    sheet_ref = struct.pack("<II", 0, 1) + text("r1") + text("台账")
    book = (
        record(131)
        + record(153, struct.pack("<III", 1, 0, 0))
        + record(143)
        + record(156, sheet_ref)
        + record(144)
        + record(132)
    )
    sheet = b"".join(
        [
            record(129),
            record(148, struct.pack("<4I", 0, 2, 0, 4)),
            record(145),
            record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0)),
            record(6, cell(0, text("案号"))),
            record(5, cell(1, struct.pack("<d", 45356.0))),
            record(9, cell(2, struct.pack("<dH", 3.0, 0) + struct.pack("<II", 0, 0))),
            record(3, cell(3, b"\x2a")),
            record(11, cell(4, b"\x17" + struct.pack("<H", 0) + struct.pack("<II", 0, 0))),
            record(0, struct.pack("<IIHBBBI", 2, 0, 300, 0, 0, 0, 0)),
            record(4, cell(1, b"\x01")),
            record(146),
            record(177, struct.pack("<I", 1)),
            record(176, struct.pack("<4I", 0, 2, 0, 0)),
            record(178),
            record(130),
        ]
    )
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT.format("bin"),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": RELATIONS.format("bin"),
        "xl/worksheets/sheet1.bin": sheet,
    }
    return package(parts)


def simple(rows, fill=None):
    """A workbook as openpyxl writes it; ``fill`` may do more to the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    if fill:
        fill(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_declared_size(data, name, size):
    """The package, its directory claiming that a part unpacks to so many bytes."""
    found = bytearray(data)
    at = found.rindex(name.encode()) - 46
    assert found[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", found, at + 24, size)
    return bytes(found)


def renamed_stream(data, old, new):
    """A compound file, one of its streams under another name."""
    wide = old.encode("utf-16-le")
    at = data.index(wide.ljust(64, b"\0"))
    name = new.encode("utf-16-le")
    return data[:at] + name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2) + data[at + 66 :]
