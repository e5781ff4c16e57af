"""One page that needs nothing but itself: overview, coming deadlines, findings with pictures, what was not read."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from checker.explain.norms import validity_text
from checker.model.finding import GRAVEST_FIRST, VERDICT_NAMES
from checker.model.source import Rank
from checker.reports.content import Head, RunReport
from checker.reports.documents import Wish, document_names
from checker.reports.formats.text import pack_text
from checker.reports.html import render
from checker.reports.overview import lamps, messages
from checker.reports.overview.choosing import MOST_CASES, MOST_FINDINGS, Lit, chosen
from checker.reports.overview.deadlines import LIMITS, coming
from checker.reports.overview.details import Anchors, Detail, detail_of
from checker.reports.overview.units import total_of, units_of
from checker.reports.overview.whole import whole_of
from checker.reports.places import place_text
from checker.reports.timeline import flags, picture

MOST_NAMES: Final = 5000
"""Cases without anything to show that are named; more are only counted."""


def written(report: RunReport, wish: Wish) -> str:
    """The page; nothing can be wished for it."""
    del wish
    as_of = report.head.as_of
    choice = chosen(report.cases, as_of)
    anchors = Anchors()
    details = [detail_of(one, as_of, anchors) for one in choice.full]
    units = units_of(report.cases, as_of)
    return render(
        "report.html",
        report=report,
        head=report.head,
        totals=report.totals,
        packs=_packs(report.head),
        templates=sum(pack.rank is Rank.TEMPLATE for pack in report.head.rules.packs),
        choice=choice,
        lamps=lamps,
        verdicts=[(VERDICT_NAMES[verdict], report.totals.verdicts[verdict]) for verdict in GRAVEST_FIRST],
        units=units,
        unit_sums=total_of(units),
        coming=coming(report.cases, as_of),
        limits=LIMITS,
        details=details,
        anchor_of={detail.report.case.id: detail.anchor for detail in details},
        by_unit=_by_unit(details, choice.left_out),
        left_out=_by_lamp(choice.left_out),
        quiet=choice.quiet[:MOST_NAMES],
        unread=messages.messages_of(("", told) for told in report.unread),
        remarks=messages.messages_of((one.case.id, told) for one in report.cases for told in one.case.remarks),
        most_places=messages.MOST_PLACES,
        picture=picture,
        whole=whole_of(report),
        most_flags=flags.MOST_FLAGS,
        most_cases=MOST_CASES,
        formats=document_names(),
        place_text=place_text,
        most_findings=MOST_FINDINGS,
    )


def _packs(head: Head) -> list[tuple[str, str, int]]:
    """Each pack with its stamps, its validity, and how many norms it has."""
    norms = Counter(norm.pack for norm in head.rules.norms)
    return [(pack_text(pack), validity_text(pack.valid), norms[pack.id]) for pack in head.rules.packs]


def _by_unit(details: Sequence[Detail], others: Sequence[Lit]) -> list[tuple[str | None, list[Detail], int]]:
    """The cases of each unit that are shown, by lamp, and how many are not."""
    shown: dict[str | None, list[Detail]] = {}
    for detail in details:
        for unit in detail.units:
            shown.setdefault(unit, []).append(detail)
    left: Counter[str | None] = Counter()
    for one in others:
        left.update({item.finding.bearer for item in one.report.shown})
    names = sorted({*shown, *left}, key=lambda name: (name is None, name or ""))
    return [(name, shown.get(name, []), left[name]) for name in names]


def _by_lamp(others: Sequence[Lit]) -> list[tuple[lamps.Lamp, list[str]]]:
    names: dict[lamps.Lamp, list[str]] = {}
    for one in others:
        names.setdefault(one.lamp, []).append(one.report.case.id)
    return list(names.items())
