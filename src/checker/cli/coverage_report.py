"""What ``checker test --coverage`` says: each norm's share, and what no fixture tries; as text, JSON and HTML."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from checker.drafting.coverage.points import Kind, Point
from checker.drafting.coverage.results import NormCoverage, Shortfall, summed
from checker.model.diagnostic import Diagnostic
from checker.reports.colours import BOLD, painted
from checker.reports.html import render
from checker.reports.layout import pad, table, wrap


def coverage_lines(coverages: Sequence[NormCoverage], colour: bool) -> Iterator[str]:
    """Each norm with what is missing, then the sums."""
    yield from painted(["用例覆盖"], BOLD, colour)
    name = _naming(coverages)
    for one in coverages:
        yield from wrap(f"{name(one)}  {_share(one.counts())}", rest="  ")
        for point in one.missing:
            yield from wrap(point.missing, "  " + pad(point.kind.value, 8), " " * 10)
    yield ""
    rows = [("要点", "试过", "共有", "比例")]
    for kind, (tried, total) in summed(coverages).items():
        rows.append((kind.value if kind else "合计", str(tried), str(total), f"{percent(tried, total)}%"))
    yield from table(rows)


def shortfall_lines(found: Sequence[Shortfall], colour: bool) -> Iterator[str]:
    """Each norm that falls short of a threshold."""
    for said in map(_short, found):
        yield from painted(wrap(said, rest="  "), f"{BOLD};31" if colour else BOLD, colour)


def shortfall_diagnostics(found: Sequence[Shortfall]) -> Iterator[Diagnostic]:
    """The same at the place of each norm: for annotations."""
    for one in found:
        yield Diagnostic(code="coverage", message=f"{_short(one)}。", at=one.coverage.norm.span)


def _short(one: Shortfall) -> str:
    what = f"的{one.share.kind.value}" if one.share.kind is not None else ""
    return f"「{one.coverage.norm.id}」{what}覆盖 {_share((one.tried, one.total))}，低于要求的 {one.share.percent:g}%"


def coverage_json(coverages: Sequence[NormCoverage]) -> str:
    """One object; the same input gives the same bytes."""
    norms = [_norm_object(one) for one in coverages]
    totals = {"all" if kind is None else kind.key: _counts(pair) for kind, pair in summed(coverages).items()}
    return json.dumps({"norms": norms, "totals": totals}, ensure_ascii=False, indent=1) + "\n"


def coverage_html(coverages: Sequence[NormCoverage]) -> str:
    """One page that stands alone."""
    totals = [(kind.value if kind else "合计", *_row(pair)) for kind, pair in summed(coverages).items()]
    packs: dict[str, list[NormCoverage]] = {}
    for one in coverages:
        packs.setdefault(one.norm.pack, []).append(one)
    name = _naming(coverages)
    rows = {pack: [_norm_row(one, name(one)) for one in found] for pack, found in packs.items()}
    return render(
        "coverage.html",
        totals=totals,
        packs=[(pack, *_row(_added(found)), rows[pack]) for pack, found in packs.items()],
    )


def percent(tried: int, total: int) -> int:
    """Rounded down: 100 only where nothing is missing."""
    return 100 * tried // total if total else 100


def _share(pair: tuple[int, int]) -> str:
    return f"{pair[0]}/{pair[1]}（{percent(*pair)}%）"


def _row(pair: tuple[int, int]) -> tuple[int, int, int]:
    return (*pair, percent(*pair))


def _added(coverages: Sequence[NormCoverage]) -> tuple[int, int]:
    pairs = [one.counts() for one in coverages]
    return sum(tried for tried, _ in pairs), sum(total for _, total in pairs)


def _naming(coverages: Sequence[NormCoverage]) -> Callable[[NormCoverage], str]:
    """What a norm is called: its id, with its version where there are several."""
    versions = Counter(one.norm.id for one in coverages)

    def name(one: NormCoverage) -> str:
        return one.norm.id if versions[one.norm.id] == 1 else f"{one.norm.id}（版本 {one.norm.version}）"

    return name


def _norm_row(one: NormCoverage, name: str) -> tuple[object, ...]:
    return name, *_row(one.counts()), [(point.kind.value, point.missing) for point in one.missing]


def _norm_object(one: NormCoverage) -> Mapping[str, object]:
    span = one.norm.span
    kinds = {kind.key: _counts(pair) for kind in Kind if (pair := one.counts(kind))[1]}
    return {
        "norm": one.norm.id,
        "version": one.norm.version,
        "file": None if span is None else span.file,
        "line": None if span is None else span.line,
        **_counts(one.counts()),
        "kinds": kinds,
        "missing": [_point_object(point) for point in one.missing],
    }


def _counts(pair: tuple[int, int]) -> Mapping[str, int]:
    return {"tried": pair[0], "total": pair[1]}


def _point_object(point: Point) -> Mapping[str, str]:
    return {"kind": point.kind.key, "key": point.key, "text": point.missing}
