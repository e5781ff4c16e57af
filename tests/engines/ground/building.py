"""Short ways to write norms and cases in tests."""

import datetime as dt

from checker.calendars.shipped import shipped_calendar
from checker.engines.run import evaluate, prepare
from checker.model.case import Answer, Case, Event, Extent
from checker.model.expressions import (
    AnchorActor,
    Attribute,
    Compare,
    LiteralValue,
    Occurred,
    OrganActor,
    Pattern,
    SelfEvent,
)
from checker.model.norm import Counting, Norm, OnBreach, OnEvent, Override, Pack, RuleSet
from checker.model.requirements import AtAnchor, Fixed, Hold, Occur, Within
from checker.model.source import Rank, Source
from checker.model.values import Part, Period, Unit
from checker.model.vocabulary import Act, Vocabulary

UNITS = {"日": Unit.DAY, "工": Unit.WORKDAY, "月": Unit.MONTH, "年": Unit.YEAR, "时": Unit.HOUR}


def date(text):
    return None if text is None else dt.date.fromisoformat(text)


def period(text):
    """``30日``, ``5工``, ``1月``."""
    return Period(parts=(Part(n=int(text[:-1]), unit=UNITS[text[-1]]),))


def fixed(text):
    return Fixed(period=period(text))


def value(of):
    return LiteralValue(value=of)


def own(name):
    return Attribute(of=SelfEvent(), name=name)


def is_(name, wanted):
    return Compare(op="eq", left=own(name), right=value(wanted))


def pattern(*acts, actor=None, where=None, by=None, **more):
    """``actor``: an organ; ``by``: the attribute of the anchor that names him."""
    who = OrganActor(names=(actor,)) if actor else AnchorActor(attribute=by) if by else None
    return Pattern(acts=acts, actor=who, where=where, **more)


def occurred(*acts, **more):
    return Occurred(pattern=pattern(*acts, **more))


def within(length, start=None):
    return Within(start=start or AtAnchor(), period=fixed(length) if isinstance(length, str) else length)


def must(*patterns, window, **more):
    """One group for each pattern."""
    groups = tuple((p if isinstance(p, Pattern) else pattern(p),) for p in patterns)
    return Occur(groups=groups, window=within(window) if isinstance(window, str) else window, **more)


def hold(condition):
    return Hold(condition=condition)


def norm(title, anchor, requirement, *exceptions, over=(), version="1", counting=None, **more):
    """``anchor``: an act, a pattern, or an anchor of the core."""
    if isinstance(anchor, str):
        anchor = pattern(anchor)
    if isinstance(anchor, Pattern):
        anchor = OnEvent(pattern=anchor)
    return Norm(
        pack="p",
        title=title,
        version=version,
        anchor=anchor,
        requirement=requirement,
        exceptions=exceptions,
        overrides=tuple(Override(norm=f"p/{one}", source=Source(reference="示例")) for one in over),
        counting=counting or Counting(),
        **more,
    )


def breach_of(title):
    return OnBreach(norm=f"p/{title}")


def rules(*norms, closing=None, vocabulary=None, strata=None):
    """By default every norm is a stratum of its own, in the order given (versions of a family together)."""
    if strata is None:
        families = {}
        for place, one in enumerate(norms):
            families.setdefault(one.id, []).append(place)
        strata = tuple(tuple(places) for places in families.values())
    pack = Pack(id="p", title="示例", rank=Rank.TEMPLATE, closing=closing)
    return RuleSet(packs=(pack,), norms=norms, vocabulary=vocabulary or VOCABULARY, strata=strata)


VOCABULARY = Vocabulary(
    organs={"政法委": None, "法院": None, "检察院": None, "虎林市人民法院": "法院"},
    acts={act: Act(name=act) for act in "甲乙丙丁戊"},
)


def events(*rows):
    """``(act, date, {fields})``: actor, time, document, id are fields; every other key is an attribute."""
    found = []
    for position, row in enumerate(rows, start=1):
        act, day, fields = (*row, {})[:3]
        fields = dict(fields)
        actor = fields.pop("actor", "政法委")
        found.append(
            Event(
                id=fields.pop("id", f"e{position}"),
                position=position,
                act=act,
                date=date(day),
                time=fields.pop("time", None),
                actors=None if actor is None else tuple(actor.split("、")),
                document=fields.pop("document", None),
                attributes=fields,
            )
        )
    return tuple(found)


def case(*rows, **more):
    extent = more.pop("extent", None)
    if extent:
        more["extent"] = Extent(first=date(extent[0]), last=date(extent[1]))
    answers = tuple(
        Answer(norm=f"p/{n}", event=e, answer=a, date=date(d[0]) if d else None)
        for n, e, a, *d in more.pop("answers", ())
    )
    return Case(id="c", events=events(*rows), answers=answers, **more)


def check(ruleset, record, as_of):
    """All findings."""
    return evaluate(prepare(ruleset, shipped_calendar()), record, date(as_of)).findings


def only(ruleset, record, as_of):
    """The one finding there is."""
    (finding,) = check(ruleset, record, as_of)
    return finding


def shown(finding, *names):
    """Some fields of a finding as plain text."""
    values = {name: getattr(finding, name) for name in names}
    return {name: str(v) if isinstance(v, dt.date) else v for name, v in values.items()}
