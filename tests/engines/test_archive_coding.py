"""Columns to codes: whatever form of Arrow says that a row has no value, it has none."""

import pyarrow as pa
import pytest

from checker.engines.archive.coding import encode_texts

INDICES = pa.array([1, 0, None, 2, 1], pa.int32())
FORMS = {
    "plain": pa.array(["x", None, None, "y", "x"]),
    "dictionary": pa.DictionaryArray.from_arrays(pa.array([0, None, None, 1, 0], pa.int32()), pa.array(["x", "y"])),
    "a null in the dictionary": pa.DictionaryArray.from_arrays(INDICES, pa.array([None, "x", "y"])),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_row_without_a_value_has_no_code(form):
    found = encode_texts(FORMS[form])
    assert [None if code < 0 else found.values[code] for code in found.codes] == ["x", None, None, "y", "x"]
    assert None not in found.values
