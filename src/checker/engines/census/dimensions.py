"""What findings are grouped by: never by persons, and only by words the rules declare."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

from checker.engines.census.stages import stages_of
from checker.model.diagnostic import DataError, Diagnostic
from checker.model.figures import UNDATED
from checker.model.norm import RuleSet
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

UNSAID: Final = "（未写明）"
PERSON: Final = "（个人，不列）"
"""Where the one who owes a duty is a person, or only the role of one: persons are in no table."""


class Axis(Enum):
    """A kind of dimension, with the names it goes by."""

    UNIT = ("承办单位", "单位", "责任机关")
    KIND = ("类型",)
    STAGE = ("环节",)
    SOURCE = ("来源",)
    NORM = ("规范",)
    PACK = ("规则包",)
    CATEGORY = ("性质",)
    SEVERITY = ("情节",)
    YEAR = ("年度", "年")
    HALF = ("半年",)
    QUARTER = ("季度",)
    MONTH = ("月份", "月")
    ATTRIBUTE = ()

    @property
    def months(self) -> int:
        """The length of its calendar periods; 0 of what is no period."""
        return {Axis.YEAR: 12, Axis.HALF: 6, Axis.QUARTER: 3, Axis.MONTH: 1}.get(self, 0)


class Dimension(NamedTuple):
    """One dimension; ``attributes`` are those that say its value, the first that does counts."""

    name: str
    axis: Axis
    attributes: tuple[str, ...] = ()


SOURCES: Final = ("监督来源", "来源")
"""Attributes that say where a case comes from, unless told otherwise."""
_GROUPABLE: Final = frozenset(("枚举", "机关", "是否"))
_NAMES: Final = {name: axis for axis in Axis for name in axis.value}


def source_attributes(rules: RuleSet, named: str | None) -> tuple[str, ...]:
    """The attributes that say where a case comes from. DataError where the one named cannot."""
    if named is not None:
        return (_attribute(named, rules.vocabulary),)
    declared = _declared(rules.vocabulary)
    return tuple(name for name in SOURCES if _is_groupable(declared.get(name, ())))


def dimension(name: str, rules: RuleSet, sources: tuple[str, ...] = ()) -> Dimension:
    """The dimension of this name: one of ours, or a declared attribute. DataError where there is none such."""
    axis = _NAMES.get(name)
    if axis is Axis.SOURCE and not sources:
        message, help_ = "词汇里没有写明案件来源的属性，不能按「来源」分组", "用「--source」写明是哪个属性"
        raise DataError((Diagnostic(code="no-source", message=message, help=help_),))
    if axis is Axis.SOURCE:
        return Dimension(name, axis, sources)
    if axis is not None:
        return Dimension(axis.value[0], axis)
    return Dimension(name, Axis.ATTRIBUTE, (_attribute(name, rules.vocabulary),))


def crossed(names: Sequence[str], rules: RuleSet, sources: tuple[str, ...] = ()) -> tuple[Dimension, ...]:
    """The dimensions of one table. DataError where one is named twice, or two of them are periods."""
    found = tuple(dimension(name, rules, sources) for name in names)
    periods = [one.name for one in found if one.axis.months]
    if len(periods) > 1:
        message = f"一张表只能有一种时段，这里写了「{'」「'.join(periods)}」"
        raise DataError((Diagnostic(code="two-periods", message=message, help="分成两张表，用逗号隔开"),))
    if len(set(found)) < len(found):
        message = f"「{'×'.join(one.name for one in found)}」里有写了两次的分组"
        raise DataError((Diagnostic(code="repeated-dimension", message=message),))
    return found


def _attribute(name: str, vocabulary: Vocabulary) -> str:
    types = _declared(vocabulary).get(name, ())
    if _is_groupable(types):
        return name
    known = "、".join((*(axis.value[0] for axis in Axis if axis.value), "词汇里的枚举、机关、是否三类属性"))
    if types:
        said = "、".join(sorted({one.name for one in types}))
        message, help_ = f"不能按「{name}」分组，它的种类是{said}", "按人员、文字分组会列出个人，按数和日期分组没有意义"
    else:
        message, help_ = f"不能按「{name}」分组，词汇里没有这个属性", "用 checker vocabulary 查看有哪些属性"
    raise DataError((Diagnostic(code="unknown-dimension", message=message, expected=known, help=help_),))


def _declared(vocabulary: Vocabulary) -> dict[str, list[ValueType]]:
    found: dict[str, list[ValueType]] = {}
    attributes: Iterable[Mapping[str, ValueType]] = (
        vocabulary.case_attributes,
        *(act.attributes for act in vocabulary.acts.values()),
    )
    for one in attributes:
        for name, kind in one.items():
            found.setdefault(name, []).append(kind)
    return found


def _is_groupable(types: Iterable[ValueType]) -> bool:
    kinds = {one.name for one in types}
    return bool(kinds) and kinds <= _GROUPABLE


class Register:
    """The names on each dimension under a rule set, and their order."""

    def __init__(self, rules: RuleSet) -> None:
        """Nothing of a case is known here."""
        self._rules, self._vocabulary = rules, rules.vocabulary
        self._stages = stages_of(rules)
        self._declared = _declared(rules.vocabulary)
        self._organs = {name for name, kinds in self._declared.items() if any(one.name == "机关" for one in kinds)}
        self._order: dict[Dimension, dict[str, int]] = {}

    def unit(self, bearer: str | None) -> str:
        """The unit as it stands in a table: organs by their names, persons never."""
        if not bearer:
            return UNSAID
        names = [name if name in self._vocabulary.organs else PERSON for name in bearer.split("、")]
        organs = [name for name in names if name != PERSON]
        return "、".join((*organs, PERSON) if len(organs) < len(names) else organs)

    def is_unit(self, name: str) -> bool:
        """Whether it is one: neither unsaid nor anything with a person in it."""
        return name != UNSAID and not name.endswith(PERSON)

    def of_norm(self, one: Dimension, position: int) -> str:
        """The name on a dimension that depends on the norm alone."""
        norm = self._rules.norms[position]
        match one.axis:
            case Axis.STAGE:
                return self._stages[position]
            case Axis.PACK:
                return norm.pack
            case Axis.CATEGORY:
                return str(norm.breach.category)
            case Axis.SEVERITY:
                return str(norm.breach.severity)
            case _:
                return norm.id

    def value(self, name: str, said: str | None) -> str:
        """The value of an attribute as it stands in a table."""
        if not said:
            return UNSAID
        return self.unit(said) if name in self._organs and said not in ("是", "否") else said

    def place(self, one: Dimension, name: str) -> tuple[int, str]:
        """Where a name stands among the others; what is not said comes last."""
        if name in (UNSAID, UNDATED) or name.endswith(PERSON):
            return 2, name
        known = self._order.get(one)
        if known is None:
            known = self._order[one] = {text: n for n, text in enumerate(dict.fromkeys(self._listed(one)))}
        return (0, f"{known[name]:09d}") if name in known else (1, name)

    def _listed(self, one: Dimension) -> Iterable[str]:
        match one.axis:
            case Axis.UNIT:
                return self._vocabulary.organs
            case Axis.KIND:
                return self._vocabulary.kinds
            case Axis.STAGE | Axis.NORM | Axis.PACK | Axis.CATEGORY | Axis.SEVERITY:
                return (self.of_norm(one, position) for position in range(len(self._rules.norms)))
            case Axis.SOURCE | Axis.ATTRIBUTE:
                return (choice for name in one.attributes for kind in self._declared[name] for choice in _choices(kind))
            case _:
                return ()


def _choices(kind: ValueType) -> tuple[str, ...]:
    return ("是", "否") if kind.name == "是否" else kind.choices
