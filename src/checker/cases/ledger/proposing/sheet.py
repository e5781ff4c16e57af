"""The mapping of one sheet, proposed."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from checker.cases.ledger.mapping import PASSED, EventColumns, FromColumn, Given, SheetMapping
from checker.cases.ledger.ordering import rows_in_order
from checker.cases.ledger.proposing import columns
from checker.cases.ledger.proposing.doers import Doers
from checker.cases.ledger.proposing.draft import MANY_WORDS, Draft, listed
from checker.cases.ledger.proposing.samples import are_dates, share
from checker.cases.problems import nearest

_LONG: Final = 0.5


class _Dated(NamedTuple):
    """A column of dates, and the act that it is of."""

    head: str
    act: str
    organ: str | None


def proposed(draft: Draft, doers: Mapping[str, Doers]) -> SheetMapping:
    """What the columns of a sheet seem to be."""
    held = draft.table
    base = SheetMapping(
        title=held.grid.title,
        header=tuple(held.header.names.values()),
        header_rows=tuple(range(held.header.top, held.header.bottom + 1)),
    )
    dated = _dated(draft)
    act = _act_column(draft) if len(dated) < 2 else None
    base = base.model_copy(update={"case": columns.case_column(draft, is_of_events=act is not None)})
    if act is not None:
        return _long(draft, base, act)
    draft.take(*(one.head for one in dated))
    return _wide(draft, base, dated, doers)


def _dated(draft: Draft) -> list[_Dated]:
    found = []
    for head in draft.free:
        claim = draft.words.claim(head)
        if not claim.acts or not are_dates(draft.table, head, serial=claim.is_dated):
            continue
        if len(claim.acts) == 1:
            found.append(_Dated(head, claim.acts[0], claim.organ))
        else:
            draft.say(f"可能是{listed(claim.acts)}的日期，请在「事件」里写明是哪一个", "未对照", head)
    return found


def _wide(draft: Draft, base: SheetMapping, dated: Sequence[_Dated], doers: Mapping[str, Doers]) -> SheetMapping:
    acts = tuple(dict.fromkeys(one.act for one in dated))
    kind = columns.kind(draft)
    found = columns.attributes(draft, acts)
    events = tuple(
        EventColumns(
            act=one.act,
            date=one.head,
            actor=_actor(draft, one.act, one.organ, doers),
            attributes=found.of_acts[one.act],
        )
        for one in dated
    )
    unread = columns.unread(draft)
    if acts:
        draft.say_covered(acts, "台账该记而没有记的，就是没有记录；台账本来不记的，从这里删去")
    draft.say("一行一案的台账看不出同一天里各行为的先后", "有序")
    return base.model_copy(
        update={
            "kind": kind,
            "case_attributes": found.of_case,
            "events": events,
            "covers": acts,
            "not_before": draft.not_before(acts),
            "ignored": unread["忽略"],
            "parties": unread["当事人列"],
            "unmapped": unread["未对照"],
        }
    )


def _actor(draft: Draft, act: str, organ: str | None, doers: Mapping[str, Doers]) -> Given | None:
    """Who does an act: whom the head names, whom the norms name, or whose column they name."""
    if organ is not None:
        return organ
    known = doers.get(act)
    if known is None:
        return None
    heads = [
        head
        for head in draft.table.header.names.values()
        if set(draft.words.attributes_of(head)) & set(known.attributes)
    ]
    if len(known.organs) == 1 and not known.attributes:
        draft.say("规范里做这一行为的是它，请核对", "主体", act)
        return next(iter(known.organs))
    if len(heads) == 1 and not known.organs:
        draft.note_organs(heads[0])
        draft.take(heads[0])
        draft.say("规范里由它做这一行为，请核对", "主体", act)
        return FromColumn(column=heads[0])
    if known.organs or known.attributes:
        names = listed([*known.organs, *(f"{name}（属性）" for name in known.attributes)])
        draft.say(f"规范里做这一行为的有{names}；空着是不知道由谁做的", "主体", act)
    return None


def _act_column(draft: Draft) -> str | None:
    """The column whose cells name acts, in a sheet of one row an event."""
    best: tuple[float, str] | None = None
    for head in draft.free:
        texts = [str(raw).strip() for raw in draft.table.cells(head) if isinstance(raw, str)]
        found = share([text in draft.words.acts for text in texts])
        headed = draft.words.rank(head, "行为") is not None
        if found >= (_LONG / 2 if headed else _LONG) and len(texts) > 1 and (best is None or found > best[0]):
            best = (found, head)
    return best[1] if best and _date_column(draft, best[1]) else None


def _date_column(draft: Draft, act: str) -> str | None:
    dates = [
        head for head in draft.free if head != act and are_dates(draft.table, head, serial=_says_date(draft, head))
    ]
    ranked = [(rank, head) for head in dates if (rank := draft.words.rank(head, "日期")) is not None]
    return min(ranked)[1] if ranked else (dates[0] if len(dates) == 1 else None)


def _says_date(draft: Draft, head: str) -> bool:
    return draft.words.rank(head, "日期") is not None or draft.words.claim(head).is_dated


def _long(draft: Draft, base: SheetMapping, act: str) -> SheetMapping:
    date = _date_column(draft, act)
    draft.take(act, date)
    acts = _acts(draft, act)
    covered = tuple(dict.fromkeys(one for one in acts.values() if one and one != PASSED))
    kind = columns.kind(draft)
    actor = _actor_column(draft)
    found = columns.attributes(draft, covered)
    given = {name: one for of in found.of_acts.values() for name, one in of.items()}
    if actor is None:
        draft.say("没有认出写着主体的列；空着是不知道由谁做的", "主体", "")
    unread = columns.unread(draft)
    draft.say_covered(covered, "这张表该记而没有记的行为，就是没有记录；表里本来不记的，从这里删去")
    held = draft.table
    ordered = rows_in_order(held.book, held.grid, held.header, base.case, date)
    draft.say("各案的行是按日期先后排的" if ordered else "行不是按先后排的，同一天的先后不知道", "有序")
    return base.model_copy(
        update={
            "form": "event",
            "kind": kind,
            "case_attributes": found.of_case,
            "events": (EventColumns(act=None, date=date, actor=actor, attributes=given),),
            "act": act,
            "acts": acts,
            "covers": covered,
            "ordered": ordered,
            "not_before": draft.not_before(covered),
            "ignored": unread["忽略"],
            "parties": unread["当事人列"],
            "unmapped": unread["未对照"],
        }
    )


def _acts(draft: Draft, head: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for word in draft.table.texts(head)[:MANY_WORDS]:
        claimed = draft.words.acts.get(word, ())
        found[word] = claimed[0] if len(claimed) == 1 else None
        near = nearest(word, draft.words.vocabulary.acts)
        if len(claimed) > 1:
            draft.say(f"可能是{listed(claimed)}", "行为对照", word)
        elif not claimed:
            draft.say(f"是不是「{near}」？" if near else f"写上声明过的行为；不要读的写「{PASSED}」", "行为对照", word)
    return found


def _actor_column(draft: Draft) -> Given | None:
    ranked = [(rank, head) for head in draft.free if (rank := draft.words.rank(head, "主体")) is not None]
    if not ranked:
        return None
    head = min(ranked)[1]
    draft.take(head)
    draft.note_organs(head)
    return FromColumn(column=head)
