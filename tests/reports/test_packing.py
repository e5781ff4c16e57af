"""Packages that are the same whenever they are made."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from checker.reports.packing import packed, repacked


def book(when):
    made = openpyxl.Workbook()
    made.active["A1"] = "一"
    made.properties.created = made.properties.modified = when
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_a_workbook_does_not_tell_when_it_was_written():
    one, other = book(dt.datetime(2024, 1, 1, 8)), book(dt.datetime(2026, 5, 5, 9))
    assert one != other
    assert repacked(one) == repacked(other)
    again = openpyxl.load_workbook(io.BytesIO(repacked(one, dt.date(2026, 7, 1))))
    assert again.active["A1"].value == "一"
    assert again.properties.created == again.properties.modified == dt.datetime(2026, 7, 1)


def test_repacking_twice_changes_nothing():
    once = repacked(book(dt.datetime(2024, 1, 1)))
    assert repacked(once) == once


@pytest.mark.parametrize("names", [("b.xml", "a.xml"), ("mimetype", "content.xml")])
def test_parts_keep_their_order_and_content(names):
    data = packed({name: name.encode() * 50 for name in names})
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert tuple(found.namelist()) == names
        assert all(found.read(name) == name.encode() * 50 for name in names)
        assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert [entry.compress_type == zipfile.ZIP_STORED for entry in found.infolist()] == [
            name == "mimetype" for name in names
        ]
