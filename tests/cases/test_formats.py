import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from checker.cases.reading import ReadOptions, read_cases

GOOD = '{"case": "%s", "events": [{"act": "登记", "date": "2024-03-05"}]}'


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("a.json", "[{}]", ["missing-case@1"]),
        ("a.json", "[]", ["empty-file@1"]),
        ("a.json", "", ["empty-file@1"]),
        ("a.json", "3", ["wrong-shape@1"]),
        ("a.json", '{"case": "a",\n "kind": NaN}', ["not-a-number@2"]),
        ("a.json", '{"case": "NaN",\n "kind": -Infinity}', ["not-a-number@2"]),
        ("a.json", '{"case": "a",\n "case": "b"}', ["duplicate-key@2"]),
        ("a.json", '{"case": "a", "events": [\n{"act": "登记",\n"act": "登记"}]}', ["duplicate-key@3"]),
        ("a.json", '{"case": "a",\n "events": [', ["bad-json@2"]),
        ("a.json", "[" * 100_000, ["too-deep@None"]),
        ("a.json", '{"case": ' + "9" * 5000 + "}", ["number-too-large@None"]),
        ("a.json", '{"case": "\\ud800"}', ["unprintable@1"]),
        ("a.json", '{"case": 12.5}', ["bad-name@1"]),
        ("a.json", '{"case": "a", "events": {"act": "登记"}}', ["wrong-shape@1"]),
        ("a.jsonl", "\n\n", ["empty-file@1"]),
        ("a.jsonl", "[" * 100_000, ["too-deep@1"]),
        ("a.yaml", "", ["empty-file@1"]),
        ("a.yaml", "# 只有注释\n---\n", ["empty-file@1"]),
        ("a.yaml", "x: " + "[" * 100_000, ["too-deep@1"]),
        ("a.yaml", "- " * 100_000 + "a", ["too-deep@1"]),
        ("a.yaml", "case: a\ncase: b\n", ["duplicate-key@2"]),
        ("a.yaml", "case: &x a\nkind: *x\n", ["yaml-alias@2"]),
        ("a.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", ["yaml-alias@2"]),
        ("a.yaml", "case: &x [*x]\n", ["yaml-alias@1"]),
        ("a.yaml", "case: !!python/object/apply:os.system [x]\n", ["yaml-tag@1"]),
        ("a.yaml", "case: a\n kind: b\n", ["bad-yaml@2"]),
        ("a.yaml", "case： a\n", ["wrong-shape@1"]),
        ("a.yaml", "? [a]\n: b\n", ["bad-key@1"]),
        ("a.yaml", "case: a\x07\n", ["bad-yaml@1"]),
        ("a.yaml", b"\x00\x01\x02", ["not-text@None"]),
        ("a.yaml", b"\x89PNG\r\n\xff\xfe", ["wrong-encoding@None"]),
        ("a.json", "案件".encode("gb18030"), ["wrong-encoding@None"]),
    ],
)
def test_what_cannot_be_read_is_told_and_counted(read, name, content, codes):
    result = read(content, name)
    assert result.codes == codes
    assert (result.summary.read, result.summary.left_out) == (0, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("name", "text"), [("a.yaml", "案件: 甲\n"), ("a.json", '{"案件": "甲"}'), ("a.jsonl", '{"案件": "甲"}\n')]
)
def test_encodings_told_by_their_mark(read, encoding, name, text):
    assert [case.id for case in read(text.encode(encoding), name).cases] == ["甲"]


def test_a_broken_line_spoils_only_itself(read):
    lines = [GOOD % "a", '{"case": "b", "eve', GOOD % "c", '{"case": "d", "events": [{"act": "登己"}]}', GOOD % "a"]
    data = "\n".join(lines).encode() + b'\n{"case": "\xff"}\n' + (GOOD % "e").encode()
    result = read(data, "a.jsonl")
    assert [case.id for case in result.cases] == ["a", "c", "e"]
    assert result.codes == ["bad-json@2", "unknown-act@4", "duplicate-case@5", "wrong-encoding@6"]
    assert (result.summary.read, result.summary.left_out) == (3, 4)


def test_a_broken_document_spoils_only_itself(read):
    result = read("case: a\n---\ncase: [\n---\ncase: b\ncase: b\n--- # 注\ncase: c\nkind: 督力\n---\ncase: d\n")
    assert [case.id for case in result.cases] == ["a", "d"]
    assert result.codes == ["bad-yaml@4", "duplicate-key@6", "unknown-kind@9"]


def test_places_in_pretty_json(read):
    text = json.dumps(
        [json.loads(GOOD % "a"), {"case": "b", "events": [{"act": "登记"}, {"act": "登记", "date": "x"}]}],
        ensure_ascii=False,
        indent=2,
    )
    result = read(text, "a.json")
    line = next(n for n, text_line in enumerate(text.splitlines(), 1) if '"x"' in text_line)
    assert result.codes == [f"bad-date@{line}"]
    assert result.diagnostics[0].at.column == 9
    assert [event.place.line for event in result.cases[0].events] == [5]


@pytest.mark.parametrize("name", ["a.json", "a.yaml"])
def test_ten_thousand_events(read, name):
    events = [{"act": "登记", "date": "2024-03-05"}] * 10_000
    result = read(json.dumps({"case": "a", "events": events}, ensure_ascii=False), name)
    assert len(result.cases[0].events) == 10_000


def test_a_folder_is_read_in_order_and_what_is_passed_over_is_named(tmp_path, vocabulary):
    for name in ("b.yaml", "sub/a.json", "a.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f'{{"case": "{name}"}}\n', encoding="utf-8")
    (tmp_path / "readme.txt").write_text("x", encoding="utf-8")
    stream = read_cases([str(tmp_path)], vocabulary)
    assert [case.id for case in stream] == ["a.jsonl", "b.yaml", "sub/a.json"]
    assert [Path(name).name for name in stream.summary.skipped] == ["readme.txt"]


def test_nothing_to_read(tmp_path, vocabulary):
    (tmp_path / "empty").mkdir()
    stream = read_cases([str(tmp_path / "empty"), str(tmp_path / "none.yaml")], vocabulary)
    assert [bad.diagnostics[0].code for bad in stream] == ["no-cases", "no-such-file"]
    assert stream.summary.left_out == 2


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        (GOOD % "a", ["a"]),
        (f"\n{GOOD % 'a'}\n{GOOD % 'b'}\n", ["a", "b"]),
        (f"[{GOOD % 'a'},\n{GOOD % 'b'}]", ["a", "b"]),
        ('{\n"case": "a"}', ["a"]),
        ("case: a\n---\ncase: b\n", ["a", "b"]),
        ("", ["empty-file"]),
        ("{", ["bad-json"]),
    ],
)
def test_standard_input_is_sniffed(monkeypatch, vocabulary, text, ids):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    items = list(read_cases(["-"], vocabulary))
    assert [item.id or item.diagnostics[0].code for item in items] == ids


def test_duplicate_ids_are_let_pass_only_when_asked(read):
    text = f"{GOOD % 'a'}\n{GOOD % 'a'}\n"
    assert read(text, "a.jsonl").codes == ["duplicate-case@2"]
    assert len(read(text, "a.jsonl", unique=False).cases) == 2


def test_cases_are_read_as_they_are_asked_for(tmp_path, vocabulary):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(GOOD % n for n in range(1000)), encoding="utf-8")
    stream = read_cases([str(path)], vocabulary, ReadOptions())
    next(iter(stream))
    assert stream.summary.read == 1
