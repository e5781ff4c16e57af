"""YAML is taken apart only as deep as our files go."""

import errno

import pytest

from checker.calendars.reading import read_table
from checker.calendars.shallow_yaml import DEEPEST, NotYaml, compose
from checker.calendars.unreadable import reason
from checker.model.diagnostic import DataError


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_depth(opening):
    closing = {"[": "]", "{a: ": "}", "- ": "x"}[opening]
    whole = closing if closing == "x" else closing * DEEPEST
    assert compose(opening * DEEPEST + whole) is not None
    with pytest.raises(NotYaml, match="嵌套超过"):
        compose(opening * (DEEPEST + 1) + whole)


def test_the_line_of_what_is_too_deep_or_no_yaml():
    for text in ("a: 1\nb: " + "[" * 200_000, "a: 1\nb: [}"):
        with pytest.raises(NotYaml) as caught:
            compose(text)
        assert caught.value.line == 2


@pytest.mark.parametrize("key", ["9" * 5000, "年" * 100_000, "[a, b]"])
def test_odd_keys_are_refused_briefly(key):
    for text in (f"name: x\nyears:\n  ? {key}\n  : {{source: x}}\n", f"name: x\n? {key}\n: 1\n"):
        with pytest.raises(DataError) as caught:
            read_table(text, "x.yaml", {})
        assert len(str(caught.value)) < 300


def test_reasons_are_chinese():
    assert reason(OSError(errno.ENOSPC, "No space left on device")) == "磁盘已满"
    assert reason(OSError(9999, "Whatever")) == "系统错误 9999"
    assert reason(OSError("Whatever")) == "系统没有说明原因"
