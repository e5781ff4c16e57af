"""Every table printed on the reference page can be loaded as it stands."""

import re
from pathlib import Path

import pytest

from checker.calendars.calendar import Calendar
from checker.calendars.shipped import load_calendar

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "calendars.md"
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_page_has_tables():
    assert len(BLOCKS) >= 3


@pytest.mark.parametrize("block", BLOCKS)
def test_printed_table_loads(tmp_path, block):
    path = tmp_path / "table.yaml"
    path.write_text(block, encoding="utf-8")
    calendar = load_calendar(path)
    assert isinstance(calendar, Calendar)
    assert calendar.name
