"""Expectation files: what the indicators of some packs should come to over an archive of cases."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Final, NamedTuple

from checker.calendars.unreadable import reason
from checker.cases.fields import Fields, as_list, date_of, structural
from checker.cases.formats import formats
from checker.cases.keys import ARCHIVE, FIGURE
from checker.cases.problems import BadCase, Path, Problems, Refusal, named, unread
from checker.cases.record import RawRecord
from checker.cases.source import EXPECTATION, Source, sources
from checker.cases.typed import read_name
from checker.cases.yaml_documents import read_documents
from checker.model.figures import ArchiveExpectation, FigureExpectation
from checker.model.place import Place

_COUNTS: Final = ("total", "undecided", "base", "base_undecided", "uncovered")


class Split(NamedTuple):
    """Fixture paths taken apart: what is to be read as single fixtures, and the expectations over whole archives."""

    singles: tuple[str, ...]
    archives: tuple[ArchiveExpectation | BadCase, ...]


def split_paths(paths: Sequence[str]) -> Split:
    """Find the expectation files under the paths. The archives that they name hold no fixtures of their own."""
    files = [file for path in paths for file in _expectation_files(path)]
    archives = tuple(item for file in files for item in _read(file))
    named_there = {
        FilePath(one).resolve() for item in archives if isinstance(item, ArchiveExpectation) for one in item.paths
    }
    if not files:
        return Split(tuple(paths), ())
    own = {file.resolve() for file in files}
    singles = [one for path in paths for one in _files(path) if FilePath(one).resolve() not in named_there | own]
    return Split(tuple(singles), archives)


def _expectation_files(path: str) -> list[FilePath]:
    home = FilePath(path)
    if home.is_dir():
        return sorted(file for file in home.rglob(f"*{EXPECTATION}") if file.is_file())
    return [home] if path.endswith(EXPECTATION) and home.is_file() else []


def _files(path: str) -> Iterator[str]:
    """The files of a folder one by one; any other path as it is."""
    if not FilePath(path).is_dir():
        yield path
        return
    for found in sources((path,), frozenset(suffix for suffix in formats() if suffix)):
        if isinstance(found, Source):
            yield found.name


def _read(file: FilePath) -> Iterator[ArchiveExpectation | BadCase]:
    try:
        with file.open("rb") as stream:
            for record in read_documents(stream, str(file)):
                yield _archive(record, file) if isinstance(record, RawRecord) else record
    except OSError as error:
        yield unread(Refusal("unreadable", f"文件「{file}」读不出来（{reason(error)}）"), Place(file=str(file)))


def _archive(record: RawRecord, file: FilePath) -> ArchiveExpectation | BadCase:
    problems = Problems(record.locate)
    given: Fields = {}
    if isinstance(record.data, dict):
        given = structural(record.data, ARCHIVE, (), problems, "档案的期望")
    else:
        problems.add(Refusal("wrong-shape", f"档案的期望应是一组「项: 值」，现为{named(record.data)}"), (), record.data)
    for key, alias in ARCHIVE.items():
        if key not in given and not problems.total:
            problems.add(Refusal("missing-key", f"档案的期望没有写{alias}", expected=f"{key}（{alias}）"), ())
    paths = [_name(one, given["archive"][1], "档案", problems) for one in as_list(given.get("archive", ([], ()))[0])]
    as_of = date_of(given, "as_of", None, problems)
    lines, at = given.get("indicators", ([], ()))
    figures = [_figure(line, (*at, n), record, problems) for n, line in enumerate(as_list(lines))]
    if as_of is None or problems.total:
        return BadCase(None, record.locate(()), problems.all())
    return ArchiveExpectation(
        place=record.locate(()),
        paths=tuple(str(file.parent / path) for path in paths if path),
        as_of=as_of,
        figures=tuple(figure for figure in figures if figure is not None),
    )


def _figure(raw: object, at: Path, record: RawRecord, problems: Problems) -> FigureExpectation | None:
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"指标的期望应是一组「项: 值」，现为{named(raw)}"), at, raw)
        return None
    given = structural(raw, FIGURE, at, problems, "指标的期望")
    if "indicator" not in given:
        problems.add(Refusal("missing-key", "期望没有写指标", expected="indicator（指标），如 macro/督办件数"), at)
        return None
    value, path = given["indicator"]
    indicator = _name(value, path, "指标", problems)
    values = {key: _number(*given[key], problems) for key in _COUNTS if key in given}
    periods = _periods(*given["periods"], problems) if "periods" in given else {}
    return FigureExpectation(indicator=indicator, values=values, periods=periods, place=record.locate(at))


def _periods(raw: object, at: Path, problems: Problems) -> Mapping[str, tuple[Decimal, ...]]:
    """A number for each period, or two where it is a share."""
    if not isinstance(raw, dict):
        problems.add(Refusal("wrong-shape", f"分期应逐期写「2024Q1: 数」，现为{named(raw)}"), at, raw)
        return {}
    return {
        str(period): tuple(_number(one, (*at, str(period)), problems) for one in as_list(value))
        for period, value in raw.items()
    }


def _name(raw: object, at: Path, what: str, problems: Problems) -> str:
    name = read_name(raw, what)
    if isinstance(name, Refusal):
        problems.add(name, at, raw)
        return ""
    return name


def _number(raw: object, at: Path, problems: Problems) -> Decimal:
    text = str(raw)
    if isinstance(raw, str | int) and not isinstance(raw, bool) and text.replace(".", "", 1).isdecimal():
        return Decimal(text)
    problems.add(Refusal("wrong-type", f"此处应是数，现为{named(raw)}"), at, raw)
    return Decimal(0)
