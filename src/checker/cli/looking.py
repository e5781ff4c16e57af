"""All findings of all cases, once more and by the row evaluator: for the register, and for the record of a run."""

import json
from hashlib import sha256
from typing import NamedTuple

from checker import __version__
from checker.cases.reading import ReadOptions
from checker.host.identity import rules_digest
from checker.host.single import Run
from checker.model.case import Case
from checker.register.seen import Basis, Seen
from checker.reports.content import CaseReport, Totals
from checker.reports.formats import writer
from checker.reports.showing import Listing


class Looked(NamedTuple):
    """What was seen, the sums, and the digest of the cases as they were read, whatever file they stood in."""

    seen: Seen
    totals: Totals
    cases: str


def look(listing: Listing, paths: tuple[str, ...], options: ReadOptions, known: frozenset[str] = frozenset()) -> Looked:
    """Look at every case. The digest of the results is that of ``--only all --brief --format jsonl``.

    ``known`` are ids of findings that are kept even where they are no violations.
    """
    whole = Listing(listing.rules, listing.calendar, listing.as_of, only_violations=False, brief=True)
    norms = frozenset(norm.id for norm in whole.rules.norms)
    basis = Basis(whole.as_of, __version__, rules_digest(whole.rules), whole.calendar.name, norms)
    run, seen, lines = Run(whole, paths, "row", options), Seen(basis, known), writer("jsonl", False)
    results, cases = sha256(), sha256()
    for item in run:
        if not isinstance(item, CaseReport):
            seen.left(item.id)
            continue
        cases.update(_content(item.case).encode("utf-8", "surrogatepass"))
        if item.failure is not None:
            seen.failed.add(item.case.id)
            continue
        seen.case(item.case, [shown.finding for shown in item.shown])
        for line in lines.case(item):
            results.update(f"{line}\n".encode("utf-8", "surrogatepass"))
    seen.results = results.hexdigest()
    return Looked(seen, run.totals, cases.hexdigest())


def agree(checked: Totals, again: Totals) -> bool:
    """Whether two runs came to the same sums."""
    names = ("read", "left_out", "failed", "verdicts")
    return all(getattr(checked, name) == getattr(again, name) for name in names)


def _content(case: Case) -> str:
    """A case without the places where it stood."""
    bare = case.model_dump(mode="json", exclude={"place": True, "remarks": True, "events": {"__all__": {"place"}}})
    bare["covers"] = sorted(case.covers) if case.covers is not None else None
    return json.dumps(bare, ensure_ascii=False) + "\n"
