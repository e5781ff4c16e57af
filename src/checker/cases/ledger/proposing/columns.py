"""Columns of one sheet explained one after the other: case, kind, attributes, what is not read."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from checker.cases.ledger.headers import BETWEEN
from checker.cases.ledger.mapping import FromColumn, Given
from checker.cases.ledger.proposing.draft import Draft, listed
from checker.cases.ledger.proposing.samples import are_dates, different_numbers, numbers, repeats, share
from checker.cases.ledger.proposing.words import unit_in
from checker.cases.ledger.values.periods import read_period
from checker.cases.problems import Refusal
from checker.model.values import ValueType

_LETTER: Final = re.compile(r"[A-Za-z\u3400-\u9fff]")
_HEADED: Final = 0.5
_UNHEADED: Final = 0.95
_ORGAN_HEADS: Final = ("单位", "机关", "部门", "单位名称")
_NUMBER: Final = re.compile(r"(?:号|号码|编码)(?:[(（][^()（）]*[)）])?$")
_NO_CASES: Final = ("序号", "当事人", "案名", "忽略")
_ENOUGH: Final = 3
"""Cells without which nothing is guessed."""


def case_column(draft: Draft, *, is_of_events: bool) -> str | None:
    """The column of the case numbers: by its head, else by what it holds, and never for certain then.

    In a sheet of events the numbers of cases repeat; what is different in every row numbers the rows.
    """
    ranked = [(rank, head) for head in draft.free if (rank := draft.words.rank(head, "案件")) is not None]
    like = numbers if is_of_events else different_numbers
    good = [(rank, head) for rank, head in ranked if like(draft.table, head) >= _HEADED]
    if good:
        found = min(good, key=lambda one: (is_of_events and not repeats(draft.table, one[1]), one))[1]
        others = [head for _, head in ranked if head != found]
        if others:
            draft.say(f"{listed(others)}也像是编号；案件编号是哪一列，请核对", "案件")
        draft.take(found)
        return found
    guesses = [head for head in draft.free if _may_number(draft, head, is_of_events=is_of_events)]
    if guesses:
        found = min(guesses, key=lambda head: (is_of_events and not repeats(draft.table, head), not _is_named(head)))
        draft.say("按内容猜的，请核对", "案件")
        draft.take(found)
        return found
    draft.say("没有认出哪一列是案件编号，请写上列名；没有编号的台账不能读", "案件")
    return None


def _may_number(draft: Draft, head: str, *, is_of_events: bool) -> bool:
    """Whether the cells may be numbers of cases though the head is none that is known."""
    others = (*_NO_CASES, "记录号") if is_of_events else _NO_CASES
    if len(draft.table.cells(head)) < _ENOUGH or any(draft.words.rank(head, role) is not None for role in others):
        return False
    like = numbers if is_of_events and _is_named(head) else different_numbers
    return like(draft.table, head) >= _UNHEADED and not _is_of_other_kind(draft, head)


def _is_named(head: str) -> bool:
    return _NUMBER.search(head) is not None


def _is_of_other_kind(draft: Draft, head: str) -> bool:
    cells = draft.table.cells(head)
    is_text = share([isinstance(raw, str) and _LETTER.search(raw) is not None for raw in cells]) > 0.9
    periods = share([not isinstance(read_period(raw), Refusal) for raw in cells])
    return not is_text or periods > 0.3 or are_dates(draft.table, head, serial=False)


def kind(draft: Draft) -> Given | None:
    """The kind of the cases: a column whose words are kinds, else the only kind there is."""
    kinds = draft.words.vocabulary.kinds
    for head in draft.free:
        if draft.words.rank(head, "类型") is not None:
            texts = draft.table.texts(head)
            if texts and share([text in kinds for text in texts]) >= _HEADED:
                draft.take(head)
                wrong: dict[str, str | None] = {text: None for text in texts if text not in kinds}
                return FromColumn(column=head, values=wrong)
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        some = "、".join(kinds[:12]) + ("等" if len(kinds) > 12 else "")
        draft.say(f"这些案件是什么类型：{some}；空着是不知道，按类型适用的规范就判断不了", "类型")
    return None


class Found(NamedTuple):
    """Attributes that columns give: those of the case, and those of acts."""

    of_case: dict[str, Given]
    of_acts: dict[str, dict[str, Given]]

    def of(self, act: str | None) -> dict[str, Given]:
        """Those of an act; of the case, where there is none."""
        return self.of_case if act is None else self.of_acts[act]


def attributes(draft: Draft, acts: Sequence[str]) -> Found:
    """What the free columns give of the acts that the sheet has, and of the case."""
    found = Found({}, {act: {} for act in acts})
    for head in draft.free:
        if draft.words.rank(head, "忽略") is not None and not draft.words.attributes_of(head):
            continue
        claims = [one for name in _names(draft, head) for one in _claims(draft, head, name, acts)]
        if any(kind.name == "期间" for _, _, kind in claims) and are_dates(draft.table, head, serial=False):
            draft.say("写的是到哪一日，不是多长时间，不能当作期限", "未对照", head)
            continue
        if not claims:
            _say_unclaimed(draft, head)
        elif any(name in found.of(act) for act, name, _ in claims):
            draft.say(f"另有一列也像是「{claims[0][1]}」，只提了前一列", "未对照", head)
        elif _is_clear(claims):
            draft.take(head)
            for act, name, type_ in claims:
                found.of(act)[name] = draft.from_column(head, type_, _unit(draft, head, type_, name))
        else:
            several = listed(dict.fromkeys(act or "案件" for act, _, _ in claims))
            draft.say(f"可能是{several}的「{claims[0][1]}」，请写到相应的「属性」下", "未对照", head)
    return found


def _names(draft: Draft, head: str) -> tuple[str, ...]:
    """The attributes that claim a column; 单位 in the group of an act is the only organ that the act has."""
    group, _, last = head.rpartition(BETWEEN)
    acts = draft.words.claim(group.split(BETWEEN)[0]).acts if group and last in _ORGAN_HEADS else ()
    for act in acts if len(acts) == 1 else ():
        declared = draft.words.vocabulary.acts[act].attributes
        organs = [name for name, kind in declared.items() if kind.name == "机关"]
        if len(organs) == 1:
            return tuple(organs)
    return draft.words.attributes_of(head)


def _claims(draft: Draft, head: str, name: str, acts: Sequence[str]) -> list[tuple[str | None, str, ValueType]]:
    group = draft.words.claim(head.split(BETWEEN, maxsplit=1)[0]).acts if BETWEEN in head else ()
    chosen = [act for act in acts if not group or act in group]
    found: list[tuple[str | None, str, ValueType]] = [
        (act, name, type_) for act, type_ in draft.words.declared(name, chosen).items()
    ]
    of_case = draft.words.vocabulary.case_attributes.get(name)
    return [*([(None, name, of_case)] if of_case is not None and not group else []), *found]


def _is_clear(claims: Sequence[tuple[str | None, str, ValueType]]) -> bool:
    """One act; or the case and one act, which say the same; or organs, which act for the whole case."""
    acts = [act for act, _, _ in claims if act is not None]
    return len({name for _, name, _ in claims}) == 1 and (len(acts) <= 1 or all(t.name == "机关" for _, _, t in claims))


def _unit(draft: Draft, head: str, type_: ValueType, name: str) -> str | None:
    unit = unit_in(head) if type_.name == "期间" else None
    if type_.name == "期间" and unit is None and any(isinstance(raw, int | float) for raw in draft.table.cells(head)):
        draft.say(f"有的格子只有数字；是日的，写成 {{列: {head}, 单位: 日}}，没有写的按不知道处理", "属性", name)
    return unit


def _say_unclaimed(draft: Draft, head: str) -> None:
    names = draft.words.attributes_of(head)
    if names:
        draft.say(f"像是属性「{names[0]}」，但表里没有相应行为的日期列", "未对照", head)


def unread(draft: Draft) -> Mapping[str, tuple[str, ...]]:
    """The columns that are not read: of no use, with names of persons, and those that nothing explains."""
    found: dict[str, list[str]] = {"忽略": [], "当事人列": [], "未对照": []}
    for head in draft.free:
        found[_where(draft, head)].append(head)
    for head in found["未对照"]:
        if ("未对照", head) not in draft.comments and are_dates(draft.table, head, serial=False):
            if draft.words.is_planned(head):
                draft.say("像是应当做完的日期，不是做的日期", "未对照", head)
                continue
            near = draft.words.acts_with(head)
            hint = f"；名称相近的行为有{listed(near)}" if near else ""
            draft.say(f"像是日期，但看不出是什么行为的日期{hint}", "未对照", head)
    if found["未对照"]:
        draft.say("看不出用处的列，不读；有用的写到「事件」「属性」里，没有用的移到「忽略」", "未对照")
    if found["当事人列"]:
        draft.say("可能写着人名或案情的列：程序不读，标注和脱敏时遮去", "当事人列")
    return {key: tuple(heads) for key, heads in found.items()}


def _where(draft: Draft, head: str) -> str:
    ranks = {role: draft.words.rank(head, role) for role in ("当事人", "案名", "序号", "记录号", "忽略")}
    if ("未对照", head) in draft.comments:
        return "未对照"
    if ranks["当事人"] is not None or ranks["案名"] is not None:
        return "当事人列"
    return "未对照" if all(ranks[role] is None for role in ("序号", "记录号", "忽略")) else "忽略"
