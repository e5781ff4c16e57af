"""Norms in colour: nothing is lost, nothing is an error, and the parser says what a word is."""

import re
import tomllib
from pathlib import Path
from pkgutil import resolve_name

import pytest
from pygments.token import Error

from checker.language.parse import keywords
from checker.language.pygments_lexer import NormLexer

ROOT = Path(__file__).parents[2]
PACKS = sorted((ROOT / "rules").rglob("*.norm"))
BROKEN = sorted((ROOT / "grammar" / "malformed").glob("*.norm"))
FENCE = re.compile(r"^```norm[^\n]*\n(.*?)^```", re.M | re.S)
SNIPPETS = [
    (page.name, text)
    for page in sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
    for text in FENCE.findall(page.read_text(encoding="utf-8"))
]


def coloured(text):
    """The tokens, with the text as it is."""
    return list(NormLexer(stripnl=False, ensurenl=False).get_tokens(text))


def shown(text):
    """What is coloured, in order, blanks left out."""
    return [f"{str(kind).removeprefix('Token.')} {part}" for kind, part in coloured(text) if part.strip()]


@pytest.mark.parametrize("path", PACKS + BROKEN, ids=lambda path: path.name)
def test_every_pack_and_every_mistake_comes_back_whole(path):
    text = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n").lstrip("\ufeff")
    tokens = coloured(text)
    assert "".join(part for _, part in tokens) == text
    assert [part for kind, part in tokens if kind is Error] == []


def test_the_packs_are_read_by_the_parser_and_not_by_guesses():
    for path in PACKS:
        text = path.read_text(encoding="utf-8")
        titles = {line.split()[1] for line in text.split("\n") if line.startswith("规范 ")}
        named = {part for kind, part in coloured(text) if str(kind) == "Token.Name"}
        assert titles <= named


@pytest.mark.parametrize("text", [text for _, text in SNIPPETS], ids=[f"{p}-{n}" for n, (p, _) in enumerate(SNIPPETS)])
def test_every_norm_in_the_documentation_is_coloured(text):
    tokens = coloured(text)
    assert "".join(part for _, part in tokens) == text
    assert {part for kind, part in tokens if str(kind).startswith("Token.Keyword")} & keywords()


def test_pieces_without_a_head():
    assert shown("当 交办\n应当 承办单位 办结，自 交办 起 90日 内  # 九十日\n但 期满前 有 延期 的，延长 30日") == [
        "Keyword 当", "Name 交办",
        "Keyword 应当", "Name 承办单位", "Name 办结", "Punctuation ，", "Keyword 自", "Name 交办", "Keyword 起",
        "Literal.Number 90日", "Keyword 内", "Comment.Single # 九十日",
        "Keyword 但", "Keyword 期满前", "Keyword 有", "Name 延期", "Punctuation 的，", "Keyword 延长",
        "Literal.Number 30日",
    ]  # fmt: skip


def test_a_soft_word_is_a_name_where_it_is_one():
    assert shown("词汇\n  机关 法院\n  行为 交办：承办单位 机关，期限 期间\n") == [
        "Keyword.Declaration 词汇", "Keyword 机关", "Name 法院", "Keyword 行为", "Name 交办", "Punctuation ：",
        "Name 承办单位", "Name 机关", "Punctuation ，", "Name 期限", "Name 期间",
    ]  # fmt: skip


def test_what_cannot_be_read_is_coloured_word_by_word():
    assert shown("规范 甲\n  应当 应当 《某》「某」 5日") == [
        "Keyword.Declaration 规范", "Name 甲", "Keyword 应当", "Keyword 应当", "Name.Namespace 《某》",
        "Literal.String 「某」", "Name 5日",
    ]  # fmt: skip


def test_quotes_over_nothing_and_strange_characters():
    for text in ("", "\n", "# 只有注释", "规范 甲\n\t依据 「未完", "𠮷 \u200b𠮷\n", "规程 《甲》\n  标识 a\n\n\n词汇"):
        assert "".join(part for _, part in coloured(text)) == text


def test_the_entry_point_names_the_lexer():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (target,) = project["entry-points"]["pygments.lexers"].values()
    assert resolve_name(target) is NormLexer
    assert {"norm", "checker-norm"} == set(NormLexer.aliases)
