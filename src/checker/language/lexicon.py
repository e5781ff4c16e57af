"""Fifth pass: the words of all packs, merged; conflicting declarations are errors with both places."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checker.language.nearest import did_you_mean
from checker.language.syntax import Branch, Refusal, branch, branches, complaint, leaves, names, refuse, span_of, tokens
from checker.model.diagnostic import Diagnostic, Note
from checker.model.place import Span
from checker.model.values import TypeName, ValueType
from checker.model.vocabulary import Act, Vocabulary

TYPES: tuple[TypeName, ...] = ("期间", "日期", "数", "是否", "文本", "机关", "人员")
RESERVED = ("日期", "主体", "次数", "案件", "期末", "类型")
"""Words with a meaning of their own in conditions: no attribute may take them."""


@dataclass
class Lexicon:
    """The declared words while they are collected; ``places`` remembers the first declaration of each."""

    organs: dict[str, str | None] = field(default_factory=dict)
    persons: dict[str, None] = field(default_factory=dict)
    acts: dict[str, dict[str, ValueType]] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    case: dict[str, ValueType] = field(default_factory=dict)
    kinds: dict[str, None] = field(default_factory=dict)
    places: dict[tuple[str, ...], Span] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)

    def vocabulary(self, instances: Mapping[str, str]) -> Vocabulary:
        """The frozen form, with the organs a site registers."""
        acts = {name: Act(name=name, attributes=attributes, parts=self.parts.get(name, ()))
                for name, attributes in self.acts.items()}  # fmt: skip
        return Vocabulary(organs={**self.organs, **instances}, persons=tuple(self.persons), acts=acts,
                          case_attributes=self.case, kinds=tuple(self.kinds))  # fmt: skip

    def words(self) -> set[str]:
        """Every declared word, for suggestions."""
        found = {*self.organs, *self.persons, *self.acts, *self.case, *self.kinds}
        for attributes in (*self.acts.values(), self.case):
            for name, kind in attributes.items():
                found |= {name, *kind.choices}
        return found.union(*self.parts.values()) if self.parts else found


def declare(lexicon: Lexicon, file: str, vocabulary: Branch) -> None:
    """Add one 词汇 block, line by line."""
    for line in branches(vocabulary):
        try:
            _line(lexicon, file, line)
        except Refusal as refusal:
            lexicon.problems.append(refusal.diagnostic)


def _line(lexicon: Lexicon, file: str, line: Branch) -> None:
    match line.data:
        case "organs":
            for name in names(line):
                lexicon.organs.setdefault(str(name), None)
                lexicon.places.setdefault(("organ", str(name)), span_of(file, name))
        case "persons":
            lexicon.persons.update(dict.fromkeys(map(str, names(line))))
        case "kinds":
            lexicon.kinds.update(dict.fromkeys(map(str, names(line))))
        case "is_a":
            _is_a(lexicon, file, line)
        case "case_words":
            for attribute in branches(line, "attribute"):
                _attribute(lexicon, file, attribute, ("案件",), lexicon.case)
        case _:
            _acts(lexicon, file, line)


def _is_a(lexicon: Lexicon, file: str, line: Branch) -> None:
    *lower, upper = names(line)
    if str(upper) not in lexicon.organs:
        raise refuse(
            file, upper, "unknown-organ", f"机关「{upper}」没有声明。", help=did_you_mean(upper, lexicon.organs)
        )
    for name in lower:
        held = lexicon.organs.get(str(name))
        if held not in (None, str(upper)):
            raise refuse(file, name, "conflict", f"「{name}」已声明为「{held}」，不能又是「{upper}」。")
        if str(name) in _above(lexicon, str(upper)):
            raise refuse(file, name, "cycle", f"「{name}」与「{upper}」互为上下位，成了循环。")
        lexicon.organs[str(name)] = str(upper)


def _above(lexicon: Lexicon, name: str) -> Iterator[str]:
    current: str | None = name
    while current is not None:
        yield current
        current = lexicon.organs.get(current)


def _acts(lexicon: Lexicon, file: str, line: Branch) -> None:
    for name in names(line):
        act = lexicon.acts.setdefault(str(name), {})
        lexicon.places.setdefault(("act", str(name)), span_of(file, name))
        for attribute in branches(line, "attribute"):
            if str(names(attribute)[0]) == "文书" and branch(attribute, "choices"):
                lexicon.parts[str(name)] = _merge_parts(lexicon.parts.get(str(name), ()), attribute)
            else:
                _attribute(lexicon, file, attribute, ("行为", str(name)), act)


def _merge_parts(held: tuple[str, ...], attribute: Branch) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*held, *choices_of(attribute))))


def choices_of(tree: Branch) -> tuple[str, ...]:
    """The words in the {…} of the tree."""
    found = branch(tree, "choices")
    return tuple(dict.fromkeys(str(leaf) for leaf in leaves(found))) if found else ()


def _attribute(lexicon: Lexicon, file: str, tree: Branch, owner: tuple[str, ...], held: dict[str, ValueType]) -> None:
    name = str(names(tree)[0])
    kind = _type(file, tree)
    if name in RESERVED:
        raise refuse(file, names(tree)[0], "reserved", f"「{name}」是语言自己的词，不能作属性名。")
    key = (*owner, name)
    earlier = held.get(name)
    if earlier is not None and earlier.choices and kind.choices and earlier.many == kind.many:
        kind = earlier.model_copy(update={"choices": tuple(dict.fromkeys((*earlier.choices, *kind.choices)))})
    elif earlier is not None and earlier != kind:
        note = Note(at=lexicon.places[key], text="先前的声明在此。")
        message = f"「{owner[-1]}」的属性「{name}」声明为{_type_text(kind)}，与先前声明的{_type_text(earlier)}不一致。"
        lexicon.problems.append(complaint(file, tree, "conflict", message, notes=(note,)))
        return
    held[name] = kind
    lexicon.places.setdefault(key, span_of(file, tree))


def _type(file: str, tree: Branch) -> ValueType:
    many = branch(tree, "many") is not None
    if branch(tree, "choices"):
        return ValueType(name="枚举", choices=choices_of(tree), many=many)
    word = tokens(tree, "NAME")[1]
    for known in TYPES:
        if known == word:
            return ValueType(name=known, many=many)
    help = did_you_mean(word, TYPES) or "类型须为 " + "、".join(TYPES) + " 或 {…} 之一。"
    raise refuse(file, word, "unknown-type", f"没有「{word}」这种类型。", help=help, expected="、".join(TYPES))


def type_text(kind: ValueType) -> str:
    """A type as the drafter wrote it."""
    return _type_text(kind)


def _type_text(kind: ValueType) -> str:
    base = "{" + "、".join(kind.choices) + "}" if kind.name == "枚举" else kind.name
    return f"「{'多个 ' if kind.many else ''}{base}」"
