"""The figures of indicators as JSON Lines: one object an indicator, keys in a fixed order, the same bytes every run."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from checker.model.figures import Figure, IndicatorFigures
from checker.reports.content import Sheet


def sheet_jsonl(sheet: Sheet) -> Iterator[str]:
    """One line for each indicator: compact, UTF-8 unescaped, dates ISO; shares with four decimals."""
    for indicator, figures in zip(sheet.rules.indicators, sheet.figures, strict=True):
        record = {
            "indicator": indicator.id,
            "as_of": sheet.as_of.isoformat(),
            "counted": indicator.measure.tag,
            "cases": sheet.read,
            **_numbers(figures.whole),
            **_bounds(figures),
            "uncovered": figures.uncovered,
            "missing": {one.fact: one.items for one in figures.missing},
            "periods": [{"period": one.period, **_numbers(one.figure)} for one in figures.periods],
        }
        yield json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def _numbers(figure: Figure) -> dict[str, Any]:
    """``share`` is null where there is no base, and where it is too small for a percentage."""
    return {
        "total": _plain(figure.total),
        "undecided": figure.undecided,
        "base": _plain(figure.base),
        "base_undecided": figure.base_undecided,
        "share": None if figure.is_small else _rounded(figure.share),
    }


def _bounds(figures: IndicatorFigures) -> dict[str, Any]:
    whole = figures.whole
    if whole.is_small:
        return {"low": None, "high": None}
    shown = _plain if whole.base is None else _rounded
    return {"low": shown(whole.low), "high": shown(whole.high)}


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _rounded(share: Decimal | None) -> float | None:
    return None if share is None else round(float(share), 4)
