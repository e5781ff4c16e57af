"""A mapping that a person worked on, completed for what the ledger has now; nothing of it is changed in silence."""

from collections.abc import Mapping
from typing import NamedTuple

from checker.cases.ledger.headers import named
from checker.cases.ledger.mapping import EventColumns, FromColumn, Given, LedgerMapping, SheetMapping
from checker.cases.ledger.proposing.ledger import Proposal


class Completed(NamedTuple):
    """The mapping, and what was added to it or taken out, one sentence each.

    ``is_changed``: there are other columns or sheets, and it is to be confirmed again.
    """

    mapping: LedgerMapping
    said: tuple[str, ...]
    is_changed: bool


def completed(existing: LedgerMapping, proposal: Proposal) -> Completed:
    """What the person wrote stays; columns, sheets and words that are new come from the proposal."""
    fresh = {sheet.title: sheet for sheet in proposal.mapping.sheets}
    said: list[str] = []
    sheets: list[SheetMapping] = []
    is_changed = False
    for sheet in existing.sheets:
        now = fresh.pop(sheet.title, None)
        if now is None and sheet.read is not False:
            said.append(f"工作表「{sheet.title}」不在这份台账里了，去掉它的对照")
            is_changed = True
        elif now is None or sheet.read is False:
            sheets.append(sheet)
        else:
            done, words = _sheet(sheet, now)
            is_changed |= named(done.header) != named(sheet.header)
            said += words
            said += [] if existing.confirmed else _other_rows(sheet, now)
            sheets.append(done)
    for sheet in fresh.values():
        said.append(f"新增工作表「{sheet.title}」")
        is_changed = True
        sheets.append(sheet)
    new = {name: organ for name, organ in proposal.mapping.organs.items() if name not in existing.organs}
    said += [f"「机关对照」新增{_listed(list(new))}"] if new else []
    mapping = existing.model_copy(
        update={
            "sheets": tuple(sheets),
            "organs": {**existing.organs, **new},
            "confirmed": existing.confirmed and not is_changed,
            "ledger": existing.ledger or proposal.mapping.ledger,
        }
    )
    return Completed(mapping, tuple(said), is_changed)


def _sheet(sheet: SheetMapping, now: SheetMapping) -> tuple[SheetMapping, list[str]]:
    """One sheet, and what was done to it."""
    said: list[str] = []
    gone = [head for head in sheet.header if head not in now.header]
    new = [head for head in now.header if head not in sheet.header]
    if gone:
        said.append(f"工作表「{sheet.title}」少了列{_listed(gone)}，去掉它们的对照")
        sheet = _without(sheet, gone)
    if new:
        said.append(f"工作表「{sheet.title}」多了列{_listed(new)}")
        sheet = _with(sheet, now, new)
    sheet = sheet.model_copy(update={"header": now.header, "header_rows": now.header_rows})
    sheet, words = _words(sheet, now)
    lost = [head for head in now.header if head not in (*sheet.used, *sheet.ignored, *sheet.parties, *sheet.unmapped)]
    if lost:
        said += [] if new else [f"工作表「{sheet.title}」的列{_listed(lost)}没有写到，列入「未对照」"]
        sheet = sheet.model_copy(update={"unmapped": (*sheet.unmapped, *lost)})
    return sheet, [*said, *words]


def _other_rows(sheet: SheetMapping, now: SheetMapping) -> list[str]:
    """What is said where a person wrote other rows of the header than those that are read."""
    if sheet.header_rows in ((), now.header_rows):
        return []
    rows = "–".join(dict.fromkeys(map(str, (now.header_rows[0], now.header_rows[-1])))) if now.header_rows else "？"
    return [f"工作表「{sheet.title}」的表头认出在第 {rows} 行，「表头行」照此改写；认错了的，用「--header」写明"]


def _without(sheet: SheetMapping, gone: list[str]) -> SheetMapping:
    def kept(given: Mapping[str, Given]) -> dict[str, Given]:
        return {name: one for name, one in given.items() if _column(one) not in gone}

    def of_event(event: EventColumns) -> EventColumns:
        actor = None if _column(event.actor) in gone else event.actor
        date = None if event.date in gone else event.date
        return event.model_copy(update={"attributes": kept(event.attributes), "actor": actor, "date": date})

    events = tuple(of_event(event) for event in sheet.events if sheet.form == "event" or event.date not in gone)
    left = {event.act for event in events}
    return sheet.model_copy(
        update={
            "case": None if sheet.case in gone else sheet.case,
            "kind": None if _column(sheet.kind) in gone else sheet.kind,
            "act": None if sheet.act in gone else sheet.act,
            "case_attributes": kept(sheet.case_attributes),
            "events": events,
            "covers": tuple(act for act in sheet.covers if sheet.form == "event" or act in left),
            **{
                key: tuple(h for h in getattr(sheet, key) if h not in gone)
                for key in ("ignored", "parties", "unmapped")
            },
        }
    )


def _with(sheet: SheetMapping, now: SheetMapping, new: list[str]) -> SheetMapping:
    """New columns as they are proposed: events of their own, attributes of events there are, or not read."""
    if sheet.form != now.form:
        return sheet
    added = [event for event in now.events if event.date in new and sheet.form == "case"]
    proposals = {event.act: event.attributes for event in now.events}

    def more(event: EventColumns) -> EventColumns:
        found = {name: one for name, one in proposals.get(event.act, {}).items() if _column(one) in new}
        return event.model_copy(update={"attributes": {**found, **event.attributes}})

    of_case = {name: one for name, one in now.case_attributes.items() if _column(one) in new}
    acts = [event.act for event in added if event.act is not None and event.act not in sheet.covers]
    return sheet.model_copy(
        update={
            "case": sheet.case or (now.case if now.case in new else None),
            "act": sheet.act or (now.act if now.act in new else None),
            "case_attributes": {**of_case, **sheet.case_attributes},
            "events": (*map(more, sheet.events), *added),
            "covers": (*sheet.covers, *acts),
            "not_before": {**{act: of for act, of in now.not_before.items() if act in acts}, **sheet.not_before},
            **{key: (*getattr(sheet, key), *(h for h in getattr(now, key) if h in new))
               for key in ("ignored", "parties", "unmapped")},
        }
    )  # fmt: skip


def _words(sheet: SheetMapping, now: SheetMapping) -> tuple[SheetMapping, list[str]]:
    """Words that cells have only now."""
    acts = {word: act for word, act in now.acts.items() if word not in sheet.acts} if sheet.act == now.act else {}
    said = [f"「行为对照」新增{_listed(list(acts))}"] if acts else []
    words = {one.column: one.values for one in now.given if isinstance(one, FromColumn) and one.values}
    fresh: set[str] = set()

    def wider(given: Given | None) -> Given | None:
        if not isinstance(given, FromColumn) or given.column not in words:
            return given
        more = {word: None for word in words[given.column] if word not in given.values}
        fresh.update(more)
        return given.model_copy(update={"values": {**given.values, **more}}) if more else given

    def all_wider(given: Mapping[str, Given]) -> dict[str, Given]:
        return {name: wider(one) or one for name, one in given.items()}

    events = tuple(event.model_copy(update={"attributes": all_wider(event.attributes)}) for event in sheet.events)
    done = sheet.model_copy(
        update={"acts": {**sheet.acts, **acts}, "events": events, "kind": wider(sheet.kind),
                "case_attributes": all_wider(sheet.case_attributes)}
    )  # fmt: skip
    return done, [*said, *([f"「值」新增{_listed(sorted(fresh))}"] if fresh else [])]


def _column(given: Given | None) -> str | None:
    return given.column if isinstance(given, FromColumn) else None


def _listed(names: list[str]) -> str:
    return "、".join(f"「{name}」" for name in names[:10]) + ("等" if len(names) > 10 else "")
