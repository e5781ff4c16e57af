"""A sheet's mapping while it is put together: which columns are spoken for, and what is to be said beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checker.cases.ledger.mapping import FromColumn
from checker.cases.ledger.proposing.samples import Table
from checker.cases.ledger.proposing.words import Words
from checker.cases.ledger.values.characters import visible
from checker.cases.ledger.values.organs import Register, read_organs
from checker.cases.problems import Refusal, nearest
from checker.model.values import ValueType

_SOME = 6
MANY_WORDS = 60
"""Words of a column that are listed; where there are more it is running text."""


@dataclass(slots=True)
class Draft:
    """``taken`` heads are explained; ``comments`` are keyed as the writer wants them, without the sheet."""

    table: Table
    words: Words
    known: Register
    looked_at: Mapping[str, Iterable[str]] = field(default_factory=dict)
    opened_by: Mapping[str, Iterable[str]] = field(default_factory=dict)
    taken: dict[str, None] = field(default_factory=dict)
    comments: dict[tuple[str, ...], str] = field(default_factory=dict)
    organs: dict[str, str | None] = field(default_factory=dict)
    organ_comments: dict[str, str] = field(default_factory=dict)

    @property
    def free(self) -> list[str]:
        """The heads that nothing explains yet."""
        return [head for head in self.table.header.names.values() if head not in self.taken]

    def take(self, *heads: str | None) -> None:
        """They are explained."""
        self.taken.update(dict.fromkeys(head for head in heads if head is not None))

    def say(self, text: str, *part: str) -> None:
        """A comment beside a part."""
        self.comments[part] = text

    def say_covered(self, acts: Sequence[str], what: str) -> None:
        """What covering means, and which acts excuse others though the ledger does not tell of them."""
        more = dict.fromkeys(one for act in acts for one in self.looked_at.get(act, ()) if one not in acts)
        names = listed(list(more)[:_SOME]) + ("等" if len(more) > _SOME else "")
        open_ = f"；规范的例外还看{names}，这里没有列：确实都没有的写进来，不写的只能得出资料不足" if more else ""
        self.say(f"{what}{open_}", "涵盖")

    def not_before(self, acts: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Of the acts of a sheet, those with a period that another act of the sheet opens."""
        found = {act: tuple(one for one in self.opened_by.get(act, ()) if one in acts) for act in acts}
        found = {act: of for act, of in found.items() if of}
        if found:
            text = "规范里左边的期限从右边起算；写得比右边的都早，多半写错，两处都按日期不明处理"
            self.say(f"{text}；确实可以更早的，删去那一行", "不早于")
        return found

    def choices(self, head: str, kind: ValueType) -> dict[str, str | None]:
        """The words of a column that are none of the declared values: for a person to say what they mean."""
        found: dict[str, str | None] = {}
        if kind.name != "枚举" or len(self.table.texts(head)) > MANY_WORDS:
            return found
        for word in self.table.texts(head):
            pieces = word.replace("，", "、").split("、") if kind.many else [word]
            if not all(piece.strip() in kind.choices for piece in pieces):
                found[word] = None
                near = nearest(word, kind.choices)
                said = f"可以写：{'、'.join(kind.choices)}"
                self.say(f"是不是「{near}」？{said}" if near else said, "值", word)
        return found

    def note_organs(self, head: str) -> None:
        """The names of a column that nothing declares: to be led to declared ones by a person."""
        persons = self.words.vocabulary.persons
        for name in map(visible, self.table.texts(head)):
            if name in persons or name in self.organs or not isinstance(read_organs(name, self.known), Refusal):
                continue
            found = read_organs(name, self.known)
            if isinstance(found, Refusal) and found.code == "unknown-organ":
                self.organs[name] = None
                near = self.words.organ_like(name)
                self.organ_comments[name] = f"是不是「{near}」？" if near else "写上声明过的机关，或者空着"

    def from_column(self, head: str, kind: ValueType, unit: str | None) -> FromColumn:
        """A column as the source of a value of a type."""
        if kind.name == "机关":
            self.note_organs(head)
        return FromColumn(column=head, unit=unit if kind.name == "期间" else None, values=self.choices(head, kind))


def listed(names: Iterable[str]) -> str:
    """In the quotation marks of a sentence."""
    return "、".join(f"「{name}」" for name in names)
