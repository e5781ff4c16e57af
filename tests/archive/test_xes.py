"""XES logs: the reader in bulk gives what the reader by elements gives, whatever the log looks like."""

import gzip
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.cases.astray import UNKNOWN
from checker.cases.columns import Layout
from checker.cases.portions import Chunk, Portion, Setup, load, place_of, portions
from checker.cases.problems import BadCase
from checker.cases.reading import ReadOptions, read_cases
from checker.cases.table import Table
from checker.cases.xes.ahead import looked_ahead
from checker.cases.xes.keys import xes_table
from checker.engines.archive.packing import unpack
from checker.model.case import Case
from checker.model.place import Place
from checker.model.values import ValueType
from checker.model.vocabulary import Act, Vocabulary

VOCABULARY = Vocabulary(
    organs={"甲局": None, "乙局": None},
    persons=("承办人",),
    acts={
        "登记": Act(name="登记", attributes={"金额": ValueType(name="数"), "说明": ValueType(name="文本")}),
        "审批": Act(
            name="审批",
            attributes={
                "结论": ValueType(name="枚举", choices=("同意", "不同意")),
                "说明": ValueType(name="枚举", choices=("一", "二"), many=True),
                "收文": ValueType(name="日期"),
            },
        ),
        "办结": Act(name="办结", attributes={"在押": ValueType(name="是否")}),
    },
    case_attributes={"来源": ValueType(name="枚举", choices=("上级", "群众"), many=True), "金额": ValueType(name="数")},
    kinds=("督办", "信访"),
)
LAYOUTS = (
    Layout(time_zone="Asia/Shanghai"),
    Layout(
        columns={"actor": "org:resource", "kind": "case:kind", "id": "concept:instance"},
        attributes={"amount": "金额", "结论": "结论", "note": "说明", "arrived": "收文", "held": "在押"},
        case_attributes={"case:source": "来源", "case:amount": "金额"},
        acts={"register": "登记", "登记": "登记", "approve & sign": "审批", "办结": "办结"},
        ignore=frozenset(("noise",)),
        time_zone="Europe/Rome",
        ordered=False,
    ),
    Layout(
        columns={"kind": "kind", "time": "hour"},
        case_attributes={"case:amount": "金额", "source": "来源"},
        acts={"登记": "登记", "办结": "办结"},
        covers=("登记",),
        date_format="%Y-%m-%d %H:%M",
        ignore=frozenset(("noise", "approve & sign")),
    ),
)
DATES = (
    "2024-03-31T01:30:00+01:00",
    "2024-03-30T23:30:00.000Z",
    "2006-07-23T22:00:00.000+00:00",
    "2024-10-27T02:30:00+0200",
    "2024-03-05",
    "2024-02-30",
    "5.3.2024",
    "",
)
VALUES = {
    "concept:name": ("登记", "办结", "register", "approve &amp; sign", "noise", "unknown", " 登记 ", ""),
    "time:timestamp": DATES,
    "hour": ("09:30", "25:00", ""),
    "org:resource": ("甲局", "甲局、承办人", "丙局", ""),
    "concept:instance": ("e1", "e2", "a", "违反:x", ""),
    "amount": ("12", "3.5", "1E2", "many"),
    "金额": ("7", "x"),
    "结论": ("同意", "不同意", "也许"),
    "note": ("一", "一、二", "三", "two\nlines", "&#20108;"),
    "说明": ("一", "文字"),
    "arrived": DATES,
    "held": ("true", "false", "是", "1"),
    "kind": ("督办", "信访", "别的"),
    "source": ("上级", "上级、群众", "别处"),
    "other": ("1", "2", "3"),
}


class Writer:
    """A log as no two programs would write it."""

    def __init__(self, random: Random, tame: bool) -> None:
        self.random, self.tame = random, tame
        self.outside = 0

    def is_odd(self, share: float = 0.05) -> bool:
        return not self.tame and self.random.random() < share

    def attribute(self, key: str, value: str, deep: int = 0) -> str:
        quote = "'" if self.is_odd() else '"'
        pair = [f"key={quote}{key}{quote}", f"value={quote}{value}{quote}"]
        if self.is_odd():
            pair.reverse()
        tag = "x:string" if self.is_odd(0.02) else self.random.choice(("string", "date", "id"))
        opening = f"<{tag} {' '.join(pair)}{' ' if self.is_odd() else ''}"
        if deep < 2 and self.is_odd(0.1):
            inside = "".join(self.some_attribute(deep + 1) for _ in range(self.random.randint(0, 2)))
            return f"{opening}>{inside}</{tag}>"
        return f"{opening}/>"

    def some_attribute(self, deep: int = 0) -> str:
        key = self.random.choice(list(VALUES))
        if self.is_odd(0.05):
            items = "".join(self.attribute("i", self.random.choice(VALUES[key]), 2) for _ in range(2))
            return f'<list key="{key}">{f"<values>{items}</values>" if self.is_odd(0.8) else items}</list>'
        if self.is_odd(0.02):
            return f'<container key="{key}"/>'
        return self.attribute(key, self.random.choice(VALUES[key]), deep)

    def values(self, keys: tuple[str, ...]) -> str:
        """Each key at most once, mostly with a value that can be used."""
        found = ""
        for key in keys:
            good, limit = self.random.random() < 0.9, max(1, len(VALUES[key]) // 2)
            found += self.attribute(key, self.random.choice(VALUES[key][:limit] if good else VALUES[key]))
        return found + "".join(self.some_attribute() for _ in range(3) if self.is_odd())

    def event(self) -> str:
        if self.is_odd(0.02):
            return "<event/>"
        optional = tuple(key for key in VALUES if self.random.random() < 0.2)
        keys = tuple(dict.fromkeys(("concept:name", "time:timestamp", *optional)))
        return f"<event>{self.space()}{self.values(keys)}</event>{self.space()}"

    def outsider(self) -> str:
        self.outside += 1
        return self.event()

    def trace(self, number: int) -> str:
        if self.is_odd(0.02):
            return "<trace/>"
        name = "" if self.is_odd() else self.attribute("concept:name", f"案{number}&lt;{number}&gt;")
        kept = tuple(key for key in ("kind", "source", "amount") if self.random.random() < 0.4)
        events = "".join(self.event() for _ in range(self.random.randint(0, 5)))
        loose = self.outsider() if self.is_odd(0.03) else ""
        long = " long" * self.random.choice((0, 0, 100))
        remark = (
            f"<!-- </trace>{long}<trace> -->"
            if self.is_odd(0.03)
            else "<![CDATA[</trace>]]>"
            if self.is_odd(0.02)
            else ""
        )
        return f"{loose}<trace>{self.space()}{name}{self.values(kept)}{events}{remark}</trace>{self.space()}"

    def space(self) -> str:
        return self.random.choice(("", "\n", "\n\t", " ", "stray" if self.is_odd(0.1) else "\r\n"))

    def log(self) -> str:
        traces = "".join(self.trace(n) for n in range(self.random.randint(0, 25)))
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- <trace> -->\n' if self.random.random() < 0.8 else ""
        globals_ = '<global scope="event"><string key="concept:name" value="登记"/></global>\n'
        end = self.outsider() if self.is_odd(0.1) else ""
        return f'{head}<log xmlns="http://www.xes-standard.org/">\n{globals_}{traces}{end}</log>\n'


def by_row(path: Path, options: ReadOptions) -> list[object]:
    return [bare(item) for item in read_cases([str(path)], VOCABULARY, options)]


def bare(item: object) -> object:
    if not isinstance(item, Case):
        return item
    events = tuple(event.model_copy(update={"place": None}) for event in item.events)
    return item.place, item.model_copy(update={"place": None, "events": events})


def in_bulk(path: Path, options: ReadOptions, cases: int = 1000) -> list[object]:
    setup = Setup(VOCABULARY, options, cases)
    return [item for portion in portions([str(path)], setup) for item in items_of(portion, setup)]


def items_of(portion: object, setup: Setup) -> Iterator[object]:
    if not isinstance(portion, Portion):
        yield portion
        return
    chunk = load(portion, setup)
    cases = unpack(chunk.cases, VOCABULARY)
    bad = list(chunk.bad)
    for row in range(len(cases) + 1):
        while bad and bad[0][0] == row:
            yield bad.pop(0)[1]
        if row < len(cases):
            yield where(portion, chunk, row), cases[row]
    assert not bad


def where(portion: Portion, chunk: Chunk, row: int) -> Place:
    return place_of(portion, chunk, row)


@contextmanager
def borders(random: Random) -> Iterator[None]:
    """Portions and blocks that end in odd places."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("checker.cases.xes.pieces.BYTES", random.choice((1, 500, 1 << 20)))
        block = random.choice((7, 100, 1 << 18))
        for module in ("checker.cases.xes.pieces", "checker.cases.formats.xes", "checker.cases.xes.ahead"):
            patch.setattr(f"{module}.BLOCK", block)
        patch.setattr("checker.cases.xes.ahead._BYTES", random.choice((1, 5, 30, 1 << 20)))
        yield


def agree(path: Path, data: bytes, layout: Layout, random: Random) -> None:
    path.write_bytes(data)
    options = ReadOptions(layout=layout, unique=False)
    with borders(random):
        assert in_bulk(path, options, random.choice((1, 2, 3, 1000))) == by_row(path, options)


TRACE = '<trace><string key="concept:name" value="甲"/>{}</trace>'
EVENT = '<event><string key="concept:name" value="登记"/><date key="time:timestamp" value="2024-03-05"/></event>'


MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


@MANY
@given(st.randoms(use_true_random=False), st.sampled_from(LAYOUTS), st.booleans(), st.booleans())
def test_both_readers_agree(tmp_path_factory, random, layout, tame, packed):
    data = Writer(random, tame).log().encode()
    path = tmp_path_factory.mktemp("xes") / ("log.xes.gz" if packed else "log.xes")
    agree(path, gzip.compress(data) if packed else data, layout, random)


def left_covered(path: Path, opened: Table) -> Sequence[str] | None:
    with path.open("rb") as stream, looked_ahead(stream, lambda: path.open("rb"), opened) as (_, left):
        return left.layout.covers


@MANY
@given(st.randoms(use_true_random=False), st.sampled_from(LAYOUTS))
def test_whatever_the_log_looks_like_events_outside_of_traces_are_seen_beforehand(tmp_path_factory, random, layout):
    opened = xes_table("log.xes", layout, VOCABULARY)
    writer = Writer(random, tame=False)
    path = tmp_path_factory.mktemp("xes") / "log.xes"
    path.write_text(writer.log(), encoding="utf-8")
    with borders(random), patch("checker.cases.xes.ahead.acts_told", lambda *_: {UNKNOWN}):
        left = left_covered(path, opened)
    assert left == (() if writer.outside else layout.covers)


@pytest.mark.parametrize(
    ("event", "left"),
    [
        (EVENT, ["审批", "办结"]),
        (EVENT.replace("登记", "办结"), ["登记", "审批"]),
        (EVENT.replace("登记", "未声明"), []),
        (EVENT.replace("登记", " 登记 "), ["审批", "办结"]),
        ("<event/>", []),
        (EVENT.replace("</event>", '<string key="concept:name" value="办结"/></event>'), []),
        ('<event><list key="concept:name"><values><string key="a" value="登记"/></values></list></event>', []),
        ('<event><string key="other" value="办结"><string key="concept:name" value="登记"/></string></event>', []),
    ],
)
@pytest.mark.parametrize(
    "log",
    [
        "<log>{event}{trace}{trace}</log>",
        "<log>{trace}\n{event}\n{trace}</log>",
        "<log>{trace}{event}</log>",
        "<log>{trace}<trace/>{event}</log>",
        "<log><!-- <trace> -->{event}<!-- </trace> -->{trace}</log>",
        "<log>{trace}<!-- <trace> -->{event}<!-- </trace> -->{trace}</log>",
        "<log>{trace}<?x <trace> ?>{event}<?x </trace> ?>{trace}</log>",
        "<log><?x <trace> ?>{event}<?x </trace> ?>{trace}</log>",
        "<log>{trace}<![CDATA[<trace>]]>{event}<![CDATA[</trace>]]>{trace}</log>",
        "<log><![CDATA[<trace>]]>{event}<![CDATA[</trace>]]>{trace}</log>",
        "<x:log xmlns:x='a'>{trace}<x:trace/>{event}</x:log>",
    ],
)
def test_wherever_an_event_stands_outside_of_traces_its_act_is_left_open(tmp_path, log, event, left):
    path = tmp_path / "log.xes"
    text = log.replace("{event}", event).replace("{trace}", TRACE.format(EVENT))
    opened = xes_table("log.xes", Layout(), VOCABULARY)
    for encoding in ("utf-8", "utf-16"):
        path.write_bytes(text.encode(encoding))
        assert list(left_covered(path, opened)) == left
    options = ReadOptions(unique=False)
    assert [item[1].covers for item in by_row(path, options) if not isinstance(item, BadCase)][:1] == [frozenset(left)]
    path.write_text(text.replace(event, ""), encoding="utf-8")
    assert left_covered(path, opened) is None


@MANY
@given(st.randoms(use_true_random=False), st.booleans())
def test_both_readers_agree_on_damage(tmp_path_factory, random, packed):
    data = Writer(random, tame=True).log().encode()
    at = random.randrange(len(data))
    spoil = random.choice(("cut", "byte", "insert"))
    if packed:
        data = gzip.compress(data)
        at = random.randrange(11, len(data))
    if spoil == "cut":
        data = data[:at]
    elif spoil == "byte":
        data = data[:at] + random.choice((b"<", b"\xff", b"&", b"\x00", b">")) + data[at + 1 :]
    else:
        data = (
            data[:at]
            + random.choice((b"<string>", b"</log>", b"</event>", b"</trace>", b"<!ENTITY a 'b'>"))
            + data[at:]
        )
    path = tmp_path_factory.mktemp("xes") / ("log.xes.gz" if packed else "log.xes")
    agree(path, data, LAYOUTS[0], random)


def test_a_trace_within_another_is_told_by_both(tmp_path):
    path = tmp_path / "log.xes"
    name = '<string key="concept:name" value="{}"/>'
    inner = f"<trace>{name.format('内')}</trace>"
    path.write_text(f"<log><trace>{name.format('前')}</trace><trace>{name.format('外')}{inner}</trace></log>", "utf-8")
    options = ReadOptions(unique=False)
    for items in (by_row(path, options), in_bulk(path, options)):
        assert items[0][1].id == "前"
        assert all(isinstance(item, BadCase) for item in items[1:])
        assert len(items) > 1


ENTITIES = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"<!DOCTYPE log [{ENTITIES}]><log>&b;</log>", ["xml-doctype@1"]),
        ('<!DOCTYPE log SYSTEM "file:///etc/passwd"><log/>', ["xml-doctype@1"]),
        ("<log>\n<string key='a' value='&b;'/></log>", ["bad-xml@2"]),
        ("<html>\n</html>", ["not-xes@1"]),
        ("<log>\n</log>", ["empty-file@1"]),
        ("", ["bad-xml@1"]),
        (f"<log>\n{EVENT}\n{EVENT}\n{TRACE.format('')}{EVENT}</log>", ["loose-event@2", "loose-event@4"]),
        (f"<log>\n{TRACE.format('<event></event>')}</log>", ["missing-act@2"]),
        (f"<log>\n{TRACE.format(EVENT.replace('05', '05T01:00Z'))}</log>", ["offset-without-zone@2"]),
        (f"<log>\n{TRACE.format(EVENT)}\n<trace>", ["bad-xml@3"]),
        (f"<log>\n{TRACE.format(EVENT)}\n\n<trace></log>", ["bad-xml@4"]),
        (f"<log>{TRACE.format('')}</log>\n<log/>", ["bad-xml@2"]),
    ],
)
@pytest.mark.parametrize("reading", [by_row, in_bulk])
def test_what_cannot_be_read_is_told_with_its_place(tmp_path, text, codes, reading):
    path = tmp_path / "log.xes"
    path.write_text(text, encoding="utf-8")
    bad = [item for item in reading(path, ReadOptions()) if isinstance(item, BadCase)]
    assert [f"{one.code}@{one.at.line}" for item in bad for one in item.diagnostics] == codes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "us-ascii"])
@pytest.mark.parametrize("reading", [by_row, in_bulk])
def test_encodings(tmp_path, encoding, reading):
    declared = "" if encoding.startswith("utf") else f'<?xml version="1.0" encoding="{encoding}"?>'
    name = "case" if encoding in ("iso-8859-1", "us-ascii") else "甲"
    event = EVENT.replace("登记", "".join(f"&#{ord(char)};" for char in "登记"))
    path = tmp_path / "log.xes"
    path.write_bytes(f"{declared}<log>{TRACE.replace('甲', name).format(event)}</log>".encode(encoding))
    ((_, case),) = reading(path, ReadOptions())
    assert (case.id, case.events[0].act) == (name, "登记")


@pytest.mark.parametrize("reading", [by_row, in_bulk])
def test_a_trace_without_end_does_not_fill_the_memory(tmp_path, monkeypatch, reading):
    monkeypatch.setattr("checker.cases.xes.guard.LARGEST", 1_000_000)
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(f"<log>{TRACE.format(EVENT)}<trace>{EVENT * 100_000}".encode()))
    first, bad = reading(path, ReadOptions())
    assert first[1].id == "甲"
    assert [one.code for one in bad.diagnostics] == ["too-large"]


def test_a_log_on_standard_input_is_told_by_its_first_character(monkeypatch):
    data = gzip.compress(f"<log>{TRACE.format(EVENT)}</log>".encode())
    monkeypatch.setattr("checker.cases.source.sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [case.id for case in read_cases(["-"], VOCABULARY)] == ["甲"]


@pytest.mark.parametrize(("spoil", "codes"), [(0, []), (9, ["gzip-cut-short"])])
def test_a_log_on_standard_input_is_looked_through_to_its_end_before_any_case_is_given(monkeypatch, spoil, codes):
    packed = gzip.compress(f"<log>\n{TRACE.format(EVENT)}{EVENT}</log>".encode(), 0)
    packed = packed[: len(packed) - spoil]
    monkeypatch.setattr("checker.cases.source.sys.stdin", SimpleNamespace(buffer=io.BytesIO(packed)))
    case, *bad = read_cases(["-"], VOCABULARY)
    assert case.covers == {"审批", "办结"}
    assert [one.code for item in bad for one in item.diagnostics] == ["loose-event", *codes]


def test_daylight_saving_time_decides_the_day(tmp_path):
    path = tmp_path / "log.xes"
    moments = ("2006-07-23T22:00:00Z", "2006-07-23T21:59:59Z", "2006-12-31T23:00:00Z", "2006-12-31T22:59:59Z")
    events = "".join(EVENT.replace("2024-03-05", moment) for moment in moments)
    path.write_text(f"<log>{TRACE.format(events)}</log>", encoding="utf-8")
    options = ReadOptions(layout=Layout(time_zone="Europe/Rome", dates_only=True))
    for ((_, case),) in (by_row(path, options), in_bulk(path, options)):
        assert [str(event.date) for event in case.events] == ["2006-07-24", "2006-07-23", "2007-01-01", "2006-12-31"]
