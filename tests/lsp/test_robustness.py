"""Whatever is typed, wherever the cursor stands: every question has an answer, if only an empty one."""

import datetime as dt
import random
from pathlib import Path

import pytest

from checker.calendars.shipped import shipped_calendar
from checker.lsp.actions import actions
from checker.lsp.completion import completion
from checker.lsp.definition import definition
from checker.lsp.formatting import formatted
from checker.lsp.hover import hover
from checker.lsp.outline import outline
from checker.lsp.problems import hints, problems
from checker.lsp.references import references
from checker.lsp.rename import renamable
from checker.lsp.view import view_of

ROOT = Path(__file__).parents[2]
MALFORMED = sorted((ROOT / "grammar" / "malformed").glob("*.norm"))
PACKS = sorted((ROOT / "rules").glob("*/*.norm"))
TODAY = dt.date(2026, 3, 2)


def ask_everything(view, name, places):
    """Every question at the places; raises where one has no answer."""
    for line, column in places:
        hover(view, name, line, column, shipped_calendar(), TODAY)
        definition(view, name, line, column)
        references(view, name, line, column, (), declared=True)
        renamable(view, name, line, column)
        completion(view, name, line, column)
    outline(view, name)
    for found in problems(view, hints(view)).values():
        for one in found:
            actions(view, one)


def places_of(text, chance, count):
    lines = text.split("\n")
    for _ in range(count):
        line = chance.randrange(len(lines))
        yield line + 1, chance.randrange(len(lines[line]) + 2) + 1


@pytest.mark.parametrize("part", range(4))
def test_half_written_and_mistaken_files(tmp_path, part):
    chance = random.Random(part)
    for path in MALFORMED[part::4]:
        text = path.read_bytes().decode(errors="replace").replace("\r\n", "\n")
        name = (tmp_path / "a.norm").as_posix()
        view = view_of(tmp_path, {name: text})
        ask_everything(view, name, places_of(text, chance, 4))
        formatted(name, text)


@pytest.mark.parametrize("path", PACKS[::8], ids=lambda path: path.name)
def test_shipped_packs_cut_off_anywhere(path):
    text = path.read_text(encoding="utf-8")
    chance = random.Random(path.name)
    cut = chance.randrange(len(text))
    torn = text[:cut] + chance.choice(["", " ", "「", "（", "且 ", "《", "\t", "#", "\u2028", "𠮷"]) + text[cut + 3 :]
    for whole, count in ((text, 12), (torn, 6), (text[:cut], 3)):
        view = view_of(path.parent, {path.as_posix(): whole})
        ask_everything(view, path.as_posix(), places_of(whole, chance, count))


def test_places_outside_the_text(tmp_path):
    name = (tmp_path / "a.norm").as_posix()
    view = view_of(tmp_path, {name: "规范 甲"})
    ask_everything(view, name, [(0, 0), (1, 0), (1, 99), (9, 1)])
    ask_everything(view, "没有.norm", [(1, 1)])
    ask_everything(view_of(tmp_path / "没有", {}), name, [(1, 1)])
