"""References in remarks and questions that lead nowhere."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from lark.lexer import Token

from checker.language.linting.desk import Desk
from checker.language.linting.lint import Lint, Page
from checker.language.parse import Parsed
from checker.language.scan import Line
from checker.language.syntax import Branch, branches, leaves
from checker.model.diagnostic import Diagnostic, Level
from checker.model.norm import Pack
from checker.model.place import Span
from checker.model.source import ARTICLE

_ARTICLE: Final = re.compile(rf"《([^《》]+)》({ARTICLE})")
_OWN: Final = re.compile(rf"本规程的?({ARTICLE})")
_NAMED: Final = re.compile(r"(?<![意听罕常])见(?:规范)?「([^「」]+)」")


class _Known(NamedTuple):
    """What can be referred to: articles by title, ids of norms and indicators, ids of packs."""

    articles: Mapping[str, set[str]]
    ids: set[str]
    packs: set[str]


def _check(desk: Desk) -> Iterator[Diagnostic]:
    articles: dict[str, set[str]] = {}
    for held in (one for pack in desk.rules.packs for one in pack.texts):
        for title in {held.title, held.short} - {""}:
            articles.setdefault(title, set()).update(one.name for one in held.articles)
    ids = {f"{block.pack.id}/{block.title}" for block in (*desk.blocks, *desk.indicators)}
    known = _Known(articles, ids, {pack.id for pack in desk.rules.packs})
    for pack, file in desk.homes():
        for line, start, text in (*_remarks(file), *_said(file)):
            for at, message, help in _dead(text, pack, known):
                yield _hit(file, line, start + at.start(), start + at.end(), message, help)


def _remarks(file: Parsed) -> Iterator[tuple[Line, int, str]]:
    for line in file.lines:
        if line.comment < len(line.raw):
            yield line, line.comment, line.raw[line.comment :]


def _said(file: Parsed) -> Iterator[tuple[Line, int, str]]:
    """Questions, and references of a 依据; the articles that a 依据 names are looked up by the compiler."""
    for block in branches(file.tree, "norm", "indicator"):
        for word in (leaf for line in branches(block, "review", "basis") for leaf in _texts(line)):
            line = file.lines[(word.line or 1) - 1]
            yield line, (word.column or 1) - 1, line.raw[(word.column or 1) - 1 : (word.end_column or 1) - 1]


def _texts(line: Branch) -> Iterator[Token]:
    kind = "QUOTE" if line.data == "review" else "REFERENCE"
    yield from (leaf for leaf in leaves(line) if leaf.type == kind)


def _dead(text: str, pack: Pack, known: _Known) -> Iterator[tuple[re.Match[str], str, str]]:
    for found in _ARTICLE.finditer(text):
        if found[1] in known.articles and found[2] not in known.articles[found[1]]:
            message = f"这里说到《{found[1]}》{found[2]}，所存的条文里没有这一条。"
            yield found, message, "核对条号，或者补存这一条。"
    for found in _OWN.finditer(text):
        if found[1] not in known.articles.get(pack.title, ()):
            yield found, f"这里说到本规程{found[1]}，规范没有条号，找不到是哪一条。", "写规范的名称。"
    for found in _NAMED.finditer(text):
        if f"{pack.id}/{found[1]}" not in known.ids and found[1] not in known.ids:
            yield (
                found,
                f"这里说到「{found[1]}」，规程里没有这个名称的规范或者指标。",
                "核对名称；规范改了名的，这里也要改。",
            )
    # A name in plain ASCII is rather a file (duban/duban.norm) than a norm.
    for found in re.finditer(r"(?<![\w/.-])([a-z][a-z0-9-]*)/([\w·.-]+)", text):
        if found[1] in known.packs and not found[2].isascii() and not _starts(found[0], known.ids):
            yield found, f"这里说到「{found[0]}」，没有这条规范。", "核对名称；规范改了名的，这里也要改。"


def _starts(text: str, ids: set[str]) -> bool:
    """Whether it is the name of a norm, or goes on after one without a mark."""
    return any(text.startswith(one) for one in ids)


def _hit(file: Parsed, line: Line, start: int, end: int, message: str, help: str) -> Diagnostic:
    span = Span(file=file.name, line=line.number, column=start + 1, end_line=line.number, end_column=end + 1)
    return Diagnostic(code="", message=message, at=span, quote=line.raw[start:end], help=help)


LINT = Lint(
    code="dead-reference",
    title="注和问题里说到的条文、规范，要找得到。",
    level=Level.WARNING,
    page=Page(
        summary="注里写的《…》第几条不在所存的条文里，写的规范名没有这一条，或者写了「本规程第几条」。",
        basis="注是写给后来改规则的人看的；规范改名、条文修正之后，注里的去处最容易忘了改。",
        method="看注、人工认定的问题和依据的出处：《…》第几条，文件存在规程旁边而没有这一条的；「标识/名称」，这个规程在受检之列而没有这一条的；"
        "「见「名称」」，同一规程没有这个名称的；「本规程第几条」。",
        exceptions="没有存下条文的文件、没有一起检查的规程，不看。依据引文与条文是否相符，"
        "编译时和 `checker articles` 已经核对，这里不重复。",
    ),
    bad="""# 逾期的，另见「逾期督办」。
规范 限期催办
  依据 本规程
  当 交办
  应当 政法委 催办
""",
    good="""# 逾期的，另见「逾期通知」。
规范 限期催办
  依据 本规程
  当 交办
  应当 政法委 催办

规范 逾期通知
  依据 本规程
  当 交办
  应当 政法委 通知
""",
    check=_check,
)
