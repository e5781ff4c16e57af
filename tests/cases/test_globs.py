"""Patterns of names that no shell has expanded."""

import os

import pytest

from checker.cases.reading import read_cases

CASE = '{"case": "%s", "events": []}\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    for name in ("2024-1.jsonl", "2024-2.jsonl", "2025-1.jsonl", "in/2024-3.jsonl", "in/deep/2024-4.jsonl"):
        file = tmp_path / "cases" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(CASE % file.stem, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def outcome(paths, vocabulary):
    items = list(read_cases(paths, vocabulary))
    return [item.id if hasattr(item, "events") else item.diagnostics[0].code for item in items]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["cases/2024-*.jsonl"], ["2024-1", "2024-2"]),
        (["cases/202?-1.jsonl"], ["2024-1", "2025-1"]),
        (["cases/202[5-9]-*"], ["2025-1"]),
        (["cases/*/2024-*.jsonl"], ["2024-3"]),
        (["cases/**/2024-*.jsonl"], ["2024-1", "2024-2", "2024-3", "2024-4"]),
        (["cases/**"], ["2024-1", "2024-2", "2025-1", "2024-3", "2024-4"]),
        (["cases/i*"], ["2024-3", "2024-4"]),
        (["cases/2025-*", "cases/2024-*"], ["2025-1", "2024-1", "2024-2"]),
        (["cases/2024-1.jsonl", "cases/2024-*"], ["2024-1", "same-file", "2024-2"]),
        (["cases/2024-1.jsonl", "cases/2024-1.jsonl"], ["2024-1", "same-file"]),
        (["cases/in", "./cases/in/deep"], ["2024-3", "2024-4", "same-file"]),
        (["cases/2023-*.jsonl"], ["no-match"]),
        (["other/*.jsonl"], ["no-match"]),
    ],
)
def test_patterns(vocabulary, paths, expected):
    assert outcome(paths, vocabulary) == expected


def test_a_name_that_is_there_is_no_pattern(folder, vocabulary):
    (folder / "cases" / "a[1].jsonl").write_text(CASE % "literal", encoding="utf-8")
    (folder / "cases" / "a1.jsonl").write_text(CASE % "other", encoding="utf-8")
    assert outcome(["cases/a[1].jsonl"], vocabulary) == ["literal"]


@pytest.mark.usefixtures("folder")
def test_a_pattern_without_match_names_what_is_near(vocabulary):
    (bad,) = read_cases(["cases/2024_*.jsonl"], vocabulary)
    assert "cases/2024_*.jsonl" in bad.diagnostics[0].message
    assert "2024-1.jsonl" in bad.diagnostics[0].help
    (bad,) = read_cases(["case/*.jsonl"], vocabulary)
    assert "没有文件夹「case」" in bad.diagnostics[0].message


def test_one_file_under_two_names_is_read_once(folder, vocabulary):
    os.link(folder / "cases/2024-1.jsonl", folder / "copy.jsonl")
    (_, bad) = read_cases(["cases/2024-1.jsonl", "copy.jsonl"], vocabulary)
    assert bad.diagnostics[0].message == "文件「copy.jsonl」与「cases/2024-1.jsonl」是同一个文件，只读一次"
