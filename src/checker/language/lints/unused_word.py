"""Words declared in a 词汇, and parameters, that nothing uses."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from lark.lexer import Token

from checker.explain.references import nodes_of
from checker.language.linting.desk import Desk, hit
from checker.language.linting.lint import Lint, Page
from checker.language.parse import Parsed
from checker.language.syntax import Branch, branch, branches, names, tokens
from checker.model import expressions as x
from checker.model.diagnostic import Diagnostic, Level
from checker.model.indicator import SumOver
from checker.model.node import Node
from checker.model.requirements import Contain, Deem, Fixed

_KINDS: Final = {"organs": "机关", "persons": "人员", "kinds": "类型", "acts": "行为"}
_HEAVY: Final = ("行为", "类型", "参数")
"""Unused, these are surely left over; the others a record may state though no norm asks."""


def _check(desk: Desk) -> Iterator[Diagnostic]:
    used = _used(desk)
    told: set[tuple[str, str]] = set()
    for file in desk.files:
        for kind, word in (pair for tree in branches(file.tree, "vocabulary") for pair in _declared(tree)):
            key = (kind, str(word))
            if str(word) not in used[kind] and key not in told:
                told.add(key)
                yield _hit(file, kind, word)
    for pack, file, tree in desk.heads:
        for line in branches(tree, "parameter"):
            if f"{pack.id}/{names(line)[0]}" not in used["参数"]:
                yield _hit(file, "参数", names(line)[0])


def _hit(file: Parsed, kind: str, word: Token) -> Diagnostic:
    message = f"{kind}「{word}」声明了，没有一条规范或者指标用到。"
    help = "删去它，或者写出用到它的规范；只供案件记录填写的，不必改。"
    return hit(file, word, message, help, level=Level.WARNING if kind in _HEAVY else Level.NOTE)


def _declared(vocabulary: Branch) -> Iterator[tuple[str, Token]]:
    for line in branches(vocabulary):
        if line.data in _KINDS:
            yield from ((_KINDS[line.data], word) for word in names(line))
        if line.data in ("acts", "case_words"):
            for attribute in branches(line, "attribute"):
                yield from _of_attribute(attribute)


def _of_attribute(attribute: Branch) -> Iterator[tuple[str, Token]]:
    name, choices = names(attribute)[0], branch(attribute, "choices")
    if str(name) == "文书" and choices is not None:
        yield from (("文书内容", word) for word in tokens(choices))
    else:
        yield "属性", name


def _used(desk: Desk) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {kind: set() for kind in (*_KINDS.values(), "属性", "文书内容", "参数")}
    rules = desk.rules
    for pack in rules.packs:
        _note(found, pack.id, nodes_of(pack.closing) if pack.closing is not None else ())
    for norm in rules.norms:
        found["属性"].update(norm.correlate)
        _note(found, norm.pack, nodes_of(norm))
    for indicator in rules.indicators:
        _note(found, indicator.pack, nodes_of(indicator))
    named = found["机关"]
    named |= {kind for organ in rules.vocabulary.organs for kind in _above(desk, organ) if organ in named}
    named |= {organ for organ in rules.vocabulary.organs if any(kind in named for kind in _above(desk, organ))}
    return found


def _above(desk: Desk, organ: str) -> Iterator[str]:
    kind = desk.rules.vocabulary.organs.get(organ)
    if kind is not None:
        yield kind


def _note(found: Mapping[str, set[str]], pack: str, nodes: Iterable[Node]) -> None:
    for node in nodes:
        match node:
            case x.Pattern():
                found["行为"].update(node.acts)
                found["属性"].update((node.dated_by,) if node.dated_by else ())
            case Deem():
                found["行为"].add(node.act)
            case x.Attribute():
                found["属性"].add(node.name)
            case x.Sum() | SumOver() | x.AnchorActor():
                found["属性"].add(node.attribute)
            case Contain():
                found["文书内容"].update(node.parts)
            case x.OrganActor():
                _words(found, node.names)
            case x.Member():
                _words(found, node.values)
            case Fixed() | x.LiteralValue():
                found["参数"].update((f"{pack}/{node.parameter}",) if node.parameter else ())
                _words(found, (node.value,) if isinstance(node, x.LiteralValue) else ())
            case _:
                pass


def _words(found: Mapping[str, set[str]], values: Iterable[object]) -> None:
    for kind in ("机关", "人员", "类型"):
        found[kind].update(value for value in values if isinstance(value, str))


LINT = Lint(
    code="unused-word",
    title="声明了的词要有规范用到。",
    level=Level.WARNING,
    page=Page(
        summary="词汇里的行为、类型，规程的参数，没有规范用到的是提示；机关、人员、属性、文书内容没有用到的是说明。",
        basis="没有用到的行为，多半是规范漏写了，或者写成了另一个近义的词；没有用到的参数，改了也不起作用，还会使人误以为改了。",
        method="看编译之后的核心：触发、要求、例外、适用、案结、版本、指标用到的词。几个规程一起检查的，互相用到的也算。",
        exceptions="列举的取值不看：一个列举要列全，不必每个值都有规范区别对待。"
        "机关的上级种类、下级种类用到了的，也算用到。机关、人员、属性在案件记录里可能要填，所以只是说明。",
    ),
    bad="""规程 《示例规程》
  标识 demo
  效力 示范
  期间 日为自然日
  参数 催办期限 = 5日 「无上位规定，示范取值」

词汇
  行为 交办、催办、督办

规范 限期催办
  依据 本规程
  当 交办
  应当 催办，自 交办 起 催办期限 内
""",
    good="""规程 《示例规程》
  标识 demo
  效力 示范
  期间 日为自然日
  参数 催办期限 = 5日 「无上位规定，示范取值」

词汇
  行为 交办、催办

规范 限期催办
  依据 本规程
  当 交办
  应当 催办，自 交办 起 催办期限 内
""",
    check=_check,
)
