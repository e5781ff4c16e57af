"""One run as an entry of a record, and the arguments of an entry as those of a run."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from checker import __version__
from checker.cli.looking import Looked
from checker.host.evidence import FileHash, Given
from checker.host.identity import calendar_digest, program
from checker.reports.showing import Listing

if TYPE_CHECKING:
    from checker.cases.reading import ReadOptions


def entry_of(
    listing: Listing, given: Given, files: Sequence[FileHash], looked: Looked, register: Mapping[str, object] | None
) -> dict[str, Any]:
    """What is kept of a run: no clock, no machine, no case by its number."""
    from checker.reports.summary import summary

    found = summary(listing.head(looked.totals.read), looked.totals, looked.seen.basis.rules, __version__)
    return {
        "version": __version__,
        "program": program(),
        "as_of": listing.as_of.isoformat(),
        "given": {key: list(value) if isinstance(value, tuple) else value for key, value in given._asdict().items()},
        "packs": found["packs"],
        "rules": looked.seen.basis.rules,
        "calendar": {"name": listing.calendar.name, "digest": calendar_digest(listing.calendar)},
        "files": [file._asdict() for file in files],
        "cases": looked.cases,
        "counts": found["counts"],
        "results": looked.seen.results,
        "register": register,
    }


def given_of(entry: Mapping[str, Any]) -> Given:
    """The arguments that an entry keeps."""
    kept: dict[str, Any] = {**entry["given"]}
    return Given(**{**kept, "cases": tuple(kept["cases"]), "rules": tuple(kept["rules"])})


def files_of_entry(entry: Mapping[str, Any]) -> tuple[FileHash, ...]:
    """The files that an entry names."""
    return tuple(FileHash(**one) for one in entry["files"])


def run_of(entry: Mapping[str, Any]) -> "tuple[Listing, tuple[str, ...], ReadOptions]":
    """The same run again: what is to be listed, of which cases, read how."""
    from checker import api
    from checker.cli.layouts import read_options

    given = given_of(entry)
    rules, _ = api.compile_rules(given.rules, given.site)
    as_of = dt.date.fromisoformat(entry["as_of"])
    listing = Listing(rules, api.calendar_named(given.calendar), as_of)
    return listing, given.cases, read_options(given.columns, given.mapping)
