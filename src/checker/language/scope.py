"""What a name means at a place of a norm: whose attributes stand bare, which act is the anchor's, how 日 counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lark.lexer import Token

from checker.language.lexicon import Lexicon
from checker.language.nearest import did_you_mean
from checker.language.numerals import DayUnit
from checker.language.syntax import Branch, Refusal, refuse
from checker.model.expressions import AnchorEvent, CaseSubject, Condition, SelfEvent, Subject
from checker.model.norm import Parameter
from checker.model.values import ValueType

_SELF = SelfEvent()

Subjects = tuple[str, ...] | None
"""Acts that an event may be of; None where there is no event."""


@dataclass(frozen=True)
class Scope:
    """The place at which names are read.

    ``subject`` are the acts of *self*, called ``me`` in the core; ``root`` those of the anchor's root event.
    ``anchored`` is False inside the anchor's own pattern, where nothing can refer to the anchor yet.
    ``norm_id`` turns a title, or ``pack/title``, into the id of a declared norm; ``is_adjusted`` says whether a norm's
    period can be moved; ``conjoin`` lowers the conditions that follow an act (the two hold one another).
    """

    file: str
    lexicon: Lexicon
    parameters: Mapping[str, Parameter]
    day: DayUnit
    norm_id: Callable[[str], str | None]
    is_adjusted: Callable[[str], bool]
    conjoin: Callable[["Scope", list[Branch]], list[Condition]]
    titles: tuple[str, ...] = ()
    subject: Subjects = None
    me: Subject = _SELF
    root: Subjects = None
    anchored: bool = False

    def at(self, acts: Subjects, me: Subject | None = None) -> "Scope":
        """The same place, with another event as self."""
        return replace(self, subject=acts, me=me or SelfEvent())

    def of_case(self) -> "Scope":
        """A place where bare names are attributes of the case (适用于)."""
        return replace(self, subject=None, root=None, anchored=False, me=CaseSubject())

    def attribute(self, name: str) -> ValueType | None:
        """The type of a bare attribute here; None if every act does not declare it alike."""
        if isinstance(self.me, CaseSubject):
            return self.case_attribute(name)
        return self.attribute_of(self.subject, name)

    def attribute_of(self, acts: Subjects, name: str) -> ValueType | None:
        """The type of an attribute that all of these acts declare alike."""
        kinds = [self.lexicon.acts.get(act, {}).get(name) for act in acts or ()]
        return kinds[0] if kinds and all(kind is not None and kind == kinds[0] for kind in kinds) else None

    def case_attribute(self, name: str) -> ValueType | None:
        """The type of an attribute of the case."""
        if name == "类型":
            return ValueType(name="枚举", choices=tuple(self.lexicon.kinds))
        return self.lexicon.case.get(name)

    def is_party(self, name: str) -> bool:
        """Whether the name is a declared organ or person role."""
        return name in self.lexicon.organs or name in self.lexicon.persons

    def is_anchor_party(self, name: str) -> bool:
        """Whether the name is an attribute of the anchor's event that holds an organ or a person."""
        kind = self.attribute_of(self.root, name) if self.anchored else None
        return kind is not None and kind.name in ("机关", "人员")

    def anchor_or_self(self) -> Subject:
        """The anchor's event, as seen from here."""
        return AnchorEvent() if self.anchored else self.me

    def no_attribute(self, name: Token, acts: Subjects) -> Refusal:
        """The refusal of an attribute that the acts lack."""
        known = {a for act in acts or () for a in self.lexicon.acts.get(act, {})}
        owner = "、".join(acts or ()) or "此处"
        help = f"案件的属性写作「案件 的 {name}」。" if str(name) in self.lexicon.case else did_you_mean(name, known)
        message = f"「{owner}」没有属性「{name}」。"
        return refuse(self.file, name, "unknown-attribute", message, help=help, expected="、".join(sorted(known)))

    def is_ambiguous(self, name: str) -> bool:
        """Whether a bare name is both a parameter and an attribute here."""
        here = self.attribute(name) or (self.attribute_of(self.root, name) if self.anchored else None)
        return name in self.parameters and here is not None

    def ambiguous(self, name: Token) -> Refusal:
        """The refusal of such a name."""
        message = f"「{name}」既是参数，又是属性，所指不明。"
        return refuse(self.file, name, "ambiguous", message, help=f"属性写作「其 {name}」，或改参数的名字。")

    def norm(self, name: Token) -> str:
        """The id of the norm that the word names."""
        found = self.norm_id(str(name))
        if found is None:
            help = did_you_mean(name, self.titles)
            raise refuse(self.file, name, "unknown-norm", f"没有名为「{name}」的规范。", help=help)
        return found
