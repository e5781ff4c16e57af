"""What the heads of columns mean: roles of columns, acts and attributes of the vocabulary, by name or by synonym."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from checker.cases.ledger.headers import BETWEEN
from checker.cases.ledger.synonyms import synonyms
from checker.cases.problems import nearest
from checker.model.values import ValueType
from checker.model.vocabulary import Vocabulary

_TAIL: Final = re.compile(r"的?(?:之日|年月日|日期|时间|日|时刻)$")
_ASIDE: Final = re.compile(r"[(（][^()（）]*[)）]")
_TIMES: Final = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+次|首次|初次|再次|末次|最后一次|最近一次|本次)|[\d一二三](?:次)?$"
)
_PLANNED: Final = re.compile(r"应|拟|计划|预计|预定|要求|限|到期|届满|最迟|截止|期满|承诺|目标")
"""Heads of days by which an act is to be done, not on which it was."""
_SOME: Final = 6
_UNIT: Final = re.compile(r"[(（](工作日|个工作日|日|天|个?月|年)[)）]")
_UNITS: Final = {"天": "日", "个月": "月", "个工作日": "工作日"}


class Claim(NamedTuple):
    """The acts that a head may mean. ``is_dated``: it says that it is a date; ``organ``: the organ it names before."""

    acts: tuple[str, ...]
    is_dated: bool
    organ: str | None = None


class Words(NamedTuple):
    """The heads known for a vocabulary."""

    vocabulary: Vocabulary
    roles: Mapping[str, tuple[str, ...]]
    acts: Mapping[str, tuple[str, ...]]
    """A way of writing to the acts it may mean, the acts' own names included."""
    attributes: Mapping[str, tuple[str, ...]]
    endings: Mapping[str, tuple[str, ...]]

    def organ_like(self, name: str) -> str | None:
        """The declared organ that a name most likely stands for: by its ending, else by likeness."""
        organs = self.vocabulary.organs
        for organ, endings in self.endings.items():
            if organ in organs and name.endswith(endings):
                return organ
        return nearest(name, organs)

    def is_known(self, head: str) -> bool:
        """Whether the head is one that columns have: any role, attribute, or act with a date."""
        last = _bare(head.rsplit(BETWEEN, maxsplit=1)[-1])
        if any(last in names for names in self.roles.values()) or last in self.attributes:
            return True
        found = self.claim(head)
        return bool(found.acts) and (found.is_dated or head in self.acts)

    def rank(self, head: str, role: str) -> int | None:
        """How well a head fits a role: 0 is best."""
        names = self.roles[role]
        found = [names.index(one) for one in (_bare(head), _bare(head.rsplit(BETWEEN, maxsplit=1)[-1])) if one in names]
        return min(found, default=None)

    def claim(self, head: str) -> Claim:
        """The acts that claim a column of dates with this head: by all of it, else by its last part."""
        texts = dict.fromkeys((_bare(head.replace(BETWEEN, "")), _bare(head.rsplit(BETWEEN, maxsplit=1)[-1])))
        stems = [(text, _TAIL.sub("", text) or text) for text in texts]
        for whole, stem in stems:
            for one in dict.fromkeys((stem, _TIMES.sub("", stem), _TAIL.sub("", _TIMES.sub("", stem)))):
                organ, rest = self._without_organ(one)
                for form in (one, rest):
                    if form in self.acts:
                        return Claim(self.acts[form], stem != whole, organ if form == rest else None)
        if any(_PLANNED.search(stem) for _, stem in stems):
            return Claim((), False)
        for whole, stem in reversed(stems):
            organ, rest = self._without_organ(stem)
            inside = self._inside(rest) if stem != whole else ()
            if inside:
                return Claim(inside, True, organ)
        return Claim((), any(stem != whole for whole, stem in stems))

    def is_planned(self, head: str) -> bool:
        """Whether the head speaks of a day by which something is to be done."""
        return _PLANNED.search(_bare(head.rsplit(BETWEEN, maxsplit=1)[-1])) is not None

    def acts_with(self, head: str) -> tuple[str, ...]:
        """Some acts whose names hold what a head says, for a question."""
        stem = _TAIL.sub("", _bare(head.rsplit(BETWEEN, maxsplit=1)[-1]))
        found = [act for act in self.vocabulary.acts if len(stem) > 1 and stem in act]
        return tuple(found[:_SOME])

    def attributes_of(self, head: str) -> tuple[str, ...]:
        """The attributes that claim a column: by its name, or by the last part of it."""
        for one in (_bare(head.replace(BETWEEN, "")), _bare(head.rsplit(BETWEEN, maxsplit=1)[-1])):
            if one in self.attributes:
                return self.attributes[one]
        return ()

    def declared(self, attribute: str, acts: Iterable[str]) -> dict[str, ValueType]:
        """Of some acts those that have an attribute, and its type there."""
        found = {act: self.vocabulary.acts[act].attributes for act in acts}
        return {act: of[attribute] for act, of in found.items() if attribute in of}

    def _without_organ(self, text: str) -> tuple[str | None, str]:
        organs = [name for name in self.vocabulary.organs if text.startswith(name) and len(text) > len(name)]
        organ = max(organs, key=len, default=None)
        return organ, text[len(organ) :] if organ else text

    def _inside(self, text: str) -> tuple[str, ...]:
        """The acts whose name stands somewhere in the text; what is part of a longer one found does not count."""
        found = [act for act in self.vocabulary.acts if len(act) > 1 and act in text]
        return tuple(act for act in found if not any(act != other and act in other for other in found))


def words_of(vocabulary: Vocabulary) -> Words:
    """The words of a vocabulary with their synonyms."""
    data = synonyms()
    acts: dict[str, list[str]] = {name: [name] for name in vocabulary.acts}
    for name, others in data["行为"].items():
        for other in others if name in vocabulary.acts else ():
            if other not in vocabulary.acts:
                acts.setdefault(other, []).append(name)
    declared = {name for act in vocabulary.acts.values() for name in act.attributes} | set(vocabulary.case_attributes)
    attributes: dict[str, list[str]] = {name: [name] for name in declared}
    for name, others in data["属性"].items():
        for other in others if name in declared else ():
            if other not in declared:
                attributes.setdefault(other, []).append(name)
    return Words(vocabulary, data["用途"], _frozen(acts), _frozen(attributes), data["机关"])


def unit_in(head: str) -> str | None:
    """The unit that a head names in brackets: 办理期限（日）."""
    found = _UNIT.search(head)
    return _UNITS.get(found[1], found[1]) if found else None


def _frozen(found: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(of) for name, of in found.items()}


def _bare(head: str) -> str:
    return _ASIDE.sub("", head).strip("*＊") or head
