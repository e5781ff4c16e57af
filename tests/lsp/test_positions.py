"""Columns in the three units of the protocol."""

import pytest

from checker.lsp.positions import from_client, lines_of, to_client

LINE = "a督𠮷b"
"""One, three and four bytes; 𠮷 takes two units of UTF-16."""


@pytest.mark.parametrize(
    ("encoding", "characters"),
    [("utf-8", [0, 1, 4, 8, 9]), ("utf-16", [0, 1, 2, 4, 5]), ("utf-32", [0, 1, 2, 3, 4])],
)
def test_there_and_back(encoding, characters):
    assert [to_client(LINE, column, encoding) for column in range(1, 6)] == characters
    assert [from_client(LINE, character, encoding) for character in characters] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("encoding", "inside", "column"), [("utf-8", 6, 3), ("utf-16", 3, 3), ("utf-8", 2, 2)])
def test_inside_a_character_is_its_start(encoding, inside, column):
    assert from_client(LINE, inside, encoding) == column


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_past_the_end_is_the_end(encoding):
    assert from_client(LINE, 99, encoding) == 5
    assert to_client(LINE, 99, encoding) == to_client(LINE, 5, encoding)
    assert (from_client("", 3, encoding), to_client("", 3, encoding)) == (1, 0)


def test_lone_halves_of_a_character_do_no_harm():
    assert [to_client("\ud842x", column, encoding) for encoding in ("utf-8", "utf-16") for column in (2, 3)] == [
        3, 4, 1, 2,
    ]  # fmt: skip


def test_only_what_the_protocol_counts_ends_a_line():
    assert lines_of("甲\r\n乙\r丙\n丁\u2028\x0b\x85戊") == ["甲", "乙", "丙", "丁\u2028\x0b\x85戊"]
