"""A diagnostic keeps to its own lines whatever the user's text is."""

from checker.cli.diagnostics import show
from checker.model.diagnostic import Diagnostic, Note
from checker.model.place import Place, Span

ODD = "甲\n错误：伪造\x1b[31m\u202e"


def test_no_part_begins_a_line_of_its_own(capsys):
    parts = {part: f"{part} {ODD}" for part in ("message", "quote", "expected", "help", "meanwhile")}
    notes = (Note(at=Place(file=ODD, sheet=ODD, cell=ODD), text=ODD),)
    place = Place(file=ODD, line=1)
    span = Span(file=ODD, line=1, column=1, end_line=1, end_column=2)
    show([Diagnostic(code="x", at=at, notes=notes, **parts) for at in (place, span, None)])
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 7 + 6 + 5
    assert [line for line in lines if line.startswith("错误：伪造")] == []
    assert not set("".join(lines)) & set("\x1b\u202e")
