"""The rows of one case put together; rows that contradict each other leave what they differ in unknown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from checker.cases.ledger.grid import shown
from checker.cases.ledger.mapping import SheetMapping
from checker.cases.ledger.ordering import go_forward
from checker.cases.ledger.reading.facts import KEPT_UNKNOWN, Facts, Spot, Told, place
from checker.cases.ledger.reading.parting import parted
from checker.cases.problems import Path, Refusal, named
from checker.cases.record import RawRecord
from checker.cases.typed import Plain
from checker.model.diagnostic import Diagnostic
from checker.model.place import Place
from checker.model.vocabulary import Vocabulary


@dataclass(slots=True)
class Draft:
    """A case, and the rows that speak of it, in the order of the ledger."""

    case: str
    rows: list[Facts] = field(default_factory=list)
    uncovered: set[str] = field(default_factory=set)
    all_uncovered: bool = False


def joined(draft: Draft) -> list[Told]:
    """The events of a case; doubts about them are noted at their rows."""
    events: list[Told] = []
    for facts in draft.rows:
        fresh = []
        for told in facts.events:
            fresh += _joined(told, facts, events, draft)
        events += fresh
    if not _is_mixed(draft):
        return events
    return sorted(_one_act_of_two(events, draft), key=lambda told: told.spot.bound.sheet.form == "event")


def _is_mixed(draft: Draft) -> bool:
    return len({facts.spot.bound.sheet.form for facts in draft.rows}) > 1


def _one_act_of_two(events: list[Told], draft: Draft) -> list[Told]:
    """A date that only the sheet of cases gives and one that only the sheet of events gives may be of the same act."""
    dates: dict[tuple[str, str], set[object]] = defaultdict(set)
    for facts in draft.rows:
        for told in facts.events:
            dates[facts.spot.bound.sheet.form, told.act].add(told.date)
    found: list[Told] = []
    for told in events:
        form, act, when = told.spot.bound.sheet.form, told.act, told.date
        other = dates["event" if form == "case" else "case", act]
        is_alone = when is not None and when not in other
        n = _unmatched(found, told, dates) if is_alone and other - dates[form, act] - {None} else None
        if n is None:
            found.append(told)
        else:
            found[n] = _reconciled(found[n], told, _row_of(told, draft), draft)
    return found


def _row_of(told: Told, draft: Draft) -> Facts:
    where = told.spot
    return next(one for one in draft.rows if one.spot.bound is where.bound and one.spot.row == where.row)


def _unmatched(found: list[Told], told: Told, dates: Mapping[tuple[str, str], set[object]]) -> int | None:
    """Where an act stands that only a sheet of the other form tells with its date."""
    form = told.spot.bound.sheet.form
    for n, one in enumerate(found):
        is_other = one.act == told.act and one.spot.bound.sheet.form != form
        if is_other and one.date is not None and one.date not in dates[form, told.act]:
            return n
    return None


def _joined(told: Told, facts: Facts, earlier: list[Told], draft: Draft) -> list[Told]:
    """The event, unless an earlier row told it; that one is changed where the two say more, or less, together."""
    for n, other in enumerate(earlier):
        if other.act != told.act:
            continue
        if _is_same(other, told):
            if _is_row_twice(other, told):
                _doubt_repeated(facts, told, other)
                draft.uncovered.add(told.act)
            return []
        if told.slot and other.slot == told.slot and not _share_merge(facts, other, draft):
            earlier[n] = _reconciled(other, told, facts, draft)
            return []
        if _is_one_told_twice(other, told):
            earlier[n] = _reconciled(other, told, facts, draft)
            return []
    return [told]


def _is_same(one: Told, other: Told) -> bool:
    return (one.date, one.actors, one.attributes) == (other.date, other.actors, other.attributes)


def _is_row_twice(one: Told, other: Told) -> bool:
    """Two rows of a sheet of events that say the same: printed twice, or done twice."""
    return not other.slot and not one.slot


def _is_one_told_twice(one: Told, other: Told) -> bool:
    """An act that a sheet of cases and a sheet of events both tell."""
    return bool(one.slot) != bool(other.slot) and one.date == other.date and one.date is not None


def _share_merge(facts: Facts, other: Told, draft: Draft) -> bool:
    """Whether two rows stand in one merged cell of a case number: then each line of the case has acts of its own."""
    if facts.merge is None or other.spot.bound is not facts.spot.bound:
        return False
    return any(row.merge == facts.merge and row.spot.row == other.spot.row for row in draft.rows if row is not facts)


def _doubt_repeated(facts: Facts, told: Told, other: Told) -> None:
    again = Refusal("repeated-row", f"与{_cell(other.spot)}完全相同的「{told.act}」又写了一行", help="重复的删去一行")
    meanwhile = f"只读一次，有没有另一次「{told.act}」按不知道处理"
    facts.doubt(again, told.spot.column, meanwhile, (other.spot, "先写在这里"))


def _reconciled(one: Told, other: Told, facts: Facts, draft: Draft) -> Told:
    """One event of the two; of what they say differently nothing is kept, and the act may have taken place again."""
    date, actors = one.date, one.actors
    if one.date != other.date:
        date = None
        _differ(facts, other, one, f"「{one.act}」的日期")
        draft.uncovered.add(one.act)
    if one.actors is None or other.actors is None:
        actors = one.actors or other.actors
    elif one.actors != other.actors:
        actors = None
        _differ(facts, other, one, f"「{one.act}」的主体")
    attributes = dict(one.attributes)
    for name, value in other.attributes.items():
        if attributes.setdefault(name, value) != value:
            del attributes[name]
            _differ(facts, other, one, f"「{one.act}」的「{name}」")
    return one._replace(date=date, actors=actors, attributes=attributes)


def _differ(facts: Facts, told: Told, other: Told, what: str) -> None:
    refusal = Refusal(
        "rows-differ", f"同一案有两行，{what}与{_cell(other.spot)}不一致", help="查对后改成一致，或合并成一行"
    )
    facts.doubt(refusal, told.spot.column, KEPT_UNKNOWN, (other.spot, f"这里写的是{_shown(other.spot)}"))


def _cell(spot: Spot) -> str:
    where = place(spot, "")
    return f"工作表「{where.sheet}」{where.cell}" if where.sheet else f"{where.cell}"


def _shown(spot: Spot) -> str:
    return named(shown(spot.bound.grid.cell(spot.row, spot.column or 1)))


def of_case(draft: Draft) -> tuple[dict[str, tuple[object, Spot]], tuple[object, Spot] | None]:
    """The attributes and the kind of a case; what two rows say differently is left out."""
    found: dict[str, tuple[object, Spot]] = {}
    dropped: set[str] = set()
    for facts in draft.rows:
        said = {**facts.attributes, **({"\0": facts.kind} if facts.kind is not None else {})}
        for name, (value, spot) in said.items():
            earlier = found.setdefault(name, (value, spot))
            if earlier[0] != value:
                dropped.add(name)
                what = "类型" if name == "\0" else f"「{name}」"
                refusal = Refusal(
                    "rows-differ", f"同一案有两行，{what}与{_cell(earlier[1])}不一致", help="查对后改成一致"
                )
                also = (earlier[1], f"这里写的是{_shown(earlier[1])}")
                facts.doubt(refusal, spot.column, KEPT_UNKNOWN, also)
    kept = {name: said for name, said in found.items() if name not in dropped}
    return {name: said for name, said in kept.items() if name != "\0"}, kept.get("\0")


def record(draft: Draft, file: str, vocabulary: Vocabulary, strays: "Strays", notes: Sequence[Diagnostic]) -> RawRecord:
    """The record of a case. Where an act that suspends periods is open, nothing can be said to be overdue."""
    told, (said, kind) = joined(draft), of_case(draft)
    events, attributes = parted(draft.rows, told, said, draft.uncovered)
    sheets = {id(facts.spot.bound): facts.spot.bound.sheet for facts in draft.rows}
    open_acts = draft.uncovered | strays.acts | {act for facts in draft.rows for act in facts.uncovered}
    all_open = draft.all_uncovered or strays.any_act or any(facts.all_uncovered for facts in draft.rows)
    all_open |= not vocabulary.suspending.isdisjoint(open_acts)
    covered = set() if all_open else {act for sheet in sheets.values() for act in sheet.covers} - open_acts
    data: dict[str, object] = {
        "case": Plain(draft.case),
        "covers": [act for act in vocabulary.acts if act in covered],
        "attributes": {name: value for name, (value, _) in attributes.items()},
        "events": _raw(events),
        "ordered": _is_ordered(list(sheets.values()), events),
    }
    if kind is not None:
        data["kind"] = kind[0]
    first = draft.rows[0].spot
    spots: dict[str, Spot] = {name: spot for name, (_, spot) in attributes.items()}

    def locate(path: Path) -> Place:
        match path:
            case ("events", int(n), *_) if n < len(events):
                return place(events[n].spot, file)
            case ("attributes", str(name), *_) if name in spots:
                return place(spots[name], file)
            case _:
                return place(first, file)

    remarks = (*notes, *(doubt for facts in draft.rows for doubt in facts.doubts))
    return RawRecord(data, locate, lambda count: [locate(("events", n)) for n in range(count)], remarks=remarks)


def _is_ordered(sheets: Sequence[SheetMapping], events: Sequence[Told]) -> bool:
    """Whether acts of one day took place in the order of the rows: nothing says so where the rows of the case go back.

    Nor in a sheet of cases, whatever its mapping says: the columns of a row have no order.
    """
    return (
        all(sheet.form == "event" and sheet.ordered for sheet in sheets)
        and len(sheets) == 1
        and go_forward(told.date for told in events)
    )


@dataclass(slots=True)
class Strays:
    """What rows that belong to no known case tell: any case may be theirs."""

    acts: set[str] = field(default_factory=set)
    any_act: bool = False


def _raw(events: Sequence[Told]) -> list[dict[str, object]]:
    """The events as records write them.

    Those of a row a case are named by their act, numbered from the second on: such names outlast columns that are
    added. Those of a row an event keep the name that their place gives them.
    """
    counts: Counter[str] = Counter()
    found: list[dict[str, object]] = []
    for told in events:
        counts[told.act] += bool(told.slot)
        number = counts[told.act]
        event: dict[str, object] = {"act": told.act}
        event |= {"id": told.act if number == 1 else f"{told.act}{number}"} if told.slot else {}
        event |= {"date": told.date} if told.date is not None else {}
        event |= {"actor": told.actors} if told.actors else {}
        found.append(event | told.attributes)
    return found


def alike(drafts: Mapping[str, Draft], groups: Iterable[Sequence[str]]) -> None:
    """Cases whose numbers may well be one: what one of them tells the other does not lack for certain."""
    for names in groups:
        for name in names:
            draft = drafts[name]
            others = [drafts[one] for one in names if one != name]
            draft.uncovered |= {told.act for other in others for facts in other.rows for told in facts.events}
            draft.uncovered |= {act for other in others for facts in other.rows for act in facts.uncovered}
            draft.all_uncovered |= any(facts.all_uncovered for other in others for facts in other.rows)
            facts, other = draft.rows[0], others[0]
            column = facts.spot.column
            said = Refusal(
                "alike-numbers",
                f"案件编号「{name}」与「{other.case}」很像，可能是同一案",
                help="同一案的改成一样；确是两案的不用改",
            )
            also = (other.rows[0].spot, "另一个写在这里")
            facts.doubt(said, column, "按两案读入；彼此写到的行为，本案有没有按不知道处理", also)
