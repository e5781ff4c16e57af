"""Names hold nothing that cannot be seen; running text may hold what joins and ends lines."""

import pytest

from checker.cases.problems import Refusal
from checker.cases.typed import read_name, read_value
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

HIDDEN = [
    "\U000e0041",
    "\u200d",
    "\u00ad",
    "\ue000",
    "\u0378",
    "\U000f0000",
    "\ufff9",
    "\u2028",
    "\u2029",
    "\x7f",
    "\n",
]


@pytest.mark.parametrize("char", HIDDEN, ids=ascii)
def test_no_name_with_it(char):
    refusal = read_name(f"甲{char}乙", "案件编号")
    assert isinstance(refusal, Refusal)
    assert f"U+{ord(char):04X}" in refusal.message


@pytest.mark.parametrize("name", ["甲 乙", "〔2024〕12号", "𠮷", "\U000323af", "葛\U000e0100", "é", "e\u0301"])
def test_rare_characters_are_no_offence(name):
    assert read_name(name, "案件编号") == name


@pytest.mark.parametrize(("text", "is_taken"), [("一\n二\t三\u200d四", True), ("一\U000e0041", False), ("\x1b", False)])
def test_running_text(text, is_taken):
    found = read_value(text, ValueType(name="文本"), Vocabulary(), None)
    assert (found == text) is is_taken
