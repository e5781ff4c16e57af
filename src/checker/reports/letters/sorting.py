"""Which finding goes into which letter."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, NamedTuple

from checker.model.case import Case, Event
from checker.model.diagnostic import Diagnostic
from checker.model.finding import GRAVEST_FIRST, Finding, Verdict
from checker.model.naming import finding_ids
from checker.model.vocabulary import Vocabulary
from checker.reports.content import CaseReport, RunReport, Shown
from checker.reports.letters.addressees import UNKNOWN, Addressee, addressee_of
from checker.reports.letters.kinds import SOON, VERDICTS, Kind

_HANDING: Final = ("交办", "督办", "转办")
_NOT_HANDING: Final = "不予"
_RECEIVING: Final = ("收到", "接收")


class Matter(NamedTuple):
    """A finding with its stable id, its case and whom it is written to about.

    ``root`` is the event of the record from which the duty arises; ``is_handed``: by it the matter was handed over to
    them.
    """

    id: str
    case: Case
    shown: Shown
    to: Addressee
    root: Event | None = None
    is_handed: bool = False

    @property
    def finding(self) -> Finding:
        """The finding itself."""
        return self.shown.finding


class Letter(NamedTuple):
    """One letter before it is written. ``case`` is set where it is about one case."""

    kind: Kind
    to: Addressee
    matters: tuple[Matter, ...]
    case: Case | None = None
    unread: tuple[Diagnostic, ...] = ()


def matters_of(report: RunReport) -> tuple[Matter, ...]:
    """All findings that ask something of somebody, in the order of the input, whatever else is listed."""
    words = report.head.rules.vocabulary
    return tuple(matter for one in report.cases for matter in _of_case(one, words))


def _of_case(one: CaseReport, words: Vocabulary) -> Iterator[Matter]:
    events = {event.id: event for event in one.case.events}
    ids = finding_ids(one.case, (shown.finding for shown in one.shown))
    for name, shown in zip(ids, one.shown, strict=True):
        finding = shown.finding
        if finding.verdict.is_violation or finding.verdict.is_open:
            to, root = addressee_of(finding.bearer, words), _root(events, finding.anchor)
            is_handed = root is not None and _is_handing(root) and not _is_own_act(root, to, words)
            yield Matter(name, one.case, shown, to, root, is_handed)


def letters_of(report: RunReport, kinds: Iterable[Kind]) -> Iterator[Letter]:
    """The letters of these kinds: the supervisor first, the unknown last, else as they come in the input."""
    matters = matters_of(report)
    for kind in kinds:
        if kind is Kind.REVIEW:
            yield Letter(kind, UNKNOWN, matters, unread=report.unread)
            continue
        held = tuple(one for one in matters if is_in(kind, one, report))
        yield from _by_case(held) if kind is Kind.HANDLE else _by_unit(kind, held, report.unread)


def is_in(kind: Kind, matter: Matter, report: RunReport) -> bool:
    """Whether a letter of this kind, one to a unit, speaks of the finding."""
    if matter.finding.verdict not in VERDICTS[kind]:
        return False
    if kind is Kind.HANDLE:
        return not matter.to.is_own and matter.is_handed
    return kind is not Kind.URGE or matter.finding.verdict is Verdict.OVERDUE or is_soon(matter.finding, report)


def is_soon(finding: Finding, report: RunReport) -> bool:
    """Whether the due date of a duty that is still open is near."""
    if finding.due is None or finding.verdict is not Verdict.PENDING:
        return False
    due = finding.due.date() if isinstance(finding.due, datetime) else finding.due
    return (due - report.head.as_of).days <= SOON


def _root(events: Mapping[str, Event], anchor: str) -> Event | None:
    """The event of the record behind an anchor, which may name it behind a norm: ``违反:a/b@e3``."""
    while anchor not in events and "@" in anchor:
        anchor = anchor.partition("@")[2]
    return events.get(anchor)


def _is_handing(event: Event) -> bool:
    return any(word in event.act for word in _HANDING) and _NOT_HANDING not in event.act


def _is_own_act(event: Event, to: Addressee, words: Vocabulary) -> bool:
    """Whether they handed it over themselves: what they owe then is not what was handed to them."""
    if event.act.startswith(_RECEIVING):
        return False
    pairs = [(actor, name) for actor in event.actors or () for name in to.name.split("、")]
    return any(words.organ_is(*pair) is True or words.organ_is(*reversed(pair)) is True for pair in pairs)


def _by_unit(kind: Kind, matters: tuple[Matter, ...], unread: tuple[Diagnostic, ...]) -> Iterator[Letter]:
    units: dict[Addressee, list[Matter]] = {}
    for one in matters:
        units.setdefault(one.to, []).append(one)
    lost = unread if kind is Kind.SUPPLY else ()
    if lost:
        units.setdefault(UNKNOWN, [])
    for to in sorted(units, key=lambda one: one.order):
        yield Letter(kind, to, _sorted(kind, units[to]), unread=lost if to.is_unknown else ())


def _by_case(matters: tuple[Matter, ...]) -> Iterator[Letter]:
    held: dict[tuple[Addressee, str], list[Matter]] = {}
    for one in matters:
        held.setdefault((one.to, one.case.id), []).append(one)
    for to, case in sorted(held, key=lambda key: key[0].order):
        found = held[to, case]
        yield Letter(Kind.HANDLE, to, _sorted(Kind.HANDLE, found), found[0].case)


def _sorted(kind: Kind, matters: list[Matter]) -> tuple[Matter, ...]:
    """By due date where time is what matters, else by case with violations first."""
    if kind in (Kind.HANDLE, Kind.URGE):
        return tuple(sorted(matters, key=lambda one: (one.finding.due is None, str(one.finding.due or ""))))
    places = {case: place for place, case in enumerate(dict.fromkeys(one.case.id for one in matters))}
    return tuple(sorted(matters, key=lambda one: (places[one.case.id], GRAVEST_FIRST.index(one.finding.verdict))))
