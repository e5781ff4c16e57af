"""The page on verdicts shows the truth tables that the engines read."""

import os
import re
from pathlib import Path

import pytest

from checker.explain.truth_tables import Table, inner_table, overlay_table
from checker.model import requirements as r
from checker.model.expressions import Constant, Pattern
from checker.model.norm import Norm, OnEvent
from checker.model.values import Part, Period, Unit

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "verdicts.md"
ACT = Pattern(acts=("甲",))
WINDOW = r.Within(start=r.AtFirst(pattern=ACT), period=r.Fixed(period=Period(parts=(Part(n=5, unit=Unit.DAY),))))
EXCEPTIONS = (
    r.Defeat(when=Constant(value=True), afterwards=True),
    r.Exclude(start=ACT, end=ACT),
)


def norm(requirement, exceptions=()):
    return Norm(
        pack="p", title="t", version="1", anchor=OnEvent(pattern=ACT), requirement=requirement, exceptions=exceptions
    )


DUTY = norm(r.Occur(groups=((ACT,),), window=WINDOW), EXCEPTIONS)
TABLES = {
    "window": lambda: inner_table(DUTY),
    "deem": lambda: inner_table(norm(r.Deem(unless=(ACT,), window=WINDOW, act="乙"), EXCEPTIONS)),
    "point": lambda: inner_table(norm(r.Hold(condition=Constant(value=True)))),
    "review": lambda: inner_table(norm(r.Review(question="？"))),
    "overlay": lambda: overlay_table(DUTY, overridden=True),
}


def markdown(table: Table) -> str:
    rows = [table.heads, ("---",) * len(table.heads), *table.rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


@pytest.mark.parametrize("name", TABLES)
def test_the_page_shows_the_table(name):
    text = PAGE.read_text(encoding="utf-8")
    block = re.compile(rf"(<!-- table: {name} -->\n)(.*?)(<!-- end -->)", re.DOTALL)
    expected = markdown(TABLES[name]()) + "\n"
    if os.environ.get("UPDATE_EXPECTED"):
        PAGE.write_text(block.sub(lambda m: m[1] + expected + m[3], text), encoding="utf-8")
        text = PAGE.read_text(encoding="utf-8")
    assert block.search(text)[2] == expected
