"""About the grammar itself."""

import json
import logging
import pickle

import lark
from lark import Lark

from checker.language import grammar
from checker.language.grammar import NoLexer, grammar_path
from checker.language.parse import parse

TEXT = grammar_path().read_text(encoding="utf-8")


def test_no_conflicts_and_no_priorities(caplog):
    lark.logger.setLevel(logging.DEBUG)
    try:
        with caplog.at_level(logging.DEBUG, logger=lark.logger.name):
            lark.logger.propagate = True
            Lark(TEXT, parser="lalr", lexer=NoLexer, debug=True)
    finally:
        lark.logger.setLevel(logging.CRITICAL)
    assert not [r for r in caplog.records if "conflict" in r.getMessage().lower()]
    rules = [line.split("//")[0] for line in TEXT.split("\n") if ":" in line.split("//")[0]]
    assert not [rule for rule in rules if rule.split(":")[0].strip().rstrip("0123456789").endswith(".")]


def test_cache_is_used_and_harmless_when_it_cannot_be_written(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    fresh = grammar.parser.__wrapped__
    built = fresh()
    (kept,) = tmp_path.rglob("*.json")
    stamp = kept.stat().st_mtime_ns
    loaded = fresh()
    assert kept.stat().st_mtime_ns == stamp, "built anew"
    assert loaded.parser.parser._parse_table.states == built.parser.parser._parse_table.states
    assert [(t.name, t.pattern.value) for t in loaded.terminals] == [(t.name, t.pattern.value) for t in built.terminals]
    assert loaded.rules == built.rules
    kept.write_bytes(b"rubbish")
    assert fresh().terminals
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert fresh().terminals


class _Code:
    """What an unpickler would run."""

    def __reduce__(self):
        return (print, ("run",))


def test_nothing_in_the_cache_is_run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    grammar.parser.__wrapped__()
    (kept,) = tmp_path.rglob("*.json")
    kept.write_bytes(pickle.dumps(_Code()))
    assert grammar.parser.__wrapped__().terminals
    assert capsys.readouterr().out == ""
    assert json.loads(kept.read_text(encoding="utf-8"))["memo"]


def test_every_word_keeps_its_place():
    text = "规程 《甲》\n  标识 a  # 注\n"
    parsed = parse("a.norm", text)
    word = next(iter(parsed.tree.find_data("pack_id"))).children[0]
    assert (word.line, word.column, word.end_column) == (2, 6, 7)
    assert text.split("\n")[1][word.column - 1 : word.end_column - 1] == "a"
    assert parsed.lines[1].raw[parsed.lines[1].comment :] == "# 注"
