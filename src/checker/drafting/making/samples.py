"""One case each of what a norm may come to, made up from its core and computed with the engine."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from checker.calendars.calendar import Calendar
from checker.drafting.fixture_text import fixture_text
from checker.drafting.making.fulfilling import done, stated
from checker.drafting.seeking.candidates import Candidate, with_event
from checker.drafting.seeking.minimising import minimised
from checker.drafting.seeking.observing import Findings, Half, due_days, half
from checker.drafting.seeking.pool import Pool
from checker.drafting.seeking.synthesis import synthesised
from checker.drafting.seeking.valuing import less_known
from checker.drafting.seeking.words import words_of
from checker.model.finding import Finding, Verdict
from checker.model.norm import Norm, RuleSet
from checker.model.requirements import Deem, Occur, Precede, UntilClose

_BASES: Final = 3
"""So many cases are begun with."""
_DAY: Final = dt.timedelta(days=1)
MOST: Final = 1500
"""So many cases are tried."""


class Sample(NamedTuple):
    """A case of a kind (合规 …), with the findings that a fixture has to expect, and what it shows."""

    kind: str
    shows: str
    candidate: Candidate
    findings: Findings


class Samples(NamedTuple):
    """The cases found, and in a sentence each what was not."""

    found: tuple[Sample, ...]
    lacking: tuple[str, ...]


def samples_of(rules: RuleSet, norm: str, calendar: Calendar, most: int = MOST) -> Samples:
    """Met, violated, both sides of the last day, undetermined: as many of these as can be found."""
    whole = half(rules, tuple(dict.fromkeys(one.id for one in rules.norms)), calendar)
    judge = _Judge(norm, whole, half(rules, (norm,), calendar))
    tried = list(_tried(rules, norm, judge.narrow, calendar, most))
    met = judge.first(tried, lambda one: one.verdict is Verdict.MET)
    broken = judge.first(tried, lambda one: one.verdict.is_violation)
    words = words_of(rules.norms, rules.packs, rules.vocabulary)
    doubted = [one for known in (broken, met) if known is not None for one in less_known(known, words)]
    unsure = judge.first([*doubted, *tried], lambda one: one.verdict is Verdict.UNDETERMINED)
    found = [
        *judge.sample("合规", "按期、依要求办理", met),
        *judge.sample("违规", "没有依要求办理", broken),
        *_borders(judge, met, broken),
        *judge.sample("资料不足", "记录缺少可以定下结论的事实", unsure),
    ]
    kinds = {one.kind for one in found}
    lacking = [why for kind, why in _LACKING.items() if kind not in kinds]
    if "边界之内" not in kinds:
        lacking.append(_NO_BORDER if any(one.id == norm and _has_period(one) for one in rules.norms) else _NO_PERIOD)
    return Samples(tuple(found), tuple(lacking))


def _tried(rules: RuleSet, norm: str, own: Half, calendar: Calendar, most: int) -> Iterator[Candidate]:
    """What the norm asks for done and not done; then whatever else is worth trying."""
    norms = own.program.source.norms
    words = words_of(norms, rules.packs, rules.vocabulary)
    by_id = {one.id: one for one in norms}
    for one in (version for version in norms if version.id == norm):
        for base in islice(synthesised(one, by_id, words), _BASES if most else 0):
            begun = stated(base, one, words)
            yield from (*done(begun, own.findings(begun) or (), one, words), begun)
    yield from (one.candidate for one in Pool(rules, (), (norm,), calendar, (), most).tried())


_LACKING: Final = {
    "合规": "没有造出合规的案件，请自己写一件。",
    "违规": "没有造出违规的案件，请自己写一件。",
    "资料不足": "没有造出资料不足的案件；记录不全时结论也定得下来的，不需要。",
}
_NO_BORDER: Final = "没有造出边界的案件，请自己写两件，一件在最后一天，一件在次日。"
_NO_PERIOD: Final = "这条规范不计期限，没有边界的案件。"


def _has_period(norm: Norm) -> bool:
    requirement = norm.requirement
    if isinstance(requirement, Precede):
        return requirement.lead.kind != "order"
    return isinstance(requirement, Occur | Deem) and not isinstance(requirement.window, UntilClose)


def samples_text(norm: str, samples: Samples) -> str:
    """The fixture file; what is lacking stands on top as remarks."""
    title = norm.partition("/")[2]
    documents = [
        fixture_text(
            one.candidate.case.model_copy(update={"id": f"{title}-{one.kind}"}),
            one.candidate.as_of,
            one.findings,
            f"{one.kind}：{one.shows}。",
        )
        for one in samples.found
    ]
    head = [f"规范「{norm}」的用例：由程序按规范的核心造出，结论是算出来的；请逐件看是否正合本意。", *samples.lacking]
    return "".join(f"# {line}\n" for line in head) + "---\n".join(documents)


class _Judge(NamedTuple):
    """The whole rule set, asked about one norm; ``narrow`` is what that norm needs, and far quicker."""

    norm: str
    whole: Half
    narrow: Half

    def findings(self, candidate: Candidate) -> Findings:
        """What a fixture has to expect: everything on the norm, and every violation of others."""
        found = self.whole.findings(candidate) or ()
        return tuple(one for one in found if one.norm == self.norm or one.verdict.is_violation)

    def only(self, candidate: Candidate) -> Finding | None:
        """The finding on the norm where it is the only one to expect."""
        found = self.findings(candidate)
        return found[0] if len(found) == 1 and found[0].norm == self.norm else None

    def first(self, tried: Sequence[Candidate], wanted: Callable[[Finding], bool]) -> Candidate | None:
        """The first that comes to what is wanted, made small; better without other norms in it."""

        def alone(candidate: Candidate) -> bool:
            one = self.only(candidate)
            return one is not None and wanted(one)

        def together(candidate: Candidate) -> bool:
            own = [one for one in self.findings(candidate) if one.norm == self.norm]
            return len(own) == 1 and wanted(own[0])

        likely = [one for one in tried if any(map(wanted, self.narrow.findings(one) or ()))]
        for holds in (alone, together):
            chosen = next((one for one in likely if holds(one)), None)
            if chosen is not None:
                return self.earliest(minimised(chosen, holds), holds)
        return None

    def earliest(self, candidate: Candidate, holds: Callable[[Candidate], bool]) -> Candidate:
        """The same looked at as soon as it shows, so that a reader need not count far."""
        dated = [event.date for event in candidate.case.events if event.date is not None]
        last = max(dated, default=candidate.as_of)
        days = {day + by * _DAY for day in (last, *due_days(self.findings(candidate))) for by in (0, 1)}
        earlier = (candidate._replace(as_of=day) for day in sorted(days) if last <= day < candidate.as_of)
        return next((one for one in earlier if holds(one)), candidate)

    def sample(self, kind: str, shows: str, candidate: Candidate | None) -> Iterator[Sample]:
        """A case as it will be written."""
        if candidate is not None:
            yield Sample(kind, shows, candidate, self.findings(candidate))

    def own(self, candidate: Candidate) -> Finding | None:
        """The finding on the norm, if there is just one."""
        own = [one for one in self.findings(candidate) if one.norm == self.norm]
        return own[0] if len(own) == 1 else None


def _borders(judge: _Judge, met: Candidate | None, broken: Candidate | None) -> Iterator[Sample]:
    """Done on the last day and on the next; where nothing is done, looked at on these days."""
    for known, ways in ((met, (_done_at, _seen_at)), (broken, (_seen_at,))):
        candidate = None if known is None else _timed(known, judge)
        finding = judge.own(candidate) if candidate is not None else None
        if candidate is None or finding is None or finding.due is None:
            continue
        for way in ways:
            inside, outside = way(candidate, finding, 0), way(candidate, finding, 1)
            if inside is None or outside is None:
                continue
            one, other = judge.own(inside), judge.own(outside)
            if one and other and not one.verdict.is_violation and other.verdict.is_violation:
                yield from judge.sample("边界之内", "最后一天", inside)
                yield from judge.sample("边界之外", "最后一天的次日", outside)
                return


def _timed(candidate: Candidate, judge: _Judge) -> Candidate:
    """With an hour of the day at the event the norm hangs on, where that gives the last day one."""
    finding = judge.own(candidate)
    place = next((n for n, one in enumerate(candidate.case.events) if finding and one.id == finding.anchor), None)
    if place is None or candidate.case.events[place].time is not None:
        return candidate
    timed = with_event(candidate, place, time=dt.time(9))
    again = judge.own(timed)
    return timed if again is not None and isinstance(again.due, dt.datetime) else candidate


def _done_at(candidate: Candidate, finding: Finding, late: int) -> Candidate | None:
    """The act that fulfils, on the last day, or as much later as makes it late."""
    place = next((n for n, one in enumerate(candidate.case.events) if one.id == finding.fulfilled_by), None)
    due = finding.due
    if place is None or due is None:
        return None
    if isinstance(due, dt.datetime):
        at = due + dt.timedelta(minutes=late)
        moved = with_event(candidate, place, date=at.date(), time=at.time())
    else:
        moved = with_event(candidate, place, date=due + late * _DAY)
    last = moved.case.events[place].date
    assert last is not None
    seen = last + _DAY if isinstance(due, dt.datetime) else last  # an hour is past for certain only on the next day
    return moved._replace(as_of=max(candidate.as_of, seen))


def _seen_at(candidate: Candidate, finding: Finding, late: int) -> Candidate | None:
    """The case as it stands on the last day, or on the next; an act that fulfils is left out."""
    due = finding.due
    if due is None or isinstance(due, dt.datetime):
        return None
    events = [one for one in candidate.case.events if one.id != finding.fulfilled_by]
    numbered = tuple(one.model_copy(update={"position": n}) for n, one in enumerate(events, 1))
    case = candidate.case.model_copy(update={"events": numbered})
    return Candidate(case, due + late * _DAY)
