"""JSON Lines: one object a group, keys in a fixed order, the same bytes every run."""

import json
from collections.abc import Iterator
from typing import Any

from checker.model.figures import FEW
from checker.model.finding import Verdict
from checker.model.statistics import CaseCounts, Figures, Row, Share, Spread, Statistics
from checker.reports.content import Sheet
from checker.reports.indicator_jsonl import sheet_jsonl
from checker.reports.stat_words import Survey


def written(survey: Survey, colour: bool) -> str:
    """The report; colour does not concern it."""
    del colour
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in _records(survey.statistics)]
    return "".join(f"{line}\n" for line in (*lines, *_indicators(survey)))


def _records(told: Statistics) -> Iterator[dict[str, Any]]:
    yield _run(told)
    yield {"record": "sum", **_row(told.whole)}
    for table in told.tables:
        for row in table.rows:
            yield {"record": "row", "by": list(table.dimensions), "key": list(row.key), **_row(row)}
    for one in told.problems:
        cases = {"cases": _cases(one.cases), "share": _share(one.cases.breach), "units": _share(one.units)}
        yield {"record": "problem", "norm": one.norm, "common": one.is_common, **cases, "example": one.example}
    for pair in told.unit_problems:
        shares = {"own": _share(pair.own), "others": _share(pair.others)}
        yield {"record": "unit", "unit": pair.unit, "norm": pair.norm, **shares, "example": pair.example}


def _run(told: Statistics) -> dict[str, Any]:
    counts = ("read", "left_out", "failed", "skipped", "triggered", "untriggered", "uncounted", "compared")
    return {
        "record": "run",
        "as_of": told.as_of.isoformat(),
        "packs": list(told.packs),
        "calendar": told.calendar,
        "dated_by": "due" if told.by_due else "anchor",
        "now": [told.now.first.isoformat(), told.now.last.isoformat()],
        "before": [told.before.first.isoformat(), told.before.last.isoformat()],
        "sources": list(told.sources),
        "thresholds": told.thresholds.model_dump(),
        **{name: getattr(told, name) for name in counts},
    }


def _row(row: Row) -> dict[str, Any]:
    """``now`` and ``before`` are null where there is nothing to compare."""
    now, before = (None if one is None else _figures(one) for one in (row.now, row.before))
    return {**_figures(row.whole), "example": row.whole.example, "now": now, "before": before}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "verdicts": {verdict.value: figures.verdicts[verdict] for verdict in Verdict},
        "cases": _cases(figures.cases),
        "found": _share(figures.cases.found),
        "timely": {**figures.timely.model_dump(), **_share(figures.timely.in_time)},
        "late_days": _spread(figures.late),
        "overdue_days": _spread(figures.overdue),
    }


def _cases(cases: CaseCounts) -> dict[str, int]:
    return {"triggered": cases.triggered, **cases.model_dump()}


def _share(share: Share) -> dict[str, Any]:
    """``share``, ``low`` and ``high`` are null where there are few."""
    low, high = (None, None) if share.is_small else (round(end, 4) for end in share.interval)
    shown = None if share.is_small or share.share is None else round(share.share, 4)
    return {"part": share.part, "base": share.base, "share": shown, "low": low, "high": high}


def _spread(spread: Spread) -> dict[str, Any]:
    return {"n": spread.n, "median": spread.median, "p90": None if spread.n < FEW else spread.p90}


def _indicators(survey: Survey) -> Iterator[str]:
    """As ``checker indicators`` writes them."""
    told = survey.statistics
    counted = told.read - told.uncounted
    sheet = Sheet(told.as_of, survey.rules, told.calendar, counted, told.left_out, told.uncounted, told.indicators)
    for line in sheet_jsonl(sheet):
        yield '{"record":"indicator",' + line[1:]
