"""Rows of one number that contradict each other may be of two cases: neither is held to what the other alone says."""

from collections.abc import Mapping, Sequence

from checker.cases.ledger.reading.facts import Facts, Spot, Told
from checker.cases.problems import Refusal

Attributes = Mapping[str, tuple[object, Spot]]


def parted(
    rows: Sequence[Facts], events: list[Told], attributes: Attributes, uncovered: set[str]
) -> tuple[list[Told], Attributes]:
    """The events and attributes without those that one of two contradicting rows of a sheet of cases says alone.

    ``uncovered`` is given the acts that are left out: whether they took place in the case is not known.
    """
    for some in _contradicting(rows):
        kept = [event for event in events if not _is_within(event.spot, some) or _tellers(event, some) == len(some)]
        left = {event.act for event in events if event not in kept}
        events = [_in_common(event, some) if _is_within(event.spot, some) else event for event in kept]
        alone = {name for name, (_, spot) in attributes.items() if _is_within(spot, some) and not _all_say(name, some)}
        attributes = {name: said for name, said in attributes.items() if name not in alone}
        if left or alone:
            uncovered |= left
            _tell(some[-1], left, alone)
    return events, attributes


def _contradicting(rows: Sequence[Facts]) -> list[list[Facts]]:
    """The rows of each sheet of cases of which one contradicts another; lines of one merged number are one case."""
    by_sheet: dict[int, list[Facts]] = {}
    for facts in rows:
        if facts.spot.bound.sheet.form == "case":
            by_sheet.setdefault(id(facts.spot.bound), []).append(facts)
    return [some for some in by_sheet.values() if len(some) > 1 and _contradict(some)]


def _contradict(some: Sequence[Facts]) -> bool:
    is_merged = any(facts.merge is not None for facts in some)
    return not is_merged and any(doubt.code == "rows-differ" for facts in some for doubt in facts.doubts)


def _is_within(spot: Spot, some: Sequence[Facts]) -> bool:
    return spot.bound is some[0].spot.bound


def _same_column(event: Told, facts: Facts) -> list[Told]:
    return [told for told in facts.events if (told.act, told.slot) == (event.act, event.slot)]


def _tellers(event: Told, some: Sequence[Facts]) -> int:
    return sum(bool(_same_column(event, facts)) for facts in some)


def _in_common(event: Told, some: Sequence[Facts]) -> Told:
    told = [one for facts in some for one in _same_column(event, facts)]
    kept = {name: value for name, value in event.attributes.items() if all(name in one.attributes for one in told)}
    return event._replace(attributes=kept)


def _all_say(name: str, some: Sequence[Facts]) -> bool:
    return all(name in facts.attributes for facts in some)


def _tell(facts: Facts, acts: set[str], names: set[str]) -> None:
    what = "、".join(f"「{name}」" for name in sorted(acts | names))
    perhaps = Refusal(
        "perhaps-two-cases",
        f"同一编号的几行互相不一致，可能是两案；{what}只有一行写了",
        help="是一案的改成一致，合并成一行；是两案的改编号",
    )
    facts.doubt(perhaps, facts.spot.column, "本案已读入，只有一行写到的按不知道处理")
